"""Alerts: raised with the fact, answered by a person, closed with a disposition."""

import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from app.clinical.alerts import OLD, Cause
from app.clinical.grading.term import SYMPTOM_FAMILIES
from app.services.alert_life import note
from app.services.audit import audit
from app.services.errors import Conflict, Invalid, NoSuchAlert
from app.services.escalation import begin_anew, call_next, return_at
from app.services.messages import cancel_about, tell
from app.services.old_results import is_of_old
from app.services.prompts import no_longer_calm
from app.work import Work
from models import Alert, AlertState, AlertWhat, Disposition, Patient
from models.columns import new_id

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
CODE_LENGTH = 4
_FLAG = "red_flag"


class SayWhatWasDone(Invalid):
    """Say in a few words what was done: "other" alone tells nobody."""


class AnotherIsOpen(Conflict):
    """Another alert of this patient about the same is open; answer that one."""


def raise_alerts(
    work: Work, patient: Patient, causes: Sequence[Cause], *, report_id: str | None, grade: int,
    families: Mapping[str, int] | None = None,
) -> Alert | None:  # fmt: skip
    """One open alert per family of the causes; the first of them is returned, a red flag first.

    Repeats are added to what is open and worsening raises it again. A red flag is always a new
    alert; only the very same one, told again while people are still being called, is added.
    `families` are the grades of each family, so that one does not count as another's.
    """
    one_at_a_time(work, patient)
    grades = families or {}
    alerts = [
        _raise(work, patient, family, [c for c in causes if c.family == family], report_id,
               grades.get(family, grade))
        for family in dict.fromkeys(cause.family for cause in causes)
    ]  # fmt: skip
    return min(alerts, key=lambda alert: not alert.red_flag, default=None)


def one_at_a_time(work: Work, patient: Patient) -> None:
    """Two reports of one patient at once: the second waits, and finds the first's alert.

    Whoever holds an alert and writes of its patient waits for neither.
    """
    query = select(Patient.id).where(
        Patient.clinic_id == patient.clinic_id, Patient.id == patient.id
    )
    work.session.exec(query.with_for_update(key_share=True)).one()


def _raise(
    work: Work,
    patient: Patient,
    family: str,
    causes: Sequence[Cause],
    report_id: str | None,
    grade: int,
) -> Alert:
    words = sorted({_word(cause) for cause in causes})
    flags = {word for word in words if word.startswith(_FLAG)}
    alert = _flagged(work, patient, family, flags) if flags else _unclosed(work, patient, family)
    if alert is not None:
        _repeat(work, alert, words, report_id, grade)
        return alert
    alert = _new(work, patient, family, words, report_id, grade)
    if is_of_old(alert):
        alert.next_step_at = return_at(work, alert)
    else:
        call_next(work, alert, tries=())
    no_longer_calm(work, patient)
    return alert


def _word(cause: Cause) -> str:
    return f"{_FLAG}:{cause.detail}" if cause.kind == _FLAG else cause.kind


def _unclosed(
    work: Work, patient: Patient, family: str, *further: ColumnElement[bool]
) -> Alert | None:
    """The latest one of a family that is not closed."""
    query = select(Alert).where(
        Alert.clinic_id == patient.clinic_id,
        Alert.patient_id == patient.id,
        Alert.family == family,
        Alert.state != AlertState.CLOSED,
        *further,
    )
    return work.session.exec(
        query.order_by(col(Alert.raised_at).desc(), col(Alert.id).desc()).with_for_update()
    ).first()


def _flagged(work: Work, patient: Patient, family: str, flags: set[str]) -> Alert | None:
    """The alert of just these red flags for which people are still being called."""
    calling = col(Alert.state) == AlertState.OPEN
    alert = _unclosed(work, patient, family, col(Alert.red_flag).is_(True), calling)
    return alert if alert is not None and flags <= set(alert.causes) else None


def _new(
    work: Work, patient: Patient, family: str, causes: list[str], report_id: str | None, grade: int
) -> Alert:
    alert = Alert(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        code=_free_code(work, patient.clinic_id), family=family, causes=causes, grade=grade,
        red_flag=any(word.startswith(_FLAG) for word in causes), report_id=report_id,
        raised_at=work.now, next_step_at=work.now,
    )  # fmt: skip
    work.session.add(alert)
    note(work, alert, AlertWhat.RAISED)
    return alert


