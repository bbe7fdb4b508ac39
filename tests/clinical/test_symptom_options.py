"""What a patient is asked: the questions, and the grade of each answer."""

import pytest

from app.clinical.grading import SYMPTOM_FAMILIES, TERMS
from app.clinical.symptoms import ASKED, FLAGS, QUESTIONS, RED_FLAGS, TERMS_ASKED

LIMITS = "no 0, chores 2, self_care 3"
PAIN = "none 0, mild 1, moderate 2, severe 3"
EXTENT = "none 0, under_10 1, from_10 2, over_30 2"
BLOOD = "none 0, little 1, repeated 2, heavy 4"
STOPPED = "none 0, medicine 2, transfusion 3, procedure 3, hospital 3, intensive 4"
HANDS_FEET = "palmar_plantar_erythrodysesthesia_syndrome"
OPTIONS = {
    "red_flags.now": ", ".join(["none 0", *(f"{flag} 0" for flag in FLAGS)]),
    "periorbital_edema.swelling": "none 0, soft 1, firm 2",
    "periorbital_edema.vision": "no 0, affected 3",
    "periorbital_edema.treatment": "none 0, drops 2, diuretic 3, surgery 3",
    "edema_face.swelling": PAIN,
    "edema_face.limits": LIMITS,
    "edema_limbs.swelling": "none 0, slight 1, clear 2, gross 3",
    "edema_limbs.limits": LIMITS,
    "edema_trunk.swelling": "none 0, slight 1, clear 2, gross 3",
    "edema_trunk.limits": LIMITS,
    "localized_edema.swelling": PAIN,
    "localized_edema.limits": LIMITS,
    "generalized_edema.swelling": "none 0, slight 1, broken_skin 3",
    "generalized_edema.treatment": "none 0, pills 2, drip 3, intensive 4",
    "generalized_edema.limits": LIMITS,
    "pulmonary_edema.breath": "none 0, hurrying 1, walking 2, resting 3, gasping 4",
    "pulmonary_edema.treatment": "none 0, medicine 2, oxygen 3, ventilator 4",
    "pulmonary_edema.limits": LIMITS,
    "rash_maculo_papular.extent": EXTENT,
    "rash_maculo_papular.limits": LIMITS,
    "rash_maculo_papular.symptoms": "mild 0, strong 3",
    "rash_acneiform.extent": EXTENT,
    "rash_acneiform.infection": "no 0, pills 3, drip 4",
    "rash_acneiform.limits": "no 0, distress 2, chores 2, self_care 3",
    "rash_acneiform.symptoms": "mild 0, strong 3",
    "pruritus.itch": "none 0, mild 1, scratched 2, comes_and_goes 2, constant 3",
    "pruritus.limits": "no 0, sleep 3, chores 2, self_care 3",
    "pruritus.treatment": "none 0, pills 2, steroids 3",
    "dry_skin.extent": "none 0, under_10 1, from_10 2, over_30 3",
    "dry_skin.itch": "no 0, red_or_itchy 2",
    "dry_skin.limits": LIMITS,
    "bullous_dermatitis.extent": "none 0, under_10 1, from_10 2, over_30 3",
    "bullous_dermatitis.treatment": "none 0, drip 4, intensive 4",
    "bullous_dermatitis.limits": "no 0, painful 2, chores 2, self_care 3",
    f"{HANDS_FEET}.skin": "none 0, minimal 1, clear 2, severe 3",
    f"{HANDS_FEET}.pain": "no 0, painful 2",
    f"{HANDS_FEET}.limits": LIMITS,
    "skin_hypopigmentation.extent": "none 0, under_10 1, about_10 2, over_10 2",
    "skin_hypopigmentation.distress": "no 0, yes 2",
    "photosensitivity.extent": "none 0, under_10 1, from_10 2, over_30 3",
    "photosensitivity.skin": "no 0, tender 2, blisters 3",
    "photosensitivity.treatment": "none 0, painkillers 3, steroids 3, emergency 4",
    "nausea.eating": "none 0, as_usual 1, less 2, hardly 3",
    "nausea.consequences": "no 0, weight_loss 3, hospital 3",
    "vomiting.fluids": "none 0, stay_down 1, come_up 2",
    "vomiting.treatment": "none 0, medicine 2, drip 2, hospital 3, intensive 4",
    "diarrhea.stools": "none 0, under_4 1, from_4 2, from_7 3",
    "diarrhea.treatment": "none 0, hospital 3, emergency 4",
    "diarrhea.limits": LIMITS,
    "dyspepsia.severity": PAIN,
    "dyspepsia.treatment": "none 0, medicine 2, surgery 3",
    "abdominal_pain.severity": PAIN,
    "abdominal_pain.limits": LIMITS,
    "constipation.pattern": "none 0, occasional 1, persistent 2, laxatives 2, by_hand 3",
    "constipation.limits": LIMITS,
    "constipation.emergency": "no 0, yes 4",
    "anorexia.eating": "none 0, as_usual 1, less 2, hardly 3",
    "anorexia.consequences": "no 0, supplements 2, weight_loss 3, tube 3, emergency 4",
    "bloating.effect": "none 0, unchanged 1, eats_less 2, bowels 2",
    "upper_gastrointestinal_hemorrhage.blood": BLOOD,
    "upper_gastrointestinal_hemorrhage.treatment": STOPPED,
    "lower_gastrointestinal_hemorrhage.blood": BLOOD,
    "lower_gastrointestinal_hemorrhage.treatment": STOPPED,
    "fatigue.rest": "none 0, helps 1, does_not_help 2",
    "fatigue.limits": LIMITS,
    "muscle_cramp.severity": PAIN,
    "muscle_cramp.limits": LIMITS,
    "myalgia.severity": PAIN,
    "myalgia.limits": LIMITS,
    "weight_gain.gain": "none 0, from_5 1, from_10 2, from_20 3",
    "weight_gain.last_week": "no 0, two_kg 0",
}
NOT_ASKED = {"stevens_johnson_syndrome", "toxic_epidermal_necrolysis"}


