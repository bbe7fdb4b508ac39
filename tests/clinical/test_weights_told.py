"""Weights of one week, told one after the other in English: which are weights, and how far they rose."""

import pytest

from app.clinical.triage.measures import both
from app.clinical.triage.weights import weights_risen


def table(rows):
    return pytest.mark.parametrize(("text", "risen"), rows)


@table([
    ("monday 70 kg, friday 73 kg, it was a good week", True),
    ("73 kg, it was 70 kg on monday", True),
    ("71 kg, it was 73 kg on monday", False),
    ("monday 60 kg, friday 62 kg", True),
    ("monday 60 kg, friday 61.9 kg", False),
    ("monday 60 kg, friday 80 kg", True),
    ("monday 60 kg, friday 80.1 kg", False),
    ("monday 35 kg, friday 37 kg", True),
    ("monday 34.9 kg, friday 37 kg", False),
    ("monday 198 kg, friday 200 kg", True),
    ("monday 198 kg, friday 200.1 kg", False),
    ("friday 62 kg", False),
    ("monday 63 kg, friday 60 kg", False),
    ("monday 60 kg, tuesday 63 kg, friday 60 kg", True),
    ("monday 63 kg, tuesday 60 kg, friday 62 kg", True),
    ("monday 62, friday 65", False),
    ("on the scales monday 62, friday 65", True),
    ("weighed 62 then 65", False),
    ("lost it, monday 62 kg, friday 65 kg", False),
    ("62 kg in march, 65 kg in april, two months", False),
])  # fmt: skip
def test_two_kilos_and_more_between_two_weights_of_one_week_are_a_rise(text, risen):
    assert bool(weights_risen(text)) is risen


@table([
    ("the 3rd 60 kg, the 4th 63 kg", True),
    ("the 3rd 60 kg, the 10th 63 kg", True),
    ("the 3rd 60 kg, the 11th 63 kg", False),
    ("the 3rd 60 kg, the 3rd 63 kg", False),
    ("the 3rd 60 kg, then 63 kg", False),
    ("the 8th 60 kg, the 3rd 63 kg", False),
    ("the 1st 60 kg, the 9th 61 kg, the 7th 63 kg", True),
    ("each morning 60 kg, 61 kg, 63 kg", True),
    ("every day 60 kg, 61 kg, 63 kg", True),
    ("60 kg on the 3rd, 63 kg on the 4th, for years", False),
])  # fmt: skip
def test_a_week_is_named_or_counted_in_dates(text, risen):
    assert bool(weights_risen(text)) is risen


@table([
    ("weighed 131 monday, 134 friday", True),
    ("weighed 134 monday, 134.9 friday", False),
    ("weighed 135 monday, 139.5 friday", True),
    ("weighed 135 monday, 139 friday", False),
    ("monday 150 lb, friday 154.5", True),
    ("monday 150 lb, friday 153", False),
    ("monday 80 lb, friday 83", False),
    ("monday 80 lb, friday 85", True),
    ("monday 150 kg, friday 153 kg", True),
    ("monday 11 stone, friday 11 stone 5", True),
    ("monday 11 stone 2, friday 11 stone 6", False),
    ("monday 11 stone 2, friday 11 stone 7", True),
    ("monday 11 stone 13, friday 12 st", False),
    ("monday 11 stone 13, friday 12 st and 4", True),
    ("monday 11 stone 70 kg, friday 71 kg", False),
    ("monday 70 kg, friday 12 stone", True),
    ("monday 12 stone, friday 70 kg", False),
    ("monday 74.5 kg, friday 12 stone", False),
    ("weighed 135 mg monday, 139.5 friday", False),
    ("weighed 62 monday, age 65", False),
    ("weighed 62 monday, pulse is 65", False),
    ("pulse 62, weighed monday 62, friday 65", True),
])  # fmt: skip
def test_a_bare_weight_is_in_the_unit_before_it_or_by_its_size(text, risen):
    assert bool(weights_risen(text)) is risen


@table([
    ("now 64 kg, was 61 kg on monday", True),
    ("64 kg now, 61 kg on monday", True),
    ("now 61 kg, was 64 kg on monday", False),
    ("tuesday 64 kg, was 61 kg on monday", False),
    ("now 61 kg, friday 64 kg", True),
    ("now" + " " * 13 + "64 kg, was 61 kg on monday", True),
    ("now" + " " * 14 + "64 kg, was 61 kg on monday", False),
    ("so now" + " " * 13 + "64 kg, was 61 kg on monday", True),
    ("monday: 64 kg" + " " * 13 + "now" + " " * 20 + "61 kg before", True),
    ("monday: 64 kg" + " " * 14 + "now" + " " * 20 + "61 kg before", False),
])  # fmt: skip
def test_the_weight_of_now_may_be_told_first(text, risen):
    assert bool(weights_risen(text)) is risen


def test_a_rise_reaches_from_the_first_weight_to_the_last():
    text = "well, monday 60 kg, then 61 kg, friday 63.5 kg now"
    start, end = text.index("60"), text.index(" now")
    assert weights_risen(text) == both(start, end, "rapid_weight_gain", "other")
