"""Patterns of many alternatives that are tried only where a letter begins one of them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from app.clinical.triage.wording import Pattern

_ASSERTS = ("(?=", "(?!", "(?<=", "(?<!")  # these take no letter
_OPTIONAL = re.compile(r"\?|\*|\{0,\d+\}")
_UNKNOWN = "^$.\\("


def any_led(alternatives: Iterable[str]) -> Pattern:
    """One pattern that matches any of the alternatives, as `any_of`, only faster."""
    return re.compile(led(alternatives))


def led_by_code(wordings: Mapping[str, Iterable[str]]) -> dict[str, Pattern]:
    """A pattern for each code."""
    return {code: any_led(alternatives) for code, alternatives in wordings.items()}


def led(alternatives: Iterable[str]) -> str:
    """Any of the alternatives, behind a look at the letters that begin one."""
    initials: set[str] = set()
    led: list[str] = []
    others: list[str] = []
    for one in (part for whole in alternatives for part in _alternatives(whole)):
        letters = _initials(one)
        (others if letters is None else led).append(f"(?:{one})")
        initials |= letters or set()
    first = [f"(?=[{''.join(sorted(initials))}])(?:{'|'.join(led)})"] if led else []
    return "|".join(first + others)


def _initials(pattern: str) -> set[str] | None:
    """The letters with which a match can begin, or None where that is not plain to see."""
    found: set[str] = set()
    at = 0
    while at < len(pattern):
        if pattern.startswith(_ASSERTS, at):
            at = _closed(pattern, at)
            continue
        end, letters = _first(pattern, at)
        if letters is None:
            return None
        found |= letters
        optional = _OPTIONAL.match(pattern, end)
        if not optional:
            return found
        at = optional.end()
    return None


def _first(pattern: str, at: int) -> tuple[int, set[str] | None]:
    """Where the letter, the set or the group ends, and with what it can begin."""
    if pattern[at] == "[":
        end = pattern.index("]", at)
        letters = pattern[at + 1 : end]
        plain = not any(sign in letters for sign in "^-\\")
        return end + 1, set(letters) if plain else None
    if pattern.startswith(r"\d", at):
        return at + 2, set("0123456789")
    if pattern.startswith(("(?:", "(?>"), at):
        end = _closed(pattern, at)
        parts = [_initials(part) for part in _alternatives(pattern[at + 3 : end - 1])]
        known = [part for part in parts if part is not None]
        return end, set().union(*known) if len(known) == len(parts) else None
    return at + 1, None if pattern[at] in _UNKNOWN else {pattern[at]}


def _depths(pattern: str, start: int) -> Iterator[tuple[int, int]]:
    """Every place from the start on that is no part of a set, and how many groups are open."""
    depth, in_set = 0, False
    for at in range(start, len(pattern)):
        sign = pattern[at]
        if in_set:
            in_set = sign != "]"
            continue
        in_set = sign == "["
        depth += (sign == "(") - (sign == ")")
        yield at, depth


def _closed(pattern: str, start: int) -> int:
    """The place behind the group that opens at the start."""
    return next(at + 1 for at, depth in _depths(pattern, start) if depth == 0)


def _alternatives(pattern: str) -> list[str]:
    cuts = [at for at, depth in _depths(pattern, 0) if depth == 0 and pattern[at] == "|"]
    ends = [*cuts, len(pattern)]
    starts = [0, *(cut + 1 for cut in cuts)]
    return [pattern[start:end] for start, end in zip(starts, ends, strict=True)]
