"""Bleeding from stomach or bowel: what is asked, by the criteria of CTCAE v5.0.

Any bleeding is also the red flag gi_bleeding.
"""

from app.clinical.symptoms.model import NONE, AskedTerm, Option, Question, after


def _bleeding(term: str) -> AskedTerm:
    """The questions that both terms share: how much, and what was done."""
    blood = Question(
        f"{term}.blood",
        (
            NONE,
            Option("little", 1, "Mild symptoms", "gi_bleeding"),
            Option("repeated", 2, "Moderate symptoms", "gi_bleeding"),
            Option("heavy", 4, "urgent intervention indicated", "gi_bleeding"),
        ),
    )
    treatment = Question(
        f"{term}.treatment",
        (
            NONE,
            Option("medicine", 2, "intervention indicated"),
            Option("transfusion", 3, "Transfusion indicated"),
            Option("procedure", 3, "invasive intervention indicated"),
            Option("hospital", 3, "hospitalization"),
            Option("intensive", 4, "Life-threatening consequences"),
        ),
        (after(blood.code, "little", "repeated"),),
    )
    return AskedTerm(term, "gi", (blood, treatment))


UPPER = _bleeding("upper_gastrointestinal_hemorrhage")
LOWER = _bleeding("lower_gastrointestinal_hemorrhage")
