"""What a planned draw asks of the patient, and when."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po
from sqlmodel import select

from app.services.reminders import (
    Day,
    after_dose,
    after_draw,
    cancel_for_visit,
    plan_for_visit,
    reminders_for,
)
from models import Chat, ChatState, Dose, DoseStatus, InboxItem, Message, Provenance, Visit
from models.columns import new_id

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DRAW = datetime(2026, 11, 27, 8, tzinfo=SHANGHAI)
PLAN = {
    "visit.eve": datetime(2026, 11, 25, 19, tzinfo=SHANGHAI),
    "visit.dose": datetime(2026, 11, 26, 8, tzinfo=SHANGHAI),
    "visit.hold": datetime(2026, 11, 27, 7, tzinfo=SHANGHAI),
    "visit.drawn_ask": datetime(2026, 11, 27, 9, tzinfo=SHANGHAI),
}


def day(zone: ZoneInfo = SHANGHAI) -> Day:
    return Day(zone, time(21), time(7), time(6), time(19))


def due(draw_at: datetime, zone: ZoneInfo = SHANGHAI) -> dict[str, str]:
    """Key to the wall-clock time at which it goes."""
    planned = reminders_for(draw_at.astimezone(UTC), day(zone))
    return {one.key: f"{one.due_at.astimezone(zone):%d. %H:%M}" for one in planned}


@pytest.fixture
def linked(begin, patient):
    with begin() as work:
        work.session.add(Chat(
            id=7001, clinic_id=patient.clinic_id, patient_id=patient.id, state=ChatState.ACTIVE,
        ))  # fmt: skip
    return patient


@pytest.fixture
def visit(begin, linked):
    return plan(begin, linked, DRAW)


def plan(begin, patient, draw_at, visit_id=None):
    with begin() as work:
        visit = visit_id and work.session.get(Visit, (patient.clinic_id, visit_id))
        visit = visit or Visit(
            clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
            draw_at=draw_at.astimezone(UTC), recorded_at=work.now,
        )  # fmt: skip
        visit.draw_at = draw_at.astimezone(UTC)
        work.session.add(visit)
        work.session.flush()
        plan_for_visit(work, patient, visit)
    return visit


def take(begin, patient, taken_at, status=DoseStatus.TAKEN):
    with begin() as work:
        dose = Dose(
            clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
            taken_at=taken_at.astimezone(UTC), dose_mg=400, status=status,
            provenance=Provenance.PATIENT_AT_THE_MOMENT, recorded_at=work.now,
        )  # fmt: skip
        work.session.add(dose)
        work.session.flush()
        after_dose(work, patient, dose)


def messages(begin, state="queued"):
    with begin() as work:
        rows = work.session.exec(select(Message).where(Message.state == state))
        return {row.key: row for row in rows}


def inbox(begin):
    with begin() as work:
        return list(work.session.exec(select(InboxItem)))


def test_a_draw_at_8_asks_on_the_eve_at_the_dose_before_the_draw_and_after_it(begin, visit):
    assert {key: row.due_at for key, row in messages(begin).items()} == PLAN


def test_planning_the_same_visit_twice_asks_once(begin, linked, visit):
    plan(begin, linked, DRAW, visit.id)
    with begin() as work:
        assert len(list(work.session.exec(select(Message)))) == 4
    assert set(messages(begin)) == set(PLAN)


@pytest.mark.parametrize(
    ("draw", "goes"),
    [
        ("06:30", {"visit.dose": "26. 06:30", "visit.hold": "26. 19:00"}),
        ("05:00", {"visit.dose": "25. 19:00", "visit.hold": "26. 19:00",
                   "visit.drawn_ask": "27. 07:00"}),
        ("20:30", {"visit.dose": "26. 20:30", "visit.hold_later": "27. 07:00",
                   "visit.drawn_ask": "28. 07:00"}),
        ("22:00", {"visit.dose": "26. 19:00", "visit.drawn_ask": "28. 07:00"}),
        ("00:30", {"visit.eve": "25. 19:00", "visit.dose": "25. 19:00",
                   "visit.hold": "26. 19:00"}),
    ],
)  # fmt: skip
def test_an_early_or_late_draw_wakes_nobody(draw, goes):
    at = datetime.combine(DRAW.date(), time.fromisoformat(draw), SHANGHAI)
    assert goes.items() <= due(at).items()
    assert all("06:00" <= clock[-5:] < "21:00" for clock in due(at).values())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_reminder_that_goes_the_evening_before_does_not_say_today_or_now(language):
    texts = _texts(language)
    for key in ("visit.dose", "visit.hold", "visit.hold_later", "visit.window"):
        assert not any(word in texts[key].lower() for word in ("today", "now", "今天", "现在"))


def test_a_visit_moved_and_moved_back_asks_at_the_first_times_and_once(begin, linked, visit):
    plan(begin, linked, DRAW + timedelta(days=1), visit.id)
    assert {key: row.due_at for key, row in messages(begin).items()} == {
        key: at + timedelta(days=1) for key, at in PLAN.items()
    }
    assert {row.reason for row in messages(begin, "cancelled").values()} == {"rescheduled"}
    plan(begin, linked, DRAW, visit.id)
    assert {key: row.due_at for key, row in messages(begin).items()} == PLAN


def test_a_cancelled_visit_asks_nothing_and_says_why(begin, visit):
    with begin() as work:
        cancel_for_visit(work, visit, "visit cancelled")
    assert messages(begin) == {}
    assert {row.reason for row in messages(begin, "cancelled").values()} == {"visit cancelled"}


def test_after_the_draw_only_todays_dose_is_spoken_of(begin, clock, linked, visit):
    clock.now = DRAW + timedelta(minutes=20)
    with begin() as work:
        after_draw(work, linked, visit)
    assert set(messages(begin)) == {"visit.take_now"}


def test_a_draw_told_two_days_later_asks_nobody_to_take_a_dose_now(begin, clock, linked, visit):
    clock.now = DRAW + timedelta(days=2)
    visit.drawn_at = DRAW
    with begin() as work:
        after_draw(work, linked, visit)
    assert messages(begin) == {}


def test_a_dose_at_8_10_plans_its_window_from_6_10_to_10_10(begin, clock, linked, visit):
    clock.now = datetime(2026, 11, 26, 8, 11, tzinfo=SHANGHAI)
    take(begin, linked, datetime(2026, 11, 26, 8, 10, tzinfo=SHANGHAI))
    queued = messages(begin)
    window = queued["visit.window"]
    assert window.due_at == datetime(2026, 11, 27, 6, 10, tzinfo=SHANGHAI)
    assert window.not_after == datetime(2026, 11, 27, 10, 10, tzinfo=SHANGHAI)
    assert "visit.dose" not in queued
    assert inbox(begin) == []


def test_a_dose_that_puts_the_draw_outside_its_window_is_told_to_the_clinic(begin, linked, visit):
    take(begin, linked, datetime(2026, 11, 26, 11, 30, tzinfo=SHANGHAI))
    assert [(item.kind, item.patient_id) for item in inbox(begin)] == [
        ("appointment", linked.id)
    ]


@pytest.mark.parametrize("status", [DoseStatus.MISSED, DoseStatus.VOMITED])
def test_a_dose_that_was_not_kept_opens_no_window(begin, linked, visit, status):
    take(begin, linked, datetime(2026, 11, 26, 8, tzinfo=SHANGHAI), status)
    assert "visit.window" not in messages(begin)


def test_a_dose_of_last_week_is_not_meant_for_this_draw(begin, linked, visit):
    take(begin, linked, datetime(2026, 11, 20, 8, tzinfo=SHANGHAI))
    assert set(messages(begin)) == set(PLAN)


def test_a_visit_moved_by_an_hour_after_the_dose_keeps_its_window(begin, clock, linked, visit):
    clock.now = datetime(2026, 11, 26, 8, 30, tzinfo=SHANGHAI)
    take(begin, linked, datetime(2026, 11, 26, 8, 10, tzinfo=SHANGHAI))
    plan(begin, linked, DRAW + timedelta(hours=1), visit.id)
    assert set(messages(begin)) == {
        "visit.window", "visit.closing", "visit.hold", "visit.drawn_ask",
    }


@pytest.mark.parametrize("status", ["attended", "cancelled", "missed"])
def test_a_dose_after_the_visit_has_ended_plans_nothing(begin, linked, visit, status):
    with begin() as work:
        work.session.get_one(Visit, (visit.clinic_id, visit.id)).status = status
    take(begin, linked, datetime(2026, 11, 26, 8, tzinfo=SHANGHAI))
    assert "visit.window" not in messages(begin)


def test_nothing_is_planned_in_the_past(begin, clock, linked):
    clock.now = datetime(2026, 11, 26, 20, tzinfo=SHANGHAI)
    plan(begin, linked, DRAW)
    assert set(messages(begin)) == {"visit.hold", "visit.drawn_ask"}


def test_nothing_is_planned_for_a_patient_who_has_died(begin, linked):
    with begin() as work:
        linked.died_on = work.now.date()
        work.session.add(linked)
    plan(begin, linked, DRAW)
    assert messages(begin) == {}


@pytest.mark.parametrize(
    ("sunday", "dose"),
    [("2027-03-28", "27. 07:00"), ("2026-10-25", "24. 09:00")],
    ids=["clocks go forward", "clocks go back"],
)
def test_a_change_of_the_clock_keeps_wall_clock_reminders_and_24_elapsed_hours(sunday, dose):
    at = datetime.fromisoformat(f"{sunday}T08:00").replace(tzinfo=BERLIN)
    times = due(at, BERLIN)
    assert times["visit.hold"][-5:] == "07:00"
    assert times["visit.eve"][-5:] == "19:00"
    assert times["visit.dose"] == dose


def test_a_wall_clock_time_that_is_skipped_moves_on_by_the_hour():
    skipped = day(BERLIN).at(date(2027, 3, 28), time(2, 30))
    assert f"{skipped.astimezone(BERLIN):%H:%M}" == "03:30"


def _texts(language: str) -> dict[str, str]:
    texts = {}
    for name in ("messages.po", "dose.po"):
        with (Path("app/texts") / language / name).open("rb") as file:
            told = {str(one.id): str(one.string) for one in read_po(file) if one.id}
            texts |= {k: v for k, v in told.items() if k.startswith(("visit.", "dose.daily"))}
    return texts


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_reminder_names_a_drug_a_level_or_a_symptom(language):
    told = " ".join(_texts(language).values()).lower()
    for word in ("伊马替尼", "格列卫", "靶向", "imatinib", "glivec", "gleevec", "gist", "肿瘤",
                 "tumour", "浓度", "trough", "ng/ml", "mg", "水肿", "皮疹", "swelling", "rash",
                 "nausea", "恶心", "cancer"):  # fmt: skip
        assert word not in told
