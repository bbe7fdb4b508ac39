"""A text too long for Telegram goes in parts; nothing of it is cut off."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.senders.parts import LONGEST, parts_of, units


def test_a_short_text_stays_as_it_is():
    assert parts_of(" short \n\n text ") == [" short \n\n text "]


def test_a_long_text_is_parted_between_paragraphs():
    first, second = "a" * 3000, "b" * 3000
    assert parts_of(f"{first}\n\n{second}") == [first, second]


@pytest.mark.parametrize("pause", ["\n", "。", ". ", "，", " "])
def test_a_long_paragraph_is_parted_at_the_best_pause_that_it_has(pause):
    first, second = parts_of("长" * 3000 + pause + "短" * 3000)
    assert (first, second) == (("长" * 3000 + pause).strip(), "短" * 3000)


def test_emoji_are_counted_as_telegram_counts_and_never_halved():
    parts = parts_of("👨‍👩‍👧" * 2000)
    assert all(units(part) <= LONGEST for part in parts)
    assert "".join(parts) == "👨‍👩‍👧" * 2000


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 。\n😀ب,.", min_size=0, max_size=300), st.integers(8, 40))
def test_nothing_but_blanks_between_parts_is_lost(text, longest):
    parts = parts_of(text, longest)
    assert all(units(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
