"""Alerts: raised with the fact, answered by a person, closed with a disposition."""

import re
import secrets
import unicodedata
from collections.abc import Sequence

from sqlmodel import col, select

from app.clinical.alerts import Cause
from app.clinical.grading.term import SYMPTOM_FAMILIES
from app.services.audit import audit
from app.services.errors import Conflict, NoSuchAlert
from app.services.messages import cancel_about, tell, tell_staff
from app.services.prompts import no_longer_calm
from app.services.rota import on_call
from app.work import Work
from models import Alert, AlertState, Disposition, InboxItem, InboxKind, Patient, Staff
from models.columns import new_id

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
_CODE_LENGTH = 4
_WORD = re.compile("[A-Z0-9]+")


def raise_alerts(
    work: Work, patient: Patient, causes: Sequence[Cause], *, report_id: str | None, grade: int
) -> Alert | None:
    """One open alert per family of the causes; the first of them is returned."""
    one_at_a_time(work, patient)
    alerts = [
        _raise(work, patient, family, [c for c in causes if c.family == family], report_id, grade)
        for family in dict.fromkeys(cause.family for cause in causes)
    ]
    return alerts[0] if alerts else None


def one_at_a_time(work: Work, patient: Patient) -> None:
    """Two reports of one patient at once: the second waits, and finds the first's alert."""
    query = select(Patient.id).where(
        Patient.clinic_id == patient.clinic_id, Patient.id == patient.id
    )
    work.session.exec(query.with_for_update()).one()


def _raise(
    work: Work,
    patient: Patient,
    family: str,
    causes: Sequence[Cause],
    report_id: str | None,
    grade: int,
) -> Alert:
    words = sorted({_word(cause) for cause in causes})
    alert = _unclosed(work, patient, family)
    if alert is None:
        alert = _new(work, patient, family, words, report_id, grade)
        call_next(work, alert)
        no_longer_calm(work, patient)
    else:
        _repeat(work, alert, words, report_id, grade)
    return alert


def _word(cause: Cause) -> str:
    return f"red_flag:{cause.detail}" if cause.kind == "red_flag" else cause.kind


def _unclosed(work: Work, patient: Patient, family: str) -> Alert | None:
    query = select(Alert).where(
        Alert.clinic_id == patient.clinic_id,
        Alert.patient_id == patient.id,
        Alert.family == family,
        Alert.state != AlertState.CLOSED,
    )
    return work.session.exec(query.with_for_update()).first()


def _new(
    work: Work, patient: Patient, family: str, causes: list[str], report_id: str | None, grade: int
) -> Alert:
    alert = Alert(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        code=_free_code(work, patient.clinic_id), family=family, causes=causes, grade=grade,
        report_id=report_id, raised_at=work.now,
    )  # fmt: skip
    work.session.add(alert)
    work.session.flush()
    return alert


