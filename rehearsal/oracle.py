"""Judges what a play has left, against what its people know."""

from sqlmodel import select

from models import Alert, AlertEvent, AlertWhat, Dose, Message, SymptomReport
from rehearsal.findings import UNKEPT, Findings
from rehearsal.judge_alerts import AlertsJudged
from rehearsal.judge_missing import MissingFound
from rehearsal.judge_reminders import RemindersJudged
from rehearsal.matched import judge_rows, match
from rehearsal.report import Report
from rehearsal.stage import Stage


def judge(stage: Stage) -> Report:
    """The report of a play that has ended."""
    report, truth = Report(), stage.truth
    with stage.begin() as work:
        rows = list(work.session.exec(select(Message)))
        doses = list(work.session.exec(select(Dose)))
        reports = list(work.session.exec(select(SymptomReport)))
        alerts = list(work.session.exec(select(Alert)))
        events = work.session.exec(select(AlertEvent).where(AlertEvent.what == AlertWhat.RAISED))
        raised = {event.alert_id: event.at for event in events}
    findings, ledger = report.findings, stage.providers.ledger
    seen = match(ledger, rows, findings)
    explained = judge_rows(truth, seen, rows, findings)
    reminders = RemindersJudged(truth, findings).judge(seen)
    due = MissingFound(truth, findings).look(seen)
    of_alerts = AlertsJudged(truth, findings, alerts, raised, seen)
    of_alerts.judge()
    report.answered_after = of_alerts.answered_after
    _kept(stage, doses, reports, findings)
    report.played.update({
        "patients": len(truth.people), "moments": stage.moments, "messages": len(rows),
        "taken by a provider": len(ledger), "repeats, each explained by its row": explained,
        "reminders judged": reminders, "occurrences that had to come": due,
        "facts that call a nurse": sum(len(one.facts) for one in truth.people),
        "alerts": len(alerts),
    })  # fmt: skip
    return report


def _kept(
    stage: Stage, doses: list[Dose], reports: list[SymptomReport], findings: Findings
) -> None:
    """All that was told is there."""
    kept = {(dose.patient_id, dose.taken_at, str(dose.status)) for dose in doses}
    told = {(report.patient_id, report.reported_at) for report in reports}
    for person in stage.truth.people:
        for dose in person.doses:
            if (person.id, dose.taken_at, dose.status) not in kept:
                findings.add(UNKEPT, person, dose.told_at, f"a dose {dose.status} {dose.taken_at}")
        for at in person.reported:
            if (person.id, at) not in told:
                findings.add(UNKEPT, person, at, "a report")
