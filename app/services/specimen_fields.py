"""What is told of each step of a tube beside its time, with what the protocol says as a start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.clinical import specimen
from app.services.errors import Invalid
from models import Step

LONGEST = 80  # [own] letters of a batch, a place or a laboratory


class NotANumber(Invalid):
    """This is not a number that can be; write it in digits."""


class BatchMissing(Invalid):
    """The number of the batch is missing."""


class TooLong(Invalid):
    """At most 80 letters."""


@dataclass(frozen=True, slots=True)
class Told:
    """A field of a step; with bounds it holds a number (bounds included, [own])."""

    name: str
    start: str = ""
    bounds: tuple[float, float] | None = None
    is_needed: bool = False


FIELDS: Mapping[Step, tuple[Told, ...]] = {
    Step.DRAWN: (),
    Step.CENTRIFUGED: (
        Told("rpm", str(specimen.SPEED_RPM), (100, 30_000)),
        Told("minutes", str(specimen.MINUTES), (1, 120)),
        Told("celsius", str(specimen.SPUN_AT_CELSIUS), (-20, 40)),
        Told("words"),
    ),
    Step.FROZEN: (
        Told("celsius", str(specimen.STORED_AT_CELSIUS), (-200, 10)),
        Told("place"),
    ),
    Step.SENT: (Told("batch", is_needed=True),),
    Step.MEASURED: (Told("method", specimen.METHOD), Told("lab")),
}


def read_detail(step: Step, told: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a step as values; what is empty is left out.

    Raises NotANumber, BatchMissing, TooLong, each with its field.
    """
    read = {field.name: _read(field, told.get(field.name, "").strip()) for field in FIELDS[step]}
    return {name: value for name, value in read.items() if value is not None}


def _read(field: Told, text: str) -> float | str | None:
    if len(text) > LONGEST:
        raise TooLong(field=field.name)
    if not text:
        if field.is_needed:
            raise BatchMissing(field=field.name)
        return None
    return _number(field, text) if field.bounds else text


def _number(field: Told, text: str) -> float:
    assert field.bounds is not None
    low, high = field.bounds
    try:
        value = float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        raise NotANumber(field=field.name) from None
    if not low <= value <= high:
        raise NotANumber(field=field.name)
    return value