def _free_code(work: Work, clinic_id: str) -> str:
    query = select(Alert.code).where(
        Alert.clinic_id == clinic_id, Alert.state != AlertState.CLOSED
    )
    taken = set(work.session.exec(query))
    while (code := "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))) in taken:
        pass
    return code


def _repeat(
    work: Work, alert: Alert, causes: list[str], report_id: str | None, grade: int
) -> None:
    worse = grade > alert.grade or any(
        word.startswith("red_flag") and word not in alert.causes for word in causes
    )
    alert.causes = sorted({*alert.causes, *causes})
    alert.report_id = report_id or alert.report_id
    alert.grade = max(alert.grade, grade)
    alert.times_raised += 1
    if worse:
        alert.state = AlertState.OPEN
        alert.raised_at = work.now
        alert.acknowledged_at = alert.acknowledged_by = None
        alert.step = 0
        call_next(work, alert)


def call_next(work: Work, alert: Alert) -> bool:
    """Send the alert to the next person who can be reached; with nobody, say so."""
    patient = work.session.get_one(Patient, (alert.clinic_id, alert.patient_id))
    people = on_call(work, alert.clinic_id)
    if alert.step >= len(people):
        _nobody(work, alert, patient)
        return False
    staff = people[alert.step]
    alert.step += 1
    dedupe = f"alert:{alert.id}:{alert.times_raised}:{alert.step}"
    data = {"code": alert.code, "patient": patient.code}
    return tell_staff(work, staff, dedupe, "sms.alert", data, f"alert:{alert.id}")


def _nobody(work: Work, alert: Alert, patient: Patient) -> None:
    work.session.add(InboxItem(
        clinic_id=alert.clinic_id, id=new_id(work.now), patient_id=patient.id,
        kind=InboxKind.UNREACHABLE, text=f"alert {alert.code}: nobody on duty could be reached",
        received_at=work.now,
    ))  # fmt: skip


def alert_sms_failed(work: Work, about: str, clinic_id: str) -> None:
    """An alert's SMS did not arrive: call the next person at once, unless answered."""
    alert = work.session.get(Alert, (clinic_id, about.removeprefix("alert:")))
    if alert is not None and alert.state == AlertState.OPEN:
        call_next(work, alert)


def find_alert(work: Work, clinic_id: str, alert_id: str) -> Alert:
    query = select(Alert).where(Alert.clinic_id == clinic_id, Alert.id == alert_id)
    alert = work.session.exec(query.with_for_update()).first()
    if alert is None:
        raise NoSuchAlert
    return alert


def open_alerts(work: Work, clinic_id: str) -> list[Alert]:
    """Every alert that is not closed, the latest raised first."""
    query = select(Alert).where(Alert.clinic_id == clinic_id, Alert.state != AlertState.CLOSED)
    return list(work.session.exec(query.order_by(col(Alert.raised_at).desc())))


def acknowledge(work: Work, clinic_id: str, alert_id: str, by: str) -> Alert:
    """Someone has it now: what is not yet sent about it is stopped."""
    alert = find_alert(work, clinic_id, alert_id)
    if alert.state == AlertState.CLOSED:
        raise Conflict("This alert is closed already.", field="id")
    if alert.state == AlertState.OPEN:
        alert.state = AlertState.ACKNOWLEDGED
        alert.acknowledged_at, alert.acknowledged_by = work.now, by
        cancel_about(work, clinic_id, f"alert:{alert.id}", "acknowledged")
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
    work: Work, clinic_id: str, alert_id: str, by: str, disposition: Disposition, note: str | None
) -> Alert:
    """End an alert with what was done."""
    alert = acknowledge(work, clinic_id, alert_id, by)
    alert.state = AlertState.CLOSED
    alert.closed_at, alert.closed_by = work.now, by
    alert.disposition, alert.note = disposition, note
    audit(work, clinic_id, by, "alert.close", alert.patient_id, alert.id)
    return alert


def answer_reply(work: Work, from_phone: str, body: str) -> str:
    """What an SMS reply did: a key of the catalogue, to be answered to the sender."""
    staff = list(work.session.exec(select(Staff).where(Staff.phone == from_phone, Staff.active)))
    if not staff:
        return "sms.reply.unknown_number"
    codes = _codes_in(body)
    answers = [
        _acknowledged(work, alert, f"staff:{one.id}")
        for one in staff
        for code in codes
        if (alert := _latest_with_code(work, one.clinic_id, code)) is not None
    ]
    return answers[0] if answers else "sms.reply.wrong_code"


def _codes_in(body: str) -> list[str]:
    """The words of a reply that can be codes, or all its letters as one ("ab 3 d")."""
    words = _WORD.findall(unicodedata.normalize("NFKC", body).upper())
    codes = [word for word in words if len(word) == _CODE_LENGTH]
    return list(dict.fromkeys(codes)) or ["".join(words)]


def _latest_with_code(work: Work, clinic_id: str, code: str) -> Alert | None:
    query = select(Alert).where(Alert.clinic_id == clinic_id, Alert.code == code)
    return work.session.exec(query.order_by(col(Alert.raised_at).desc())).first()


def _acknowledged(work: Work, alert: Alert, by: str) -> str:
    if alert.state == AlertState.CLOSED:
        return "sms.reply.closed"
    if alert.state == AlertState.ACKNOWLEDGED:
        return "sms.reply.already"
    acknowledge(work, alert.clinic_id, alert.id, by)
    return "sms.reply.acknowledged"

