"""Sign-in of nurses, doctors and admins: Flask-Security, with a second factor for everybody."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort
from flask_login import current_user
from flask_security import PasswordUtil, Security
from sqlalchemy import Engine

from app.pages.second_factor import NoRescue, OneTimePasswords, RecoveryCodes
from app.pages.sessions import limit_sessions, sign_in_first
from app.pages.sign_in_forms import Again, Change, Code, Recovery, SignIn, count_sign_ins
from app.pages.sign_in_store import StaffStore
from app.pages.sign_in_texts import bind_messages
from app.services.password_links import BY_TEXT
from app.services.passwords import LEAST
from app.services.second_factors import ISSUER, METHOD, keys_of_secrets
from app.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

FRESH = timedelta(minutes=15)  # [own] how long a sign-in is enough to change how one signs in
_WINDOW_S = 30  # RFC 6238, 5.2: one step before or after
_TEMPLATES = {
    "LOGIN_USER_TEMPLATE": "pages/sign_in.html",
    "FORGOT_PASSWORD_TEMPLATE": "pages/sign_in/forgot.html",
    "RESET_PASSWORD_TEMPLATE": "pages/sign_in/new_password.html",
    "CHANGE_PASSWORD_TEMPLATE": "pages/sign_in/change.html",
    "VERIFY_TEMPLATE": "pages/sign_in/again.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "pages/sign_in/set_up.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "pages/sign_in/code.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "pages/sign_in/recovery.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "pages/sign_in/recovery_codes.html",
}


def protect_sign_in(
    app: Flask, engine: Engine, settings: Settings, password_util_cls: type[PasswordUtil]
) -> None:
    """Staff sign in with email, password (argon2) and a code of their authenticator app."""
    app.config.update({f"SECURITY_{name}": value for name, value in _options(settings).items()})
    bind_messages(app)
    store = StaffStore(engine, app.extensions["pages.begin"])
    app.teardown_appcontext(lambda _error: store.session.remove())
    limit_sessions(app)  # before Flask-Security looks who is signed in
    security = app.extensions["pages.security"] = Security(
        app, store, totp_cls=OneTimePasswords, mf_recovery_codes_util_cls=RecoveryCodes,
        two_factor_rescue_form=NoRescue, login_form=SignIn, verify_form=Again,
        two_factor_verify_code_form=Code, mf_recovery_form=Recovery,
        change_password_form=Change, password_util_cls=password_util_cls,
    )  # fmt: skip
    security.unauthn_handler(sign_in_first)
    count_sign_ins(app)


def _options(settings: Settings) -> dict[str, Any]:
    return _TEMPLATES | {
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SINGLE_HASH": ["argon2"],
        "PASSWORD_SALT": settings.secret_key,
        "PASSWORD_LENGTH_MIN": LEAST,
        "RECOVERABLE": True,
        "RESET_PASSWORD_WITHIN": BY_TEXT,
        "SEND_PASSWORD_RESET_EMAIL": False,
        "SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "POST_RESET_VIEW": "/login",
        "CHANGEABLE": True,
        "SEND_PASSWORD_CHANGE_EMAIL": False,
        "POST_CHANGE_VIEW": "/me",
        "LOGOUT_METHODS": ["POST"],
        "POST_LOGIN_VIEW": "/",
        "POST_LOGOUT_VIEW": "/login",
        "RETURN_GENERIC_RESPONSES": True,
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "API_ENABLED_METHODS": ["session"],
        "FRESHNESS": FRESH,
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
        "TWO_FACTOR": True,
        "TWO_FACTOR_REQUIRED": True,
        "TWO_FACTOR_ENABLED_METHODS": [METHOD],
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": _WINDOW_S,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_POST_SETUP_VIEW": "/me",
        "TOTP_SECRETS": keys_of_secrets(settings.secret_key),
        "TOTP_ISSUER": ISSUER,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    }


def only(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Refuse, with 403, staff who have none of the roles."""

    def guarded(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            if not any(current_user.has_role(role) for role in roles):
                abort(403)
            return view(*args, **kwargs)

        return checked

    return guarded


def actor() -> str:
    return f"staff:{current_user.id}"
