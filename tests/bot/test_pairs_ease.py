"""The long last screen is short enough to be seen: small buttons stand in pairs."""

import pytest

from app.texts import Reader
from app.texts.render import render


def rows(*labels: str) -> list[list[str]]:
    told = [{"label": {"words": one}, "data": one, "paired": True} for one in labels]
    shown = render("home.text", {"buttons": [told]}, Reader("en", "UTC"))
    return [[button.label for button in row] for row in shown.buttons]


def test_two_short_ones_stand_side_by_side_and_a_long_one_alone():
    long = "so long that half a phone cuts it"
    assert rows("a", "b", "c") == [["a", "b"], ["c"]]
    assert rows("a", long, "b", "c") == [["a"], [long], ["b", "c"]]
    assert rows(long, long) == [[long], [long]]


def test_a_chinese_character_is_as_wide_as_two_letters():
    assert rows("十个字的放不下一半行", "短") == [["十个字的放不下一半行"], ["短"]]
    assert rows("九个字的刚好放得下", "短") == [["九个字的刚好放得下", "短"]]


@pytest.mark.parametrize(("language", "most"), [("zh-CN", 11), ("en", 14)])
def test_the_last_screen_fits_a_phone_and_the_way_on_stands_under_the_warning_signs(linked, language, most):
    linked.says("/language")
    linked.taps(f"language:{language}")
    last = linked.taps("go:symptoms", "symptoms.which:gi", "symptoms.gi.one:nausea", "nausea.eating:less",
                       "nausea.consequences:no")  # fmt: skip
    assert len(last.buttons) <= most
    assert [one.data for one in last.buttons[-2]][-1] == "symptoms.last:ok"
