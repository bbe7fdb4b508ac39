"""Who takes part: two clinics with their staff, and patients of several zones, from a seed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from rehearsal.truth import Duty, Habits, Nurse, Person, Site, Spell, Timeline, Truth

START = datetime(2026, 9, 7, tzinfo=UTC)  # a Monday before the autumn's changes of the clock
ZONES = (
    "Asia/Shanghai", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu",
    "Europe/London", "Asia/Urumqi",
)  # fmt: skip
_ALL_DAY, _NIGHT = time(0), time(8)
_WEEK = range(7)
_HOURS = time(8), time(8), time(19)  # of a large cohort, so that many fall together
_HOURS_FIRST = time(8), time(8, 30), time(20)
_CHECKS_FIRST = time(10), time(18)


def cohort(seed: str, numbers: Sequence[int], days: int) -> Truth:
    """Patients of these numbers and both clinics, as yet unknown to the product."""
    dice = Random(f"{seed} cohort")
    truth = Truth(START, START + timedelta(days=days))
    truth.sites = [_hangzhou(truth.start), _london(truth.start)]
    truth.people = [_person(truth, n, dice) for n in numbers]
    truth.spells = sorted(_spells(truth, dice), key=lambda one: one.since)
    return truth


def _hangzhou(start: datetime) -> Site:
    """Nurses day and night, and a doctor behind them."""
    site = Site(
        "hangzhou", "Asia/Shanghai", time(21), time(7), time(6), time(19),
        {"nurse": 15, "next": 15, "doctor": 15, "call": 15}, 240,
    )  # fmt: skip
    by_day = [Duty(day, _NIGHT, time(20), 0) for day in _WEEK]
    by_night = [Duty(day, time(20), _NIGHT, 0) for day in _WEEK]
    behind = [Duty(day, _ALL_DAY, _ALL_DAY, 1) for day in _WEEK]
    site.nurses = [
        _nurse(site, start, 1, by_day, 0.85, 4), _nurse(site, start, 2, by_night, 0.5, 9),
        _nurse(site, start, 3, behind, 0.6, 8), _nurse(site, start, 4, [], 0.7, 6, doctor=True),
    ]  # fmt: skip
    site.special_days = {date(2026, 10, 1): 6, date(2026, 10, 10): 0}
    return site


def _london(start: datetime) -> Site:
    """Nurses from morning to evening; at night nobody but a doctor, and none at times."""
    site = Site(
        "london", "Europe/London", time(22), time(6, 30), time(5, 30), time(18, 30),
        {"nurse": 10, "next": 15, "doctor": 20, "call": 15}, 240,
    )  # fmt: skip
    week = [Duty(day, time(7), time(22), 0) for day in range(5)]
    weekend = [Duty(day, time(7), time(22), 0) for day in (5, 6)]
    behind = [Duty(day, time(7), time(22), 1) for day in _WEEK]
    site.nurses = [
        _nurse(site, start, 1, week, 0.8, 5), _nurse(site, start, 2, weekend, 0.7, 7),
        _nurse(site, start, 3, behind, 0.5, 10), _nurse(site, start, 4, [], 0.6, 8, doctor=True),
    ]  # fmt: skip
    site.special_days = {date(2026, 12, 25): 6}
    return site


def _nurse(
    site: Site, start: datetime, number: int, duties: list[Duty], answers: float, median: float,
    *, doctor: bool = False,
) -> Nurse:  # fmt: skip
    phone = f"+{86 if site.id == 'hangzhou' else 44}13800{len(site.id):02d}{number:04d}1"
    return Nurse(
        site, number, 0, doctor, Timeline(start, phone), Timeline(start, False), duties,
        answers, median, 0.85,
    )  # fmt: skip


def _person(truth: Truth, n: int, dice: Random) -> Person:
    """Every zone at both clinics; hours of which many fall together."""
    zone, site = ZONES[n % 6], truth.sites[(n // 6) % 2]
    start = truth.start - timedelta(days=1)
    wants = n % 12 < 4 or dice.random() < 0.05
    usual = dice.choice(_HOURS_FIRST if n < 12 else _HOURS) if wants else None
    check = dice.randrange(7), dice.choice(_CHECKS_FIRST if n < 12 else _HOURS)
    habits = Habits(
        tells_dose=dice.choice((0.3, 0.6, 0.9)) if wants else 0.05,
        answers_check=0.0 if n % 12 == 5 else dice.choice((0.5, 0.8, 0.95)),
        answers_sf36=dice.choice((0.3, 0.7)),
        speaks=dice.choice((0.0, 0.004, 0.008)) if n else 0.4,  # the first has much to tell
        drawn_every=timedelta(days=dice.choice((42, 70, 90)) if n > 11 else 25),
    )
    return Person(
        n, site, 700_000 + n, "en" if n % 3 == 2 else "zh-CN", 1940 + dice.randrange(40),
        Timeline(start, zone), Timeline(start, usual), Timeline(start, check),
        Timeline(start, False), Timeline(start, False), habits,
    )  # fmt: skip


def _spells(truth: Truth, dice: Random) -> Iterator[Spell]:
    """Each provider away about once a month for hours, once for 26; the worker for a day."""
    days = (truth.end - truth.start).days
    hours = {"telegram": (1, 3, 26), "twilio": (1, 4, 26), "worker": (24, 2)}
    for n, (what, lengths) in enumerate(hours.items()):
        for at in range(max(2, days // 30)):
            day = 6 + n * 9 + at * 30 + dice.randrange(3)
            since = truth.start + timedelta(days=day, minutes=dice.randrange(24 * 60))
            yield Spell(what, since, since + timedelta(hours=lengths[at % len(lengths)]))


def moment(on: date, clock: time, zone: str) -> datetime:
    """A wall-clock time of somewhere, as UTC."""
    return datetime.combine(on, clock, ZoneInfo(zone)).astimezone(UTC)
