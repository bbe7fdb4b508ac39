"""A visit played through: the dose before it, the draw, and all that goes another way."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app.services.rescheduling import accept_reschedule, refuse_reschedule
from app.services.samples import record_sample
from app.services.unattended import note_undrawn
from app.services.visits import plan_visit
from models import Alert, Audit, InboxItem, Message, Patient, Visit, VisitPurpose

SHANGHAI = ZoneInfo("Asia/Shanghai")
DRAW = datetime(2026, 11, 27, 8, 0, tzinfo=SHANGHAI).astimezone(UTC)
NURSE = "staff:1"


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def taps(said) -> list[str]:
    return [button.data for row in said.buttons for button in row]


def queued(begin) -> dict[str, Message]:
    return {row.key: row for row in every(begin, Message) if row.state == "queued"}


def asked(wish: InboxItem) -> tuple[str, str | None]:
    return wish.data["visit_id"], wish.data.get("draw_at")


def plan(begin, patient, draw_at=DRAW, purpose=VisitPurpose.TROUGH) -> Visit:
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        return plan_visit(work, mine, draw_at, purpose)


@pytest.fixture
def visit(begin, patient, linked) -> Visit:
    return plan(begin, patient)


@pytest.fixture
def at(clock):
    """Move to a moment of Shanghai's clock: day of November and time."""

    def at(day: int, clock_time: str) -> None:
        hour, minute = clock_time.split(":")
        clock.now = datetime(2026, 11, day, int(hour), int(minute), tzinfo=SHANGHAI).astimezone(UTC)

    return at


def test_the_dose_is_asked_for_again_in_half_an_hour(linked, begin, visit, at):
    at(26, "08:05")
    assert "08:35" in linked.taps("go:snooze").text
    again = queued(begin)["visit.dose_again"]
    assert again.not_after == DRAW - timedelta(hours=22)
    assert {"label": "dose.button.snooze", "data": "go:snooze"} in again.data["buttons"][-1]
    at(26, "08:35")
    linked.taps("dose:taken_now")
    assert "visit.dose_again" not in queued(begin)


@pytest.mark.parametrize(("clock_time", "says"), [("09:31", "10:00"), ("05:59", "08:00")])
def test_no_snooze_leaves_the_time_that_suits_the_draw(linked, begin, visit, at, clock_time, says):
    at(26, clock_time)
    assert says in linked.taps("go:snooze").text
    assert "visit.dose_again" not in queued(begin)


def test_the_last_snooze_offers_no_other(linked, begin, visit, at):
    at(26, "09:20")
    linked.taps("go:snooze")
    assert "go:snooze" not in str(queued(begin)["visit.dose_again"].data)


def test_the_snooze_stands_under_not_yet_too(linked, visit, at):
    at(26, "08:05")
    assert taps(linked.taps("dose:not_yet")) == ["dose:taken_now", "go:snooze"]


def test_without_a_draw_there_is_nothing_to_snooze(linked):
    assert "没有要提醒" in linked.taps("go:snooze").text
    assert taps(linked.taps("dose:not_yet")) == ["dose:taken_now"]


def test_todays_dose_taken_before_the_draw_is_told_to_the_clinic_and_a_later_time_is_offered(
    linked, begin, visit, at, patient
):
    at(26, "08:00")
    linked.taps("dose:taken_now")
    at(27, "07:05")
    said = linked.taps("go:early", "early:now")
    assert "05:05" in said.text and "09:05" in said.text
    [mine] = every(begin, Visit)
    assert mine.dose_before_draw_at == DRAW - timedelta(minutes=55)
    assert taps(said)[:7] == [f"slot.time:20261127T{t}" for t in
                              ("2200", "2230", "2300", "2330")] + [
        "slot.time:20261128T0000", "slot.time:20261128T0030", "slot.time:20261128T0100"]  # fmt: skip
    linked.taps("slot.time:20261127T2330")
    first, wish = every(begin, InboxItem)
    assert (first.kind, wish.kind) == ("appointment", "reschedule")
    assert asked(wish) == (visit.id, "2026-11-27T23:30:00+00:00")
    assert every(begin, Visit)[0].draw_at == DRAW


