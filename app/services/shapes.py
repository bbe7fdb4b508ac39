"""Shapes of what is told, over HTTP or on a form: unknown fields are refused."""

import re
from datetime import time
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# What Telegram does not take as text; the end of a line is text.
UNSENDABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("no such time zone; use an IANA name like Asia/Shanghai") from None
    return name


def e164(number: str) -> str:
    """A phone number as E.164; raises ValueError with the remedy."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise ValueError("not a phone number; start with + and the country code") from None
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("not a possible phone number; check its digits")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _on_the_wall(clock: time) -> time:
    if clock.tzinfo is not None or clock.second or clock.microsecond:
        raise ValueError("a time of day in hours and minutes like 08:30, without an offset")
    return clock


def _plain(said: str) -> str:
    plain = said.replace("\r\n", "\n").strip()
    if not plain:
        raise ValueError("no words; write some, or leave it out")
    if UNSENDABLE.search(plain):
        raise ValueError("it holds a control character, which cannot be sent; take it out")
    return plain


WallClock = Annotated[time, AfterValidator(_on_the_wall)]
Zone = Annotated[str, AfterValidator(_zone)]
Phone = Annotated[str, AfterValidator(e164)]
PlainText = Annotated[str, AfterValidator(_plain)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Weekday = Annotated[int, Field(ge=0, le=6)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    def sent(self) -> dict[str, Any]:
        """Only the fields that were sent."""
        return self.model_dump(exclude_unset=True)
