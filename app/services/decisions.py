"""What the clinician decided, kept with the proposal that was seen."""

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from app.clinical.dose_rule import DOSE_MOST_MG, DOSE_STEP_MG
from app.services.audit import audit
from app.services.errors import Invalid
from app.services.summary import pre_visit_summary
from app.services.summary_rows import Rule, Summary
from app.work import Work
from models import Decision, DecisionKind
from models.columns import new_id


class ReasonMissing(Invalid):
    """An override needs its reason."""


class DoseNotProposed(Invalid):
    """The rule did not propose this dose: override it, with the reason."""


class NotADose(Invalid):
    """The dose must be a multiple of 100 mg, up to 800 mg."""


def record_decision(
    work: Work,
    clinic_id: str,
    patient_id: str,
    *,
    decision: DecisionKind,
    dose_mg: int | None,
    reason: str | None,
    by: str,
) -> Decision:
    """Keep a decision; it changes no regimen by itself.

    Raises NoSuchPatient, ReasonMissing, DoseNotProposed, NotADose.
    """
    seen = pre_visit_summary(work, clinic_id, patient_id, estimated=False)
    plain = (reason or "").strip() or None
    _check(decision, dose_mg, plain, seen)
    row = Decision(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient_id, decision=decision,
        dose_mg=None if decision == DecisionKind.DEFERRED else dose_mg, reason=plain,
        proposal=_proposal(seen.dose_rule), decided_by=by, decided_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    audit(work, clinic_id, by, "decision.record", patient_id, row.id)
    return row


def _check(decision: DecisionKind, dose_mg: int | None, reason: str | None, seen: Summary) -> None:
    if decision == DecisionKind.OVERRIDDEN and reason is None:
        raise ReasonMissing(field="reason")
    if dose_mg is not None and (dose_mg % DOSE_STEP_MG or not 0 <= dose_mg <= DOSE_MOST_MG):
        raise NotADose(field="dose_mg")
    if decision == DecisionKind.ACCEPTED and dose_mg not in _acceptable(seen):
        raise DoseNotProposed(field="dose_mg")


def _acceptable(seen: Summary) -> tuple[int | None, ...]:
    """The proposed doses; where none is proposed, to stay as it is."""
    proposed = seen.dose_rule.proposal.proposed_doses_mg if seen.dose_rule else ()
    return proposed or (None, seen.current.daily_dose_mg if seen.current else None)


def _proposal(rule: Rule | None) -> dict[str, Any]:
    return plain_json(asdict(rule)) if rule else {}


def plain_json(value: Any) -> Any:
    """A value with moments and dates as text and keys as strings."""
    if isinstance(value, dict):
        return {str(name): plain_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
