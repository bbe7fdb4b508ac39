"""What each of some patients is asked next, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.services.courses import (
    Asked,
    answered_sf36,
    asked_before,
    steps_of,
    troubled_at,
    visits_of,
)
from app.services.pace import Course, days_from, falls_on, next_check, pace_on, paces_of
from app.services.prompt_times import Times, check_times, sf36_times
from app.services.reminders import Day, day_of
from app.services.sf36_due import AFTER_CHANGE, Past, sf36_due
from app.work import Work
from models import Clinic, Patient, PromptKind


@dataclass(frozen=True, slots=True)
class One:
    """A patient to plan for, with what sets the pace."""

    patient: Patient
    clinic: Clinic
    course: Course
    now: datetime

    @property
    def day(self) -> Day:
        return day_of(self.clinic, self.patient)

    def on(self, moment: datetime) -> date:
        """A moment's day in the patient's calendar."""
        return moment.astimezone(ZoneInfo(self.patient.time_zone)).date()

    @property
    def first(self) -> date:
        """The first day on which the patient's hour is still to come."""
        today, day = self.on(self.now), self.day
        past = day.after_quiet(day.at(today, self.patient.check_at)) <= self.now
        return today + timedelta(days=past)

    def check_times(self, on: date) -> Times:
        return check_times(on, self.patient.check_at, self.day)

    def sf36_times(self, on: date) -> Times:
        return sf36_times(on, self.patient.check_at, self.day, self._is_check_day)

    def times(self, kind: PromptKind, on: date) -> Times:
        return self.check_times(on) if kind == PromptKind.CHECK else self.sf36_times(on)

    def _is_check_day(self, on: date) -> bool:
        pace = pace_on(on, self.course, paces_of(self.clinic))
        return falls_on(on, self.patient.check_weekday, pace)


@dataclass(frozen=True, slots=True)
class Planned:
    """A prompt to be: for whom, when, and why."""

    patient: Patient
    times: Times
    why: str


def ones(work: Work, found: Sequence[tuple[Patient, Clinic]]) -> list[One]:
    """Patients with their course."""
    patients = [patient for patient, _ in found]
    steps, troubled = steps_of(work, patients), troubled_at(work, patients)
    made = []
    for patient, clinic in found:
        key = (patient.clinic_id, patient.id)
        at = max(troubled.get(key, patient.registered_at), patient.registered_at)
        on = at.astimezone(ZoneInfo(patient.time_zone)).date()
        made.append(One(patient, clinic, Course(tuple(steps.get(key, ())), on), work.now))
    return made


def next_checks(work: Work, some: Sequence[One]) -> Iterator[Planned]:
    """The next check of each; none where the clinic's pace is never."""
    asked = asked_before(work, [one.patient for one in some], PromptKind.CHECK)
    for one in some:
        before = asked.get((one.patient.clinic_id, one.patient.id), [])
        last = one.on(before[-1].due_at) if before else None
        found = next_check(
            days_from(one.first), last, one.patient.check_weekday, one.course,
            paces_of(one.clinic),
        )  # fmt: skip
        if found is not None:
            yield Planned(one.patient, one.check_times(found[0]), found[1])


def next_sf36s(work: Work, some: Sequence[One]) -> Iterator[Planned]:
    """The next questionnaire of each."""
    patients = [one.patient for one in some]
    asked = asked_before(work, patients, PromptKind.SF36)
    answered, visits = answered_sf36(work, patients), visits_of(work, patients)
    for one in some:
        key = (one.patient.clinic_id, one.patient.id)
        past = _past(one, answered.get(key, []), asked.get(key, []), visits.get(key, []))
        on, why = sf36_due(one.first, one.course, past)
        yield Planned(one.patient, one.sf36_times(on), why)


def _past(
    one: One, answered: Sequence[datetime], asked: Sequence[Asked], visits: Sequence[datetime]
) -> Past:
    return Past(
        tuple(one.on(at) for at in answered),
        tuple(one.on(prompt.due_at) for prompt in asked),
        tuple(one.on(prompt.due_at) for prompt in asked if prompt.why == AFTER_CHANGE),
        tuple(one.on(at) for at in visits),
    )
