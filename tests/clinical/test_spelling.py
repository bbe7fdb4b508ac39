"""Slips of the finger in English: which are mended, and which words are left alone."""

import pytest

from app.clinical.triage.spelling import LONGEST, SHORTEST, WORDS, meant

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slips(word):
    """Every way to leave out, put in, change or swap one letter after the first."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        yield from (head + letter + tail for letter in LETTERS)
        yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def meanings():
    """For each slip, the words that it may be a slip of."""
    found = {}
    for word in WORDS:
        for slip in slips(word):
            found.setdefault(slip, set()).add(word)
    return found


MEANINGS = meanings()
SOME = sorted(slip for slip in MEANINGS if SHORTEST <= len(slip) <= LONGEST)[::53]


def test_one_slip_is_read_as_the_first_word_that_it_may_be_or_is_a_word_itself():
    read = {slip: meant(slip) for slip in SOME}
    wrong = {s: word for s, word in read.items() if word not in (s, min(MEANINGS[s]))}
    left = [slip for slip, word in read.items() if word == slip and slip not in WORDS]
    assert wrong == {}
    assert len(left) < len(SOME) / 50, "few slips are words in their own right"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("swleling", "swelling"),
        ("swlelign", "swlelign"),
        ("sweling", "swelling"),
        ("fianted", "fainted"),
        ("breathing", "breathing"),
        ("brethaing", "breathing"),
        ("brethign", "breathing"),
        ("brthign", "brthign"),
        ("breeatthing", "breathing"),
        ("palpittatoins", "palpitations"),
        ("palpittatoinz", "palpittatoinz"),
        ("unconcious", "unconscious"),
        ("unkonshious", "unconscious"),
        ("dehidratted", "dehydrated"),
        ("ausea", "ausea"),
        ("nuasea", "nausea"),
        ("anusea", "anusea"),
        ("feve", "feve"),
        ("fevr", "fevr"),
        ("fevre", "fever"),
        ("ferve", "ferve"),
        ("feevr", "fever"),
        ("fewer", "fewer"),
        ("blod", "blood"),
        ("pian", "pain"),
    ],
)
def test_a_short_word_may_have_one_slip_and_a_long_one_two(typed, read):
    assert meant(typed) == read
