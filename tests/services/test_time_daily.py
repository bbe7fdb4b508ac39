"""The daily reminder by the patient's clock: the rows of a zone are those that the law says."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import select

from app.services.daily import plan_daily, replan_days
from app.services.daily_times import daily_at, daily_between, latest_of
from app.services.reminders import Day, day_of
from models import (
    Chat,
    ChatState,
    Clinic,
    DayPlan,
    Dose,
    DoseStatus,
    Message,
    Patient,
    Provenance,
    Sex,
    Visit,
    VisitPurpose,
    VisitStatus,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = (
    "Asia/Shanghai", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York", "Europe/Berlin",
    "Pacific/Apia", "America/Santiago", "America/Havana", "Africa/Cairo", "America/St_Johns",
)  # fmt: skip
# Days on which one of these zones changes its clocks, and the day that Samoa left out.
CHANGES = [datetime(*on, 12, tzinfo=UTC) for on in (
    (2026, 3, 7), (2026, 10, 31), (2026, 3, 28), (2026, 10, 24), (2026, 4, 4), (2026, 10, 3),
    (2026, 9, 5), (2026, 4, 23), (2026, 10, 29), (2011, 12, 28),
)]  # fmt: skip
MOMENTS = st.builds(
    lambda on, minutes: on + timedelta(minutes=minutes),
    st.one_of(st.sampled_from(CHANGES), st.datetimes(
        datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC),
    )), st.integers(-26 * 60, 26 * 60),
).map(lambda at: at.replace(second=0, microsecond=0))  # fmt: skip
QUIET = [(time(21), time(7)), (time(23, 30), time(2, 15))]
HOURS = st.one_of(st.times(), st.sampled_from([time(2, 30), time(3), time(0), time(23, 59), time(8)]))
HOURS = HOURS.map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))


@dataclass(frozen=True)
class Person:
    zone: str
    usual: time
    chats: tuple[ChatState, ...] = (ChatState.ACTIVE,)
    doses: tuple[tuple[int, bool], ...] = ()  # quarters of an hour from now, withdrawn
    draws: tuple[tuple[int, VisitStatus, VisitPurpose], ...] = ()
    reminded: bool = True


QUARTERS = st.integers(-40 * 4, 8 * 4)
PEOPLE = st.lists(st.builds(
    Person, st.sampled_from(ZONES), HOURS,
    st.lists(st.sampled_from([ChatState.ACTIVE, ChatState.STOPPED]), max_size=2).map(tuple),
    st.lists(st.tuples(QUARTERS, st.booleans()), max_size=2).map(tuple),
    st.lists(st.tuples(
        st.integers(-30 * 4, 90 * 4), st.sampled_from(VisitStatus), st.sampled_from(VisitPurpose),
    ), max_size=2).map(tuple),
    st.booleans(),
), min_size=1, max_size=4)  # fmt: skip


def seed(begin, now, people, quiet):
    with begin() as work:
        for table in (Message, DayPlan, Dose, Visit, Chat, Patient):
            work.session.execute(delete(table))
        clinic = work.session.get_one(Clinic, "wuhan")
        clinic.quiet_from, clinic.quiet_until = quiet
        for n, person in enumerate(people):
            work.session.add(Patient(
                clinic_id="wuhan", id=f"p{n}", code=f"P-{n}", sex=Sex.MALE, year_of_birth=1960,
                time_zone=person.zone, usual_dose_time=person.usual, registered_at=now,
                dose_reminder=person.reminded,
            ))  # fmt: skip
            work.session.flush()
            work.session.add_all(told(n, now, person))


def told(n, now, person):
    mine = {"clinic_id": "wuhan", "patient_id": f"p{n}"}
    for nth, state in enumerate(person.chats):
        yield Chat(id=10 * n + nth, state=state, **mine)
    for nth, (quarters, withdrawn) in enumerate(person.doses):
        at = now + quarters * HOUR / 4 + timedelta(seconds=nth)
        yield Dose(id=f"d{n}{nth}", taken_at=at, dose_mg=400, status=DoseStatus.TAKEN,
                   provenance=Provenance.STAFF, recorded_at=now,
                   withdrawn_at=now if withdrawn else None, **mine)  # fmt: skip
    for nth, (quarters, status, purpose) in enumerate(person.draws):
        yield Visit(id=f"v{n}{nth}", draw_at=now + quarters * HOUR / 4, status=status,
                    purpose=purpose, recorded_at=now, **mine)  # fmt: skip


def lawful(begin, now, until, people):
    """What is to be there, read from the law patient by patient and day by day."""
    with begin() as work:
        clinic = work.session.get_one(Clinic, "wuhan")
        days = [day_of(clinic, work.session.get_one(Patient, ("wuhan", f"p{n}"))) for n in range(len(people))]
    return {
        (f"p{n}", f"daily:p{n}:{on}:{10 * n + nth}", at, latest_of(day, at))
        for n, (person, day) in enumerate(zip(people, days, strict=True)) if person.reminded
        for nth, state in enumerate(person.chats) if state == ChatState.ACTIVE
        for ahead in range(-1, 6)
        if (on := now.astimezone(day.zone).date() + ahead * DAY) not in taken_up(person, now)
        and now < (at := daily_at(day, on, person.usual)) <= until
        and at.astimezone(day.zone).date() == on
    }  # fmt: skip


def taken_up(person, now):
    """The days of a dose told, of a draw, and of the dose of a draw."""
    zone = ZoneInfo(person.zone)
    moments = [now + quarters * HOUR / 4 for quarters, withdrawn in person.doses if not withdrawn]
    for quarters, status, purpose in person.draws:
        draw_at = now + quarters * HOUR / 4
        if purpose == VisitPurpose.TROUGH and status in {VisitStatus.PLANNED, VisitStatus.ATTENDED}:
            moments += [draw_at, draw_at - 24 * HOUR]
    return {at.astimezone(zone).date() for at in moments}


def tick(begin):
    with begin() as work:
        plan_daily(work)


def queued(begin):
    with begin() as work:
        rows = work.session.exec(select(Message).where(Message.state == "queued")).all()
    assert all(row.dedupe == f"{row.about}:{row.chat_id}" for row in rows)
    assert len({row.id for row in rows}) == len(rows) and all(len(row.id) == 22 for row in rows)
    return {(row.patient_id, row.dedupe, row.due_at, row.not_after) for row in rows}


NO_CHECK = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(MOMENTS, PEOPLE, st.sampled_from(QUIET), st.integers(0, 40))
@example(datetime(2011, 12, 29, 20, tzinfo=UTC), [Person("Pacific/Apia", time(8))], QUIET[0], 0)
@example(datetime(2026, 3, 7, 20, tzinfo=UTC), [Person("America/New_York", time(2, 30))], QUIET[1], 9)
@example(datetime(2026, 9, 5, 1, tzinfo=UTC), [
    Person("America/Santiago", time(8), draws=((24 * 4 + 12, VisitStatus.PLANNED, VisitPurpose.TROUGH),)),
], QUIET[1], 24)  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=NO_CHECK)
def test_the_rows_of_a_zone_are_those_of_each_patient_by_the_law(begin, clinic, clock, now, people, quiet, hours):
    clock.now = now
    seed(begin, now, people, quiet)
    tick(begin)
    expected = lawful(begin, now, now + 48 * HOUR, people)
    assert queued(begin) == expected
    with begin() as work:
        for n in range(len(people)):
            replan_days(work, work.session.get_one(Patient, ("wuhan", f"p{n}")))
    assert queued(begin) == expected
    clock.now = now + hours * HOUR
    tick(begin)
    until = clock.now + 24 * HOUR
    found = queued(begin)
    assert {row for row in found if row[2] <= until} == lawful(begin, now, until, people)
    assert found <= lawful(begin, now, clock.now + 48 * HOUR, people)


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_of_daily_reminders_is_one_a_day_at_the_hour_of_the_patients_clock(zone):
    day, start, due = Day(ZoneInfo(zone), time(21), time(7), time(6), time(19)), CHANGES[0], []
    for n in range(365):
        span = start + n * DAY, start + (n + 1) * DAY
        due += [one.due_at.astimezone(day.zone) for one in daily_between(day, time(8), *span)]
    assert {at.time() for at in due} == {time(8)}
    assert [at.date() - due[0].date() for at in due] == [n * DAY for n in range(len(due))]
    assert len(due) in {364, 365, 366}


def test_a_clock_that_was_a_year_ahead_for_an_hour_leaves_no_day_out(begin, clinic, clock):
    people = [Person("Asia/Shanghai", time(8))]
    start = clock.now
    seed(begin, start, people, QUIET[0])
    clock.now = start + 365 * DAY
    tick(begin)
    clock.now = start + HOUR
    tick(begin)
    soon = {row for row in queued(begin) if row[2] < start + 100 * DAY}
    assert soon == lawful(begin, clock.now, clock.now + 48 * HOUR, people)


def test_what_was_added_without_being_planned_is_found_within_six_hours(begin, clinic, clock):
    people = [Person("Asia/Shanghai", time(18)), Person("Asia/Shanghai", time(19), reminded=False)]
    seed(begin, clock.now, people, QUIET[0])
    tick(begin)
    with begin() as work:
        work.session.get_one(Patient, ("wuhan", "p1")).dose_reminder = True
    clock.now += 6 * HOUR
    tick(begin)
    assert {row[0] for row in queued(begin)} == {"p0", "p1"}


def test_a_thousand_hours_of_the_day_in_many_clinics_are_all_planned(begin, clinic, clock):
    """More times than one statement takes."""
    with begin() as work:
        for n in range(40):
            work.session.add(Clinic(id=f"c{n}", name="Clinic"))
            work.session.flush()
            for nth in range(16):
                mine = {"clinic_id": f"c{n}", "id": f"q{nth}"}
                work.session.add(Patient(
                    code=f"Q-{nth}", sex=Sex.MALE, year_of_birth=1960, registered_at=work.now,
                    dose_reminder=True, usual_dose_time=time(8 + nth // 4, nth % 4 * 10), **mine,
                ))  # fmt: skip
                work.session.flush()
                work.session.add(Chat(id=100 * n + nth + 1000, clinic_id=f"c{n}", patient_id=f"q{nth}",
                                      state=ChatState.ACTIVE))  # fmt: skip
    tick(begin)
    assert len(queued_ids(begin)) == 40 * 16 * 2


def queued_ids(begin):
    with begin() as work:
        return set(work.session.exec(select(Message.clinic_id, Message.id)))
