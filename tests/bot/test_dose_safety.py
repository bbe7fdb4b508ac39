"""Nobody is led to a second dose, and what is told of a dose does not contradict itself."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app.services.adherence import DayTold, days_summed
from app.services.rescheduling import accept_reschedule
from app.services.visits import plan_visit
from models import Clinic, Dose, DoseStatus, InboxItem, Message, Patient, Regimen, Visit

SHANGHAI = ZoneInfo("Asia/Shanghai")
DRAW = datetime(2026, 11, 27, 8, 0, tzinfo=SHANGHAI).astimezone(UTC)


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def counted(begin) -> list[tuple[str, str]]:
    """The doses that count: when, by the patient's clock, and what was told."""
    doses = sorted(every(begin, Dose), key=lambda dose: dose.taken_at)
    return [(f"{dose.taken_at.astimezone(SHANGHAI):%d. %H:%M:%S}", dose.status)
            for dose in doses if dose.withdrawn_at is None]  # fmt: skip


def taps(said) -> list[str]:
    return [button.data for row in said.buttons for button in row]


@pytest.fixture
def visit(begin, patient, linked) -> Visit:
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        return plan_visit(work, mine, DRAW)


@pytest.fixture
def at(clock):
    """Move to a moment of Shanghai's clock: day of November and time."""

    def at(day: int, clock_time: str) -> None:
        there = datetime.combine(date(2026, 11, day), time.fromisoformat(clock_time), SHANGHAI)
        clock.now = there.astimezone(UTC)

    return at


@pytest.mark.parametrize("told", ["taken_now", "vomited"])
def test_whoever_took_the_dose_before_the_draw_is_not_told_to_take_it_after(linked, begin, visit, at, told):
    at(27, "07:00:00")
    linked.taps(f"dose:{told}", "nav:cancel")
    at(27, "09:00:00")
    assert "今天的药您已经吃过，请不要再吃" in linked.taps("draw:now").text
    assert "visit.take_now" not in [row.key for row in every(begin, Message)]


def test_a_dose_after_the_draw_is_not_asked_for_again_when_the_draw_is_told(linked, begin, visit, at):
    at(27, "09:00:00")
    linked.taps("dose:taken_now", "nav:cancel")
    at(27, "09:30:00")
    said = linked.taps("draw:earlier", "draw.hour:8", "draw.minute:10")
    assert "请不要再吃" in said.text
    assert "visit.take_now" not in [row.key for row in every(begin, Message)]


def test_a_dose_of_draw_day_that_was_missed_or_told_by_mistake_may_be_taken(linked, begin, visit, at):
    at(27, "07:00:00")
    linked.taps("dose:taken_now", "nav:cancel", "dose:wrong", "fix:none")
    at(27, "08:05:00")
    linked.taps("draw:now")
    assert "visit.take_now" in [row.key for row in every(begin, Message)]


def test_a_dose_on_draw_day_while_no_draw_was_told_reaches_the_clinic_and_a_later_time_is_offered(
    linked, begin, visit, at, clinic
):
    at(26, "08:00:00")
    linked.taps("dose:taken_now")
    at(27, "10:00:00")
    said = linked.taps("dose:taken_now")
    assert "吃药前已经抽过的话" in said.text and "08:00" in said.text
    [line] = every(begin, InboxItem)
    assert "没有人报告计划" in line.text
    assert every(begin, Visit)[0].dose_before_draw_at == DRAW.replace(hour=2)
    assert "申请" in linked.taps("slot.time:20261128T0030").text
    wish = next(item for item in every(begin, InboxItem) if item.kind == "reschedule")
    with begin() as work:
        accept_reschedule(work, clinic.id, wish.id, "staff:1")
    [mine] = every(begin, Visit)
    assert (mine.draw_at, mine.dose_before_draw_at) == (datetime(2026, 11, 28, 0, 30, tzinfo=UTC), None)


def test_blood_drawn_on_time_and_told_after_the_dose_still_counts(linked, begin, visit, at):
    at(27, "10:00:00")
    linked.taps("dose:taken_now")
    linked.says("/draw")
    linked.taps("draw:earlier", "draw.hour:8", "draw.minute:10")
    [mine] = every(begin, Visit)
    assert (mine.status, mine.dose_before_draw_at) == ("attended", None)


def test_blood_drawn_after_that_dose_stays_marked(linked, begin, visit, at):
    at(27, "10:00:00")
    linked.taps("dose:taken_now", "nav:cancel")
    at(27, "10:30:00")
    assert "请不要再吃" in linked.taps("draw:now").text
    assert every(begin, Visit)[0].dose_before_draw_at == DRAW.replace(hour=2)


def test_a_dose_after_a_draw_that_was_told_spoils_nothing(linked, begin, visit, at):
    at(27, "08:10:00")
    linked.taps("draw:now")
    at(27, "08:30:00")
    assert "已记下" in linked.taps("dose:taken_now").text
    assert every(begin, InboxItem) == []
    assert every(begin, Visit)[0].dose_before_draw_at is None


