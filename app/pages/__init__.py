"""The clinic's pages: sign-in, queue, summary, alerts. Served without any inline script."""

from flask import Flask, redirect, request, session
from flask_bootstrap import Bootstrap5
from flask_security import url_for_security
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.wrappers import Response as AnyResponse

from app.clock import Clock, clock_from, real_now
from app.database import make_engine
from app.pages import administration as _administration  # noqa: F401  its views join the pages
from app.pages import advice as _advice  # noqa: F401
from app.pages import alerts as _alerts  # noqa: F401
from app.pages import audit_trail as _audit_trail  # noqa: F401
from app.pages import calculators as _calculators  # noqa: F401
from app.pages import calls as _calls  # noqa: F401
from app.pages import cards as _cards  # noqa: F401
from app.pages import clinic_settings as _clinic_settings  # noqa: F401
from app.pages import cohort as _cohort  # noqa: F401
from app.pages import confirming as _confirming  # noqa: F401
from app.pages import correcting as _correcting  # noqa: F401
from app.pages import course as _course  # noqa: F401
from app.pages import decisions as _decisions  # noqa: F401
from app.pages import desk as _desk  # noqa: F401
from app.pages import draw as _draw  # noqa: F401
from app.pages import entry as _entry  # noqa: F401
from app.pages import inbox as _inbox  # noqa: F401
from app.pages import keys as _keys  # noqa: F401
from app.pages import lab_list as _lab_list  # noqa: F401
from app.pages import label as _label  # noqa: F401
from app.pages import me as _me  # noqa: F401
from app.pages import media as _media  # noqa: F401
from app.pages import medicines as _medicines  # noqa: F401
from app.pages import messages as _messages  # noqa: F401
from app.pages import phones as _phones  # noqa: F401
from app.pages import print_summary as _print_summary  # noqa: F401
from app.pages import reaching as _reaching  # noqa: F401
from app.pages import recall as _recall  # noqa: F401
from app.pages import registering as _registering  # noqa: F401
from app.pages import reports as _reports  # noqa: F401
from app.pages import rescheduling as _rescheduling  # noqa: F401
from app.pages import rota as _rota  # noqa: F401
from app.pages import staff as _staff  # noqa: F401
from app.pages import visits as _visits  # noqa: F401
from app.pages.faults import person_is_told
from app.pages.guard import guard
from app.pages.passwords import Passwords, text_links
from app.pages.printed.dose import low_level, signed_told, verdict
from app.pages.printed.head import ended
from app.pages.reasons import why
from app.pages.security import protect_sign_in
from app.pages.sign_in_store import MAKE_CODES
from app.pages.standings import stands
from app.pages.views import pages
from app.pages.words import bind_words
from app.settings import Settings
from app.work import read_on, work_on

csrf = CSRFProtect()


def init_pages(app: Flask, settings: Settings) -> None:
    """Add the clinic's pages and their sign-in to an application.

    Engine and clock are the application's (`extensions`), else made from the settings. Sessions
    and locks run on real time, whatever the clock says.
    """
    engine: Engine = app.extensions.get("engine") or make_engine(settings.database_url)
    clock: Clock = app.extensions.get("clock") or clock_from(settings.clock_url)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MEDIA_FOLDER=settings.media_folder,
        WTF_CSRF_CHECK_DEFAULT=False,
        BOOTSTRAP_SERVE_LOCAL=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
    )
    app.extensions["pages.settings"] = settings
    app.extensions.setdefault("pages.real_clock", real_now)
    app.extensions["pages.begin"] = app.extensions.get("begin") or work_on(engine, clock)
    app.extensions["pages.read"] = read_on(engine, clock)
    csrf.init_app(app)
    Bootstrap5(app)
    protect_sign_in(app, engine, settings, Passwords)
    text_links(app)
    bind_words(app)
    for said in (why, verdict, low_level, signed_told, ended):
        app.add_template_global(said)
    app.extensions["pages.fault"] = person_is_told
    app.add_template_filter(stands)
    app.register_blueprint(pages)
    guard(app, settings)


@pages.before_request
def led_to_codes() -> AnyResponse | None:
    """Whoever has set up a second factor is shown recovery codes next."""
    if request.method == "GET" and session.pop(MAKE_CODES, False):
        return redirect(url_for_security("mf_recovery_codes"))
    return None


@pages.before_request
def check_token() -> None:
    csrf.protect()
