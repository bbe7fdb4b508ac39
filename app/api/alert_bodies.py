"""What may be sent about alerts and the rota."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.services.shapes import Body, WallClock, Weekday
from models import AlertState


class ReopenBody(Body):
    reason: Annotated[str, Field(max_length=500)] | None = None


class AlertsQuery(Body):
    """Without a state, those that are not closed."""

    state: AlertState | None = None
    after: Annotated[str, Field(max_length=80)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 200


class MessagesQuery(Body):
    """`replies=false` leaves out what the bot answered in a conversation."""

    after: Annotated[str, Field(max_length=22)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    replies: bool = True


class RatesQuery(Body):
    days: Annotated[int, Field(ge=1, le=366)] = 30


class SlotBody(Body):
    """A weekday is 0 (Monday) to 6; `until` 00:00 is the end of the day."""

    staff_id: int
    weekday: Weekday
    starts: WallClock
    until: WallClock
    position: Annotated[int, Field(ge=0, le=99)] = 0


class SpecialDayBody(Body):
    on: date
    counts_as: Weekday
    name: Annotated[str, Field(max_length=80)] = ""


class RotaBody(Body):
    slots: Annotated[list[SlotBody], Field(max_length=1000)]
    special_days: Annotated[list[SpecialDayBody], Field(max_length=1000)] = []
