"""What the forms of a decision and of follow-up show beside the summary."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.pages.moments import as_typed
from app.pages.printed.dose import in_force
from app.pages.words import t
from app.services.draw_days import today_of
from app.services.draws import chains_of
from app.services.errors import Invalid
from app.services.follow_up import list_follow_ups
from app.services.former import former_results
from app.services.patients import find_patient
from app.services.seen import seen_of
from app.services.summary_rows import DecisionLine, Summary
from app.services.visit_changes import planned_of
from app.work import Work
from models import DecisionKind, FollowUpHow

DOSES = (400, 300, 200, 100, 500, 600, 700, 800)  # mg a day, the usual ones first
_WITHOUT_DOSE = (DecisionKind.DEFERRED, DecisionKind.WITHDRAWN)
_NOT_IN_FORCE = ("waiting", "planned")


class TwoDoses(Invalid):
    """One dose is accepted, and another is chosen beside it."""


class NoDoseWithIt(Invalid):
    """To defer or to withdraw starts no dose: leave the dose and the first day empty."""


def deciding(seen: Summary, arguments: Mapping[str, str]) -> dict[str, Any]:
    """The entry not in force, the one to be amended, what can be decided, and on what state."""
    pending = next((one for one in seen.decisions if one.status in _NOT_IN_FORCE), None)
    named = arguments.get("amend") or arguments.get("amends")  # asked for, or sent and not right
    amended = _named(seen, named) if pending is None else None
    return {
        "pending": pending, "amended": amended, "decisions": list(_choices(seen, pending)),
        "seen": seen_of(seen), "weighed": in_force(seen.decisions),
    }  # fmt: skip


def chosen(sent: Mapping[str, str]) -> tuple[DecisionKind, int | None]:
    """The kind and the dose of a form: a proposed dose is accepted by its own choice.

    What would be dropped without a word is refused. Raises Invalid, TwoDoses, NoDoseWithIt.
    """
    kind, _, accepted = sent.get("decision", "").partition(":")
    dose = int(sent["dose_mg"]) if sent.get("dose_mg", "").isdigit() else None
    if kind not in list(DecisionKind) or (accepted and not accepted.isdigit()):
        raise Invalid(field="decision")
    if accepted and dose not in (None, int(accepted)):
        raise TwoDoses(field="dose_mg")
    if kind in _WITHOUT_DOSE and (dose is not None or sent.get("starts_on")):
        raise NoDoseWithIt(field="starts_on" if dose is None else "dose_mg")
    return DecisionKind(kind), int(accepted) if accepted else dose


def _choices(seen: Summary, pending: DecisionLine | None) -> Iterator[tuple[str, str]]:
    """What can be chosen, each with its words: to accept comes once for each proposed dose."""
    proposed = seen.dose_rule.proposal.proposed_doses_mg if seen.dose_rule else ()
    for mg in proposed:
        yield f"{DecisionKind.ACCEPTED}:{mg}", t("page.decision.accept_mg", mg=mg)
    if not proposed:
        yield DecisionKind.ACCEPTED, t("page.decision.accept_as_is")
    for one in (DecisionKind.OVERRIDDEN, DecisionKind.DEFERRED):
        yield one, t(f"page.decision.{one}")
    if pending:
        yield DecisionKind.WITHDRAWN, t("page.decision.withdrawn")


def _named(seen: Summary, decision_id: str | None) -> DecisionLine | None:
    found = (one for one in seen.decisions if one.id == decision_id and one.status != "replaced")
    return next(found, None)


def followed(work: Work, clinic_id: str, patient_id: str) -> dict[str, Any]:
    patient = find_patient(work, clinic_id, patient_id)
    return {
        "patient": patient, "follow_ups": list_follow_ups(work, patient), "hows": list(FollowUpHow),
        "today": today_of(work, patient), "draws": chains_of(work, patient),
        "planned": planned_of(work, patient), "as_typed": as_typed,
        "former": former_results(work, patient), "doses": DOSES,
    }  # fmt: skip