def test_missed_does_not_contradict_a_dose_told_as_taken(linked, begin, at):
    at(24, "08:00:00")
    linked.taps("dose:taken_now")
    at(25, "08:10:00")
    linked.taps("dose:taken_now")
    at(25, "20:00:00")
    said = linked.taps("dose:missed")
    assert "08:10 已经服药" in said.text and taps(said)[0] == "dose:wrong"
    assert [status for _, status in counted(begin)] == ["taken", "taken"]


def test_missed_before_todays_dose_is_due_does_not_contradict_yesterdays(linked, begin, at):
    at(24, "08:00:00")
    linked.taps("dose:taken_now")
    at(25, "07:00:00")
    assert "已经服药" in linked.taps("dose:missed").text
    assert counted(begin) == [("24. 08:00:00", "taken")]


def test_the_day_that_was_missed_is_named(linked, begin, at):
    at(25, "08:10:00")
    assert "已记为漏服：11月25日" in linked.taps("dose:missed").text
    linked.taps("dose:missed")
    assert counted(begin) == [("25. 08:00:00", "missed")]


def test_yesterdays_missed_dose_is_not_made_up_after_todays(linked, begin, clinic, at):
    with begin() as work:
        work.session.get_one(Clinic, clinic.id).missed_dose = "when_remembered"
    at(25, "08:10:00")
    linked.taps("dose:taken_now")
    said = linked.taps("dose:missed").text
    assert "11月24日" in said and "不用补" in said


def test_a_dose_vomited_is_the_dose_that_was_told_as_taken(linked, begin, at):
    at(25, "08:00:00")
    linked.taps("dose:taken_now")
    at(25, "11:09:00")
    linked.taps("dose:vomited")
    linked.taps("dose:vomited")
    assert counted(begin) == [("25. 08:00:00", "vomited")]


def test_a_dose_vomited_long_after_the_last_is_another(linked, begin, at):
    at(25, "08:00:00")
    linked.taps("dose:taken_now")
    at(25, "16:30:00")
    linked.taps("dose:vomited")
    assert [status for _, status in counted(begin)] == ["taken", "vomited"]


def test_a_draw_that_no_plan_knows_reaches_the_nurse(linked, begin, at):
    at(27, "08:20:43")
    assert "已告诉护士" in linked.taps("draw:now").text
    [line] = every(begin, InboxItem)
    assert "08:20" in line.text and line.kind == "appointment"


def test_a_draw_told_twice_is_noted_once(linked, begin, visit, at):
    at(27, "08:20:43")
    linked.taps("draw:now")
    at(27, "08:25:00")
    assert "已经记下了：11月27日周五 08:20" in linked.taps("draw:now").text
    assert every(begin, InboxItem) == []


def test_another_time_for_a_draw_that_is_noted_reaches_the_nurse(linked, begin, visit, at):
    at(27, "09:20:00")
    linked.taps("draw:now")
    assert "已告诉护士" in linked.taps("draw:earlier", "draw.hour:8", "draw.minute:10").text
    assert "08:10" in every(begin, InboxItem)[0].text


def test_a_draw_at_the_first_minute_of_the_window_is_inside_it(linked, begin, visit, at):
    at(26, "10:00:43")
    assert "08:00 到 12:00" in linked.taps("dose:taken_now").text
    at(26, "10:01:10")
    assert "已经记过" in linked.taps("dose:taken_now").text
    assert counted(begin) == [("26. 10:00:00", "taken")]
    assert every(begin, InboxItem) == []
    at(27, "08:00:20")
    linked.taps("draw:now")
    assert every(begin, Visit)[0].drawn_at == DRAW


@pytest.mark.parametrize("clock_time", ["07:00:00", "10:00:00"])
def test_a_visit_that_a_dose_has_spoiled_says_so_and_offers_another_time(linked, begin, visit, at, clock_time):
    at(26, "08:00:00")
    linked.taps("dose:taken_now")
    at(27, clock_time)
    linked.taps("dose:taken_now", "nav:cancel")
    said = linked.says("/visit")
    assert "这次抽血就不准了" in said.text and "先不要吃" not in said.text
    assert "go:another" in taps(said)


def test_the_first_dose_is_counted_as_soon_as_it_is_told(linked, begin, at):
    with begin() as work:
        work.session.exec(select(Regimen)).one().started_on = date(2026, 11, 25)
    at(25, "08:00:00")
    assert "还没有记录" in linked.says("/mydoses").text
    linked.taps("dose:taken_now")
    assert "最近 1 天，您记了 1 天。其中 1 天吃了药" in linked.says("/mydoses").text


def test_no_more_than_thirty_days_are_counted_and_today_only_once_it_is_told():
    before = [DayTold(date(2026, 11, n), None) for n in range(1, 31)]
    untold = [*before, DayTold(date(2026, 12, 1), None)]
    told = [*before, DayTold(date(2026, 12, 1), DoseStatus.TAKEN)]
    assert (days_summed(untold), days_summed(told)) == (before, told[1:])


def test_the_clinic_knows_that_the_dose_before_the_draw_was_vomited(linked, begin, visit, at):
    at(27, "07:00:00")
    linked.taps("dose:taken_now", "nav:cancel")
    at(27, "07:30:00")
    linked.taps("dose:vomited")
    assert "吃后吐了" in every(begin, InboxItem)[-1].text
    assert counted(begin) == [("27. 07:00:00", "vomited")]
