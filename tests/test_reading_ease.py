"""What the bot says is easy: English of grade 6 or less, Chinese sentences of 25 characters.

English is judged by the grade of Flesch and Kincaid as textstat counts it: a text of eight words
or more by itself; shorter ones, of which a single long word would decide, with those of the same
subject, each as a sentence. Chinese sentences end at 。？！； or a line break, not at a comma.
Only the names of the days are left out; what had no plain word was said in a shorter sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import textstat
from babel.messages.pofile import read_po

from app.clinical.symptoms import ASKED
from app.texts import Reader, say
from bot.flow import Step
from bot.flows import FLOWS

TEXTS = Path("app/texts")
FOR_STAFF = {"pages.po", "calculators.po", "alerts.po"}  # read by clinicians and nurses only
STAFF_KINDS = ("page", "sms", "voice", "mail", "desk", "inbox", "telegram")  # the same, in the files of one subject
HARDEST, SHORT = 6.0, 8
LONGEST, LONGEST_TOLD = 25, 40  # of buttons and questions; of what is only told [own]

VALUES = {
    "n": 12, "of": 36, "hour": "08", "minute": "10", "code": "K7M2P9QX", "phone": "027-8888 0000",
    "url": "https://clinic.example/a", "patient": "P-0001", "family_key": "family.gi",
    "term_key": "term.periorbital_edema", "intro_key": "sf36.intro", "question_key": "sf36.8",
}  # fmt: skip
BY_KIND = {"at": "2026-11-24T00:10:00+00:00", "on": "2026-11-24", "key": "home.dose"}
STEPS = [step for flow in FLOWS.values() for step in flow.steps]


def keys_for_patients(language: str) -> Iterator[str]:
    for path in sorted((TEXTS / language).glob("*.po")):
        if path.name not in FOR_STAFF:
            with path.open("rb") as file:
                found = [str(one.id) for one in read_po(file) if one.id]
            yield from (key for key in found if not for_staff(key))


def for_staff(key: str) -> bool:
    """What stands on pages, what nurses are sent, and what only a laboratory tells."""
    kind, _, rest = key.partition(".")
    if kind in STAFF_KINDS:
        return True
    if kind == "term":
        return rest not in ASKED
    return kind == "family" and rest in ("marrow", "liver", "kidney")


def shown(key: str, language: str, params: Mapping[str, Any] | None = None) -> str:
    """A text with its own values, or else typical ones, in the place of what varies."""
    reader = Reader(language, "Asia/Shanghai")
    varies = re.findall(r"{(\w+)", say(key, reader))
    return say(key, reader, {name: typical(name) for name in varies} | dict(params or {}))


def typical(name: str) -> Any:
    return VALUES.get(name, BY_KIND.get(name.rpartition("_")[2], 12))


def english(key: str, params: Mapping[str, Any] | None = None) -> str:
    """Without marks; a line break ends a sentence."""
    bare = re.sub(r"[“”‹›•…✓]", "", shown(key, "en", params))
    return re.sub(r"(?<![.!?:])\n+", ". ", bare).strip()


def is_short(text: str) -> bool:
    return textstat.lexicon_count(text) < SHORT


def grade_of_labels(labels: list[str]) -> float:
    """Flesch and Kincaid's grade over short texts, each of which is a sentence."""
    words = sum(map(textstat.lexicon_count, labels))
    syllables = sum(map(textstat.syllable_count, labels))
    return 0.39 * words / len(labels) + 11.8 * syllables / words - 15.59


def subject(key: str) -> str:
    """Questions and options belong to their symptom, all else to the first word of its key."""
    parts = key.split(".")
    return parts[1] if parts[0] in ("o", "q") else parts[0]


def chinese_sentences(text: str) -> list[str]:
    """Each without its ending; what is in another language is not counted."""
    found = re.findall(r"[^。？！；\n]+[。？！；]?", text)
    return [one.strip() for one in found if re.search(r"[\u4e00-\u9fff]", one)]


def length(sentence: str) -> int:
    return len(sentence.rstrip("。？！；"))


def test_what_is_read_by_staff_is_told_apart_by_its_file_or_its_name():
    found = set(keys_for_patients("en"))
    assert {"home.text", "dose.ask", "q.nausea.eating", "sf36.1", "visit.hold"} <= found
    assert not {"page.login", "sms.alert", "term.creatinine_increased"} & found


def test_english_texts_read_at_grade_6_or_less():
    texts = {key: english(key) for key in keys_for_patients("en")}
    graded = {text: textstat.flesch_kincaid_grade(text) for text in texts.values() if not is_short(text)}
    assert {text: grade for text, grade in graded.items() if grade > HARDEST} == {}


def test_english_questions_read_at_grade_6_or_less_as_they_are_asked():
    asked = {english(step.text, step.params) for step in STEPS}
    graded = {text: textstat.flesch_kincaid_grade(text) for text in asked if not is_short(text)}
    assert {text: grade for text, grade in graded.items() if grade > HARDEST} == {}


def test_english_buttons_and_names_read_at_grade_6_or_less_by_subject():
    by_subject = defaultdict(list)
    for key in keys_for_patients("en"):
        text = english(key)
        if is_short(text) and textstat.lexicon_count(text) and subject(key) != "weekday":
            by_subject[subject(key)].append(text)
    graded = {name: grade_of_labels(labels) for name, labels in by_subject.items()}
    assert {name: (graded[name], by_subject[name]) for name in graded if graded[name] > HARDEST} == {}


def chinese_of(step: Step) -> Iterator[str]:
    yield shown(step.text, "zh-CN", step.params)
    for choice in step.choices:
        yield shown(choice.label, "zh-CN", choice.params)


@pytest.mark.parametrize("flow", FLOWS)
def test_chinese_questions_and_buttons_of_a_flow_have_sentences_of_at_most_25_characters(flow):
    said = {one for step in FLOWS[flow].steps for text in chinese_of(step) for one in chinese_sentences(text)}
    assert {one: length(one) for one in said if length(one) > LONGEST} == {}


def test_chinese_questions_and_buttons_anywhere_have_sentences_of_at_most_25_characters():
    """A question ends with its mark; a button has none at all."""
    said = [shown(key, "zh-CN") for key in keys_for_patients("zh_CN")]
    asked = [one for text in said for one in chinese_sentences(text) if one.endswith("？")]
    buttons = [text for text in said if chinese_sentences(text) and not re.search(r"[。；：:？！\n]", text)]
    assert {one: length(one) for one in (*asked, *buttons) if length(one) > LONGEST} == {}


def test_what_is_told_in_chinese_has_sentences_of_at_most_40_characters():
    said = [shown(key, "zh-CN") for key in keys_for_patients("zh_CN")]
    told = {one: length(one) for text in said for one in chinese_sentences(text)}
    assert {one: n for one, n in told.items() if n > LONGEST_TOLD} == {}
