"""Score the SF-36: eight scales and two summaries, by the MOS SF-36 v1 rules.

Ware JE et al., SF-36 Health Survey: Manual and Interpretation Guide, 1993; summaries by the
US 1990 norms. Scales run from 0 (worst) to 100 (best).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.clinical.errors import NotAnItemAnswer, WrongNumberOfItems


@dataclass(frozen=True, slots=True)
class Item:
    """One of the 36: its position, its number on the form, how many options, and which set."""

    position: int
    number: str
    option_set: str
    options: int

    @property
    def code(self) -> str:
        """The key of its words in the catalogue."""
        return f"sf36.{self.position}"

    @property
    def option_codes(self) -> tuple[str, ...]:
        """The keys of its options' words, in the order of the answers 1, 2, 3 ..."""
        return tuple(f"sf36.o.{self.option_set}.{n}" for n in range(1, self.options + 1))


@dataclass(frozen=True, slots=True)
class Sf36:
    """Scales (0-100) and summaries: means of four scales (0-100), and norm-based T scores.

    None where too few items were answered; the summaries need all eight scales.
    """

    scales: dict[str, float | None]
    pcs_mean: float | None
    mcs_mean: float | None
    pcs_t: float | None
    mcs_t: float | None


# Option sets by their sizes; the words of each are in the catalogue.
OPTION_SETS: dict[str, int] = {
    "health": 5,
    "change": 5,
    "limited": 3,
    "yes_no": 2,
    "degree": 5,
    "pain": 6,
    "often6": 6,
    "often5": 5,
    "true": 5,
}
# The form, in its printed order: number and option set.
_FORM = (
    [("1", "health"), ("2", "change")]
    + [(f"3{letter}", "limited") for letter in "abcdefghij"]
    + [(f"4{letter}", "yes_no") for letter in "abcd"]
    + [(f"5{letter}", "yes_no") for letter in "abc"]
    + [("6", "degree"), ("7", "pain"), ("8", "degree")]
    + [(f"9{letter}", "often6") for letter in "abcdefghi"]
    + [("10", "often5")]
    + [(f"11{letter}", "true") for letter in "abcd"]
)
ITEMS: tuple[Item, ...] = tuple(
    Item(position, number, option_set, OPTION_SETS[option_set])
    for position, (number, option_set) in enumerate(_FORM, start=1)
)

# Positions of each scale's items, and the least and greatest sum of their recoded answers
# (Ware 1993); item 2 belongs to no scale.
SCALES: dict[str, tuple[tuple[int, ...], float, float]] = {
    "PF": (tuple(range(3, 13)), 10, 30),
    "RP": ((13, 14, 15, 16), 4, 8),
    "BP": ((21, 22), 2, 12),
    "GH": ((1, 33, 34, 35, 36), 5, 25),
    "VT": ((23, 27, 29, 31), 4, 24),
    "SF": ((20, 32), 2, 10),
    "RE": ((17, 18, 19), 3, 6),
    "MH": ((24, 25, 26, 28, 30), 5, 30),
}

# Recoded values of the answers 1, 2, 3 ... (Ware 1993); items that are not here count as answered.
_PAIN_ALONE = (6.0, 4.75, 3.5, 2.25, 1.0)
_RECODES: dict[int, tuple[float, ...]] = {
    1: (5, 4.4, 3.4, 2, 1),
    21: (6, 5.4, 4.2, 3.1, 2.2, 1),
    **dict.fromkeys((20, 34, 36), (5, 4, 3, 2, 1)),
    **dict.fromkeys((23, 26, 27, 30), (6, 5, 4, 3, 2, 1)),
}
_PAIN, _PAIN_INTERFERES = 21, 22

