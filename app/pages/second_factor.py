"""Codes of an authenticator app and recovery codes, as Flask-Security asks for them."""

from flask import Flask, current_app
from flask_security import MfRecoveryCodesUtil, Totp
from flask_security.forms import TwoFactorRescueForm
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch

from app.services.invitations import qr_of
from app.services.second_factors import kept_code, take_recovery_code, use_step
from models import Staff


class OneTimePasswords(Totp):
    """Each code works once, also where two processes are asked at the same time."""

    def set_last_counter(self, user: Staff, tmatch: TotpMatch) -> None:
        with current_app.extensions["pages.begin"]() as work:
            if not use_step(work, user.id, tmatch.counter):
                raise UsedTokenError

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The SVG itself, which the page holds."""
        return qr_of(self.get_totp_uri(username, totp), sized=False)


class RecoveryCodes(MfRecoveryCodesUtil):
    """Shown once, when they are made: only their keyed hashes are kept."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self._secret_key = str(app.secret_key)

    def get_recovery_codes(self, user: Staff) -> list[str]:
        return []

    def check_recovery_code(self, user: Staff, code: str) -> bool:
        """A code that is right is used up by this."""
        with current_app.extensions["pages.begin"]() as work:
            return take_recovery_code(work, user.id, kept_code(self._secret_key, code))

    def delete_recovery_code(self, user: Staff, code: str) -> bool:
        return True

    def _encrypt_codes(self, codes: list[str]) -> list[str]:
        return [kept_code(self._secret_key, one) for one in codes]


class NoRescue(TwoFactorRescueForm):
    """Flask-Security would send mail, which we do not: a recovery code or an admin helps."""

    def validate(self, **_more: object) -> bool:
        return False
