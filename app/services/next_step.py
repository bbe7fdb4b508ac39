"""What comes next of an alert: who is called and when, as the rota stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.services.escalation import untried, ways
from app.services.rota import Duty, why_not
from app.work import Work
from models import Alert, AlertEvent, AlertState, Channel


class How(StrEnum):
    """What happens at the next step."""

    CALL = "call"
    NOBODY = "nobody"  # nobody is left who can be called: the operator hears of it
    BACK = "back"  # taken and not closed: people are called from the first on


@dataclass(frozen=True, slots=True)
class NextStep:
    at: datetime
    how: How
    staff_id: int | None = None
    channels: tuple[Channel, ...] = ()


def next_step(work: Work, duty: Duty, alert: Alert, life: Sequence[AlertEvent]) -> NextStep | None:
    """The next step of an alert, given what happened; None when it is closed."""
    if alert.next_step_at is None or alert.state == AlertState.CLOSED:
        return None
    at = max(alert.next_step_at, work.now)
    if alert.state == AlertState.ACKNOWLEDGED:
        return NextStep(at, How.BACK)
    tries = [event for event in life if event.round == alert.round]
    left = untried(duty.chain(at), tries)
    call = next((one for one in left if why_not(one) is None), None)
    if call is None:
        return NextStep(at, How.NOBODY)
    return NextStep(at, How.CALL, call.staff.id, tuple(ways(call)))
