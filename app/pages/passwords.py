"""Setting a password anew: Flask-Security's pages, reached by a link of ours."""

import time
from typing import Any

from flask import Flask, Response, flash, g, redirect, request, session
from flask_security import PasswordUtil, reset_password_instructions_sent, url_for_security
from flask_security.recoverable import generate_reset_password_token
from flask_security.utils import get_message
from werkzeug.wrappers import Response as AnyResponse

from app.pages.real_time import real_time
from app.pages.views import begin, pages, reading
from app.pages.words import t
from app.services.password_links import staff_of_link, text_link
from app.services.passwords import is_common
from models import Staff


class Passwords(PasswordUtil):
    """Length and form as Flask-Security checks them, and none that is common."""

    def validate(
        self, password: str, is_register: bool, **of: Any
    ) -> tuple[list[str] | None, str]:
        faults, normal = super().validate(password, is_register, **of)
        user = of.get("user")
        own = [user.email.partition("@")[0], user.name] if user else []
        if not faults and is_common(normal, own):
            faults = [get_message("PASSWORD_TOO_SIMPLE")[0]]
        return faults, normal


_LINK = "password_link"
_LEAST_S = 0.6  # [own] that a request takes: longer than making a link does


def text_links(app: Flask) -> None:
    """Who forgot the password is texted a link in the place of Flask-Security's mail."""
    reset_password_instructions_sent.connect(_text, app)
    app.before_request(_note_time)
    app.before_request(_check_link)
    app.after_request(_take_as_long)


def _note_time() -> None:
    if request.endpoint == "security.forgot_password" and request.method == "POST":
        g.asked_s = time.monotonic()


def _check_link() -> AnyResponse | None:
    """A page that a link has opened is good for as long as the link."""
    if request.endpoint == "security.reset_password" and not _is_good():
        return _over()
    return None


def _take_as_long(response: Response) -> Response:
    """Whether there is an account is not to be told from the time that the answer takes."""
    if "asked_s" in g:
        time.sleep(max(0.0, g.asked_s + _LEAST_S - time.monotonic()))
    return response


def _is_good() -> bool:
    with reading() as work:
        return staff_of_link(work, session.get(_LINK, ""), real_time()) is not None


def _over() -> AnyResponse:
    flash(t("page.sign.link_over"), "danger")
    return redirect(url_for_security("forgot_password"))


def _text(app: Flask, user: Staff, **_more: Any) -> None:
    public_url = app.extensions["pages.settings"].public_url
    with begin() as work:
        text_link(work, user.id, public_url, real_time())


@pages.get("/s/<code>")
def open_link(code: str) -> AnyResponse:
    """To Flask-Security's page, by a token of its own; opening uses up nothing."""
    with reading() as work:
        staff = staff_of_link(work, code, real_time())
    if staff is None:
        return _over()
    session[_LINK] = code
    token = generate_reset_password_token(staff)
    return redirect(url_for_security("reset_password", token=token))
