"""Which answers raise a red flag, and after which answers a later question is asked."""

import pytest

from app.clinical.symptoms import QUESTIONS, RED_FLAGS

HANDS_FEET = "palmar_plantar_erythrodysesthesia_syndrome"
FLAGS_RAISED = {
    "periorbital_edema.vision:affected": "vision",
    "pulmonary_edema.breath:resting": "dyspnoea",
    "pulmonary_edema.breath:gasping": "dyspnoea",
    "pulmonary_edema.treatment:oxygen": "dyspnoea",
    "pulmonary_edema.treatment:ventilator": "dyspnoea",
    "pulmonary_edema.limits:self_care": "dyspnoea",
    "bullous_dermatitis.extent:under_10": "severe_skin",
    "bullous_dermatitis.extent:from_10": "severe_skin",
    "bullous_dermatitis.extent:over_30": "severe_skin",
    "photosensitivity.skin:blisters": "severe_skin",
    "vomiting.fluids:come_up": "dehydration",
    "abdominal_pain.severity:severe": "severe_abdominal_pain",
    "upper_gastrointestinal_hemorrhage.blood:little": "gi_bleeding",
    "upper_gastrointestinal_hemorrhage.blood:repeated": "gi_bleeding",
    "upper_gastrointestinal_hemorrhage.blood:heavy": "gi_bleeding",
    "lower_gastrointestinal_hemorrhage.blood:little": "gi_bleeding",
    "lower_gastrointestinal_hemorrhage.blood:repeated": "gi_bleeding",
    "lower_gastrointestinal_hemorrhage.blood:heavy": "gi_bleeding",
    "weight_gain.last_week:two_kg": "rapid_weight_gain",
}
ASKED_AFTER = {
    "periorbital_edema.vision": "swelling: soft firm",
    "periorbital_edema.treatment": "swelling: soft firm; vision: no",
    "edema_face.limits": "swelling: mild moderate",
    "edema_limbs.limits": "swelling: slight clear",
    "edema_trunk.limits": "swelling: slight clear",
    "localized_edema.limits": "swelling: mild moderate",
    "generalized_edema.treatment": "swelling: slight broken_skin",
    "generalized_edema.limits": "swelling: slight; treatment: none pills",
    "pulmonary_edema.treatment": "breath: hurrying walking resting",
    "pulmonary_edema.limits": "breath: hurrying walking; treatment: none medicine",
    "rash_maculo_papular.limits": "extent: under_10 from_10 over_30",
    "rash_maculo_papular.symptoms": "extent: over_30; limits: no chores",
    "rash_acneiform.infection": "extent: under_10 from_10 over_30",
    "rash_acneiform.limits": "extent: under_10 from_10 over_30; infection: no",
    "rash_acneiform.symptoms": "extent: over_30; limits: no distress chores",
    "pruritus.limits": "itch: mild scratched comes_and_goes",
    "pruritus.treatment": "itch: mild scratched comes_and_goes; limits: no chores",
    "dry_skin.itch": "extent: under_10",
    "dry_skin.limits": "extent: under_10 from_10",
    "bullous_dermatitis.treatment": "extent: under_10 from_10 over_30",
    "bullous_dermatitis.limits": "extent: under_10 from_10; treatment: none",
    f"{HANDS_FEET}.pain": "skin: minimal",
    f"{HANDS_FEET}.limits": "skin: minimal clear",
    "skin_hypopigmentation.distress": "extent: under_10",
    "photosensitivity.skin": "extent: under_10 from_10 over_30",
    "photosensitivity.treatment": "extent: under_10 from_10 over_30",
    "nausea.consequences": "eating: as_usual less",
    "vomiting.treatment": "fluids: stay_down come_up",
    "diarrhea.treatment": "stools: under_4 from_4 from_7",
    "diarrhea.limits": "stools: under_4 from_4; treatment: none",
    "dyspepsia.treatment": "severity: mild moderate",
    "abdominal_pain.limits": "severity: mild moderate",
    "constipation.limits": "pattern: occasional persistent laxatives",
    "constipation.emergency": "pattern: persistent laxatives by_hand",
    "anorexia.consequences": "eating: as_usual less hardly",
    "upper_gastrointestinal_hemorrhage.treatment": "blood: little repeated",
    "lower_gastrointestinal_hemorrhage.treatment": "blood: little repeated",
    "fatigue.limits": "rest: helps does_not_help",
    "muscle_cramp.limits": "severity: mild moderate",
    "myalgia.limits": "severity: mild moderate",
}


def test_each_answer_that_needs_help_at_once_raises_its_flag():
    raised = {
        f"{code}:{option.code}": option.red_flag
        for code, question in QUESTIONS.items()
        for option in question.options
        if option.red_flag and question.term != RED_FLAGS.code
    }
    assert raised == FLAGS_RAISED


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_later_question_is_asked_after_these_answers(code):
    conditions = [
        (earlier, {option.code for option in QUESTIONS[earlier].options if option.code in options})
        for earlier, options in QUESTIONS[code].asked_if
    ]
    expected = [part.split(": ") for part in ASKED_AFTER.get(code, "").split("; ") if part]
    term = QUESTIONS[code].term
    assert conditions == [(f"{term}.{name}", set(after.split())) for name, after in expected]
