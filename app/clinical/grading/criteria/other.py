"""Other symptoms: terms and criteria of CTCAE v5.0 (NCI, 27 November 2017), as printed."""

from app.clinical.grading.term import Term

TERMS = (
    Term(
        "fatigue",
        "Fatigue",
        "10016256",
        "other",
        {
            1: "Fatigue relieved by rest",
            2: "Fatigue not relieved by rest; limiting instrumental ADL",
            3: "Fatigue not relieved by rest, limiting self care ADL",
        },
    ),
    Term(
        "muscle_cramp",
        "Muscle cramp",
        "10028294",
        "other",
        {
            1: "Mild pain",
            2: "Moderate pain; limiting instrumental ADL",
            3: "Severe pain; limiting self care ADL",
        },
    ),
    Term(
        "myalgia",
        "Myalgia",
        "10028411",
        "other",
        {
            1: "Mild pain",
            2: "Moderate pain; limiting instrumental ADL",
            3: "Severe pain; limiting self care ADL",
        },
    ),
    Term(
        "weight_gain",
        "Weight gain",
        "10047896",
        "other",
        {
            1: "5 - <10% from baseline",
            2: "10 - <20% from baseline",
            3: ">=20% from baseline",
        },
    ),
)
