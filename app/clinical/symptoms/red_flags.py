"""The clinical facts that need help at once, whatever the grade, and the question for them."""

from app.clinical.symptoms.model import NONE, AskedTerm, Option, Question

# The family whose alert a red flag joins; a patient reports four families.
FLAG_FAMILY: dict[str, str] = {
    "dyspnoea": "edema",
    "chest_pain": "other",
    "syncope": "other",
    "gi_bleeding": "gi",
    "bleeding": "other",
    "severe_skin": "skin",
    "jaundice": "other",
    "fever": "other",
    "rapid_weight_gain": "edema",
    "dehydration": "gi",
    "vision": "edema",
    "severe_abdominal_pain": "gi",
}
FLAGS: tuple[str, ...] = tuple(FLAG_FAMILY)

# No term of CTCAE: it raises flags and no grade. Its family is its own, and is in no report.
RED_FLAGS = AskedTerm(
    "red_flags",
    "red_flags",
    (Question("red_flags.now", (NONE, *(Option(flag, red_flag=flag) for flag in FLAGS))),),
)
