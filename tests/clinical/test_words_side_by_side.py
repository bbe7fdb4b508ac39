"""How the words of a lexicon become patterns: alternatives at the start of a word, and two words side by side."""

import re

import pytest

from app.clinical.triage.wording import any_of, beside


@pytest.mark.parametrize(
    ("alternatives", "pattern"),
    [
        ((r"\bab", r"\bcd"), r"\b(?:(?:ab)|(?:cd))"),
        (("ab", r"c\bd"), r"(?:ab)|(?:c\bd)"),
        ((r"\bab|cd", "ef"), r"\b(?:(?:ab|cd))|(?:ef)"),
        ((r"(?<!no )(?<!my )\bab",), r"\b(?:(?:(?<!no )(?<!my )ab))"),
        ((r"(?<!no|my)\bab",), r"(?:(?<!no|my)\bab)"),
        ((), ""),
    ],
)
def test_what_begins_at_a_word_is_tried_nowhere_else(alternatives, pattern):
    assert any_of(alternatives).pattern == pattern


BESIDE = {
    "words": beside(r"\bred\b", r"\beyes?\b", 8),
    "without": beside(r"\bred\b", r"\beyes?\b", 8, but="like"),
    "letters": beside("red", "eye", 8),
    "mixed": beside(r"\bred", "eye", 8),
    "mixed too": beside("red", r"\beye", 8),
}


@pytest.mark.parametrize(
    ("which", "text", "found"),
    [
        ("words", "a red eye", "red eye"),
        ("words", "eyes so red", "eyes so red"),
        ("words", "red, and my eye", None),
        ("words", "red and my eye", "red and my eye"),
        ("words", "redeye", None),
        ("words", "tired eye", None),
        ("words", "red. eye", None),
        ("words", "red not eye", None),
        ("words", "red no eye", None),
        ("words", "eye isn't red", None),
        ("words", "red note eye", "red note eye"),
        ("words", "red like eye", "red like eye"),
        ("words", "red XXXX eye", "red XXXX eye"),
        ("without", "red like eye", None),
        ("without", "red not eye", None),
        ("without", "red eye", "red eye"),
        ("letters", "tiredeye", "redeye"),
        ("letters", "eyered", "eyered"),
        ("mixed", "tired eye", None),
        ("mixed", "red xeye", "red xeye"),
        ("mixed", "xeye red", "eye red"),
        ("mixed too", "tired eye", "red eye"),
        ("mixed too", "redeye", None),
        ("mixed too", "eyexred", "eyexred"),
    ],
)
def test_two_words_stand_beside_each_other_in_either_order(which, text, found):
    match = re.search(BESIDE[which], text)
    assert (match and match.group()) == found
