"""Questions and reminders keep the hour of the patient's clock; what the protocol counts is hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import select

from app.clinical.draw_window import dose_times, fits, window_after
from app.delivery import Post, deliver_due
from app.senders import Sent
from app.services.daily import plan_daily
from app.services.doses import record_dose
from app.services.moving import patient_moved
from app.services.prompt_times import check_times, sf36_times
from app.services.reminders import Day, reminders_for
from app.services.visits import plan_visit
from app.settings import load_settings
from models import (
    Alert,
    Channel,
    Chat,
    ChatState,
    DayPlan,
    Dose,
    DoseStatus,
    Message,
    Patient,
    Provenance,
    Staff,
    Visit,
)

ZONES = [ZoneInfo(name) for name in (
    "Asia/Shanghai", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York", "Europe/Berlin",
    "America/Santiago", "Africa/Cairo", "America/St_Johns", "Pacific/Apia", "UTC",
)]  # fmt: skip
PLACES = st.sampled_from(ZONES)
# The days on which clocks change in some of these zones, each with the days around it.
CHANGED = [date(*on) for on in (
    (2026, 3, 8), (2026, 11, 1), (2026, 3, 29), (2026, 10, 25), (2026, 4, 5), (2026, 10, 4),
    (2026, 9, 6), (2026, 4, 24), (2026, 10, 30),
)]  # fmt: skip
DAYS = st.builds(lambda on, n: on + timedelta(days=n), st.sampled_from(CHANGED), st.integers(-6, 2))
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
QUIET = (time(21), time(7))
NIGHTS = st.sampled_from([QUIET, (time(23, 30), time(1, 30))])
SETTINGS = load_settings({"SANDBOX": "1"})


def day(zone, quiet=QUIET):
    return Day(zone, *quiet, quiet[1] if quiet[1] < time(6) else time(6), time(19))


def is_real(on, at, zone):
    """Whether that day's clock shows this time at all."""
    there = datetime.combine(on, at, zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == there.replace(tzinfo=None)


@given(DAYS, HOURS, PLACES, NIGHTS)
def test_a_question_comes_at_the_hour_that_the_patient_chose_on_either_side_of_a_clock_change(on, at, zone, quiet):
    here = day(zone, quiet)
    for asked in (check_times(on, at, here), sf36_times(on, at, here, lambda _: False)):
        for one in asked.sendings:
            due = one.due_at.astimezone(zone)
            if quiet[1] <= at < quiet[0] and is_real(due.date(), at, zone) and one.due_at < one.not_after:
                assert due.time() == at
            assert quiet[1] <= due.time() < quiet[0]
            assert one.due_at <= one.not_after
        assert asked.sendings[-1].due_at < asked.closes_at
        days = [one.due_at.astimezone(zone).date() for one in asked.sendings]
        assert days == sorted(set(days)), "one a day at most"


@given(DAYS, HOURS, PLACES)
def test_the_eve_of_a_draw_is_the_evening_of_the_patients_clock_and_the_dose_24_elapsed_hours_before(on, at, zone):
    draw_at = datetime.combine(on, at, zone).astimezone(UTC)
    planned = {one.key.removesuffix("_later"): one for one in reminders_for(draw_at, day(zone))}
    dose_at = datetime.fromisoformat(planned["visit.dose"].data["dose_at"])
    assert draw_at - dose_at == timedelta(hours=24)
    eve = planned["visit.eve"].due_at.astimezone(zone)
    assert (eve.time(), dose_at.astimezone(zone).date() - eve.date()) == (time(19), timedelta(days=1))


@given(DAYS, HOURS, PLACES, PLACES, st.integers(0, 40 * 60))
def test_wherever_the_dose_was_told_and_the_blood_is_drawn_only_elapsed_hours_count(on, at, there, here, minutes):
    taken = datetime.combine(on, at, there).astimezone(UTC)
    drawn = taken + timedelta(minutes=minutes)
    assert fits(window_after(taken.astimezone(there)), drawn.astimezone(here)) == (22 * 60 <= minutes <= 26 * 60)
    dose = dose_times(drawn.astimezone(here))
    assert (dose.earliest <= taken.astimezone(there) <= dose.latest) == (22 * 60 <= minutes <= 26 * 60)


def seed(work, patient, zone, usual):
    for table in (Message, DayPlan, Visit, Dose, Chat):
        work.session.execute(delete(table))
    mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
    mine.time_zone, mine.usual_dose_time, mine.dose_reminder = zone.key, usual, True
    work.session.add(Chat(id=7001, clinic_id=mine.clinic_id, patient_id=mine.id, state=ChatState.ACTIVE))
    work.session.flush()
    return mine


def planned(begin):
    with begin() as work:
        rows = work.session.exec(select(Message).where(Message.state == "queued")).all()
        visits = {f"visit:{one.id}": f"visit:{one.draw_at}" for one in work.session.exec(select(Visit))}
    return {(visits.get(row.about, row.about), row.key, row.due_at, row.not_after) for row in rows}


@given(DAYS, HOURS, HOURS, PLACES, PLACES, st.integers(30, 80), st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_moves_is_reminded_as_if_they_had_always_lived_there(
    begin, clock, patient, on, at, usual, old, new, hours, told
):
    """A draw is planned and a dose told for it, in one zone; then the patient is in another."""
    clock.now = datetime.combine(on, at, old).astimezone(UTC).replace(second=0)
    draw_at = clock.now + timedelta(hours=hours)

    def lived(*zones):
        with begin() as work:
            mine = seed(work, patient, zones[0], usual)
            plan_visit(work, mine, draw_at)
            plan_daily(work)
            if told:
                record_dose(work, mine, taken_at=work.now, status=DoseStatus.TAKEN, dose_mg=400,
                            provenance=Provenance.PATIENT_AT_THE_MOMENT)  # fmt: skip
            for zone in zones[1:]:
                mine.time_zone = zone.key
                patient_moved(work, mine)
        with begin() as work:
            plan_daily(work)
        return planned(begin)

    assert lived(old, new) == lived(new)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Australia/Lord_Howe", "America/New_York"])
@pytest.mark.parametrize("hour", [0, 3, 23])
def test_a_text_to_staff_goes_by_night_and_a_reminder_waits(begin, clock, patient, zone, hour):
    clock.now = datetime(2026, 11, 25, hour, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    with begin() as work:
        mine = seed(work, patient, ZoneInfo(zone), time(8))
        nurse = Staff(clinic_id=mine.clinic_id, name="Li", email="li@example.com", password="x",
                      phone="+8613800000001", fs_uniquifier="li")  # fmt: skip
        work.session.add(nurse)
        work.session.flush()
        work.session.add(Alert(clinic_id=mine.clinic_id, id="1", patient_id=mine.id, code="AB3D", family="edema",
                               grade=3, raised_at=work.now))  # fmt: skip
        about = {"clinic_id": mine.clinic_id, "made_at": work.now, "due_at": work.now}
        work.session.add(Message(id="text", dedupe="text", channel=Channel.SMS, staff_id=nurse.id, about="alert:1",
                                 key="sms.alert", data={"code": "AB3D", "patient": "P-0001"}, **about))  # fmt: skip
        work.session.add(Message(id="daily", dedupe="daily", channel=Channel.TELEGRAM, chat_id=7001, about="daily:1",
                                 patient_id=mine.id, key="dose.daily", **about))  # fmt: skip
    post = Post(lambda many: [Sent("1") for _ in many], lambda *_: Sent("SM1"), None)
    deliver_due(begin, post, SETTINGS)
    with begin() as work:
        text, daily = (work.session.get_one(Message, (patient.clinic_id, one)) for one in ("text", "daily"))
    assert (text.state, daily.state) == ("sent", "queued")
    assert time(6) <= daily.due_at.astimezone(ZoneInfo(zone)).time() < time(7)
