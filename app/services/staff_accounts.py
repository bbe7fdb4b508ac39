"""The staff of a clinic and their accounts, as an admin looks after them.

An account is never deleted: the audit names it. Nobody takes away their own admin role or account,
and a clinic always keeps an active admin.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func
from sqlmodel import col, select

from app.services.audit import audit
from app.services.errors import Conflict, Invalid, NotFound
from app.services.password_links import end_link
from app.services.shapes import e164
from app.services.staff_chat import disconnect_chat
from app.services.staff_sessions import end_sessions
from app.work import Work
from models import Language, Role, Rota, Staff, StaffRole

ROLES = ("nurse", "doctor", "admin")
_LONGEST_NAME = 80


class NoSuchPerson(NotFound):
    """There is no such person among this clinic's staff."""


class NameMissing(Invalid):
    """Enter a name of at most 80 characters."""


class NotAnEmail(Invalid):
    """This is no email address; it looks like name@example.org."""


class NotAPhone(Invalid):
    """This is no phone number; start with + and the country code, like +8613800000000."""


class NoRole(Invalid):
    """Choose at least one role: nurse, doctor or admin."""


class NotALanguage(Invalid):
    """Choose Chinese or English."""


class EmailTaken(Conflict):
    """This email has an account already; each person needs their own."""


class OnTheRota(Conflict):
    """This person is on the rota: first take them out of all its hours."""


class OwnAccount(Conflict):
    """Your own account and your own admin role are another admin's to take away."""


class LastAdmin(Conflict):
    """A clinic needs an active admin: first make somebody else one."""


@dataclass(frozen=True, slots=True)
class Person:
    """What an admin enters; the phone may be without spaces or with, E.164."""

    name: str
    phone: str | None
    language: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One of the staff as the page shows them."""

    staff: Staff
    roles: tuple[str, ...]
    is_on_rota: bool
    is_locked: bool

    @property
    def has_second_factor(self) -> bool:
        return self.staff.tf_totp_secret is not None


def accounts(work: Work, clinic_id: str, real_now: datetime) -> Sequence[Account]:
    """All staff of a clinic, who works here first, by name."""
    on_rota = _on_rota(work, clinic_id)
    query = select(Staff).where(Staff.clinic_id == clinic_id)
    rows = work.session.exec(query.order_by(col(Staff.active).desc(), col(Staff.name)))
    return [_account(one, on_rota, real_now) for one in rows]


def account(work: Work, clinic_id: str, staff_id: int, real_now: datetime) -> Account:
    """Raises NoSuchPerson."""
    staff = find_person(work, clinic_id, staff_id)
    return _account(staff, _on_rota(work, clinic_id), real_now)


def find_person(work: Work, clinic_id: str, staff_id: int) -> Staff:
    """One of this clinic's staff, to be changed. Raises NoSuchPerson."""
    query = select(Staff).where(Staff.id == staff_id, Staff.clinic_id == clinic_id)
    staff = work.session.exec(query.with_for_update()).first()
    if staff is None:
        raise NoSuchPerson
    return staff


def add_person(work: Work, clinic_id: str, email: str, person: Person, by: str) -> Staff:
    """They have no password until they set one by a link. Raises the faults above."""
    address = _email(email)
    if _is_taken(work, address):
        raise EmailTaken(field="email")
    staff = Staff(
        clinic_id=clinic_id, email=address, fs_uniquifier=secrets.token_hex(16),
        password=PasswordHasher().hash(secrets.token_urlsafe(32)), **_checked(person),
        roles=_roles(work, person.roles),
    )  # fmt: skip
    work.session.add(staff)
    work.session.flush()
    audit(work, clinic_id, by, "staff.add", about=f"staff:{staff.id}")
    return staff


def change_person(work: Work, staff: Staff, person: Person, by: str) -> None:
    """Name, phone, language and roles; the email stays. Raises the faults above."""
    if by == f"staff:{staff.id}" and "admin" not in person.roles:
        raise OwnAccount(field="roles")
    if "admin" not in person.roles:
        _keep_an_admin(work, staff)
    before = {role.name for role in staff.roles}
    told = _checked(person)
    if told["phone"] != staff.phone:
        staff.texts_stopped_at = None  # STOP was said of the other number
    for name, value in told.items():
        setattr(staff, name, value)
    staff.roles = _roles(work, person.roles)
    audit(work, staff.clinic_id, by, "staff.change", about=f"staff:{staff.id}")
    if before != set(person.roles):
        about = f"staff:{staff.id} {','.join(sorted(person.roles))}"
        audit(work, staff.clinic_id, by, "staff.roles", about=about)


def deactivate(work: Work, staff: Staff, by: str) -> None:
    """They are signed out everywhere and get no alerts. Raises OwnAccount or OnTheRota."""
    if by == f"staff:{staff.id}":
        raise OwnAccount
    if staff.id in _on_rota(work, staff.clinic_id):
        raise OnTheRota
    _keep_an_admin(work, staff)
    staff.active = False
    staff.fs_uniquifier = secrets.token_hex(16)
    end_sessions(work, staff)
    end_link(staff)
    if staff.chat_id is not None:
        disconnect_chat(work, staff, "the account was deactivated")
    audit(work, staff.clinic_id, by, "staff.deactivate", about=f"staff:{staff.id}")


def reactivate(work: Work, staff: Staff, by: str) -> None:
    staff.active = True
    audit(work, staff.clinic_id, by, "staff.reactivate", about=f"staff:{staff.id}")


def _account(staff: Staff, on_rota: Collection[int], real_now: datetime) -> Account:
    until = staff.locked_until
    roles = tuple(one for one in ROLES if one in {role.name for role in staff.roles})
    return Account(staff, roles, staff.id in on_rota, until is not None and until > real_now)


def _keep_an_admin(work: Work, staff: Staff) -> None:
    """Also where two admins do away with each other at once. Raises LastAdmin."""
    admins = (
        select(Staff.id)
        .join(StaffRole, col(StaffRole.staff_id) == Staff.id)
        .join(Role, col(Role.id) == StaffRole.role_id)
        .where(Staff.clinic_id == staff.clinic_id, Staff.active, Role.name == "admin")
        .order_by(col(Staff.id))
    )
    if set(work.session.exec(admins.with_for_update(of=Staff))) <= {staff.id}:
        raise LastAdmin(field="roles")


def _on_rota(work: Work, clinic_id: str) -> set[int]:
    return set(work.session.exec(select(Rota.staff_id).where(Rota.clinic_id == clinic_id)))


def _roles(work: Work, names: Collection[str]) -> list[Role]:
    known = {one.name: one for one in work.session.exec(select(Role))}
    return [known.get(name) or Role(name=name) for name in ROLES if name in names]


def _checked(person: Person) -> dict[str, Any]:
    name = person.name.strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise NameMissing(field="name")
    if not person.roles or not set(person.roles) <= set(ROLES):
        raise NoRole(field="roles")
    if person.language not in list(Language):
        raise NotALanguage(field="language")
    return {"name": name, "phone": _phone(person.phone), "language": person.language}


def _phone(told: str | None) -> str | None:
    """E.164, or none."""
    if not told or not told.strip():
        return None
    try:
        return e164(told)
    except ValueError:
        raise NotAPhone(field="phone") from None


def _email(told: str) -> str:
    """As it is written, with its domain in small letters; no look-up is made."""
    try:
        return validate_email(told.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise NotAnEmail(field="email") from None


def _is_taken(work: Work, email: str) -> bool:
    query = select(Staff.id).where(func.lower(Staff.email) == email.lower())
    return work.session.exec(query).first() is not None
