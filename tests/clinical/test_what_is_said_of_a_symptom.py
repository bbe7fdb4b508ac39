"""What is said of a symptom, in a small language of its own: where each cue reaches and ends.

A symptom stands in brackets: "no [rash]". The words of English and Chinese are measured apart.
"""

import re

import pytest

from app.clinical.triage.status import Mention, place_of, status_of
from app.clinical.triage.wording import Cues, any_of, by_code

CUES = Cues(
    negators=any_of((r"\bno\b", r"\bnil\b")),
    not_negators=any_of((r"\bno better\b", r"\bhardly-")),
    gap_breaks=any_of((r"\bso\b",)),
    fillers=any_of((r"\bany\b",)),
    gap_limit=4,
    denied_after=any_of((r"^\? none",)),
    gone=any_of((r"\bgone\b",)),
    not_gone=any_of((r"\bnot gone\b",)),
    gone_before=any_of((r"\brid of $",)),
    past=any_of((r"\blast year\b",)),
    lasting=any_of((r"\bsince\b",)),
    possible=any_of((r"\bif\b", r"\bmay\b(?=.*\?)", r"\bcould\b(?=.*\.x)", r"\bshould\b(?!.*too)")),
    possible_after=any_of((r"\bexpected\b",)),
    others=any_of((r"\bfriend\b",)),
    contrast=any_of((r"\bbut\b",)),
)  # fmt: skip


def statuses(text):
    """The status of each symptom in brackets, in order."""
    plain, mentions = "", []
    for part in re.split(r"(\[.*?\])", text):
        word = part.strip("[]") if part.startswith("[") else part
        if part.startswith("["):
            mentions.append(Mention(len(plain), len(plain) + len(word), "category", word))
        plain += word
    place = place_of(plain, mentions, CUES)
    return " ".join(status_of(one, place).status for one in mentions)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("[rash]", "present"),
        ("no [rash]", "negated"),
        ("no, [rash]", "negated"),
        ("no any [rash]", "negated"),
        ("no real [rash]", "negated"),
        ("no silly [rash]", "present"),
        ("no better [rash]", "present"),
        ("no so [rash]", "present"),
        ("no it. [rash]", "present"),
        ("no it but [rash]", "present"),
        ("but it. no [rash]", "negated"),
        ("[rash]? none", "negated"),
        ("[rash] here? none", "present"),
        ("[no rash] here [fever]", "present present"),
        ("it. [no rash] here [fever]", "present present"),
        ("[rash-]no [fever]", "present negated"),
        ("hardly-no [rash]", "negated"),
        ("no [rash] or [fever]", "negated negated"),
        ("no [rash], it or [fever]", "negated negated"),
        ("no [rash], it [fever]", "negated present"),
        ("no [rash], [fever]", "negated present"),
        ("no [rash], [fever], [cough]", "negated negated negated"),
        ("no [rash], [fever], [cough] here", "negated present present"),
        ("no [rash], [fever], or", "negated negated"),
        ("no, or [rash], [fever]", "negated negated"),
    ],
)
def test_a_denial_reaches_over_a_list_and_no_further(text, status):
    assert statuses(text) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("rid of [rash]", "resolved"),
        ("[rash] gone", "resolved"),
        ("[rash] not gone", "present"),
        ("[rash] here. gone", "present"),
        ("[rash]. it gone", "resolved"),
        ("[rash].it gone", "resolved"),
        ("[rash]. she gone", "present"),
        ("[rash] and [fever] gone", "resolved resolved"),
        ("[rash] then [fever] gone", "present resolved"),
        ("[rash] here, gone", "resolved"),
        ("[rash] here, gone abcdefgh", "resolved"),
        ("[rash] here, abcd gone abcd", "resolved"),
        ("[rash] here, gone abcdefghi", "present"),
        ("[rash] here, well", "present"),
        ("[rash] here, gone [fever]", "present present"),
        ("[rash] gone, then [fever]", "resolved present"),
    ],
)
def test_what_is_over_is_said_up_to_the_next_symptom(text, status):
    assert statuses(text) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("last year [rash]", "past"),
        ("[rash] last year", "past"),
        ("[rash], last year", "present"),
        ("[rash] since last year", "present"),
        ("since last year [rash]", "present"),
        ("[rash] but last year", "present"),
        ("[rash]. last year", "present"),
        ("[rash]. last year but", "present"),
        ("[rash]" + " x" * 90 + " last year", "past"),
        ("[rash]" + " x" * 100 + " last year.", "present"),
        ("last year" + " x" * 95 + "[rash]", "past"),
        ("last year" + " x" * 100 + "[rash]", "present"),
    ],
)
def test_what_is_long_past_is_said_in_the_same_clause(text, status):
    assert statuses(text) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("if [rash]", "possible"),
        ("if it, [rash]", "present"),
        ("if it. [rash]", "present"),
        ("may [rash]?", "possible"),
        ("may [rash] here?", "possible"),
        ("may [rash].", "present"),
        ("could [rash].x", "present"),
        ("should [rash]. too", "possible"),
        ("should [rash] too", "present"),
        ("[rash] expected", "possible"),
        ("[rash], expected", "present"),
        ("[rash] but expected", "present"),
        ("friend [rash]", "other_person"),
        ("friend my [rash]", "present"),
        ("my friend [rash]", "other_person"),
        ("friend. [rash]", "present"),
    ],
)
def test_what_is_feared_or_is_of_another_is_not_what_the_patient_has(text, status):
    assert statuses(text) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("friend if [rash]", "other_person"),
        ("last year if [rash]", "possible"),
        ("last year no [rash]", "past"),
        ("no [rash] gone", "negated"),
    ],
)
def test_of_several_cues_the_first_in_order_counts(text, status):
    assert statuses(text) == status


def test_alternatives_are_matched_one_by_one():
    pattern = any_of(("a|b", "cd"))
    assert [match.group() for match in pattern.finditer("b cd a|b")] == ["b", "cd", "a", "b"]
    patterns = by_code({"one": ("a", "b"), "two": ("c",)})
    assert {code: bool(found.fullmatch("b")) for code, found in patterns.items()} == {
        "one": True, "two": False,
    }  # fmt: skip
