"""The patients to phone, a page at a time, and what came of each call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, tuple_
from sqlalchemy import select as columns
from sqlmodel import and_, col, select

from app.services.alert_life import note
from app.services.alerts import find_alert
from app.services.audit import audit
from app.services.errors import Invalid
from app.services.paging import PAGE, Page, Place, place_of
from app.services.patients import find_patient
from app.work import Work
from models import (
    AlertWhat,
    CallDue,
    CallOutcome,
    CallWhy,
    Clinic,
    InboxItem,
    InboxKind,
    Patient,
    PhoneCall,
)
from models.columns import new_id

# [own] When a patient is looked at again for whom no day was chosen.
_ENOUGH = {
    CallOutcome.REACHED: timedelta(days=7), CallOutcome.NOT_REACHED: timedelta(days=1),
    CallOutcome.WRONG_NUMBER: timedelta(days=1),
}  # fmt: skip
LONGEST = timedelta(days=90)  # [own]
_HELD = (InboxKind.SILENT, InboxKind.UNREACHABLE)  # lines that ask for a call


class NoSuchDay(Invalid):
    """Choose a day from tomorrow on, within 90 days."""


@dataclass(frozen=True, slots=True)
class CalledPatient:
    id: str
    code: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class CallReason:
    why: CallWhy
    since: datetime
    about: str | None


@dataclass(frozen=True, slots=True)
class CallRow:
    """A patient to phone: why, since when, and the call that was made last."""

    patient: CalledPatient
    reasons: tuple[CallReason, ...]
    last_call: PhoneCall | None


_ORDER = (col(CallDue.rank), col(CallDue.since), col(CallDue.patient_id))


def call_list(
    work: Work, clinic_id: str, after: str | None = None, at_most: int = PAGE
) -> Page[CallRow]:
    """The most pressing first, then the longest waiting. Raises NoSuchPage."""
    start = place_of(after)
    query = select(CallDue, Patient).join(Patient, _OF_ITS_PATIENT).where(*_shown(work, clinic_id))
    if start is not None:
        query = query.where(tuple_(*_ORDER) > (start.rank, start.at, start.id))
    found = work.session.exec(query.order_by(*_ORDER).limit(at_most + 1)).all()
    calls = _last_calls(work, clinic_id, [patient.id for _, patient in found])
    rows = [_row(due, patient, calls.get(patient.id)) for due, patient in found[:at_most]]
    last = found[at_most - 1][0] if len(found) > at_most else None
    return Page(rows, str(Place(last.rank, last.since, last.patient_id)) if last else None)


def first_calls(work: Work, clinic_id: str, at_most: int) -> Sequence[Any]:
    """The first of the list by what is kept of them, without their patients."""
    query = columns(col(CallDue.patient_id), col(CallDue.reasons)).where(*_shown(work, clinic_id))
    return work.session.execute(query.order_by(*_ORDER).limit(at_most)).all()


def calls_waiting(work: Work, clinic_id: str) -> int:
    """How many are to be phoned now."""
    query = columns(func.count()).select_from(CallDue).where(*_shown(work, clinic_id))
    return int(work.session.execute(query).scalar_one())


_OF_ITS_PATIENT = and_(
    col(Patient.clinic_id) == col(CallDue.clinic_id), col(Patient.id) == col(CallDue.patient_id)
)


def _shown(work: Work, clinic_id: str) -> Iterator[Any]:
    """Those for whom no call since then is enough for now."""
    yield col(CallDue.clinic_id) == clinic_id
    yield ~exists().where(
        col(PhoneCall.clinic_id) == clinic_id, col(PhoneCall.patient_id) == CallDue.patient_id,
        col(PhoneCall.again_at) > work.now, col(PhoneCall.at) >= col(CallDue.noticed_at),
    )  # fmt: skip


def _row(due: CallDue, patient: Patient, last: PhoneCall | None) -> CallRow:
    reasons = tuple(
        CallReason(CallWhy(one["why"]), datetime.fromisoformat(one["since"]), one["about"])
        for one in due.reasons
    )
    return CallRow(CalledPatient(patient.id, patient.code, patient.phone), reasons, last)


def _last_calls(work: Work, clinic_id: str, ids: Sequence[str]) -> Mapping[str, PhoneCall]:
    query = select(PhoneCall).where(
        PhoneCall.clinic_id == clinic_id, col(PhoneCall.patient_id).in_(ids)
    )
    return {one.patient_id: one for one in work.session.exec(query.order_by(col(PhoneCall.id)))}


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call; `again_on` is the day from which the patient is looked at again."""

    outcome: CallOutcome
    note: str | None = None
    again_on: date | None = None


def record_call(
    work: Work, clinic_id: str, patient_id: str, by: str, called: Called
) -> PhoneCall:
    """Somebody phoned a patient, who leaves the list until a day. Raises NoSuchDay."""
    patient = find_patient(work, clinic_id, patient_id)
    row = PhoneCall(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient.id, outcome=called.outcome,
        note=called.note, again_at=_again_at(work, clinic_id, called), by=by, at=work.now,
    )  # fmt: skip
    work.session.add(row)
    if called.outcome == CallOutcome.REACHED:
        _handle_lines(work, patient, by)
    audit(work, clinic_id, by, "patient.called", patient.id, row.id)
    return row


def record_call_of_alert(
    work: Work, clinic_id: str, alert_id: str, by: str, called: Called
) -> PhoneCall:
    """As `record_call`, kept in the alert's story as well. Raises NoSuchAlert."""
    alert = find_alert(work, clinic_id, alert_id)
    row = record_call(work, clinic_id, alert.patient_id, by, called)
    row.alert_id = alert.id
    note(work, alert, AlertWhat.PHONED, by=by, why=called.outcome).note = called.note
    return row


def _again_at(work: Work, clinic_id: str, called: Called) -> datetime:
    """The start of that day by the clinic's clock."""
    zone = ZoneInfo(work.session.get_one(Clinic, clinic_id).time_zone)
    today = work.now.astimezone(zone).date()
    on = called.again_on or today + _ENOUGH[called.outcome]
    if not today < on <= today + LONGEST:
        raise NoSuchDay(field="again_on")
    return datetime.combine(on, time(0), zone).astimezone(UTC)


def _handle_lines(work: Work, patient: Patient, by: str) -> None:
    """What the inbox asks to phone for is done."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == patient.clinic_id, InboxItem.patient_id == patient.id,
        col(InboxItem.kind).in_(_HELD), col(InboxItem.handled_at).is_(None),
    )  # fmt: skip
    for item in work.session.exec(query.with_for_update()):
        item.handled_at, item.handled_by = work.now, by
