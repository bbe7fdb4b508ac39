"""A text of any length is read to its end, and where its parts meet."""

import pytest

from app.clinical.triage import read_whole, triage
from app.clinical.triage.read import LONGEST

CALM = "谢谢您。"  # says nothing of a symptom
FLAG = "我吐血了。"


def padded(before: int, then: str = FLAG) -> str:
    return (CALM * (before // len(CALM) + 1))[:before] + then


@pytest.mark.parametrize("before", [
    0, LONGEST - 3, LONGEST - 2, LONGEST - 1, LONGEST, LONGEST + 500, 2 * LONGEST - 203, 3 * LONGEST,
])
def test_a_red_flag_is_found_and_marked_wherever_it_stands(before):
    text = padded(before)
    found = read_whole(text)
    assert (found.red_flags, found.categories, found.understood) == (("gi_bleeding",), ("gi",), True)
    assert all("血" in text[one.start : one.end] or text[one.start : one.end] == "吐" for one in found.spans)
    assert {(one.start, one.end, one.code) for one in found.spans} == {
        (one.start + before, one.end + before, one.code) for one in triage(FLAG, "zh-CN").spans
    }


def test_what_stands_where_two_parts_overlap_is_told_once():
    found = read_whole(padded(LONGEST - 100, FLAG + CALM * 60))
    assert len(found.spans) == len(set(found.spans)) == len(triage(FLAG, "zh-CN").spans)


def test_families_come_in_their_usual_order_from_any_part():
    found = read_whole("恶心。" + padded(LONGEST, "腿肿。"))
    assert found.categories == ("edema", "gi")


@pytest.mark.parametrize("text", ["", "  \n ", " " * (2 * LONGEST)])
def test_nothing_is_found_where_nothing_is_said(text):
    found = read_whole(text)
    assert (found.categories, found.red_flags, found.spans, found.understood) == ((), (), (), False)


def test_a_short_text_is_read_as_it_is():
    assert read_whole("腿肿，没有发烧") == triage("腿肿，没有发烧", "zh-CN")
