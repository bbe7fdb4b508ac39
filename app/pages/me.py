"""How alerts reach who is signed in: a test of each way, and their own Telegram."""

from flask import current_app, flash, redirect, render_template, request
from flask import url_for as at
from flask_login import current_user
from flask_security import auth_required
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.pages.views import begin, pages, set_zone
from app.pages.words import t
from app.services.duty import next_duty
from app.services.errors import Invalid
from app.services.own_tests import NoWayThere, last_tests, send_test, ways_to
from app.services.staff_chat import Offered, disconnect_chat, offer_chat
from app.work import Work
from models import Channel, Staff


@pages.get("/me")
@auth_required("session")
def my_page() -> str:
    with begin() as work:
        return _shown(work)


@pages.post("/me/tests")
@auth_required("session")
def test_me() -> AnyResponse:
    with begin() as work:
        try:
            channel = Channel(request.form.get("channel", ""))
        except ValueError:
            raise Invalid(field="channel") from None
        said = sent_test(work, _me(work), channel)
    flash(t(f"page.me.test.{said}"), "success" if said == "on_its_way" else "danger")
    return redirect(at("pages.my_page") + "#tests")


def sent_test(work: Work, staff: Staff, channel: Channel) -> str:
    """What became of the wish to test one of the staff's ways, as a word of the catalogue."""
    try:
        return "on_its_way" if send_test(work, staff, channel) else "just_now"
    except NoWayThere:
        return "no_way"


@pages.post("/me")
@auth_required("session")
def connect_me() -> str:
    """The code is shown this once."""
    bot_name = current_app.extensions["pages.settings"].bot_name
    with begin() as work:
        return _shown(work, offer_chat(work, _me(work), bot_name))


@pages.post("/me/telegram/end")
@auth_required("session")
def disconnect_me() -> AnyResponse:
    with begin() as work:
        disconnect_chat(work, _me(work), "by their own wish")
    flash(t("page.me.telegram.ended"), "success")
    return redirect(at("pages.my_page") + "#telegram")


def _me(work: Work) -> Staff:
    return work.session.get_one(Staff, current_user.id)


def _shown(work: Work, offered: Offered | None = None) -> str:
    set_zone(work)
    me = _me(work)
    qr = Markup(offered.qr_svg) if offered else None
    return render_template(
        "pages/me.html", me=me, duty=next_duty(work, me), ways=ways_to(me), now=work.now,
        tests=last_tests(work, me), channels=list(Channel), offered=offered, qr=qr,
    )  # fmt: skip
