"""A laboratory's Observation becomes a level or a laboratory value, once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.clinical.errors import ClinicalError
from app.clinical.grading import canonical_analyte
from app.services.alerts import one_at_a_time
from app.services.errors import Conflict, Invalid, NotFound
from app.services.fhir.terms import CONFIRMED, IMATINIB
from app.services.former import find_withdrawn, former_identified, former_results
from app.services.lab_list.cells import on_the_clock
from app.services.lab_list.faults import Misread
from app.services.lab_list.known import Result, result_of
from app.services.lab_list.lines import Line
from app.services.lab_list.store import keep_line
from app.services.samples import ToConfirm
from app.work import Work
from models import Clinic, Lab, Patient, Sample

Row = Sample | Lab


class NotTaken(Invalid):
    """The Observation cannot be taken."""


class OtherContent(Conflict):
    """This was sent before with another content; what is kept is not changed by a machine."""


class OtherValue(Conflict):
    """The record has another value for this draw."""


class NoSuchObservation(NotFound):
    """There is no such Observation in this clinic."""


class HourUnclear(NotTaken):
    """The day's first hour is left out or comes twice on the clinic's clock; send a time."""


@dataclass(frozen=True, slots=True)
class Received:
    """The row of an Observation, and whether it is new."""

    row: Row
    is_new: bool = False
    is_withdrawn: bool = False


_TO_CONFIRM = (
    "A level under 10 or over 10 000 ug/L: check the value and its unit; if they are right, send "
    f"it again with the extension {CONFIRMED} (valueBoolean true)."
)
# Where a field of ours stands in an Observation.
_PLACES = {
    "value": "valueQuantity/value", "concentration": "valueQuantity/value",
    "unit": "valueQuantity/code", "analyte": "code", "lln": "referenceRange/0/low",
    "uln": "referenceRange/0/high", "drawn_at": "effectiveDateTime",
    "collected_at": "effectiveDateTime", "last_dose_at": "extension",
}  # fmt: skip


def receive(work: Work, patient: Patient, line: Line, identifier: str | None) -> Received:
    """Keep a result, or find it: by its identifier, else by patient, analyte, time and value.

    The same again finds what stands in its place by now, or that it was taken back by a person.

    Raises NotTaken, and OtherContent or OtherValue where what is kept differs.
    """
    if patient.erased_at:
        raise NotTaken("The record of this patient was erased.", field="subject")
    one_at_a_time(work, patient)
    former = _former(work, patient, line, identifier)
    if former is not None:
        return former
    sent = list(_identified(work, patient.clinic_id, identifier))
    if sent and not _is_same(sent[0], patient, line):
        raise OtherContent(field="identifier")
    known = [*sent, *_of_draw(work, patient, line)]
    same = [row for row in known if _is_same(row, patient, line)]
    if same:
        return Received(same[0])
    if known:
        raise OtherValue(
            f"The record has {result_of(known[0]).shown} for this draw; a person must look which "
            "is right.", field="valueQuantity",
        )  # fmt: skip
    with _in_fhir():
        row = keep_line(work, patient, line, identifier)
    work.session.flush()
    return Received(row, is_new=True)


def _former(work: Work, patient: Patient, line: Line, identifier: str | None) -> Received | None:
    """What became of the very same result, where a person corrected it or took it back."""
    named = former_identified(work, patient.clinic_id, identifier) if identifier else []
    versions = [*named, *former_results(work, patient)]
    same = [one for one in versions if _is_same(one.row, patient, line)]
    if not same:
        return None
    table = type(same[0].row)
    row = work.session.get(table, (patient.clinic_id, same[0].row.id))
    return Received(row) if row else Received(same[0].row, is_withdrawn=True)


def _is_same(row: Row, patient: Patient, line: Line) -> bool:
    """Of the same patient, analyte and moment, with the same value."""
    if isinstance(row, Sample):
        draw = (row.patient_id, IMATINIB, row.drawn_at)
    else:
        draw = (row.patient_id, canonical_analyte(row.analyte), row.collected_at)
    same_draw = draw == (patient.id, line.analyte, line.drawn_at)
    return same_draw and result_of(row).is_same(Result.of(line))


def _identified(work: Work, clinic_id: str, identifier: str | None) -> Iterator[Row]:
    if identifier is None:
        return
    levels = select(Sample).where(Sample.clinic_id == clinic_id, Sample.identifier == identifier)
    values = select(Lab).where(Lab.clinic_id == clinic_id, Lab.identifier == identifier)
    yield from work.session.exec(levels)
    yield from work.session.exec(values)


def _of_draw(work: Work, patient: Patient, line: Line) -> Sequence[Row]:
    """What is kept of the same analyte, patient and moment."""
    if line.is_level:
        levels = select(Sample).where(
            Sample.clinic_id == patient.clinic_id, Sample.patient_id == patient.id,
            Sample.drawn_at == line.drawn_at,
        )  # fmt: skip
        return list(work.session.exec(levels))
    values = select(Lab).where(
        Lab.clinic_id == patient.clinic_id, Lab.patient_id == patient.id,
        Lab.collected_at == line.drawn_at, col(Lab.analyte).ilike(line.analyte),
    )  # fmt: skip
    return list(work.session.exec(values))


@contextmanager
def _in_fhir() -> Iterator[None]:
    """What our own rules refuse, told where it stands in the Observation."""
    try:
        yield
    except ToConfirm as error:
        raise NotTaken(_TO_CONFIRM, field="valueQuantity/value") from error
    except (ClinicalError, Invalid) as error:
        raise NotTaken(error.detail, field=_PLACES.get(error.field or "", error.field)) from error


def when(work: Work, clinic_id: str, told: datetime | date, analyte: str) -> datetime:
    """A moment; a day alone is its first moment on the clinic's clock, and not enough of a level.

    Raises NotTaken.
    """
    if isinstance(told, datetime):
        return told
    if analyte == IMATINIB:
        raise NotTaken("Of a level the time of day is needed too.", field="effectiveDateTime")
    zone = ZoneInfo(work.session.get_one(Clinic, clinic_id).time_zone)
    try:
        return on_the_clock(datetime(told.year, told.month, told.day), zone)  # noqa: DTZ001
    except Misread:
        raise HourUnclear(field="effectiveDateTime") from None


def find_observation(work: Work, clinic_id: str, name: str) -> Received:
    """A level or value of a clinic by its id, also a withdrawn one. Raises NoSuchObservation."""
    row = work.session.get(Sample, (clinic_id, name)) or work.session.get(Lab, (clinic_id, name))
    if row is not None:
        return Received(row)
    former = find_withdrawn(work, clinic_id, name)
    if former is None:
        raise NoSuchObservation
    return Received(former.row, is_withdrawn=True)
