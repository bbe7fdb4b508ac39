"""When the patient is asked: chosen in two taps, from the settings."""

from datetime import UTC, datetime, time

import pytest
from sqlmodel import select

from app.services.planning import plan_prompts
from models import Message, Patient, Prompt, SymptomReport


def labels(said) -> list[str]:
    return [button.label for row in said.buttons for button in row]


def hours(begin, patient) -> tuple[int, time]:
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        return mine.check_weekday, mine.check_at


def check(begin) -> Prompt:
    with begin() as work:
        query = select(Prompt).where(Prompt.kind == "check", Prompt.state == "open")
        return work.session.exec(query).one()


def test_weekday_and_hour_are_two_taps_from_the_settings(linked, begin, patient):
    assert "go:reminders" in str(linked.taps("go:further").buttons)
    assert "什么时候问候我" in labels(linked.taps("go:reminders"))
    assert labels(linked.taps("go:check_time"))[:7] == [f"星期{n}" for n in "一二三四五六日"]
    linked.taps("check_time.day:3")
    said = linked.taps("check_time.hour:9").text
    assert "星期四 09:00" in said
    assert hours(begin, patient) == (3, time(9))


def test_the_hour_may_be_typed(linked, begin, patient):
    linked.taps("go:check_time", "check_time.day:6")
    linked.says("16:30")
    assert hours(begin, patient) == (6, time(16, 30))


@pytest.mark.parametrize("typed", ["06:59", "21:00", "23:10"])
def test_an_hour_at_night_is_not_taken(linked, begin, patient, typed):
    linked.taps("go:check_time", "check_time.day:6")
    said = linked.says(typed)
    assert "07:00 到 21:00" in said.text and "几点合适" in said.text
    assert hours(begin, patient) == (0, time(10))


def test_the_planned_check_follows_the_choice(linked, begin):
    plan_prompts(begin)
    linked.taps("go:check_time", "check_time.day:3", "check_time.hour:9")
    plan_prompts(begin)
    assert check(begin).due_at == datetime(2026, 11, 26, 1, tzinfo=UTC)


def test_all_as_usual_under_the_check_is_one_tap_and_ends_it(linked, begin, clock):
    plan_prompts(begin)
    clock.now = check(begin).due_at
    linked.taps("go:well")
    with begin() as work:
        assert work.session.exec(select(Prompt.state).where(Prompt.kind == "check")).one() == "answered"
        reminder = work.session.exec(select(Message).where(Message.key == "check.reminder")).one()
        assert (reminder.state, reminder.reason) == ("cancelled", "answered")


def test_a_late_tap_on_an_old_check_is_a_report(linked, begin, clock):
    plan_prompts(begin)
    clock.now = check(begin).closes_at
    plan_prompts(begin)
    linked.taps("go:well")
    with begin() as work:
        assert len(work.session.exec(select(SymptomReport)).all()) == 1
    assert check(begin).due_at > clock.now


def test_stop_ends_what_is_planned_and_start_plans_it_anew(linked, begin):
    plan_prompts(begin)
    linked.says("/stop")
    with begin() as work:
        rows = work.session.exec(select(Message).where(Message.key == "check.ask")).all()
        assert [(one.state, one.reason) for one in rows] == [
            ("cancelled", "the patient stopped reminders")]  # fmt: skip
    plan_prompts(begin)
    linked.says("/start")
    plan_prompts(begin)
    assert check(begin).due_at == datetime(2026, 11, 30, 2, tzinfo=UTC)


def test_home_offers_the_check_and_the_questionnaire_that_are_due(linked, begin, clock):
    linked.taps("go:well")
    plan_prompts(begin)
    assert "健康问卷" not in labels(linked.taps("go:home"))
    with begin() as work:
        for prompt in work.session.exec(select(Prompt)):
            prompt.due_at = clock.now
    said = labels(linked.taps("go:home"))
    assert "一切如常" in said