def _free_code(work: Work, clinic_id: str) -> str:
    query = select(Alert.code).where(
        Alert.clinic_id == clinic_id, Alert.state != AlertState.CLOSED
    )
    taken = set(work.session.exec(query))
    while (code := "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))) in taken:
        pass
    return code


def _repeat(
    work: Work, alert: Alert, causes: list[str], report_id: str | None, grade: int
) -> None:
    """A new fact raises again what was only of old results; an old one raises nothing again."""
    was_old, comes_old = is_of_old(alert), OLD in causes
    first_new = was_old and not comes_old
    worse = first_new or (grade > alert.grade and not comes_old)
    stays_old = {OLD} if was_old and comes_old else set()
    alert.causes = sorted({*alert.causes, *causes} - {OLD} | stays_old)
    alert.report_id = report_id or alert.report_id
    if first_new:
        alert.grade = grade
    elif was_old or not comes_old:
        alert.grade = max(alert.grade, grade)
    alert.times_raised += 1
    if worse:
        _raise_again(work, alert, AlertWhat.WORSENED)
    else:
        note(work, alert, AlertWhat.REPEATED)


def _raise_again(
    work: Work, alert: Alert, what: AlertWhat, by: str | None = None, why: str | None = None
) -> None:
    alert.state, alert.raised_at = AlertState.OPEN, work.now
    alert.acknowledged_at = alert.acknowledged_by = None
    cancel_about(work, alert.clinic_id, f"alert:{alert.id}", "raised again")
    begin_anew(alert)
    note(work, alert, what, by=by, why=why)
    call_next(work, alert)


def find_alert(work: Work, clinic_id: str, alert_id: str) -> Alert:
    """As it stands now, and nobody else changes it meanwhile."""
    query = select(Alert).where(Alert.clinic_id == clinic_id, Alert.id == alert_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    alert = work.session.exec(query).first()
    if alert is None:
        raise NoSuchAlert
    return alert


def open_alerts(work: Work, clinic_id: str) -> list[Alert]:
    """Every alert that is not closed, the latest raised first."""
    query = select(Alert).where(Alert.clinic_id == clinic_id, Alert.state != AlertState.CLOSED)
    return list(work.session.exec(query.order_by(col(Alert.raised_at).desc())))


def acknowledge(work: Work, clinic_id: str, alert_id: str, by: str) -> Alert:
    """Someone has it now: what is not yet sent about it is stopped, and it must be closed."""
    alert = find_alert(work, clinic_id, alert_id)
    if alert.state == AlertState.CLOSED:
        raise Conflict("This alert is closed already.", field="id")
    if alert.state == AlertState.OPEN:
        alert.state = AlertState.ACKNOWLEDGED
        alert.acknowledged_at, alert.acknowledged_by = work.now, by
        alert.next_step_at = return_at(work, alert)
        cancel_about(work, clinic_id, f"alert:{alert.id}", "acknowledged")
        note(work, alert, AlertWhat.ACKNOWLEDGED, by=by)
        audit(work, clinic_id, by, "alert.acknowledge", alert.patient_id, alert.id)
        _say_seen(work, alert)
    return alert


def _say_seen(work: Work, alert: Alert) -> None:
    """The patient who told it hears that a person has it, once a raising; no symptom is named."""
    if alert.family in SYMPTOM_FAMILIES:  # of a laboratory value the patient was told nothing
        patient = work.session.get_one(Patient, (alert.clinic_id, alert.patient_id))
        raising = f"{alert.raised_at:%Y%m%d%H%M%S}"
        tell(work, patient, f"alert.seen:{patient.id}:{raising}", "alert.seen")


def close(
    work: Work, clinic_id: str, alert_id: str, by: str, disposition: Disposition, words: str | None
) -> Alert:
    """End an alert with what was done. Raises SayWhatWasDone, Conflict, NoSuchAlert."""
    if disposition == Disposition.OTHER and not (words or "").strip():
        raise SayWhatWasDone(field="note")
    alert = acknowledge(work, clinic_id, alert_id, by)
    alert.state, alert.next_step_at = AlertState.CLOSED, None
    alert.closed_at, alert.closed_by = work.now, by
    alert.disposition, alert.note = disposition, words
    note(work, alert, AlertWhat.CLOSED, by=by, why=disposition).note = words
    audit(work, clinic_id, by, "alert.close", alert.patient_id, alert.id)
    return alert


def reopen(work: Work, clinic_id: str, alert_id: str, by: str, why: str | None = None) -> Alert:
    """It was closed and is not over: people are called again. Raises Conflict, NoSuchAlert."""
    alert = find_alert(work, clinic_id, alert_id)
    if alert.state != AlertState.CLOSED:
        raise Conflict("This alert is not closed.", field="id")
    patient = work.session.get_one(Patient, (clinic_id, alert.patient_id))
    one_at_a_time(work, patient)
    graded = col(Alert.red_flag).is_(False)
    if not alert.red_flag and _unclosed(work, patient, alert.family, graded) is not None:
        raise AnotherIsOpen(field="id")
    alert.code = _free_code(work, clinic_id)  # the old one may be another alert's by now
    alert.closed_at = alert.closed_by = alert.disposition = None
    audit(work, clinic_id, by, "alert.reopen", alert.patient_id, alert.id)
    _raise_again(work, alert, AlertWhat.REOPENED, by, why)
    return alert
