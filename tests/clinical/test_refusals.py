"""What a refusal says: the input that is wrong, and in a sentence what would be right."""

import pickle

import pytest

from app.clinical.bayes import prior_named
from app.clinical.errors import ClinicalError, NotATrough
from app.clinical.grading import grade_lab, printed_term
from app.clinical.sf36 import score
from app.clinical.symptoms import asked_term, grade_report, grade_term


@pytest.mark.parametrize(
    ("refuse", "field", "sentence"),
    [
        (
            lambda: score([1] * 35),
            "items",
            "The SF-36 has 36 items and 35 came; send null where unanswered.",
        ),
        (
            lambda: score([1] * 4 + [4] + [1] * 31),
            "items/4",
            "Item 3c takes a whole number from 1 to 3, or null.",
        ),
        (
            lambda: grade_term("nausea", {"nausea.eating": "none", "fatigue.rest": "none"}),
            "fatigue.rest",
            "fatigue.rest is no question of nausea; leave it out.",
        ),
        (
            lambda: grade_report({"nausea.eating": "gladly"}),
            "nausea.eating",
            "The answer is not an option; use one of: none, as_usual, less, hardly.",
        ),
        (
            lambda: grade_term("headache", {}),
            "term",
            "The term is not one that a patient is asked about.",
        ),
        (
            lambda: asked_term("headache"),
            "term",
            "The term is not one that a patient is asked about.",
        ),
        (
            lambda: prior_named("nobody_2000"),
            "prior",
            "The prior is not known; use jiang_2023 or widmer_2006.",
        ),
        (
            lambda: printed_term("nausea", "6.0"),
            "term",
            "CTCAE v6.0 has no term nausea here.",
        ),
        (
            lambda: grade_lab("iron", 1, "U/L"),
            "analyte",
            "The analyte is not known; use one of haemoglobin, RBC, WBC, neutrophils, lymphocytes, "
            "platelets, ALT, AST, bilirubin, ALP, creatinine.",
        ),
        (
            lambda: grade_lab("bilirubin", 1, "g/L"),
            "unit",
            "bilirubin is reported in umol/L or mg/dL; convert the value.",
        ),
        (
            lambda: grade_lab("bilirubin", 1, "mg/dL", uln=0),
            "uln",
            "uln must be a finite number above zero, or left out.",
        ),
        (
            lambda: grade_lab("haemoglobin", 120, "g/dL"),
            "value",
            "haemoglobin of 120 g/dL is above 30 g/dL; check the unit.",
        ),
    ],
)
def test_a_refusal_names_the_input_and_says_what_would_be_right(refuse, field, sentence):
    with pytest.raises(ClinicalError) as refused:
        refuse()
    assert (refused.value.field, str(refused.value)) == (field, sentence)


def test_a_refusal_without_words_of_its_own_says_what_its_kind_says():
    assert str(NotATrough("drawn_at")) == NotATrough.__doc__
    assert str(NotATrough("drawn_at", "Too late.")) == "Too late."


def test_a_kind_of_refusal_without_a_sentence_says_nothing():
    class Wordless(ClinicalError):
        pass

    assert str(Wordless("field")) == ""


def test_a_refusal_that_is_handed_on_keeps_its_field_and_its_sentence():
    first = NotATrough("drawn_at", "Too late.")
    handed_on = pickle.loads(pickle.dumps(first))
    assert (handed_on.field, handed_on.detail) == ("drawn_at", "Too late.")
    assert first.args == ("drawn_at", "Too late.")
