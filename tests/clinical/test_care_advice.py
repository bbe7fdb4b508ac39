"""Advice by symptom and grade, each with its source, and what counts as a question."""

import pytest

from app.clinical.advice import ADVICE, MOST, advice_for
from app.clinical.grading.term import Grade
from app.clinical.questions import is_question
from app.clinical.symptoms import TERMS_ASKED
from app.texts import catalogue


def grade(term: str, value: int) -> Grade:
    return Grade(term, value, None, TERMS_ASKED[term].family)


def keys(*grades: Grade) -> list[str]:
    return [one.key for one in advice_for(grades)]


def test_swelling_is_weighed():
    assert keys(grade("edema_limbs", 1)) == ["advice.weigh", "advice.legs_up"]


def test_what_is_worst_comes_first_and_two_lines_are_all():
    assert keys(grade("fatigue", 1), grade("vomiting", 2))[0] == "advice.not_again"
    assert len(keys(*(grade(term, 1) for term in TERMS_ASKED))) == MOST


@pytest.mark.parametrize("grades", [(3,), (1, 3), (4,)])
def test_at_grade_3_a_nurse_says_what_to_do(grades):
    assert keys(*(grade(term, value) for term, value in zip(("nausea", "diarrhea"), grades, strict=False))) == []


def test_what_does_not_bother_gets_no_advice():
    assert keys(grade("nausea", 0)) == []


def test_every_advice_is_for_symptoms_that_are_asked_and_has_words_and_a_source():
    for one in ADVICE:
        assert set(one.terms) <= set(TERMS_ASKED)
        assert set(one.grades) <= {1, 2}
        assert one.source in ("protocol", "safety", "comfort")
        assert all(one.key in catalogue(language) for language in ("en", "zh-CN"))


@pytest.mark.parametrize("text", [
    "可以喝茶吗？", "可以喝茶吗", "能不能吃西柚", "这个药要不要停", "恶心怎么办", "请问几点吃药", "下次什么时候抽血",
    "Can I take ibuprofen with it", "hello nurse, may I drink tea", "Is it ok to eat grapefruit.",
    "I feel fine. Should I still come", "what about tea", "Tea?", "喝茶行吗",
])  # fmt: skip
def test_what_asks_something(text):
    assert is_question(text)


@pytest.mark.parametrize("text", [
    "谢谢", "今天有点恶心", "我吃了药", "腿有点肿，能走路", "thank you", "I can not sleep", "My leg is swollen",
    "I am well", "the nurse was kind", "",
])  # fmt: skip
def test_what_asks_nothing(text):
    assert not is_question(text)


def test_a_question_without_its_mark_ends_before_the_full_stop():
    assert is_question("这药伤胃吗。") and is_question("这药伤胃吗！ ")
