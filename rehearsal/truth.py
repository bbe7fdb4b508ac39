"""What the rehearsal itself knows of its people: written by their acts, read by the oracle.

Nothing here is asked of the product.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

Value = TypeVar("Value")


class Timeline(Generic[Value]):
    """A value that changes; each change holds from its moment on."""

    def __init__(self, since: datetime, value: Value) -> None:
        self.moments, self.values = [since], [value]

    def set(self, at: datetime, value: Value) -> None:
        self.moments.append(at)
        self.values.append(value)

    def at(self, moment: datetime) -> Value:
        return self.values[max(0, bisect_right(self.moments, moment) - 1)]

    @property
    def now(self) -> Value:
        return self.values[-1]

    def is_steady(self, since: datetime, until: datetime) -> bool:
        """Whether it had one value all the while."""
        return not any(since < moment <= until for moment in self.moments[1:])

    def changed(self, since: datetime, until: datetime) -> bool:
        return not self.is_steady(since, until)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which something was away: "telegram", "twilio" or "worker"."""

    what: str
    since: datetime
    until: datetime

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment < self.until

    def meets(self, since: datetime, until: datetime) -> bool:
        return self.since < until and since < self.until


@dataclass(slots=True)
class Site:
    """A clinic: its hours, who is on call, how long each is waited for."""

    id: str
    zone: str
    quiet_from: time
    quiet_until: time
    protocol_from: time
    evening_at: time
    waits_min: dict[str, int]  # nurse, next, doctor, call
    close_within_min: int
    nurses: list["Nurse"] = field(default_factory=list)
    special_days: dict[Any, int] = field(default_factory=dict)  # a date, as which weekday


@dataclass(frozen=True, slots=True)
class Duty:
    """Hours of the rota on one weekday; those that end no later than they start pass midnight."""

    weekday: int
    starts: time
    until: time
    position: int


@dataclass(slots=True)
class Nurse:
    """One of the staff, with habits."""

    site: Site
    number: int
    id: int
    is_doctor: bool
    phone: Timeline[str | None]
    texts_stopped: Timeline[bool]
    duties: list[Duty]
    answers: float  # the share of texts that are answered
    median_min: float
    closes: float  # the share of answered alerts that are closed in time
    left: float = 0.5  # texts that were left since the last one that was, by their share


@dataclass(frozen=True, slots=True)
class ToldDose:
    told_at: datetime
    taken_at: datetime
    status: str


@dataclass(slots=True)
class Draw:
    """A visit: when it is planned, None once it is cancelled, missed or attended."""

    id: str
    is_trough: bool
    plan: Timeline[datetime | None]
    told_at: datetime | None = None  # when the draw was told
    drawn_at: datetime | None = None
    given_up_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What must call a nurse: told at a moment, of a family; a red flag is always new."""

    person: "Person"
    at: datetime
    family: str
    kind: str
    grade: int = 0
    is_flag: bool = False


@dataclass(slots=True)
class Person:
    """A patient, as they are."""

    number: int
    site: Site
    chat_id: int
    language: str
    year_of_birth: int
    zone: Timeline[str]
    usual: Timeline[time | None]  # when the daily reminder is wanted
    check: Timeline[tuple[int, time]]  # weekday and hour of the check
    stopped: Timeline[bool]
    blocked: Timeline[bool]
    habits: "Habits"
    id: str = ""
    code: str = ""
    linked_at: datetime | None = None
    died_at: datetime | None = None
    doses: list[ToldDose] = field(default_factory=list)
    draws: dict[str, Draw] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    last_told: dict[str, int] | None = None  # the grades of the last report
    reported: list[datetime] = field(default_factory=list)

    def here(self, moment: datetime) -> datetime:
        """The patient's wall clock at a moment, without a zone."""
        return moment.astimezone(ZoneInfo(self.zone.at(moment))).replace(tzinfo=None)

    def hears(self, moment: datetime) -> bool:
        """Whether reminders are wanted and can arrive."""
        alive = self.died_at is None or moment < self.died_at
        linked = self.linked_at is not None and self.linked_at <= moment
        return alive and linked and not (self.stopped.at(moment) or self.blocked.at(moment))

    def is_steady(self, since: datetime, until: datetime) -> bool:
        """Whether the patient heard all the while, and nothing was changed."""
        lines = (self.zone, self.usual, self.check, self.stopped, self.blocked)
        same = all(line.is_steady(since, until) for line in lines)
        return same and self.hears(since) and self.hears(until)


@dataclass(frozen=True, slots=True)
class Habits:
    """How much of what is asked is done; drawn from the seed."""

    tells_dose: float
    answers_check: float
    answers_sf36: float
    speaks: float  # by themselves, a day
    drawn_every: timedelta


@dataclass(slots=True)
class Alarm:
    """What the oracle knows of an answered alert."""

    alert_id: str
    at: datetime
    what: str  # acknowledged, closed, reopened


@dataclass(slots=True)
class Truth:
    """All of it."""

    start: datetime
    end: datetime
    sites: list[Site] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    answered: list[Alarm] = field(default_factory=list)

    def is_away(self, what: str, moment: datetime) -> bool:
        return any(spell.what == what and spell.covers(moment) for spell in self.spells)

    def spells_in(self, since: datetime, until: datetime, *what: str) -> list[Spell]:
        return [one for one in self.spells if one.what in what and one.meets(since, until)]
