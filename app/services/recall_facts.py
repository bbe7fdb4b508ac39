"""What the recall list goes by, of a batch of patients; few statements for all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from app.services.amending import standings
from app.services.recall_due import Facts, Pending, Planned, deferred, untold, waiting
from app.services.summary_facts import NOT_STEADY, is_usable
from app.services.visits import STILL_CURRENT
from app.work import Work
from models import (
    Decision,
    DecisionKind,
    DoseStart,
    Lab,
    Patient,
    Regimen,
    Sample,
    Visit,
    VisitPurpose,
    VisitStatus,
)

_LABS_READ = timedelta(days=50)  # longer than missing results are asked for, and a week before
_COMES = (VisitStatus.PLANNED, VisitStatus.ATTENDED)
Rows = Mapping[str, list[Any]]


def facts_of(work: Work, clinic_id: str, patients: Sequence[Patient]) -> Mapping[str, Facts]:
    """By the id of the patient."""
    ids = [patient.id for patient in patients]
    steps = _read(work, clinic_id, ids, Regimen, "started_on", "daily_dose_mg")
    visits = _read(work, clinic_id, ids, Visit, "draw_at", "status", "purpose",
                   where=(col(Visit.status).in_(_COMES),))  # fmt: skip
    levels = _read(work, clinic_id, ids, Sample, "drawn_at", "id", "corrected_ug_per_l", "flags")
    recent = col(Lab.collected_at) >= work.now - _LABS_READ
    labs = _read(work, clinic_id, ids, Lab, "collected_at", "family", where=(recent,))
    decisions = _whole(work, clinic_id, ids, Decision)
    starts = _whole(work, clinic_id, ids, DoseStart)
    return {
        one.id: _facts(
            work, one, steps[one.id], visits[one.id], levels[one.id], labs[one.id],
            _pending(work, one, decisions[one.id], starts[one.id])
            + _untold(one, starts[one.id], steps[one.id]),
        )
        for one in patients
    }  # fmt: skip


def _facts(
    work: Work, patient: Patient, steps: Sequence[Any], visits: Sequence[Any],
    levels: Sequence[Any], labs: Sequence[Any], pending: Sequence[Pending],
) -> Facts:  # fmt: skip
    zone = ZoneInfo(patient.time_zone)
    attended = [one.draw_at for one in visits if one.status == VisitStatus.ATTENDED]
    planned = [
        Planned(one.draw_at, _on(one.draw_at, zone), one.purpose == VisitPurpose.TROUGH)
        for one in visits
        if one.status == VisitStatus.PLANNED and one.draw_at > work.now - STILL_CURRENT
    ]
    by_family: defaultdict[str, list[date]] = defaultdict(list)
    for lab in labs:
        by_family[str(lab.family)].append(_on(lab.collected_at, zone))
    count = [one for one in levels if is_usable(one)]
    seen = [*attended[-1:], *(one.drawn_at for one in levels[-1:])]
    return Facts(
        steps=[(one.started_on, one.daily_dose_mg) for one in steps],
        level_on=_on(count[-1].drawn_at, zone) if count else None,
        level_id=count[-1].id if count else None,
        attended_on=_on(max(seen), zone) if seen else None,
        planned=planned, labs=by_family, pending=pending,
        repeat=_repeat(levels, zone), today=_on(work.now, zone),
    )  # fmt: skip


def _repeat(levels: Sequence[Any], zone: ZoneInfo) -> tuple[date, str] | None:
    """The day of the last level where it does not count, and why."""
    if not levels or is_usable(levels[-1]):
        return None
    last = levels[-1]
    why = "uncorrectable" if last.corrected_ug_per_l is None else NOT_STEADY
    return _on(last.drawn_at, zone), why


def _pending(
    work: Work, patient: Patient, rows: Sequence[Decision], starts: Sequence[DoseStart]
) -> list[Pending]:
    """Of the decisions: one that waits for a second person, and the last where it is deferred."""
    zone = ZoneInfo(patient.time_zone)
    ordered = sorted(rows, key=lambda row: (row.decided_at, row.id))
    standing = standings(ordered, starts, _on(work.now, zone))
    found = [
        waiting(row.id, _on(row.decided_at, zone)) for row in ordered
        if standing[row.id] == "waiting"
    ]  # fmt: skip
    if ordered and ordered[-1].decision == DecisionKind.DEFERRED:
        found.append(deferred(ordered[-1].id, _on(ordered[-1].decided_at, zone)))
    return found


def _untold(
    patient: Patient, starts: Sequence[DoseStart], steps: Sequence[Any]
) -> list[Pending]:
    """A new dose that the patient has still to hear of, while no later one took its place."""
    last = max(starts, key=lambda one: one.at, default=None)
    if last is None or last.taken_back_at is not None or last.told_at is not None:
        return []
    if any(step.started_on > last.started_on for step in steps):
        return []
    on = _on(last.at, ZoneInfo(patient.time_zone))
    return [untold(last.decision_id, on, last.started_on)]


def _on(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _read(
    work: Work, clinic_id: str, ids: Sequence[str], table: Any, *names: str, where: Any = ()
) -> Rows:
    """Some columns of the rows of each patient, ordered by the first column."""
    columns = [table.patient_id, *(getattr(table, name) for name in names)]
    query = select(*columns).where(table.clinic_id == clinic_id, table.patient_id.in_(ids), *where)
    query = query.order_by(getattr(table, names[0]))
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in work.session.execute(query):
        found[row.patient_id].append(row)
    return found


def _whole(work: Work, clinic_id: str, ids: Sequence[str], table: Any) -> Rows:
    query = select(table).where(table.clinic_id == clinic_id, table.patient_id.in_(ids))
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in work.session.scalars(query):
        found[row.patient_id].append(row)
    return found
