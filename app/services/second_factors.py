"""The second factor of the staff: one-time passwords of an authenticator app, RFC 6238.

Secrets are kept encrypted and recovery codes as keyed hashes, both by keys made of SECRET_KEY:
with another SECRET_KEY everybody sets up anew.
"""

import hashlib
import hmac

from passlib.totp import TOTP
from sqlalchemy import or_, update
from sqlmodel import col

from app.services.audit import audit
from app.services.staff_sessions import end_sessions
from app.work import Work
from models import Staff

ISSUER = "GIST companion"
METHOD = "authenticator"


def keys_of_secrets(secret_key: str) -> dict[str, str]:
    """What encrypts the secrets, as passlib's wallet and Flask-Security take it."""
    return {"1": _keyed(secret_key, "one-time passwords")}


def kept_secret(secret_key: str, base32: str) -> str:
    """A secret as it stands in `Staff.tf_totp_secret`."""
    factory = TOTP.using(issuer=ISSUER, secrets=keys_of_secrets(secret_key))
    return str(factory(key=base32).to_json(encrypt=True))


def kept_code(secret_key: str, code: str) -> str:
    """A recovery code as it stands in `Staff.mf_recovery_codes`, however it is typed."""
    letters = "".join(filter(str.isalnum, code.lower()))
    return _keyed(secret_key, f"recovery code {letters}")


def _keyed(secret_key: str, text: str) -> str:
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()


def use_step(work: Work, staff_id: int, counter: int) -> bool:
    """Each code works once (RFC 6238, 5.2): False when this one, or a later one, was used."""
    unused = or_(col(Staff.totp_counter).is_(None), col(Staff.totp_counter) < counter)
    used = update(Staff).where(col(Staff.id) == staff_id, unused).values(totp_counter=counter)
    return work.session.execute(used.returning(col(Staff.id))).first() is not None


def take_recovery_code(work: Work, staff_id: int, kept: str) -> bool:
    """Take a code away, once also when two use it at the same time; False when it is not there."""
    staff = work.session.get_one(Staff, staff_id, with_for_update=True)
    if kept not in staff.mf_recovery_codes:
        return False
    staff.mf_recovery_codes = [one for one in staff.mf_recovery_codes if one != kept]
    audit(work, staff.clinic_id, f"staff:{staff.id}", "recovery_code.use")
    return True


def reset_second_factor(work: Work, staff: Staff, by: str) -> None:
    """The phone with the app is lost: the next sign-in leads to the set-up again.

    Where one is signed in, also on that phone, one is signed out.
    """
    staff.tf_primary_method = staff.tf_totp_secret = None
    staff.mf_recovery_codes = []
    end_sessions(work, staff)
    audit(work, staff.clinic_id, by, "second_factor.reset", about=f"staff:{staff.id}")