# US 1990 norms: mean and SD of each scale, and the factor weights of the two summaries
# (Ware JE et al., SF-36 Physical and Mental Health Summary Scales, 1994).
NORMS_US_1990: dict[str, tuple[float, float]] = {
    "PF": (84.52404, 22.8949),
    "RP": (81.19907, 33.79729),
    "BP": (75.49196, 23.55879),
    "GH": (72.21316, 20.16964),
    "VT": (61.05453, 20.86942),
    "SF": (83.59753, 22.37642),
    "RE": (81.29467, 33.02717),
    "MH": (74.84212, 18.01189),
}
WEIGHTS_PCS = (0.42402, 0.35119, 0.31754, 0.24954, 0.02877, -0.00753, -0.19206, -0.22069)
WEIGHTS_MCS = (-0.22999, -0.12329, -0.09731, -0.01571, 0.23534, 0.26876, 0.43407, 0.48581)


def score(items: Sequence[int | None]) -> Sf36:
    """Score 36 answers as printed on the form (1, 2, ...), None for one not answered.

    Raises WrongNumberOfItems (field "items") and NotAnItemAnswer (field "items/<index from 0>").
    """
    recoded = _recoded(_checked(items))
    scales = {name: _scale(name, recoded) for name in SCALES}
    known = [value for value in scales.values() if value is not None]
    if len(known) < len(SCALES):
        return Sf36(scales, None, None, None, None)
    return Sf36(
        scales,
        pcs_mean=sum(known[:4]) / 4,
        mcs_mean=sum(known[4:]) / 4,
        pcs_t=_t_score(known, WEIGHTS_PCS),
        mcs_t=_t_score(known, WEIGHTS_MCS),
    )


def _checked(items: Sequence[int | None]) -> Sequence[int | None]:
    """The answers themselves, when each is one of its item's options."""
    if len(items) != len(ITEMS):
        raise WrongNumberOfItems(
            "items", f"The SF-36 has 36 items and {len(items)} came; send null where unanswered."
        )
    for item, answer in zip(ITEMS, items, strict=True):
        if answer is not None and not _is_option(item, answer):
            raise NotAnItemAnswer(
                f"items/{item.position - 1}",
                f"Item {item.number} takes a whole number from 1 to {item.options}, or null.",
            )
    return items


def _is_option(item: Item, answer: object) -> bool:
    """Whether the answer is a whole number (no bool, no 2.0) among the item's options."""
    return type(answer) is int and 1 <= answer <= item.options


def _recoded(items: Sequence[int | None]) -> dict[int, float]:
    """The recoded value of each answered item, by position; the higher the better."""
    answers = {item.position: a for item, a in zip(ITEMS, items, strict=True) if a is not None}
    recoded = {
        position: float(_RECODES[position][answer - 1] if position in _RECODES else answer)
        for position, answer in answers.items()
    }
    if _PAIN_INTERFERES in answers:
        recoded[_PAIN_INTERFERES] = _pain_interferes(answers[_PAIN_INTERFERES], answers.get(_PAIN))
    return recoded


def _pain_interferes(answer: int, pain: int | None) -> float:
    """Item 8 leans on item 7: "not at all" is 6 without any pain, 5 with some."""
    if pain is None:
        return _PAIN_ALONE[answer - 1]
    return 6.0 if answer == 1 and pain == 1 else 6.0 - answer


def _scale(name: str, recoded: dict[int, float]) -> float | None:
    """A scale from 0 to 100; a missing item takes the mean of the others, if half are there."""
    positions, least, most = SCALES[name]
    answered = [recoded[position] for position in positions if position in recoded]
    if 2 * len(answered) < len(positions):
        return None
    total = sum(answered) / len(answered) * len(positions)
    return (total - least) / (most - least) * 100


def _t_score(scales: Sequence[float], weights: Sequence[float]) -> float:
    """50 + 10 * sum(weight * z), z by the US 1990 norms."""
    pairs = zip(scales, NORMS_US_1990.values(), weights, strict=True)
    return 50 + 10 * sum(weight * (value - mean) / sd for value, (mean, sd), weight in pairs)


def change(
    before: Mapping[str, float | None], after: Mapping[str, float | None]
) -> dict[str, float | None]:
    """Each score (a scale or a summary) after minus before; None where either is missing.

    No size of change is called significant: no threshold with a source is known to this project.
    """
    pairs = {name: (before.get(name), value) for name, value in after.items()}
    return {name: None if a is None or b is None else b - a for name, (a, b) in pairs.items()}
