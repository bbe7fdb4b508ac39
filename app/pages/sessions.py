"""How long a sign-in lasts, and the way back to where one was.

Both limits are settings [own: 30 minutes without use, 12 hours at most], on real time. What an
open page asks by itself is no use of it. The cookie names a row of `StaffSession`, which ends with
the session: a copy of the cookie is worth nothing then.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request, session
from flask import url_for as at
from flask_login import user_logged_out
from flask_security import url_for_security, user_authenticated
from werkzeug.wrappers import Response as AnyResponse

from app.pages.polls import POLLS
from app.pages.real_time import real_time
from app.services.staff_sessions import begin_session, end_session, is_kept, sign_out
from app.settings import Settings
from models import Staff

_SIGNED_IN = "_user_id"  # Flask-Login's
_ROW = "sign_in"  # of StaffSession, by its key
_KEPT = ("csrf_token",)  # so that a form sent too late leads to the sign-in, not to an error


def limit_sessions(app: Flask) -> None:
    """End sessions that are over; say why on the page of signing in."""
    app.before_request(_end_or_use)
    user_authenticated.connect(_begun, app)
    user_logged_out.connect(_signed_out, app)


def sign_in_first(_mechanisms: object, headers: object) -> AnyResponse:
    """To the sign-in, and after it to where one was; a form is not sent again."""
    if _SIGNED_IN in session:  # a session that knows nobody any more
        _end("ended")
    if request.method != "GET":
        session["unsent"] = True
    return redirect(url_for_security("login", next=_here()))


def _here() -> str:
    """The page that was asked for, or the page of ours that a form was sent from."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    sent_from = urlsplit(request.referrer or "")
    return sent_from.path if sent_from.netloc == request.host else at("pages.queue_page")


def _begun(app: Flask, user: Staff, authn_via: list[str] | None = None, **_more: Any) -> None:
    for name in ("over", "unsent"):
        session.pop(name, None)
    session["used"] = _now()
    if authn_via != ["change"]:
        session["begun"] = _now()
        session[_ROW] = _new_row(app, user)


def _new_row(app: Flask, user: Staff) -> tuple[str, str]:
    now = real_time()
    longest = timedelta(hours=app.extensions["pages.settings"].session_hours)
    with app.extensions["pages.begin"]() as work:
        if _ROW in session:  # who signs in anew leaves nothing open behind
            end_session(work, session[_ROW])
        return begin_session(work, user.id, now, now - longest)


def _signed_out(app: Flask, user: Staff | None, **_more: Any) -> None:
    if user is not None and _ROW in session:
        with app.extensions["pages.begin"]() as work:
            sign_out(work, user.id, session.pop(_ROW))


def _end_or_use() -> None:
    if _SIGNED_IN not in session or (request.endpoint or "static").endswith("static"):
        return
    over = _over(current_app.extensions["pages.settings"]) or _ended()
    if over:
        _end(over)
    elif request.endpoint not in POLLS:
        session["used"] = _now()


def _over(settings: Settings) -> str | None:
    """Why a session is over; None while it is not."""
    now = _now()
    if now - session.get("begun", 0) > settings.session_hours * 3600:
        return "long"
    return "idle" if now - session.get("used", 0) > settings.session_idle_minutes * 60 else None


def _ended() -> str | None:
    """Whether it was ended elsewhere: signed out, or by an admin."""
    with current_app.extensions["pages.read"]() as work:
        kept = _ROW in session and is_kept(work, session[_ROW])
    return None if kept else "ended"


def _end(why: str) -> None:
    if _ROW in session:
        with current_app.extensions["pages.begin"]() as work:
            end_session(work, session[_ROW])
    kept = {name: session[name] for name in _KEPT if name in session}
    session.clear()
    session.update(kept, over=why)


def _now() -> float:
    return real_time().timestamp()
