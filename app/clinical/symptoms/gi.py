"""Stomach and bowel: what is asked, by the criteria of CTCAE v5.0."""

from app.clinical.symptoms import bleeding
from app.clinical.symptoms.model import (
    CHORES,
    NO,
    NONE,
    SELF_CARE,
    AskedTerm,
    Option,
    Question,
    after,
    limits,
)

_FAMILY = "gi"
_LIFE_THREATENING = "Life-threatening consequences"
_URGENT = "urgent intervention indicated"

NAUSEA = AskedTerm(
    "nausea",
    _FAMILY,
    (
        Question(
            "nausea.eating",
            (
                NONE,
                Option("as_usual", 1, "Loss of appetite without alteration in eating habits"),
                Option("less", 2, "Oral intake decreased"),
                Option("hardly", 3, "Inadequate oral caloric or fluid intake"),
            ),
        ),
        Question(
            "nausea.consequences",
            (
                NO,
                Option("weight_loss", 3, "[own] Nausea with significant weight loss"),
                Option("hospital", 3, "tube feeding, TPN, or hospitalization indicated"),
            ),
            (after("nausea.eating", "as_usual", "less"),),
        ),
    ),
)

# Nothing stays down: medical care is needed today, so the red flag is raised as well.
VOMITING = AskedTerm(
    "vomiting",
    _FAMILY,
    (
        Question(
            "vomiting.fluids",
            (
                NONE,
                Option("stay_down", 1, "Intervention not indicated"),
                Option("come_up", 2, "medical intervention indicated", "dehydration"),
            ),
        ),
        Question(
            "vomiting.treatment",
            (
                NONE,
                Option("medicine", 2, "medical intervention indicated"),
                Option("drip", 2, "Outpatient IV hydration"),
                Option("hospital", 3, "Tube feeding, TPN, or hospitalization indicated"),
                Option("intensive", 4, _LIFE_THREATENING),
            ),
            (after("vomiting.fluids", "stay_down", "come_up"),),
        ),
    ),
)

# Counted over the patient's own number of stools before treatment. A stoma's output is not asked.
DIARRHEA = AskedTerm(
    "diarrhea",
    _FAMILY,
    (
        Question(
            "diarrhea.stools",
            (
                NONE,
                Option("under_4", 1, "Increase of <4 stools per day over baseline"),
                Option("from_4", 2, "Increase of 4 - 6 stools per day over baseline"),
                Option("from_7", 3, "Increase of >=7 stools per day over baseline"),
            ),
        ),
        Question(
            "diarrhea.treatment",
            (
                NONE,
                Option("hospital", 3, "hospitalization indicated"),
                Option("emergency", 4, _URGENT),
            ),
            (after("diarrhea.stools", "under_4", "from_4", "from_7"),),
        ),
        Question(
            "diarrhea.limits",
            (NO, CHORES, SELF_CARE),
            (after("diarrhea.stools", "under_4", "from_4"), after("diarrhea.treatment", "none")),
        ),
    ),
)

DYSPEPSIA = AskedTerm(
    "dyspepsia",
    _FAMILY,
    (
        Question(
            "dyspepsia.severity",
            (
                NONE,
                Option("mild", 1, "Mild symptoms"),
                Option("moderate", 2, "Moderate symptoms"),
                Option("severe", 3, "Severe symptoms"),
            ),
        ),
        Question(
            "dyspepsia.treatment",
            (
                NONE,
                Option("medicine", 2, "medical intervention indicated"),
                Option("surgery", 3, "operative intervention indicated"),
            ),
            (after("dyspepsia.severity", "mild", "moderate"),),
        ),
    ),
)

ABDOMINAL_PAIN = AskedTerm(
    "abdominal_pain",
    _FAMILY,
    (
        Question(
            "abdominal_pain.severity",
            (
                NONE,
                Option("mild", 1, "Mild pain"),
                Option("moderate", 2, "Moderate pain"),
                Option("severe", 3, "Severe pain", "severe_abdominal_pain"),
            ),
        ),
        limits("abdominal_pain", "mild", "moderate", first="severity"),
    ),
)

# A hole of CTCAE: persistent without regular laxatives.
CONSTIPATION = AskedTerm(
    "constipation",
    _FAMILY,
    (
        Question(
            "constipation.pattern",
            (
                NONE,
                Option("occasional", 1, "Occasional or intermittent symptoms"),
                Option("persistent", 2, "[own] Persistent symptoms without regular laxatives"),
                Option(
                    "laxatives", 2, "Persistent symptoms with regular use of laxatives or enemas"
                ),
                Option("by_hand", 3, "Obstipation with manual evacuation indicated"),
            ),
        ),
        limits("constipation", "occasional", "persistent", "laxatives", first="pattern"),
        Question(
            "constipation.emergency",
            (NO, Option("yes", 4, _URGENT)),
            (after("constipation.pattern", "persistent", "laxatives", "by_hand"),),
        ),
    ),
)

ANOREXIA = AskedTerm(
    "anorexia",
    _FAMILY,
    (
        Question(
            "anorexia.eating",
            (
                NONE,
                Option("as_usual", 1, "Loss of appetite without alteration in eating habits"),
                Option("less", 2, "Oral intake altered"),
                Option("hardly", 3, "inadequate oral caloric and/or fluid intake"),
            ),
        ),
        Question(
            "anorexia.consequences",
            (
                NO,
                Option("supplements", 2, "oral nutritional supplements indicated"),
                Option("weight_loss", 3, "Associated with significant weight loss or malnutrition"),
                Option("tube", 3, "tube feeding or TPN indicated"),
                Option("emergency", 4, _URGENT),
            ),
            (after("anorexia.eating", "as_usual", "less", "hardly"),),
        ),
    ),
)

BLOATING = AskedTerm(
    "bloating",
    _FAMILY,
    (
        Question(
            "bloating.effect",
            (
                NONE,
                Option("unchanged", 1, "No change in bowel function or oral intake"),
                Option("eats_less", 2, "decreased oral intake"),
                Option("bowels", 2, "change in bowel function"),
            ),
        ),
    ),
)

TERMS = (
    NAUSEA,
    VOMITING,
    DIARRHEA,
    DYSPEPSIA,
    ABDOMINAL_PAIN,
    CONSTIPATION,
    ANOREXIA,
    BLOATING,
    bleeding.UPPER,
    bleeding.LOWER,
)