@pytest.mark.parametrize(("question", "options"), OPTIONS.items())
def test_each_answer_has_the_grade_of_its_criterion(question, options):
    asked = [f"{option.code} {option.grade}" for option in QUESTIONS[question].options]
    assert ", ".join(asked) == options


def test_every_question_is_in_the_table():
    assert list(OPTIONS) == list(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.code)
def test_each_answer_maps_to_a_phrase_of_its_grade_or_is_marked_as_our_own(question):
    for option in question.options:
        if option.grade == 0:
            assert option.criterion is None
        elif not option.criterion.startswith("[own] "):
            assert option.criterion in TERMS[question.term].grades[option.grade]


def test_each_answer_fits_a_button_and_raises_only_known_flags():
    for question in QUESTIONS.values():
        for option in question.options:
            assert len(f"{question.code}:{option.code}".encode()) <= 60
            assert option.red_flag is None or option.red_flag in FLAGS
            assert option.grade < 5


def test_combinations_map_to_a_phrase_of_their_grade():
    for term in TERMS_ASKED.values():
        for combined in term.combined:
            assert combined.criterion in TERMS[term.code].grades[combined.grade]
            for question, option in combined.answers:
                assert option in {o.code for o in QUESTIONS[question].options}


def test_the_patient_is_asked_every_term_that_an_examination_is_not_needed_for():
    reportable = {c for c, term in TERMS.items() if term.family in SYMPTOM_FAMILIES}
    assert set(TERMS_ASKED) == reportable - NOT_ASKED
    assert len(TERMS_ASKED) == 29


@pytest.mark.parametrize("term", ASKED.values(), ids=lambda term: term.code)
def test_a_term_has_at_most_four_questions_and_conditions_look_back_only(term):
    assert 1 <= len(term.questions) <= 4
    assert term.questions[0].asked_if == ()
    seen = {}
    for question in term.questions:
        assert question.term == term.code
        for earlier, options in question.asked_if:
            assert options <= seen[earlier]
        codes = [option.code for option in question.options]
        assert len(set(codes)) == len(codes)
        seen[question.code] = set(codes)


@pytest.mark.parametrize("code", TERMS_ASKED)
def test_a_term_stands_in_its_family_and_can_be_denied_in_one_answer(code):
    term = TERMS_ASKED[code]
    assert term.family == TERMS[code].family
    assert term.questions[0].options[0].code == "none"


def test_the_warning_signs_raise_each_its_flag_and_no_grade():
    options = RED_FLAGS.questions[0].options
    assert [option.red_flag for option in options] == [None, *FLAGS]
    assert len(FLAGS) == 12
