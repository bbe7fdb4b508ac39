"""Weights in English text: several of one week, and how much they rose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.clinical.triage.measures import (
    GAIN_KG,
    LONGER,
    LOST,
    WITHIN_WEEK,
    both,
    unit_kg,
)
from app.clinical.triage.status import Mention

LEAST_KG, MOST_KG = 35.0, 200.0
MOST_GAIN_KG = 20.0  # more in a week is another number, not a weight
POUNDS_FROM = 135.0  # a bare number from here up, where nothing names a unit, is in pounds
DAYS = 7
_SPOKEN_OF = re.compile(r"weigh|\bwt\b|scales?\b|\bkgs?\b|kilo|\blbs?\b|pounds?\b|\bstones?\b")
_NUMBER = re.compile(
    r"(?<![\d./:-])(?P<n>\d{2,3}(?:\.\d{1,2})?)(?![\d/:]|\.\d)\s*"
    r"(?P<u>kgs?\b|kilos?\b|kilograms?\b|lbs?\b|pounds?\b)?"
    r"(?!\s*(?:years?|yrs?|yo\b|mg|%|bpm|degrees|°|℃|cm|mm|ml|am\b|pm\b|steps|st\b|nd\b|rd\b|th\b))"
)
_STONE = re.compile(r"(?<![\d.])(?P<s>\d{1,2}) ?(?:stones?|st)\b(?: (?:and )?(?P<p>\d|1[0-3])\b)?")
_NO_WEIGHT = re.compile(
    r"(?:\bbp|pulse|heart rate|\bhr|\bage|\baged|temp\w*|\bdays?)"
    r"\W{0,3}(?:is |was |of )?$"
)
_OTHER_NUMBERS = re.compile(
    r"\b(?:hb|ha?emoglobin|glucose|sugars?|mmol|psa|creatinine|wbc|platelets?|cholesterol|hba1c|f)\b"
)
_NOW = re.compile(r"\b(?:now|today|this morning)\b")
_THEN = re.compile(r"\b(?:last|was|were|ago|back|before|on|from|yesterday)\b")
_WAS = re.compile(r"\b(?:it was|prev\w*)\b")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_IN_ORDER = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)\b|\b(\d{{1,2}}) {_MONTH}\b|\b{_MONTH} (\d{{1,2}})\b"
)
_IN_A_ROW = re.compile(r"\beach morning\b|\bevery (?:day|morning)\b")


@dataclass(frozen=True, slots=True)
class _Weight:
    start: int
    end: int
    kg: float


def weights_risen(plain: str) -> list[Mention]:
    """A rise of 2 kg or more between two weights that are told of one week."""
    if not _of_one_week(plain) or LOST.search(plain) or _OTHER_NUMBERS.search(plain):
        return []
    told = _weights(plain)
    if not _SPOKEN_OF.search(plain):  # a number with tenths speaks for itself
        told = [one for one in told if "." in plain[one.start : one.end]]
    if len(told) < 2 or not GAIN_KG <= _rise_kg(plain, told) <= MOST_GAIN_KG:
        return []
    return both(told[0].start, told[-1].end, "rapid_weight_gain", "other")


def _of_one_week(plain: str) -> bool:
    if LONGER.search(plain):
        return False
    days = [int("".join(found)) for found in _IN_ORDER.findall(plain)]
    close = bool(days) and 0 < days[-1] - days[0] <= DAYS
    return close or bool(WITHIN_WEEK.search(plain) or _IN_A_ROW.search(plain))


def _weights(plain: str) -> list[_Weight]:
    found = [_in_stone(match) for match in _STONE.finditer(plain)]
    usual = 1.0
    for match in _NUMBER.finditer(plain):
        usual = unit_kg(match["u"]) if match["u"] else usual
        if not _NO_WEIGHT.search(plain[: match.start()]):
            found.append(_plain_weight(match, usual))
    return sorted(
        (one for one in found if LEAST_KG <= one.kg <= MOST_KG), key=lambda one: one.start
    )


def _plain_weight(match: re.Match[str], usual: float) -> _Weight:
    number = float(match["n"])
    kg = 0.4536 if usual == 1.0 and not match["u"] and number >= POUNDS_FROM else usual
    return _Weight(match.start(), match.end(), number * kg)


def _in_stone(match: re.Match[str]) -> _Weight:
    kg = int(match["s"]) * 6.35 + int(match["p"] or 0) * 0.4536
    return _Weight(match.start(), match.end(), kg)


def _rise_kg(plain: str, told: Sequence[_Weight]) -> float:
    """The greatest rise in the order of telling, or from the second back to a first of today."""
    first, second = told[0], told[1]
    now, then = _NOW.search(_around(plain, first)), _THEN.search(_around(plain, second))
    if now and then or _WAS.search(plain, first.end, second.start):
        return first.kg - second.kg
    return max(later.kg - one.kg for at, one in enumerate(told) for later in told[at:])


def _around(plain: str, one: _Weight) -> str:
    return plain[max(0, one.start - 16) : one.end + 16]