def test_a_level_drawn_after_that_dose_cannot_be_corrected(linked, begin, visit, at, patient):
    at(26, "08:00")
    linked.taps("dose:taken_now")
    at(27, "07:30")
    linked.taps("go:early", "early:earlier", "early.hour:6", "early.minute:0")
    at(27, "12:00")
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        sample = record_sample(work, mine, drawn_at=DRAW, concentration=1200.0, unit="ug/L")
        assert ("uncorrectable" in sample.flags, sample.corrected_ug_per_l) == (True, None)


def test_taken_just_now_under_an_old_reminder_is_the_same_on_the_morning_of_the_draw(linked, begin, visit, at):
    at(27, "07:00")
    assert "抽血就不准" in linked.taps("dose:taken_now").text
    assert every(begin, Visit)[0].dose_before_draw_at is not None
    assert "visit.hold" not in queued(begin)


def test_a_dose_too_soon_that_was_told_by_mistake_lets_the_draw_stand(linked, begin, visit, at):
    at(27, "06:30")
    linked.taps("go:early", "early:now", "nav:cancel", "dose:wrong", "fix:none")
    assert every(begin, Visit)[0].dose_before_draw_at is None
    assert {"visit.hold", "visit.drawn_ask"} <= set(queued(begin))


def test_a_visit_moved_to_the_next_day_goes_by_the_dose_that_was_too_soon(linked, begin, visit, at, clinic):
    at(27, "07:00")
    linked.taps("go:early", "early:now", "slot.time:20261127T2300")
    wish = [item for item in every(begin, InboxItem) if item.kind == "reschedule"][0]
    with begin() as work:
        accept_reschedule(work, clinic.id, wish.id, NURSE)
    [mine] = every(begin, Visit)
    assert (mine.draw_at, mine.dose_before_draw_at) == (DRAW + timedelta(hours=23), None)
    assert queued(begin)["visit.window"].not_after == DRAW + timedelta(hours=25)
    assert "visit.dose" not in queued(begin)
    assert "dose_at" not in queued(begin)["visit.moved_told"].data  # never a second dose


def test_a_dose_taken_after_the_draw_and_told_before_it_did_wait(linked, begin, visit, at):
    at(27, "07:50")
    linked.taps("go:early", "early:now", "nav:cancel")
    linked.taps("draw:earlier", "draw.hour:7", "draw.minute:40")
    [mine] = every(begin, Visit)
    assert (mine.status, mine.dose_before_draw_at) == ("attended", None)


def test_another_time_is_asked_for_in_two_taps_and_nothing_moves(linked, begin, visit):
    assert "go:another" in taps(linked.taps("go:visit"))
    days = linked.taps("go:another")
    assert len([one for one in taps(days) if one.startswith("slot.day:")]) == 14
    slots = taps(linked.taps("slot.day:20261202"))
    assert (slots[0], slots[-3]) == ("slot.time:20261201T2200", "slot.time:20261202T0330")
    assert "申请" in linked.taps("slot.time:20261202T0000").text
    [wish] = every(begin, InboxItem)
    assert asked(wish) == (visit.id, "2026-12-02T00:00:00+00:00")
    assert every(begin, Visit)[0].draw_at == DRAW


def test_a_second_wish_takes_the_place_of_the_first(linked, begin, visit):
    for slot in ("0000", "0030"):
        linked.taps("go:another", "slot.day:20261202", f"slot.time:20261202T{slot}")
    assert [item.data["draw_at"][11:16] for item in every(begin, InboxItem)
            if item.handled_at is None] == ["00:30"]  # fmt: skip


def test_another_time_is_asked_for_in_free_words(linked, begin, visit):
    linked.taps("go:another")
    assert "转给医院" in linked.says("下周随便哪天下午都行").text
    [wish] = every(begin, InboxItem)
    assert "下周随便哪天下午都行" in wish.text and asked(wish) == (visit.id, None)


def test_a_red_flag_among_those_words_calls_a_nurse(linked, begin, visit):
    linked.taps("go:another")
    assert "120" in linked.says("来不了，昨晚吐血了").text
    assert [alert.family for alert in every(begin, Alert)] == ["gi"]


