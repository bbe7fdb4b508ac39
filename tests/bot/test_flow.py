"""Moving along a flow: pure."""

import pytest

from app.texts import catalogue
from bot.flow import Choice, Flow, Step, Unclear, advance, back, open_step, position
from bot.flows import FLOWS
from bot.flows.times import typed_time

ITCH = Flow("itch", (
    Step("where", "where", (Choice("arm", "arm"), Choice("leg", "leg"), Choice("none", "none")), many=True),
    Step("sleep", "sleep", (Choice("yes", "yes"), Choice("no", "no")), lambda a: bool(a["where"])),
    Step("note", "note", read=str.strip),
))


def test_the_open_question_is_the_first_unanswered_one_that_applies():
    assert open_step(ITCH, {}).code == "where"
    assert open_step(ITCH, {"where": []}).code == "note"
    assert open_step(ITCH, {"where": ["arm"]}).code == "sleep"
    assert open_step(ITCH, {"where": [], "note": "x"}) is None


def test_several_are_ticked_and_unticked_before_done():
    answers = advance(ITCH, {}, "arm")
    answers = advance(ITCH, advance(ITCH, answers, "leg"), "arm")
    assert advance(ITCH, answers, "done")["where"] == ["leg"]


def test_done_with_nothing_ticked_is_asked_again():
    with pytest.raises(Unclear):
        advance(ITCH, {}, "done")


def test_back_removes_the_last_answer():
    assert back(ITCH, {"where": ["arm"], "where*": ["arm"], "sleep": "yes"}) == {
        "where": ["arm"], "where*": ["arm"]}
    assert back(ITCH, {"where": ["arm"], "where*": ["arm"]}) == {}


def test_a_new_version_of_a_flow_asks_only_what_is_missing():
    newer = Flow("itch", (*ITCH.steps, Step("since", "since", read=str)))
    assert open_step(newer, {"where": [], "note": "x"}).code == "since"


def test_progress_is_told():
    assert position(ITCH, {"where": ["arm"]}) == (2, 3)


@pytest.mark.parametrize(("typed", "read"), [
    ("8:10", "08:10"), ("08.10", "08:10"), ("８：１０", "08:10"), ("8点10分", "08:10"), ("8点", "08:00"),
])
def test_a_typed_time_is_read(typed, read):
    assert typed_time(typed) == read


@pytest.mark.parametrize("typed", ["25:00", "soon", "8:61", ""])
def test_what_is_no_time_is_asked_again(typed):
    with pytest.raises(Unclear):
        typed_time(typed)


def test_what_a_button_carries_fits_telegrams_64_bytes():
    for flow in FLOWS.values():
        for step in flow.steps:
            for choice in step.choices:
                assert len(f"{step.code}:{choice.code}".encode()) <= 64


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_text_of_every_flow_is_in_the_catalogue(language):
    texts = catalogue(language)
    for flow in FLOWS.values():
        for step in flow.steps:
            named = [value for name, value in step.params.items() if name.endswith("_key")]
            for key in [step.text, *named, *(choice.label for choice in step.choices)]:
                assert texts[key]
