"""SF-36: its scales and summaries, and the project's own words for it."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import app.texts
from app.clinical.errors import ClinicalError
from app.clinical.sf36 import ITEMS, SCALES, change, score

TEXTS = Path(app.texts.__file__).parent
BEST = [1, 1, *[3] * 10, *[2] * 7, 1, 1, 1, 1, 6, 6, 1, 1, 6, 6, 1, 6, 5, 5, 1, 5, 1]
WORST = [item.options + 1 - answer for item, answer in zip(ITEMS, BEST, strict=True)]
MIDDLE = [
    3, 3, *[2] * 10, 2, 1, 2, 1, 2, 1, 2, 2, 3, 3, 3, 4, 5, 3, 3, 5, 4, 3, 4, 4, 3, 3, 3, 3
]  # fmt: skip
PUBLISHED = [
    1, 2, 3, 2, 3, 2, 3, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 3, 3, 2, 3, 2, 1, 2, 1, 2, 1, 2, 3,
    2, 1, 1, 2, 3,
]  # fmt: skip


def answered(answers, base=None):
    """The answers by position; the others as in the base, or unanswered."""
    items = list(base) if base else [None] * 36
    for position, answer in answers.items():
        items[position - 1] = answer
    return items


@pytest.mark.parametrize(
    ("items", "scales", "means", "t_scores"),
    [
        (PUBLISHED, (55, 50, 62, 55, 50, 37.5, 33.333333, 40), (55.5, 40.208333),
         (44.402796, 32.311045)),
        (BEST, (100,) * 8, (100, 100), (57.87244, 62.136556)),
        (MIDDLE, (50, 50, 52, 52, 60, 75, 66.666667, 68), (51, 67.416667),
         (36.400329, 50.814482)),
    ],
    ids=["published", "best", "middle"],
)  # fmt: skip
def test_known_answers_give_the_published_scores(items, scales, means, t_scores):
    result = score(items)
    assert result.scales == pytest.approx(dict(zip(SCALES, scales, strict=True)), abs=1e-6)
    assert (result.pcs_mean, result.mcs_mean) == pytest.approx(means, abs=1e-6)
    assert (result.pcs_t, result.mcs_t) == pytest.approx(t_scores, abs=1e-6)


def test_the_worst_answers_give_0_in_every_scale():
    result = score(WORST)
    assert set(result.scales.values()) == {0.0}
    assert (result.pcs_mean, result.mcs_mean) == (0.0, 0.0)


def test_the_form_has_its_36_items_in_the_printed_order():
    numbers = [f"3{x}" for x in "abcdefghij"] + [f"4{x}" for x in "abcd"]
    numbers += [f"5{x}" for x in "abc"] + ["6", "7", "8"] + [f"9{x}" for x in "abcdefghi"]
    assert [item.number for item in ITEMS] == ["1", "2", *numbers, "10", "11a", "11b", "11c", "11d"]
    assert [item.position for item in ITEMS] == list(range(1, 37))


def test_every_item_but_the_second_belongs_to_one_scale():
    belonging = sorted(position for positions, *_ in SCALES.values() for position in positions)
    assert belonging == [1, *range(3, 37)]


def test_the_change_of_health_over_a_year_moves_no_scale():
    assert score(answered({2: 5}, BEST)) == score(answered({2: None}, BEST)) == score(BEST)


@pytest.mark.parametrize(
    ("scale", "enough"),
    [("PF", 5), ("RP", 2), ("BP", 1), ("GH", 3), ("VT", 2), ("SF", 1), ("RE", 2), ("MH", 3)],
)
def test_a_scale_needs_half_its_items(scale, enough):
    positions = SCALES[scale][0]
    best = {position: BEST[position - 1] for position in positions[:enough]}
    assert score(answered(best)).scales[scale] == pytest.approx(100)
    too_few = dict.fromkeys(positions[enough - 1 :])
    assert score(answered(too_few, BEST)).scales[scale] is None


def test_an_unanswered_item_takes_the_mean_of_the_persons_others():
    assert score(answered({3: 1, 4: 2, 5: 3, 6: 3, 7: 3})).scales["PF"] == pytest.approx(70)


def test_without_one_scale_there_is_no_summary():
    result = score(answered({20: None, 32: None}, BEST))
    assert result.scales["SF"] is None
    assert result.scales["PF"] == 100
    assert [result.pcs_mean, result.mcs_mean, result.pcs_t, result.mcs_t] == [None] * 4


def test_a_form_without_any_answer_scores_nothing():
    assert set(score([None] * 36).scales.values()) == {None}


@pytest.mark.parametrize(
    ("pain", "interference", "scale"),
    [
        (1, 1, 100), (2, 1, 84), (6, 1, 40), (1, 2, 80), (1, 5, 50), (3, 2, 62), (6, 5, 0),
        (None, 1, 100), (None, 2, 75), (None, 3, 50), (None, 4, 25), (None, 5, 0),
        (1, None, 100), (2, None, 88), (6, None, 0),
    ],
)  # fmt: skip
def test_how_much_pain_interferes_counts_by_how_much_pain_there_is(pain, interference, scale):
    result = score(answered({21: pain, 22: interference}))
    assert result.scales["BP"] == pytest.approx(scale)


@pytest.mark.parametrize("count", [0, 35, 37])
def test_a_form_of_another_length_is_refused(count):
    with pytest.raises(ClinicalError) as refused:
        score([None] * count)
    assert refused.value.field == "items"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.number)
def test_an_answer_outside_the_options_is_refused_at_its_place(item):
    for answer in (0, -1, item.options + 1, True, 1.0, "1"):
        with pytest.raises(ClinicalError) as refused:
            score(answered({item.position: answer}, BEST))
        assert refused.value.field == f"items/{item.position - 1}"
        assert item.number in str(refused.value)


FORMS = st.tuples(*(st.none() | st.integers(1, item.options) for item in ITEMS))


@given(FORMS)
def test_every_scale_and_mean_lies_between_0_and_100(form):
    result = score(form)
    shown = [*result.scales.values(), result.pcs_mean, result.mcs_mean]
    assert all(-1e-9 <= value <= 100 + 1e-9 for value in shown if value is not None)


@given(st.tuples(*(st.integers(1, item.options) for item in ITEMS)))
def test_a_full_form_has_every_score(form):
    result = score(form)
    shown = [result.pcs_mean, result.mcs_mean, result.pcs_t, result.mcs_t]
    assert None not in (*shown, *result.scales.values())


def words(folder):
    with (TEXTS / folder / "sf36.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def keys():
    options = {code for item in ITEMS for code in item.option_codes}
    return {item.code for item in ITEMS} | options | {"sf36.intro", "sf36.unvalidated"}


@pytest.mark.parametrize(
    ("folder", "longest", "longest_label"), [("en", 130, 22), ("zh_CN", 50, 9)]
)
def test_every_question_and_answer_has_words_that_fit_a_phone(folder, longest, longest_label):
    texts = words(folder)
    assert set(texts) == keys()
    assert all(texts.values())
    questions = [texts[item.code] for item in ITEMS]
    labels = [text for key, text in texts.items() if key.startswith("sf36.o.")]
    assert len(set(questions)) == 36
    assert max(map(len, questions)) <= longest
    assert max(map(len, labels)) <= longest_label


@pytest.mark.parametrize("folder", ["en", "zh_CN"])
def test_no_two_answers_to_a_question_read_the_same(folder):
    texts = words(folder)
    for item in ITEMS:
        assert len({texts[code] for code in item.option_codes}) == item.options


def test_a_change_is_after_minus_before_and_unknown_where_either_is():
    assert change({"PF": 50.0, "RP": None, "VT": 40.0}, {"PF": 62.5, "RP": 25.0, "VT": None}) == {
        "PF": 12.5, "RP": None, "VT": None}  # fmt: skip
    assert change({}, {"MH": 80.0}) == {"MH": None}
