"""Sign-in of nurses, doctors and admins."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, abort
from flask_login import current_user
from flask_security import Security, SQLAlchemySessionUserDatastore
from sqlalchemy import Engine
from sqlalchemy.orm import scoped_session, sessionmaker
from sqlmodel import Session

from app.settings import Settings
from models import Role, Staff

# What an open page asks by itself: nobody is there for it, so it keeps no sign-in alive.
POLLS = frozenset({"pages.queue_live", "pages.alert_news"})

P = ParamSpec("P")
R = TypeVar("R")


def protect_sign_in(app: Flask, engine: Engine, settings: Settings) -> None:
    """Staff sign in with email and password; hashes are argon2."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_SALT=settings.secret_key,
        SECURITY_LOGIN_USER_TEMPLATE="pages/sign_in.html",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/login",
        SECURITY_FLASH_MESSAGES=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
    )
    # Reading sign-ins takes no write lock.
    reading = engine.execution_options(read_only=True)
    session = scoped_session(sessionmaker(reading, class_=Session))
    app.teardown_appcontext(lambda _error: session.remove())
    app.extensions["pages.security"] = Security(
        app, SQLAlchemySessionUserDatastore(session, Staff, Role)
    )


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
