"""The pre-visit summary: one reading of a patient on which a dose is decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import select

from app.clinical.dose_rule import dose_rule
from app.clinical.grading import FAMILIES
from app.clinical.watch import Watch
from app.services.confirming import confirmed_families, confirmed_or_suggested
from app.services.errors import NoSuchPatient
from app.services.estimates import estimate_of
from app.services.medicines import last_medicines
from app.services.summary_facts import (
    Record,
    dose_step,
    levels,
    next_visit,
    read_record,
    regimen_on,
    started_at,
    visit_lines,
)
from app.services.summary_rows import (
    FamilyGrade,
    FamilySummary,
    Level,
    Rule,
    RuleInputs,
    Summary,
    WhoseSummary,
)
from app.services.summary_told import (
    adherence,
    alert_lines,
    decision_lines,
    latest_labs,
    latest_report,
    quality,
)
from app.services.visit_marks import Mark, told_marks
from app.services.watching import awaited, watched
from app.services.what_counts import REPORT_COUNTS_FOR, labs_missing, visit_in_hand
from app.work import Work
from models import Chat, ChatState, Patient, Regimen, Visit


def pre_visit_summary(
    work: Work, clinic_id: str, patient_id: str, *, estimated: bool = True
) -> Summary:
    """All that a consultation needs, as of now. Raises NoSuchPatient.

    A list of patients, and what does not show it, is read without the estimate.
    """
    patient = work.session.get(Patient, (clinic_id, patient_id))
    if patient is None:
        raise NoSuchPatient(field="patient_id")
    record = read_record(work, patient)
    today = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    current = regimen_on(record.regimens, today)
    drawn = levels(record)
    taken = current if current and current.daily_dose_mg else None
    watch, grades = watched(record, drawn, today), tuple(_grades(work, record))
    visit = visit_in_hand(record.visits, work.now)
    return Summary(
        at=work.now,
        patient=_whose(work, patient, today.year),
        current=dose_step(current) if current else None,
        dose_steps=tuple(dose_step(regimen) for regimen in record.regimens),
        next_visit=next_visit(work, record),
        visits=visit_lines(record),
        levels=drawn,
        families=_families(grades, current, patient),
        grades=grades,
        report=latest_report(work, record),
        quality=quality(record),
        adherence=adherence(work, record),
        labs=latest_labs(record),
        alerts=alert_lines(record),
        medicines=last_medicines(work, patient),
        dose_rule=_rule(work, record, taken, drawn, grades) if taken else None,
        decisions=decision_lines(work, record),
        missing=tuple(missing_of(work, record, current, drawn, watch, visit)),
        missing_labs=labs_missing(record.labs, visit, work.now),
        watch=watch,
        estimate=estimate_of(work, patient, record.regimens, record.samples) if estimated else None,
    )


def _whose(work: Work, patient: Patient, year: int) -> WhoseSummary:
    """Age is by year of birth alone, which is all that is kept."""
    return WhoseSummary(
        patient.id, patient.code, year - patient.year_of_birth, patient.sex, patient.language,
        patient.time_zone, patient.surgery_date, patient.risk, _linked(work, patient),
        patient.recurrence_on, patient.died_on,
    )  # fmt: skip


def _linked(work: Work, patient: Patient) -> bool:
    query = select(Chat.id).where(
        Chat.clinic_id == patient.clinic_id,
        Chat.patient_id == patient.id,
        Chat.state == ChatState.ACTIVE,
    )
    return work.session.exec(query).first() is not None


def _grades(work: Work, record: Record) -> Iterator[FamilyGrade]:
    """The grade of each family at each report and laboratory day, oldest first.

    A confirmed grade stands in the place of the one suggested; both are kept in the record.
    """
    confirmed = confirmed_families(work, record.patient)
    told = [
        FamilyGrade(report.reported_at, family, grade)
        for report in record.reports
        for family, grade in {**report.families, **confirmed.get(report.id, {})}.items()
    ]
    worst: dict[tuple[datetime, str], int] = {}
    for lab in record.labs:
        grade = confirmed_or_suggested(lab)
        if lab.family and grade is not None:
            key = (lab.collected_at, lab.family)
            worst[key] = max(worst.get(key, 0), grade)
    measured = [FamilyGrade(at, family, grade) for (at, family), grade in worst.items()]
    yield from sorted([*told, *measured], key=lambda one: one.at)


def _families(
    grades: Sequence[FamilyGrade], current: Regimen | None, patient: Patient
) -> tuple[FamilySummary, ...]:
    since = started_at(current, patient) if current else None
    return tuple(_family(family, grades, since) for family in FAMILIES)


def _family(family: str, grades: Sequence[FamilyGrade], since: datetime | None) -> FamilySummary:
    own = [one for one in grades if one.family == family and (since is None or one.at >= since)]
    if not own:
        return FamilySummary(family, None, None, None)
    return FamilySummary(family, max(one.grade for one in own), own[-1].grade, own[-1].at)


def _rule(
    work: Work,
    record: Record,
    current: Regimen,
    drawn: Sequence[Level],
    grades: Sequence[FamilyGrade],
) -> Rule:
    inputs = _inputs(work, record, current, drawn, grades)
    proposal = dose_rule(
        inputs.worst_grade, inputs.intolerable, inputs.first_trough_ug_per_l,
        inputs.current_dose_mg, inputs.days_at_dose,
    )  # fmt: skip
    return Rule(inputs, proposal)


def _inputs(
    work: Work,
    record: Record,
    current: Regimen,
    drawn: Sequence[Level],
    grades: Sequence[FamilyGrade],
) -> RuleInputs:
    """The worst grade of 14 days needs a symptom report in them; without one it is unknown."""
    since = max(work.now - REPORT_COUNTS_FOR, started_at(current, record.patient))
    reports = [report for report in record.reports if report.reported_at >= since]
    recent = [one.grade for one in grades if one.at >= since]
    first = _first_trough(record, current, drawn)
    today = work.now.astimezone(ZoneInfo(record.patient.time_zone)).date()
    known = bool(reports) or max(recent, default=0) >= 3
    return RuleInputs(
        worst_grade=max(recent, default=None) if known else None,
        intolerable=any(report.intolerable for report in reports),
        reported_since=since,
        first_trough_ug_per_l=first.corrected_ug_per_l if first else None,
        first_trough_at=first.drawn_at if first else None,
        current_dose_mg=current.daily_dose_mg,
        days_at_dose=(today - current.started_on).days,
    )


def _first_trough(record: Record, current: Regimen, drawn: Sequence[Level]) -> Level | None:
    since = started_at(current, record.patient)
    return next((one for one in drawn if one.first_at_dose and one.drawn_at >= since), None)


def _has_trough(record: Record, current: Regimen, drawn: Sequence[Level]) -> bool:
    """The level at this dose; at none, while the treatment is stopped, there is none to miss."""
    return not current.daily_dose_mg or _first_trough(record, current, drawn) is not None


def missing_of(
    work: Work,
    record: Record,
    current: Regimen | None,
    drawn: Sequence[Level],
    watch: Watch | None,
    visit: Visit | None,
) -> Iterator[str]:
    """What a visit needs and what is missing by now, as codes; without a visit as of now."""
    report, form = told_marks(work, record, visit)
    checks = {
        "regimen": current is not None,
        "trough_at_dose": current is not None and _has_trough(record, current, drawn),
        "level_after_reduction": not awaited(watch),
        "symptom_report": report != Mark.MISSING,
        "sf36": form != Mark.MISSING,
        "labs": not labs_missing(record.labs, visit, work.now),
    }
    yield from (name for name, there in checks.items() if not there)


__all__ = ["Summary", "pre_visit_summary"]
