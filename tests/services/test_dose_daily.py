"""The daily reminder: planned ahead, once, and silent on the days of a draw."""

import threading
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app.delivery import Post, deliver_due
from app.senders import Sent
from app.services.daily import plan_daily, replan_days
from app.services.doses import record_dose
from app.services.moving import patient_moved
from app.services.patients import change_patient
from app.services.visits import change_visit, plan_visit
from app.settings import load_settings
from app.worker_events import next_event_at
from models import Chat, ChatState, DoseStatus, Message, Patient, Provenance, VisitStatus

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
CHAT = 7001
SETTINGS = load_settings({"SANDBOX": "1"})


@pytest.fixture
def reminded(begin, patient):
    """Wants a reminder at 08:00; it is Tuesday the 24th, 10:00."""
    with begin() as work:
        work.session.add(Chat(
            id=CHAT, clinic_id=patient.clinic_id, patient_id=patient.id, state=ChatState.ACTIVE,
        ))  # fmt: skip
        mine(work, patient).dose_reminder = True
    return patient


def mine(work, patient) -> Patient:
    return work.session.get_one(Patient, (patient.clinic_id, patient.id))


def tick(begin) -> None:
    with begin() as work:
        plan_daily(work)


def due(begin, zone=SHANGHAI, state="queued") -> list[str]:
    with begin() as work:
        rows = work.session.exec(select(Message).where(Message.key == "dose.daily"))
        found = sorted(row.due_at for row in rows if row.state == state)
    return [f"{at.astimezone(zone):%d. %H:%M}" for at in found]


def tell(begin, patient, status=DoseStatus.TAKEN):
    with begin() as work:
        record_dose(work, mine(work, patient), taken_at=work.now, status=status,
                    provenance=Provenance.PATIENT_AT_THE_MOMENT)  # fmt: skip


def test_the_next_two_days_are_planned_once(begin, reminded):
    for _ in range(3):
        tick(begin)
    assert due(begin) == ["25. 08:00", "26. 08:00"]


def test_whoever_wants_none_has_none(begin, patient):
    tick(begin)
    assert due(begin) == []


