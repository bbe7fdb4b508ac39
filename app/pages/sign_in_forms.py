"""The forms of signing in, where ours differ from Flask-Security's: locks, and what is not kept."""

from typing import Any

from flask import Flask, current_app
from flask_login import current_user
from flask_security import user_authenticated, user_failed_authn
from flask_security.forms import ChangePasswordForm, LoginForm, TwoFactorVerifyCodeForm, VerifyForm
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import get_message

from app.pages.real_time import real_time
from app.services.sign_ins import complete, count_failure, is_locked
from models import Staff


class _MayBeLocked:
    """So that what is right does not open an account that is locked."""

    def _is_locked(self) -> bool:
        with current_app.extensions["pages.read"]() as work:
            locked = is_locked(work, self.user.id, real_time())
        if locked:
            self.form_errors.append(get_message("LOCKED")[0])
        return locked


class _Locked(_MayBeLocked):
    """Told to nobody but who knows the password."""

    def validate(self, **more: Any) -> bool:
        return super().validate(**more) and not self._is_locked()


class _LockedFirst(_MayBeLocked):
    """The password was right before: a lock is said as such, and is no wrong code."""

    def validate(self, **more: Any) -> bool:
        return not self._is_locked() and super().validate(**more)


class SignIn(_Locked, LoginForm):
    """Nobody is remembered beyond their session."""

    remember = None


class Again(_Locked, VerifyForm):
    """The password once more, of who is signed in."""


class Code(_LockedFirst, TwoFactorVerifyCodeForm):
    """A code of the authenticator app."""


class Recovery(_MayBeLocked, MfRecoveryForm):
    """A recovery code: a wrong one counts as any failure, and a lock uses up none."""

    def validate(self, **more: Any) -> bool:
        if self._is_locked():
            return False
        right = super().validate(**more)
        if not right and self.code.data:
            self.user.track_failed_authn("code", True)
        return right


class Change(_Locked, ChangePasswordForm):
    """A wrong present password counts as any failure."""

    @property
    def user(self) -> Staff:
        return current_user

    def validate(self, **more: Any) -> bool:
        right = super().validate(**more)
        if get_message("INVALID_PASSWORD")[0] in self.password.errors:
            current_user.track_failed_authn("password")
        return right


def count_sign_ins(app: Flask) -> None:
    """Count what fails and what is complete, as Flask-Security tells of it."""
    user_failed_authn.connect(_failed, app)
    user_authenticated.connect(_complete, app)


def _failed(app: Flask, user: Staff, **_more: Any) -> None:
    with app.extensions["pages.begin"]() as work:
        count_failure(work, user.id, real_time())


def _complete(app: Flask, user: Staff, authn_via: list[str] | None = None, **_more: Any) -> None:
    if authn_via == ["change"]:  # who was signed in has another password now
        return
    with app.extensions["pages.begin"]() as work:
        complete(work, user.id)
