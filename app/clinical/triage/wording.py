"""What a language's lexicon holds: how people say a symptom, deny it, and say that it is over."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]
# An alternative that begins at a word: those are tried nowhere else, which is far quicker.
_LED = re.compile(r"((?:\(\?<![^()|]*\))*)\\b")


# What denies the second of two words that stand beside each other.
_STOPS = r"no|nothing|not|without|never|(?:does|do|did|is|are|was|were|has|have)n'?t"


def any_of(alternatives: Iterable[str]) -> Pattern:
    """One pattern that matches any of the alternatives, all in lower case."""
    led: list[str] = []
    others: list[str] = []
    for one in alternatives:
        lead = _LED.match(one)
        if lead:
            led.append(f"(?:{lead.group(1)}{one[lead.end() :]})")
        else:
            others.append(f"(?:{one})")
    return re.compile("|".join(([rf"\b(?:{'|'.join(led)})"] if led else []) + others))


def by_code(wordings: Mapping[str, Iterable[str]]) -> dict[str, Pattern]:
    """A pattern for each code."""
    return {code: any_of(alternatives) for code, alternatives in wordings.items()}


def beside(first: str, second: str, within: int, but: str = "") -> str:
    """Both in one English sentence, in either order, at most so many letters apart.

    Neither "no" nor "not" nor what `but` names may stand between.
    """
    stops = "|".join(filter(None, (_STOPS, but)))
    gap = rf"(?:(?!\b(?:{stops})\b)[^.!?;]){{0,{within}}}?"
    if first.startswith(r"\b") and second.startswith(r"\b"):
        return rf"\b(?:{first}{gap}{second}|{second}{gap}{first})"
    return f"(?:{first}{gap}{second}|{second}{gap}{first})"


@dataclass(frozen=True, slots=True)
class Cues:
    """The words around a symptom that decide whether the writer has it now.

    `negators` reach forward over a gap without `gap_breaks` whose rest, once other symptoms and
    `fillers` are taken out, has at most `gap_limit` letters; a `not_negator` only looks like one.
    `denied_after` denies what stands right before it. `gone` says that it is over, unless
    `not_gone` stands near; `gone_before` says so ahead of the symptom. `past` is long past unless
    `lasting`; `possible` asks or fears, and so does
    `possible_after` behind the symptom; `others` is somebody who is not the patient.
    """

    negators: Pattern
    not_negators: Pattern
    gap_breaks: Pattern
    fillers: Pattern
    gap_limit: int
    denied_after: Pattern
    gone: Pattern
    not_gone: Pattern
    gone_before: Pattern
    past: Pattern
    lasting: Pattern
    possible: Pattern
    possible_after: Pattern
    others: Pattern
    contrast: Pattern


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words for the families and for the red flags, and its cues.

    `weak` words name no place, and count where nothing else is named.
    """

    categories: Mapping[str, Pattern]
    weak: Mapping[str, Pattern]
    red_flags: Mapping[str, Pattern]
    cues: Cues
