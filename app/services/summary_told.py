"""What the patient told and what people answered, as the summary's values."""

from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.clinical.sf36 import change
from app.services.adherence import days_counted, days_told
from app.services.amending import standings
from app.services.confirming import confirmed_or_suggested
from app.services.decided_on import with_corrections
from app.services.draw_days import today_of
from app.services.questionnaires import scores_of
from app.services.summary_facts import Record
from app.services.summary_quality import QualityOfLife, Sf36Scores
from app.services.summary_rows import (
    Adherence,
    AlertLine,
    DecisionLine,
    LabValue,
    LatestReport,
    TermGrade,
)
from app.work import Work
from models import (
    Alert,
    Decision,
    DoseStart,
    DoseStatus,
    Questionnaire,
    SymptomGrade,
    SymptomReport,
)


def latest_report(work: Work, record: Record) -> LatestReport | None:
    if not record.reports:
        return None
    return report_line(work, record.reports[-1])


def report_line(work: Work, report: SymptomReport) -> LatestReport:
    """A report with its terms, the worst first."""
    query = select(SymptomGrade).where(
        SymptomGrade.clinic_id == report.clinic_id, SymptomGrade.report_id == report.id
    )
    graded = work.session.exec(query.order_by(col(SymptomGrade.term)))
    terms = sorted((_term(grade) for grade in graded), key=lambda term: -term.grade)
    return LatestReport(
        report.id, report.reported_at, report.provenance, tuple(terms), report.intolerable,
        tuple(report.red_flags), report.note,
    )  # fmt: skip


def _term(row: SymptomGrade) -> TermGrade:
    grade = confirmed_or_suggested(row) or 0
    return TermGrade(
        row.term, row.family, grade, row.criterion, row.status, row.ctcae_version, row.grade,
        row.confirmed_by, row.confirmed_at, row.confirm_reason,
    )  # fmt: skip


def quality(record: Record) -> QualityOfLife:
    scored = [_scores(row) for row in record.questionnaires]
    if len(scored) < 2:
        only = scored[0] if scored else None
        return QualityOfLife(only, None, only, {}, {})
    first, previous, last = scores_of(scored[0]), scores_of(scored[-2]), scores_of(scored[-1])
    return QualityOfLife(
        scored[0], scored[-2], scored[-1], change(first, last), change(previous, last)
    )


def _scores(row: Questionnaire) -> Sf36Scores:
    return Sf36Scores(
        row.answered_at, row.wording, dict(row.scales),
        row.pcs_mean, row.mcs_mean, row.pcs_t, row.mcs_t,
    )  # fmt: skip


def adherence(work: Work, record: Record) -> Adherence:
    """The last 30 days up to yesterday."""
    zone = ZoneInfo(record.patient.time_zone)
    today = work.now.astimezone(zone).date()
    started_on = record.regimens[0].started_on if record.regimens else None
    days = days_told(record.doses, zone, days_counted(today, started_on), today)
    told = [day.told for day in days]
    taken, missed, vomited = (told.count(status) for status in DoseStatus)
    return Adherence(len(days), taken, missed, vomited, told.count(None))


def latest_labs(record: Record) -> tuple[LabValue, ...]:
    latest = {lab.analyte: lab for lab in record.labs}
    return tuple(
        LabValue(
            lab.analyte, lab.comparator, lab.value, lab.unit, lab.lln, lab.uln, lab.collected_at,
            confirmed_or_suggested(lab), lab.term, tuple(lab.missing), lab.id, lab.ctcae_version,
            lab.grade, lab.confirmed_grade is not None, lab.confirmed_by, lab.confirmed_at,
            lab.confirm_reason,
        )
        for lab in latest.values()
    )  # fmt: skip


def alert_lines(record: Record) -> tuple[AlertLine, ...]:
    """The newest first, those not yet closed before all others."""
    newest = sorted(record.alerts, key=lambda alert: alert.raised_at, reverse=True)
    ordered = sorted(newest, key=lambda alert: alert.closed_at is not None)
    return tuple(alert_line(alert) for alert in ordered)


def alert_line(alert: Alert) -> AlertLine:
    return AlertLine(
        alert.id, alert.code, alert.family, tuple(alert.causes), alert.grade, alert.state,
        alert.raised_at, alert.acknowledged_at, alert.acknowledged_by, alert.closed_at,
        alert.disposition, alert.note,
    )  # fmt: skip


def decision_lines(work: Work, record: Record) -> tuple[DecisionLine, ...]:
    """The newest first, with where each stands today in the patient's calendar."""
    standing = standings(record.decisions, record.starts, today_of(work, record.patient))
    begun = {start.decision_id: start for start in record.starts}
    lines = (
        decision_line(row, standing[row.id], begun.get(row.id))
        for row in reversed(record.decisions)
    )
    return with_corrections(work, record.patient, lines)


def decision_line(row: Decision, status: str, start: DoseStart | None) -> DecisionLine:
    confirmed_by = start.confirmed_by if start else None
    return DecisionLine(
        row.id, row.decision, row.dose_mg, row.reason, row.decided_by, row.decided_at,
        row.proposal, status, row.amends, start.started_on if start else row.starts_on,
        confirmed_by, start.at if start and confirmed_by else None,
        start.told_at if start else None, start.told_by if start else None,
    )  # fmt: skip
