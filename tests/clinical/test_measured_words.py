"""Numbers in a patient's own words: what is a fever, what is usual, what is a gain in a week."""

import pytest

from app.clinical.triage import measures, triage
from app.clinical.triage.measures import fever_measured, low_fever, usual_temperature
from app.clinical.triage.status import Mention


def flags(text):
    return set(triage(text, "en").red_flags)


def test_a_measured_fever_is_a_flag_and_a_complaint():
    spans = triage("Temp 38.5 this morning", "en").spans
    assert {(span.text.strip(), span.kind, span.code) for span in spans} >= {
        ("38.5", "red_flag", "fever"), ("38.5", "category", "other"),
    }  # fmt: skip


def test_a_gain_is_a_flag_and_a_complaint():
    spans = triage("plus 3 kg in 5 days", "en").spans
    assert {(span.text, span.kind, span.code) for span in spans} >= {
        ("3 kg", "red_flag", "rapid_weight_gain"), ("3 kg", "category", "other"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("39°", True),
        ("39 c", True),
        ("38.2", True),
        ("39", False),
        ("烧39", True),
        ("temp" + "x" * 21 + "39", True),
        ("temp" + "x" * 22 + "39", False),
        ("39" + "x" * 11 + "temp", True),
        ("39" + "x" * 12 + "temp", False),
        ("体温37", False),
        ("体温37度半", False),
        ("烧到四十度", True),
        ("烧到四十一度", True),
        ("三十九块", False),
        ("temperature 100 f", False),
        ("temperature 101 f", True),
    ],
)
def test_a_bare_number_is_a_temperature_only_near_a_word_of_heat(text, measured):
    assert bool(fever_measured(text)) is measured


@pytest.mark.parametrize(
    ("limit", "text", "measured"),
    [
        (37.5, "体温37.4", False),
        (37.5, "体温37.5", True),
        (37.5, "体温37度半", True),
        (37.5, "体温37度四", False),
        (37.5, "体温37度五", True),
        (37.5, "烧到三十七度四", False),
        (37.5, "烧到三十七度五", True),
        (37.5, "烧到三十七度半", True),
        (40.5, "烧到四十度", False),
        (40.5, "烧到四十一度", True),
        (41.5, "烧到四十一度", False),
    ],
)
def test_the_tenths_count_where_a_clinic_sets_another_limit(limit, text, measured, monkeypatch):
    monkeypatch.setattr(measures, "FEVER_C", limit)
    assert bool(fever_measured(text)) is measured


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("37.5" + " " * 10 + "fever", True),
        ("37.5" + " " * 11 + "fever", False),
        ("fever" + "," * 23 + "37.5", True),
        ("fever" + "," * 24 + "37.5", False),
        ("fever, 37.5, now 38.0", False),
        ("fever, 37.5, now 37.9", True),
        ("slight fever", True),
        ("fever", False),
    ],
)
def test_a_named_fever_is_low_with_a_lower_number_beside_it(text, low):
    start = text.index("fever")
    assert low_fever(text, Mention(start, start + 5, "red_flag", "fever")) is low
    assert not low_fever(text, Mention(start, start + 5, "category", "other"))


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("temp 36.9", True),
        ("temp 37.0", True),
        ("temp 36.5, then 37.1", False),
        ("temp 98.5 f", True),
        ("temp 98.7 f", False),
        ("体温36.5", True),
        ("temp" + "," * 23 + "36.5", True),
        ("temp" + "," * 24 + "36.5", False),
        ("36.5 temp", False),
        ("temp", False),
        ("fever 36.5", False),
    ],
)
def test_a_temperature_up_to_37_is_no_complaint(text, usual):
    word = next(word for word in ("temp", "体温", "fever") if word in text)
    start = text.index(word)
    said = Mention(start, start + len(word), "category", "other")
    assert usual_temperature(text, said) is usual


def test_a_temperature_below_37_is_not_shown_to_the_nurse():
    assert triage("temp 36.5 this morning", "en").spans == ()


@pytest.mark.parametrize(
    ("text", "gained"),
    [
        ("I ate 3 kg of apples this week", False),
        ("gained 3 kg", False),
        ("30 kg heavier this week", False),
        ("29 kg heavier this week", True),
        ("from 61 to 62 kg this week", False),
        ("from 61 to 63 kg this week", True),
        ("from 130 to 133 lb this week", False),
        ("from 130 to 135 lb this week", True),
        ("from 61 to 63 this week", True),
        ("gained 1 and a half kg this week", False),
        ("gained 2 and a half kg this week", True),
        ("一周胖了三斤半", False),
        ("一周胖了一斤半", False),
    ],
)
def test_a_gain_is_a_difference_in_kilograms(text, gained):
    assert ("rapid_weight_gain" in flags(text)) is gained
