"""What the clinician decided, kept with the proposal that was seen.

An entry is never changed. A new one takes the place of the one it names, or of one that is not
in force yet; what that had planned is undone (ADR 0030).
"""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from app.clinical.dose_rule import DOSE_MOST_MG, DOSE_STEP_MG
from app.services.amending import Amended, amended_by
from app.services.audit import audit
from app.services.dose_starts import start_dose, take_back, tell_as_before
from app.services.draw_days import today_of
from app.services.errors import Conflict, Invalid, PatientErased
from app.services.patients import find_patient
from app.services.recall_marks import mark_recall
from app.services.seen import check_seen
from app.services.summary import pre_visit_summary
from app.services.summary_rows import Rule, Summary
from app.work import Work
from models import Clinic, Decision, DecisionKind, Patient
from models.columns import new_id

LATEST = timedelta(days=90)  # [own] a new dose is decided again, rather than planned so far ahead
_CHANGES = (DecisionKind.ACCEPTED, DecisionKind.OVERRIDDEN)
_WITH_REASON = (DecisionKind.OVERRIDDEN, DecisionKind.WITHDRAWN)


class ReasonMissing(Invalid):
    """An override needs its reason; so does what is withdrawn."""


class DoseNotProposed(Invalid):
    """The rule did not propose this dose: override it, with the reason.

    `proposed` are the doses that can be accepted, mg a day; empty where none is proposed.
    """

    def __init__(self, proposed: tuple[int, ...]) -> None:
        told = f"The rule proposes {' or '.join(map(str, proposed)) or 'no other dose'}"
        super().__init__(f"{told}{' mg' if proposed else ''}: accept that, or override it, "
                         "with the reason.", "dose_mg")  # fmt: skip
        self.proposed = proposed


class NotADose(Invalid):
    """The dose must be a multiple of 100 mg, up to 800 mg."""


class NotADay(Invalid):
    """A new dose starts today or within 90 days."""


class NothingToWithdraw(Conflict):
    """Only a decision whose dose has not begun can be withdrawn; decide on a new dose instead."""


class PatientDied(Conflict):
    """This patient has died; no dose can start."""


def record_decision(
    work: Work,
    clinic_id: str,
    patient_id: str,
    *,
    decision: DecisionKind,
    dose_mg: int | None,
    reason: str | None,
    by: str,
    starts_on: date | None = None,
    amends: str | None = None,
    seen: str | None = None,
) -> Decision:
    """Keep a decision; another dose than the current one starts with it.

    Where the clinic asks for a second person it waits for one. `seen` is the mark of the summary
    that was read (`seen_of`). Raises the errors of this file, ChangedSince, NoSuchPatient, and
    what `amended_by` and `start_dose` raise.
    """
    patient = find_patient(work, clinic_id, patient_id)
    work.session.refresh(patient, with_for_update=True)
    summary = pre_visit_summary(work, clinic_id, patient_id, estimated=False)
    check_seen(seen, summary)
    plain = (reason or "").strip() or None
    _check(decision, dose_mg, plain, summary)
    amended = amended_by(work, patient, amends)
    _check_withdrawn(decision, amended)
    changes = decision in _CHANGES and _is_another(dose_mg, summary)
    if changes:
        _check_start(work, patient, starts_on)
    row = Decision(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient_id, decision=decision,
        dose_mg=dose_mg if decision in _CHANGES else None, reason=plain,
        proposal=_proposal(summary.dose_rule), decided_by=by, decided_at=work.now,
        starts_on=starts_on if changes else None, amends=amended.row.id if amended else None,
        needs_second=changes and work.session.get_one(Clinic, clinic_id).second_confirmation,
    )  # fmt: skip
    work.session.add(row)
    audit(work, clinic_id, by, "decision.record", patient_id, row.id)
    work.session.flush()
    _follow(work, patient, row, amended, changes)
    mark_recall(work, clinic_id, patient_id)
    return row


def _follow(
    work: Work, patient: Patient, row: Decision, amended: Amended | None, changes: bool
) -> None:
    """What the entry before it had planned is undone; then the new dose starts, or waits."""
    was_told = take_back(work, patient, amended.row) if amended else False
    starts = changes and not row.needs_second
    if amended and was_told and not starts:
        tell_as_before(work, patient, amended.row)
    if starts:
        start_dose(work, patient, row)


def _is_another(dose_mg: int | None, seen: Summary) -> bool:
    current = seen.current.daily_dose_mg if seen.current else None
    return dose_mg is not None and dose_mg != current


def _check_start(work: Work, patient: Patient, starts_on: date | None) -> None:
    if patient.erased_at is not None:
        raise PatientErased
    if patient.died_on is not None:
        raise PatientDied
    today = today_of(work, patient)
    if starts_on is not None and not today <= starts_on <= today + LATEST:
        raise NotADay(field="starts_on")


def _check_withdrawn(decision: DecisionKind, amended: Amended | None) -> None:
    if decision == DecisionKind.WITHDRAWN and (amended is None or not amended.is_open):
        raise NothingToWithdraw(field="decision")


def _check(decision: DecisionKind, dose_mg: int | None, reason: str | None, seen: Summary) -> None:
    if decision in _WITH_REASON and reason is None:
        raise ReasonMissing(field="reason")
    if dose_mg is not None and (dose_mg % DOSE_STEP_MG or not 0 <= dose_mg <= DOSE_MOST_MG):
        raise NotADose(field="dose_mg")
    if decision == DecisionKind.ACCEPTED and dose_mg not in _acceptable(seen):
        raise DoseNotProposed(_proposed(seen))


def _acceptable(seen: Summary) -> tuple[int | None, ...]:
    """The proposed doses; where none is proposed, to stay as it is."""
    return _proposed(seen) or (None, seen.current.daily_dose_mg if seen.current else None)


def _proposed(seen: Summary) -> tuple[int, ...]:
    return seen.dose_rule.proposal.proposed_doses_mg if seen.dose_rule else ()


def _proposal(rule: Rule | None) -> dict[str, Any]:
    return plain_json(asdict(rule)) if rule else {}


def plain_json(value: Any) -> Any:
    """A value with moments and dates as text and keys as strings."""
    if isinstance(value, dict):
        return {str(name): plain_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
