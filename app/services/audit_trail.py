"""The audit as it is looked through: by who, of whom, what and when, the newest first.

Nothing here writes. A row's id sorts by its moment, so that days are bounds of ids and a page goes
on from the last id of the one before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from app.services.cohort.wanted import midnight
from app.services.errors import Invalid
from app.services.paging import NoSuchPage
from app.services.patients import find_by_code
from app.texts import catalogue
from app.work import Begin, Work
from models import ApiKey, Audit, Patient, Staff
from models.columns import first_id

PAGE = 100
_AT_ONCE = 2000  # rows of a file that are read in one short transaction
_WORDS = "page.audit.action."
ALONE = ("patient", "carer", "system")  # who is no person of the staff and no key
_DAYS = (date(2000, 1, 1), date(2999, 12, 31))


class NoSuchCode(Invalid):
    """No patient of this clinic has this code."""


class DayOutOfOrder(Invalid):
    """The first day comes after the last."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the audit; None does not. Days are the clinic's, both included."""

    actor: str | None = None
    code: str | None = None
    action: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The same as the rows have it: a patient's id, and the ids between which they lie."""

    clinic_id: str
    actor: str | None
    patient_id: str | None
    action: str | None
    first: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of it, with the codes of the patients on it; `next` is None on the last."""

    rows: tuple[Audit, ...]
    codes: Mapping[str, str]
    next: str | None


def actions() -> list[str]:
    """Every action that has a word in the catalogue; a test holds that each that is written has."""
    return [key.removeprefix(_WORDS) for key in catalogue("en") if key.startswith(_WORDS)]


def actors(work: Work, clinic_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the clinic's staff, and of its keys, by what the audit has of them."""
    staff = select(Staff.id, Staff.name).where(Staff.clinic_id == clinic_id)
    keys = select(ApiKey.id, ApiKey.name).where(ApiKey.clinic_id == clinic_id)
    return (
        {f"staff:{one}": name for one, name in work.session.exec(staff.order_by(Staff.name))},
        {f"key:{one}": name for one, name in work.session.exec(keys.order_by(ApiKey.name))},
    )


def narrowed(work: Work, clinic_id: str, asked: Asked, zone: ZoneInfo) -> Narrowed:
    """Raises NoSuchCode, DayOutOfOrder."""
    if asked.since and asked.until and asked.since > asked.until:
        raise DayOutOfOrder(field="until")
    return Narrowed(
        clinic_id, asked.actor, _patient_id(work, clinic_id, asked.code), asked.action,
        _first_of(asked.since, zone), _first_of(asked.until, zone, timedelta(days=1)),
    )  # fmt: skip


def _first_of(day: date | None, zone: ZoneInfo, later: timedelta = timedelta()) -> str | None:
    """The least id of a day, or of one later; a day of another age is the nearest that can be."""
    if day is None:
        return None
    return first_id(midnight(min(max(day, _DAYS[0]), _DAYS[1]) + later, zone))


def _patient_id(work: Work, clinic_id: str, code: str | None) -> str | None:
    if not code:
        return None
    found = find_by_code(work, clinic_id, code) or find_by_code(work, clinic_id, code.upper())
    if found is None:
        raise NoSuchCode(field="code")
    return found.id


def trail(work: Work, wanted: Narrowed, after: str | None = None, limit: int = PAGE) -> Trail:
    """A page, the newest first. Raises NoSuchPage."""
    if after is not None and not (after.isascii() and after.isalnum() and len(after) <= 22):
        raise NoSuchPage(field="after")
    query = select(Audit).where(*_where(wanted))
    if after:
        query = query.where(Audit.id < after)
    rows = list(work.session.exec(query.order_by(col(Audit.id).desc()).limit(limit + 1)))
    more = rows[limit - 1].id if len(rows) > limit else None
    return Trail(tuple(rows[:limit]), _codes(work, wanted.clinic_id, rows[:limit]), more)


def whole_trail(read: Begin, wanted: Narrowed) -> Iterator[Trail]:
    """All of it, page after page, each in a short transaction of its own."""
    after: str | None = None
    while True:
        with read() as work:
            page = trail(work, wanted, after, _AT_ONCE)
        yield page
        if page.next is None:
            return
        after = page.next


def _where(wanted: Narrowed) -> Iterator[ColumnElement[bool]]:
    yield col(Audit.clinic_id) == wanted.clinic_id
    for name in ("actor", "patient_id", "action"):
        if (value := getattr(wanted, name)) is not None:
            yield col(getattr(Audit, name)) == value
    if wanted.first:
        yield col(Audit.id) >= wanted.first
    if wanted.end:
        yield col(Audit.id) < wanted.end


def _codes(work: Work, clinic_id: str, rows: list[Audit]) -> dict[str, str]:
    named = {row.patient_id for row in rows if row.patient_id}
    query = select(Patient.id, Patient.code).where(
        Patient.clinic_id == clinic_id, col(Patient.id).in_(named)
    )
    return {one: code for one, code in work.session.exec(query)}


