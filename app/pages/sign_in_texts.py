"""What Flask-Security says, in our own words: its messages are keys of the catalogue."""

from flask import Flask
from flask_wtf import FlaskForm

from app.pages.words import t
from app.texts import catalogue

_PREFIX = "page.msg."
_GOOD = {
    "password_reset_request", "password_reset_no_login", "password_change",
    "two_factor_change_method_successful",
}  # fmt: skip
# Said by the page that follows, or of no interest to anybody.
_UNSAID = ("UNAUTHENTICATED", "TWO_FACTOR_LOGIN_SUCCESSFUL", "REAUTHENTICATION_SUCCESSFUL")


def bind_messages(app: Flask) -> None:
    """Give Flask-Security its messages and the templates their filter `said`."""
    for key in catalogue("en"):
        if key.startswith(_PREFIX):
            name = key.removeprefix(_PREFIX)
            kind = "success" if name in _GOOD else "danger"
            app.config[f"SECURITY_MSG_{name.upper()}"] = (key, kind)
    app.config.update({f"SECURITY_MSG_{name}": ("", "info") for name in _UNSAID})
    app.add_template_filter(said)
    app.add_template_global(faults)


def said(text: str) -> str:
    """A message of Flask-Security in the reader's language; any other text as it is."""
    return t(text) if text.startswith(_PREFIX) else text


def faults(form: FlaskForm) -> list[str]:
    """What is wrong with a form, each said once."""
    found = {
        f"{_PREFIX}form_expired" if field == "csrf_token" else str(error): None
        for field, errors in form.errors.items()
        for error in errors
    }
    return [said(one) for one in found]
