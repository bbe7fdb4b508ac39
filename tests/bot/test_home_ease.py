"""Home: at most four choices, the first of which fits the moment, and a word on it."""

from datetime import timedelta

import pytest

from app.services.visits import plan_visit
from models import Prompt, PromptKind, PromptState
from models.columns import new_id

TAKEN, EARLIER, DRAWN = "今天的药吃了", "早些时候吃过了", "血已经抽了"
WELL, FEELING, MORE = "一切如常", "说说身体情况", "更多 …"
DOSE, VISIT, SF36, RESUME = "今天的药", "下次就诊", "健康问卷", "接着填健康问卷"


def home(phone) -> tuple[str, list[str]]:
    said = phone.says("/start")
    return said.text, [button.label for row in said.buttons for button in row]


@pytest.fixture
def visit_in(begin, patient):
    def plan(**ahead: float) -> None:
        with begin() as work:
            plan_visit(work, work.session.merge(patient), work.now + timedelta(**ahead))

    return plan


@pytest.fixture
def prompt(begin, patient):
    def ask(kind: PromptKind) -> None:
        with begin() as work:
            work.session.add(Prompt(
                clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id, kind=kind,
                state=PromptState.OPEN, why="weekly", due_at=work.now, made_at=work.now,
                closes_at=work.now + timedelta(days=2),
            ))  # fmt: skip

    return ask


def test_a_dose_that_is_not_told_comes_first(linked):
    text, choices = home(linked)
    assert "今天的药吃了吗？" in text and "您想做什么？" in text
    assert choices == [TAKEN, WELL, FEELING, MORE]


def test_with_no_report_due_a_dose_taken_earlier_is_one_tap_away_too(linked):
    linked.taps("go:well")
    assert home(linked)[1] == [TAKEN, EARLIER, FEELING, MORE]


def test_a_report_that_is_due_comes_first_when_the_dose_is_told(linked):
    linked.taps("dose:taken_now")
    text, choices = home(linked)
    assert "身体怎么样" in text
    assert choices == [WELL, FEELING, DOSE, MORE]


def test_a_weekly_check_that_is_asked_for_is_due_even_after_a_report(linked, prompt):
    linked.taps("dose:taken_now", "go:well")
    prompt(PromptKind.CHECK)
    assert home(linked)[1][0] == WELL


def test_with_nothing_special_what_is_often_wanted_stands_there(linked, visit_in):
    visit_in(days=9)
    linked.taps("dose:taken_now", "go:well")
    text, choices = home(linked)
    assert text == "您想做什么？"
    assert choices == [FEELING, DOSE, VISIT, MORE]


def test_the_day_before_the_draw_the_dose_that_counts_comes_first(linked, visit_in):
    visit_in(hours=24)
    text, choices = home(linked)
    assert "今天的药吃了吗？" in text and choices[0] == TAKEN


def test_a_visit_tomorrow_comes_first_when_the_dose_is_told(linked, visit_in):
    visit_in(hours=24)
    linked.taps("dose:taken_now", "go:well")
    text, choices = home(linked)
    assert "下次就诊：11月25日周三 10:00" in text and choices[0] == VISIT


def test_on_the_morning_of_the_draw_the_dose_waits(linked, visit_in):
    visit_in(hours=3)
    text, choices = home(linked)
    assert "抽血前先不要吃今天的药" in text
    assert TAKEN not in choices and EARLIER not in choices


def test_when_the_draw_is_near_it_can_be_told_first(linked, visit_in):
    visit_in(minutes=30)
    text, choices = home(linked)
    assert "抽过血了吗" in text and choices[0] == DRAWN and TAKEN not in choices


def test_a_questionnaire_half_done_can_be_gone_on_with(linked):
    linked.taps("dose:taken_now", "go:well", "go:sf36", "sf36.1:3", "nav:pause")
    text, choices = home(linked)
    assert "填到一半" in text and choices[0] == RESUME


def test_a_questionnaire_that_is_due_and_half_done_is_gone_on_with(linked, prompt):
    prompt(PromptKind.SF36)
    linked.taps("dose:taken_now", "go:well", "go:sf36", "sf36.1:3", "nav:pause")
    assert home(linked)[1][0] == RESUME


def test_a_questionnaire_that_is_due_is_offered(linked, prompt):
    prompt(PromptKind.SF36)
    linked.taps("dose:taken_now", "go:well")
    text, choices = home(linked)
    assert "健康问卷" in text and choices[0] == SF36


@pytest.mark.parametrize("hours", [0.5, 3, 24, 40, 200])
@pytest.mark.parametrize("taps", [(), ("dose:taken_now",), ("go:well",), ("go:sf36", "sf36.1:3", "nav:pause")])
def test_there_are_at_most_four_choices_whatever_falls_together(linked, visit_in, prompt, hours, taps):
    visit_in(hours=hours)
    prompt(PromptKind.CHECK)
    prompt(PromptKind.SF36)
    if taps:
        linked.taps(*taps, "nav:cancel")
    _, choices = home(linked)
    assert len(choices) == len(set(choices)) == 4
    assert choices[-1] == MORE and FEELING in choices
