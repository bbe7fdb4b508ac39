"""Tiredness, muscles and weight: what is asked, by the criteria of CTCAE v5.0."""

from app.clinical.symptoms.model import (
    CHORES,
    NO,
    NONE,
    AskedTerm,
    Combined,
    Option,
    Question,
    after,
    limits,
)

_FAMILY = "other"

# Grade 3 needs both: not relieved by rest, and limiting self care. Relieved by rest and yet
# limiting self care is a hole of CTCAE.
FATIGUE = AskedTerm(
    "fatigue",
    _FAMILY,
    (
        Question(
            "fatigue.rest",
            (
                NONE,
                Option("helps", 1, "Fatigue relieved by rest"),
                Option("does_not_help", 2, "Fatigue not relieved by rest"),
            ),
        ),
        Question(
            "fatigue.limits",
            (NO, CHORES, Option("self_care", 3, "[own] Fatigue limiting self care ADL")),
            (after("fatigue.rest", "helps", "does_not_help"),),
        ),
    ),
    (
        Combined(
            frozenset({("fatigue.rest", "does_not_help"), ("fatigue.limits", "self_care")}),
            3,
            "Fatigue not relieved by rest, limiting self care ADL",
        ),
    ),
)


def _painful(term: str) -> AskedTerm:
    """The questions that cramps and muscle pain share."""
    severity = Question(
        f"{term}.severity",
        (
            NONE,
            Option("mild", 1, "Mild pain"),
            Option("moderate", 2, "Moderate pain"),
            Option("severe", 3, "Severe pain"),
        ),
    )
    return AskedTerm(term, _FAMILY, (severity, limits(term, "mild", "moderate", first="severity")))


# From the weight before treatment. Two kilograms in a week is a red flag of its own, and is asked
# of everyone: it can happen under 5 % too. The limit is general knowledge, to be reviewed.
WEIGHT_GAIN = AskedTerm(
    "weight_gain",
    _FAMILY,
    (
        Question(
            "weight_gain.gain",
            (
                NONE,
                Option("from_5", 1, "5 - <10% from baseline"),
                Option("from_10", 2, "10 - <20% from baseline"),
                Option("from_20", 3, ">=20% from baseline"),
            ),
        ),
        Question(
            "weight_gain.last_week",
            (NO, Option("two_kg", 0, None, "rapid_weight_gain")),
        ),
    ),
)

TERMS = (FATIGUE, _painful("muscle_cramp"), _painful("myalgia"), WEIGHT_GAIN)
