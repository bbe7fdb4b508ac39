"""Self-care advice by symptom and grade: which text goes with what, and what it rests on.

Only grades 1 and 2 have any: at grade 3 a nurse is told, and says what to do. The words are in
the catalogue. None is invented: a text says what a named source says, or is plain comfort and
safety advice; a clinic sees which, and each is marked as not reviewed until it is accepted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from app.clinical.alerts import ALERT_GRADE
from app.clinical.grading.term import Grade

# protocol: Chen ZL et al. 2024, 27(11):1149 (400 mg once a day, with a meal and 200 ml of water).
# safety: the project's safety facts: no repeat after vomiting; the red flags, a gain of 2 kg in
# a week among them. comfort: plain comfort advice, from no publication [own].
Source = Literal["protocol", "safety", "comfort"]

MOST = 2  # lines of a report [own]


@dataclass(frozen=True, slots=True)
class Advice:
    """A text of the catalogue, the symptoms and grades that it goes with, and its source."""

    key: str
    terms: tuple[str, ...]
    source: Source
    grades: tuple[int, ...] = (1, 2)


# In the order of telling: of those that fit, what warns comes before what comforts.
ADVICE: tuple[Advice, ...] = (
    Advice("advice.weigh", (
        "generalized_edema", "edema_trunk", "edema_limbs", "edema_face", "periorbital_edema",
        "weight_gain",
    ), "safety"),
    Advice("advice.not_again", ("vomiting",), "safety"),
    Advice("advice.keeps_nothing_down", ("vomiting", "diarrhea"), "safety"),
    Advice("advice.blisters", (
        "rash_maculo_papular", "rash_acneiform", "bullous_dermatitis",
        "palmar_plantar_erythrodysesthesia_syndrome",
    ), "safety"),
    Advice("advice.strong_pain", ("abdominal_pain",), "safety"),
    Advice("advice.with_meal", ("nausea", "dyspepsia"), "protocol"),
    Advice("advice.drink", ("diarrhea", "vomiting", "constipation"), "comfort"),
    Advice("advice.small_meals", ("nausea", "dyspepsia", "anorexia", "bloating"), "comfort"),
    Advice("advice.sun", ("photosensitivity", "skin_hypopigmentation"), "comfort"),
    Advice("advice.moisturise", (
        "dry_skin", "pruritus", "palmar_plantar_erythrodysesthesia_syndrome",
    ), "comfort"),
    Advice("advice.soft_clothes", (
        "rash_maculo_papular", "rash_acneiform", "pruritus",
    ), "comfort"),
    Advice("advice.legs_up", ("edema_limbs",), "comfort"),
    Advice("advice.rest", ("fatigue", "myalgia"), "comfort"),
    Advice("advice.stretch", ("muscle_cramp",), "comfort"),
)  # fmt: skip


def advice_for(grades: Iterable[Grade]) -> tuple[Advice, ...]:
    """At most two texts, for the worst symptoms first; none where a nurse is told (grade 3)."""
    told = sorted((one for one in grades if one.grade), key=lambda one: -(one.grade or 0))
    if any((one.grade or 0) >= ALERT_GRADE for one in told):
        return ()
    found = dict.fromkeys(one for grade in told for one in _fitting(grade))
    return tuple(found)[:MOST]


def _fitting(grade: Grade) -> Iterator[Advice]:
    return (one for one in ADVICE if grade.term in one.terms and grade.grade in one.grades)