def test_a_time_that_has_passed_or_a_visit_of_somebody_else_is_not_taken(linked, begin, visit):
    linked.taps("go:another", "slot.day:20261202")
    assert "不能选" in linked.taps("slot.time:20261101T0000").text
    assert every(begin, InboxItem) == []


def wish_for(begin, linked) -> InboxItem:
    linked.taps("go:another", "slot.day:20261202", "slot.time:20261202T0000")
    return every(begin, InboxItem)[0]


def test_the_nurse_moves_the_visit_with_one_click_and_the_patient_is_told(linked, begin, visit, clinic):
    wish = wish_for(begin, linked)
    with begin() as work:
        accept_reschedule(work, clinic.id, wish.id, NURSE)
    told = queued(begin)
    assert told["visit.moved"].data["draw_at"] == "2026-12-02T00:00:00+00:00"
    assert told["visit.hold"].due_at == datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
    assert {(row.actor, row.action) for row in every(begin, Audit)} >= {
        (NURSE, "visit.change"), (NURSE, "inbox.handle"),
    }  # fmt: skip
    assert every(begin, InboxItem)[0].handled_by == NURSE


def test_the_nurse_says_that_it_cannot_be_and_the_visit_stays(linked, begin, visit, clinic):
    wish = wish_for(begin, linked)
    with begin() as work:
        refuse_reschedule(work, clinic.id, wish.id, NURSE)
    assert every(begin, Visit)[0].draw_at == DRAW
    assert {"visit.not_moved", "visit.hold"} <= set(queued(begin))


def test_an_answer_in_the_night_before_an_early_draw_comes_before_the_draw(linked, begin, visit, clinic, at):
    at(26, "20:00")
    linked.taps("go:another")
    linked.says("可以晚一点吗")
    [wish] = every(begin, InboxItem)
    with begin() as work:
        work.session.get_one(Visit, (visit.clinic_id, visit.id)).draw_at -= timedelta(minutes=90)
    at(26, "22:00")
    with begin() as work:
        refuse_reschedule(work, clinic.id, wish.id, NURSE)
    told = queued(begin)["visit.not_moved"]
    assert told.due_at < told.not_after == DRAW - timedelta(minutes=90)


def test_an_answer_in_the_night_waits_for_the_morning(linked, begin, visit, clinic, at):
    wish = wish_for(begin, linked)
    at(24, "22:00")
    with begin() as work:
        refuse_reschedule(work, clinic.id, wish.id, NURSE)
    due = queued(begin)["visit.not_moved"].due_at.astimezone(SHANGHAI)
    assert f"{due:%d. %H:%M}" == "25. 07:00"


def test_two_visits_have_their_own_reminders_and_the_patient_says_which_to_move(linked, begin, visit, patient):
    second = plan(begin, patient, DRAW + timedelta(days=7))
    about = {row.about: row.key for row in every(begin, Message) if row.key == "visit.hold"}
    assert set(about) == {f"visit:{visit.id}", f"visit:{second.id}"}
    assert "之后还有" in linked.taps("go:visit").text
    assert taps(linked.taps("go:another"))[:2] == [f"slot.visit:{visit.id}", f"slot.visit:{second.id}"]
    linked.taps(f"slot.visit:{second.id}", "slot.day:20261208", "slot.time:20261208T0000")
    assert every(begin, InboxItem)[0].data["visit_id"] == second.id


def test_blood_drawn_belongs_to_the_visit_of_that_day(linked, begin, visit, patient, at):
    later = plan(begin, patient, DRAW + timedelta(days=7))
    at(27, "08:20")
    linked.taps("draw:now")
    attended = {one.id: one.status for one in every(begin, Visit)}
    assert attended == {visit.id: "attended", later.id: "planned"}
    linked.taps("draw:now")
    assert {one.id: one.status for one in every(begin, Visit)}[later.id] == "planned"


def test_a_visit_without_a_draw_asks_for_no_dose(linked, begin, patient):
    plan(begin, patient, purpose=VisitPurpose.FOLLOW_UP)
    assert set(queued(begin)) == {"visit.eve_plain"}
    said = linked.taps("go:visit")
    assert "就诊时间" in said.text and "go:another" not in taps(said)


