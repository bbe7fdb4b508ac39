"""The diagrams that a clinic reviews are those of the code, in words."""

import re

import pytest

from app.texts import Reader, say
from bench.diagram import FOLDER, pages
from bench.walked import END, TYPED, Edge, edges_of
from bot.flow import Flow, Step
from bot.flows import FLOWS

PAGES = dict(pages())


def test_the_committed_diagrams_are_those_of_the_flows():
    committed = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert committed == PAGES, "run `make diagram`"


def test_every_flow_is_drawn_in_both_languages():
    assert set(PAGES) == {f"{flow}.{language}.md" for flow in FLOWS for language in ("en", "zh")}


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize(("language", "short"), [("en", "en"), ("zh-CN", "zh")])
def test_every_question_and_button_of_a_flow_is_drawn_in_words(flow, language, short):
    page, reader = PAGES[f"{flow}.{short}.md"].replace("#quot;", '"'), Reader(language, "UTC")
    for step in FLOWS[flow].steps:
        if only_in_earlier_reports(FLOWS[flow], step):
            continue
        assert say(step.text, reader, step.params).replace("\n\n", " · ") in page
        assert all(say(one.label, reader, one.params) in page for one in step.choices)
    assert not re.search(r"{\w+}", page)


def only_in_earlier_reports(flow: Flow, step: Step) -> bool:
    """A question of a symptom that stands on a screen with others, asked alone in old reports."""
    is_first = step.code == next(one.code for one in flow.steps if one.code.split(".")[0] == step.code.split(".")[0])
    together = flow.step(f"{step.code.split('.')[0]}.also")
    return together is not None and step is not together and not is_first


def test_a_diagram_says_under_which_answer_a_question_is_asked():
    found = edges_of(FLOWS["dose"], {})
    assert Edge("dose", "earlier", "dose.hour") in found
    assert Edge("dose", "missed", END) in found
    assert Edge("dose.hour", TYPED, END) in found
    assert '|"早些时候吃了"| n_dose_hour' in PAGES["dose.zh.md"]


def test_the_questions_of_a_symptom_have_a_diagram_of_their_own():
    page = PAGES["symptoms.en.md"]
    assert page.count("```mermaid") == 30
    assert 'n_pruritus_itch -->|"No<br/>Widespread, all the time"| n_end' in page
