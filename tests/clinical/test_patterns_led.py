"""Patterns behind a look at their first letters: which letters those are, and where none can be told."""

import pytest

from app.clinical.triage.chinese_patterns import any_led, led, led_by_code

DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("ab", "a"),
        ("[ba]c", "ab"),
        ("[^a]c", None),
        ("[a-c]d", None),
        (r"[\d]a", None),
        (r"\d天", DIGITS),
        (r"a?\d天", DIGITS + "a"),
        (r"\d?天", DIGITS + "天"),
        ("(?:a|b)c", "ab"),
        ("(?>a|b)c", "ab"),
        ("(?:a|.)c", None),
        ("(?:a(?:x|y)|b)c", "ab"),
        ("(?:)c", None),
        ("(?=x)a", "a"),
        ("(?!x)a", "a"),
        ("(?<=x)a", "a"),
        ("(?<!x)a", "a"),
        ("(?!(?:x|y))(?<!z)ab", "a"),
        ("(?![)])ab", "a"),
        ("(?![(])ab", "a"),
        ("a?b", "ab"),
        ("a*b", "ab"),
        ("a{0,3}bc", "ab"),
        ("a{0,12}bc", "ab"),
        ("a{1,3}b", "a"),
        ("a+b", "a"),
        ("[ab]?c", "abc"),
        ("(?:a|b)?c", "abc"),
        ("a?[bc]d", "abc"),
        ("a?(?:b|c)d", "abc"),
        ("a?(?!x)b", "ab"),
        ("a?.b", None),
        ("a?", None),
        ("", None),
        ("(?!x)", None),
        ("^a", None),
        ("$", None),
        (".a", None),
        (r"\ba", None),
        ("(a)b", None),
    ],
)
def test_the_letters_that_begin_a_pattern_are_looked_for_first(pattern, letters):
    expected = f"(?:{pattern})" if letters is None else f"(?=[{letters}])(?:(?:{pattern}))"
    assert led([pattern]) == expected


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        (["b", "a"], "(?=[ab])(?:(?:b)|(?:a))"),
        (["b|a"], "(?=[ab])(?:(?:b)|(?:a))"),
        (["b|"], "(?=[b])(?:(?:b))|(?:)"),
        (["[|]a|b"], "(?=[b|])(?:(?:[|]a)|(?:b))"),
        (["(?:a|b)c|d"], "(?=[abd])(?:(?:(?:a|b)c)|(?:d))"),
        (["a(?:b|c(?:d|e))|f"], "(?=[af])(?:(?:a(?:b|c(?:d|e)))|(?:f))"),
        ([".a", "b", "^c"], "(?=[b])(?:(?:b))|(?:.a)|(?:^c)"),
        ([], ""),
    ],
)
def test_each_alternative_is_led_on_its_own(alternatives, expected):
    assert led(alternatives) == expected


def test_a_led_pattern_finds_any_of_its_alternatives():
    pattern = any_led(["ab|.d", "[ce]f"])
    assert [match.group() for match in pattern.finditer("ab cf xd b f")] == ["ab", "cf", "xd"]


def test_each_code_has_its_own_pattern():
    patterns = led_by_code({"one": ["a", "b"], "two": ["c"]})
    assert {code: [bool(found.fullmatch(x)) for x in "abc"] for code, found in patterns.items()} == {
        "one": [True, True, False], "two": [False, False, True],
    }  # fmt: skip
