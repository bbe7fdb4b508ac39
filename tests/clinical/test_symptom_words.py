"""Both languages have words for all that a patient is asked about symptoms."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.clinical.grading import FAMILIES, TERMS
from app.clinical.symptoms import ASKED, FLAGS, QUESTIONS

TEXTS = Path(__file__).parents[2] / "app" / "texts"
# The most that a button shows whole: 20 Chinese or 40 Latin characters.
LABEL = {"zh_CN": 20, "en": 40}


def words(language):
    with (TEXTS / language / "symptoms.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def needed():
    yield from (f"family.{family}" for family in FAMILIES)
    yield from (f"term.{term}" for term in {*TERMS, *ASKED})
    yield from (f"flag.{flag}" for flag in FLAGS)
    for question in QUESTIONS.values():
        yield f"q.{question.code}"
        yield from (f"o.{question.code}.{option.code}" for option in question.options)


@pytest.mark.parametrize("language", LABEL)
def test_the_catalogue_has_exactly_the_words_that_are_needed(language):
    texts = words(language)
    assert set(texts) == set(needed())
    assert all(text.strip() for text in texts.values())


@pytest.mark.parametrize("language", LABEL)
def test_every_label_fits_its_button_and_differs_from_the_others(language):
    texts = words(language)
    for question in QUESTIONS.values():
        labels = [texts[f"o.{question.code}.{option.code}"] for option in question.options]
        assert len(set(labels)) == len(labels)
        assert max(map(len, labels)) <= LABEL[language]


@pytest.mark.parametrize(("language", "longest"), [("zh_CN", 45), ("en", 125)])
def test_every_question_is_short(language, longest):
    texts = words(language)
    assert {q for q in QUESTIONS if len(texts[f"q.{q}"]) > longest} == set()


def test_the_chinese_is_chinese_and_the_english_is_not():
    chinese, english = words("zh_CN"), words("en")
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in chinese.values())
    assert not any("\u4e00" <= letter <= "\u9fff" for t in english.values() for letter in t)
