"""What the forms of a decision and of follow-up show beside the summary."""

from collections.abc import Mapping
from typing import Any

from app.services.draw_days import today_of
from app.services.draws import chains_of
from app.services.follow_up import list_follow_ups
from app.services.former import former_results
from app.services.patients import find_patient
from app.services.seen import seen_of
from app.services.summary_rows import DecisionLine, Summary
from app.work import Work
from models import DecisionKind, FollowUpHow

DOSES = (400, 300, 200, 100, 500, 600, 700, 800)  # mg a day, the usual ones first
_NOT_IN_FORCE = ("waiting", "planned")


def deciding(seen: Summary, arguments: Mapping[str, str]) -> dict[str, Any]:
    """The entry not in force, the one to be amended, what can be decided, and on what state."""
    pending = next((one for one in seen.decisions if one.status in _NOT_IN_FORCE), None)
    named = arguments.get("amend") or arguments.get("amends")  # asked for, or sent and not right
    amended = _named(seen, named) if pending is None else None
    kinds = [one for one in DecisionKind if one != DecisionKind.WITHDRAWN or pending]
    return {"pending": pending, "amended": amended, "decisions": kinds, "seen": seen_of(seen)}


def _named(seen: Summary, decision_id: str | None) -> DecisionLine | None:
    found = (one for one in seen.decisions if one.id == decision_id and one.status != "replaced")
    return next(found, None)


def followed(work: Work, clinic_id: str, patient_id: str) -> dict[str, Any]:
    patient = find_patient(work, clinic_id, patient_id)
    return {
        "patient": patient, "follow_ups": list_follow_ups(work, patient), "hows": list(FollowUpHow),
        "today": today_of(work, patient), "draws": chains_of(work, patient),
        "former": former_results(work, patient), "doses": DOSES,
    }  # fmt: skip
