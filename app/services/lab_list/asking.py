"""What a person must look at twice before a list is kept: it can be right, and seldom is.

A wrong year is the slip of every January; a list that is sent again with its times a minute off
holds every result twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from app.services.lab_list.faults import ENGLISH
from app.services.lab_list.known import Known, Result, parts
from app.services.lab_list.lines import Line
from app.texts import Reader, say
from app.work import Work
from models import Patient, Regimen

_Day = tuple[str, str, date]  # patient, analyte, day on the clinic's clock


@dataclass(frozen=True, slots=True)
class Ask:
    """Of a row; `key` is of the catalogue, under `page.entry.ask.`; `data` are its values."""

    row: int
    key: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def said(self, reader: Reader = ENGLISH) -> str:
        return say(f"page.entry.ask.{self.key}", reader, self.data)


@dataclass(frozen=True, slots=True)
class Asking:
    """What the questions about a list are asked from."""

    zone: ZoneInfo
    first_doses: Mapping[str, date]
    of_day: Mapping[_Day, Sequence[tuple[datetime, Result]]]

    def of(self, line: Line, patient: Patient) -> Iterator[Ask]:
        """Every question about a line, unless it says itself that it was checked."""
        if line.confirmed:
            return
        day = line.drawn_at.astimezone(self.zone).date()
        first = self.first_doses.get(patient.id)
        if patient.surgery_date and day < patient.surgery_date:
            yield Ask(line.row, "before_surgery", {"surgery_on": patient.surgery_date.isoformat()})
        elif first and day < first:
            yield Ask(line.row, "before_first_dose", {"first_on": first.isoformat()})
        for at, other in self.of_day.get((patient.id, line.analyte, day), ()):
            if at != line.drawn_at and other.told == Result.of(line).told:
                told = {"known": other.shown, "time": f"{at.astimezone(self.zone):%H:%M}"}
                yield Ask(line.row, "same_day", told)
                return


def asking(work: Work, clinic_id: str, zone: ZoneInfo, ids: Sequence[str], known: Known) -> Asking:
    """About patients, of whom `known` holds the record and the list itself."""
    of_day: defaultdict[_Day, list[tuple[datetime, Result]]] = defaultdict(list)
    for (patient_id, analyte, at), results in known.items():
        here = (patient_id, analyte, at.astimezone(zone).date())
        of_day[here] += [(at, one) for one in results if not one.is_former]
    return Asking(zone, _first_doses(work, clinic_id, ids), of_day)


def _first_doses(work: Work, clinic_id: str, ids: Sequence[str]) -> dict[str, date]:
    """The first day on imatinib of each patient who ever began."""
    found: dict[str, date] = {}
    for some in parts(ids):
        query = select(Regimen.patient_id, func.min(col(Regimen.started_on))).where(
            Regimen.clinic_id == clinic_id, col(Regimen.patient_id).in_(some),
            Regimen.daily_dose_mg > 0,
        )  # fmt: skip
        found.update(dict(work.session.exec(query.group_by(col(Regimen.patient_id))).all()))
    return found