def test_a_draw_in_the_afternoon_says_that_the_dose_waits_in_the_morning(linked, begin, patient):
    plan(begin, patient, DRAW + timedelta(hours=7))
    assert {"visit.eve_later", "visit.hold_later"} <= set(queued(begin))
    assert queued(begin)["visit.dose"].due_at == DRAW - timedelta(hours=17)


@pytest.mark.parametrize(
    ("day", "clock_time", "offered"),
    [
        (26, "08:00", False),  # the dose that counts is at 15:00
        (26, "13:30", True),
        (27, "02:30", False),  # on the day of the draw it waits
        (27, "10:00", False),
    ],
)
def test_home_offers_the_dose_of_an_afternoon_draw_when_it_is_to_be_taken(linked, begin, patient, at, day, clock_time, offered):
    plan(begin, patient, DRAW + timedelta(hours=7))
    at(day, clock_time)
    assert ("dose:taken_now" in taps(linked.taps("go:home"))) is offered


def test_home_sees_the_draw_behind_a_visit_without_one(linked, begin, patient, visit, at):
    plan(begin, patient, DRAW - timedelta(hours=1), VisitPurpose.FOLLOW_UP)
    at(27, "07:30")
    assert "draw:now" in taps(linked.taps("go:home"))


def test_the_window_is_told_to_close_half_an_hour_before_it_does(linked, begin, visit, at):
    at(26, "08:10")
    linked.taps("dose:taken_now")
    closing = queued(begin)["visit.closing"]
    assert closing.due_at == DRAW + timedelta(hours=1, minutes=40)
    assert closing.not_after == DRAW + timedelta(hours=2, minutes=10)
    at(27, "08:00")
    linked.taps("draw:now")
    assert set(queued(begin)) == {"visit.take_now"}


def test_after_the_draw_todays_dose_is_one_tap(linked, begin, visit, at):
    at(27, "08:10")
    linked.taps("draw:now")
    assert queued(begin)["visit.take_now"].data["buttons"][0][0]["data"] == "dose:taken_now"


def test_a_draw_that_nobody_told_is_on_the_clinics_list_once(begin, visit, clock):
    for hours, lines in ((11, 0), (12, 1), (13, 1)):
        clock.now = DRAW + timedelta(hours=hours)
        with begin() as work:
            note_undrawn(work)
        assert len(every(begin, InboxItem)) == lines
    assert every(begin, Visit)[0].status == "planned"


def test_of_an_erased_patient_no_line_is_left(begin, visit, clock):
    with begin() as work:
        work.session.exec(select(Patient)).one().erased_at = work.now
    clock.now = DRAW + timedelta(hours=13)
    with begin() as work:
        assert note_undrawn(work) == 0
    assert every(begin, InboxItem) == []


def test_a_patient_in_another_zone_is_reminded_by_its_clock(linked, begin, visit, at):
    at(25, "12:00")
    linked.taps("go:zone")
    linked.says("柏林")
    [mine] = every(begin, Patient)
    assert mine.time_zone == "Europe/Berlin"
    eve = queued(begin)["visit.eve"].due_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{eve:%d. %H:%M}" == "25. 19:00"
    at(26, "14:10")
    said = linked.taps("dose:taken_now").text
    assert "05:10 到 09:10" in said


def test_a_country_of_many_clocks_is_asked_about(linked, begin):
    linked.taps("go:zone")
    said = linked.says("美国")
    assert "zone.which:America/New_York" in taps(said)
    linked.taps("zone.which:America/New_York")
    assert every(begin, Patient)[0].time_zone == "America/New_York"


def test_a_place_that_nobody_knows_is_asked_again(linked, begin):
    linked.taps("go:zone")
    assert "没有找到" in linked.says("某某村").text
    assert every(begin, Patient)[0].time_zone == "Asia/Shanghai"


def test_the_next_visit_tells_the_window_of_the_dose_that_was_told(linked, begin, visit, at):
    at(26, "08:10")
    linked.taps("dose:taken_now")
    assert "06:10 到 10:10" in linked.taps("go:visit").text