def test_several_workers_plan_the_same_day_once(begin, reminded):
    workers = [threading.Thread(target=tick, args=(begin,)) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    tick(begin)
    assert due(begin) == ["25. 08:00", "26. 08:00"]


def test_a_clock_moved_over_days_skips_no_reminder(begin, reminded, clock):
    """As the sandbox moves it: to the next event, plan, deliver, and on."""
    post = Post(lambda many: [Sent("1") for _ in many], None, None)
    end = clock.now + timedelta(days=5)
    tick(begin)
    while (event := datetime.fromisoformat(str(next_event_at(begin)))) < end:
        clock.now = event
        tick(begin)
        deliver_due(begin, post, SETTINGS)
    assert due(begin, state="sent") == [f"{day}. 08:00" for day in range(25, 30)]


@pytest.mark.parametrize("status", list(DoseStatus))
def test_a_dose_told_before_its_reminder_makes_it_needless(begin, reminded, clock, status):
    tick(begin)
    clock.now = datetime(2026, 11, 25, 7, 30, tzinfo=SHANGHAI).astimezone(UTC)
    tell(begin, reminded, status)
    tick(begin)
    assert due(begin) == ["26. 08:00"]
    assert due(begin, state="cancelled") == ["25. 08:00"]


def test_the_days_of_a_draw_have_their_own_reminders(begin, reminded, clock):
    tick(begin)
    with begin() as work:
        draw_at = datetime(2026, 11, 26, 8, tzinfo=SHANGHAI).astimezone(UTC)
        visit = plan_visit(work, mine(work, reminded), draw_at)
    tick(begin)
    assert due(begin) == []
    with begin() as work:
        change_visit(work, reminded.clinic_id, visit.id, status=VisitStatus.CANCELLED)
    tick(begin)
    assert due(begin) == ["25. 08:00", "26. 08:00"]


@pytest.mark.parametrize(
    ("today", "planned"),
    [
        (datetime(2026, 3, 6, 12), ["07. 08:00", "08. 08:00"]),
        (datetime(2026, 10, 30, 12), ["31. 08:00", "01. 08:00"]),
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_a_change_of_the_clock_keeps_the_hour(begin, reminded, clock, today, planned):
    clock.now = today.replace(tzinfo=NEW_YORK).astimezone(UTC)
    with begin() as work:
        mine(work, reminded).time_zone = "America/New_York"
    tick(begin)
    assert due(begin, NEW_YORK)[: len(planned)] == planned


def test_a_patient_who_moves_is_reminded_by_the_new_clock(begin, reminded):
    tick(begin)
    with begin() as work:
        patient = mine(work, reminded)
        patient.time_zone = "America/New_York"
        patient_moved(work, patient)
    assert due(begin, NEW_YORK) == ["24. 08:00", "25. 08:00"]


def test_an_hour_within_the_quiet_hours_is_moved_to_their_end(begin, reminded):
    with begin() as work:
        mine(work, reminded).usual_dose_time = time(5, 30)
    tick(begin)
    assert due(begin) == ["25. 07:00", "26. 07:00"]


@pytest.mark.parametrize(
    ("key", "not_after", "fate"),
    [("dose.daily", None, "queued"), ("visit.take_now", None, "sent")],
)
def test_what_an_outage_held_up_until_night_waits_for_the_morning(begin, reminded, clock, key, not_after, fate):
    with begin() as work:
        work.session.add(Message(
            clinic_id=reminded.clinic_id, id="m1", dedupe="m1", channel="telegram", chat_id=CHAT,
            patient_id=reminded.id, about="visit:1" if "visit" in key else "daily:1", key=key,
            due_at=work.now, not_after=not_after, made_at=work.now,
        ))  # fmt: skip
    clock.now = datetime(2026, 11, 24, 22, 30, tzinfo=SHANGHAI).astimezone(UTC)
    deliver_due(begin, Post(lambda many: [Sent("1") for _ in many], None, None), SETTINGS)
    with begin() as work:
        row = work.session.get_one(Message, (reminded.clinic_id, "m1"))
    assert row.state == fate
    if fate == "queued":
        assert f"{row.due_at.astimezone(SHANGHAI):%d. %H:%M}" == "25. 06:00"


def test_another_hour_or_none_set_by_the_clinic_is_followed_at_once(begin, reminded):
    tick(begin)
    with begin() as work:
        change_patient(work, mine(work, reminded), {"usual_dose_time": time(18)})
    assert due(begin) == ["24. 18:00", "25. 18:00"]
    with begin() as work:
        change_patient(work, mine(work, reminded), {"dose_reminder": False})
    assert due(begin) == []


@pytest.mark.parametrize(("minutes_late", "fields", "planned"), [
    (0, {}, ["25. 08:00", "26. 08:00", "27. 08:00"]),
    (90, {}, ["25. 08:00", "26. 08:00", "27. 08:00"]),
    (90, {"usual_dose_time": time(9)}, ["25. 09:00", "26. 09:00", "27. 09:00"]),
    (90, {"usual_dose_time": time(7)}, ["26. 07:00", "27. 07:00"]),
    (90, {"dose_reminder": False}, []),
])  # fmt: skip
def test_what_is_due_and_still_waits_is_not_lost_when_the_days_are_planned_anew(
    begin, reminded, clock, minutes_late, fields, planned
):
    tick(begin)
    clock.now += timedelta(hours=22, minutes=minutes_late)  # 08:00, and Telegram does not answer
    with begin() as work:
        change_patient(work, mine(work, reminded), fields)
        replan_days(work, mine(work, reminded))
    assert due(begin) == planned


def test_those_whom_no_chat_reaches_keep_nobody_from_a_reminder(begin, reminded):
    with begin() as work:
        for number in range(205):
            work.session.add(Patient(
                clinic_id=reminded.clinic_id, id=f"0{number:04}", code=f"Q-{number}", sex="male",
                year_of_birth=1960, dose_reminder=True, registered_at=work.now,
            ))  # fmt: skip
    tick(begin)
    assert due(begin) == ["25. 08:00", "26. 08:00"]


def test_a_cancelled_visit_gives_its_days_back(begin, reminded):
    with begin() as work:
        visit = plan_visit(work, mine(work, reminded), datetime(2026, 11, 26, 0, 0, tzinfo=UTC))
    tick(begin)
    assert due(begin) == []
    with begin() as work:
        change_visit(work, reminded.clinic_id, visit.id, status=VisitStatus.CANCELLED)
    assert due(begin) == ["25. 08:00", "26. 08:00"]
