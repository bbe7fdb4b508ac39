"""The terms of CTCAE v5.0 that the project knows."""

import re

import pytest

from app.clinical.errors import UnknownCtcaeVersion, UnknownTerm
from app.clinical.grading import (
    FAMILIES,
    TERMS,
    VERSIONS,
    grades_of,
    laboratory_terms,
    printed_term,
)


def test_there_are_42_terms_and_each_has_its_own_code():
    assert len(TERMS) == 42
    assert len({term.meddra for term in TERMS.values()}) == 42
    assert all(re.fullmatch(r"\d{8}", term.meddra) for term in TERMS.values())


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.code)
def test_a_code_is_the_name_in_snake_case(term):
    assert term.code == re.sub(r"[^a-z0-9]+", "_", term.name.lower())
    assert term.family in FAMILIES
    assert set(term.grades) <= {1, 2, 3, 4, 5}
    assert all(term.grades.values())


@pytest.mark.parametrize(
    ("code", "grades"),
    [
        ("nausea", {1, 2, 3}),
        ("dry_skin", {1, 2, 3}),
        ("periorbital_edema", {1, 2, 3}),
        ("edema_face", {1, 2, 3}),
        ("edema_limbs", {1, 2, 3}),
        ("edema_trunk", {1, 2, 3}),
        ("bloating", {1, 2}),
        ("skin_hypopigmentation", {1, 2}),
        ("febrile_neutropenia", {3, 4, 5}),
        ("toxic_epidermal_necrolysis", {4, 5}),
        ("anemia", {1, 2, 3, 4, 5}),
        ("creatinine_increased", {1, 2, 3, 4}),
    ],
)
def test_a_term_has_only_the_grades_that_are_printed(code, grades):
    assert set(TERMS[code].grades) == grades


@pytest.mark.parametrize(
    ("code", "meddra"),
    [("periorbital_edema", "10054541"), ("diarrhea", "10012727"), ("weight_gain", "10047896")],
)
def test_a_term_carries_its_meddra_code(code, meddra):
    assert TERMS[code].meddra == meddra


def test_each_edition_has_ten_laboratory_terms_with_the_same_codes_and_families():
    five, six = (laboratory_terms(version) for version in VERSIONS)
    assert len(five) == 10
    assert {code: term.family for code, term in five.items()} == {
        code: term.family for code, term in six.items()
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("lymphocyte_count_decreased", "Lymphopenia"),
        ("platelet_count_decreased", "Thrombocytopenia"),
    ],
)
def test_a_term_that_v6_renames_keeps_its_code_here_and_borrows_no_meddra_code(code, name):
    term = printed_term(code, "6.0")
    assert (term.name, term.meddra) == (name, None)


@pytest.mark.parametrize("code", sorted(laboratory_terms("6.0")))
def test_a_term_that_v6_keeps_has_its_name_and_its_meddra_code(code):
    six, five = printed_term(code, "6.0"), TERMS[code]
    assert (six.name, six.meddra) == (five.name, five.meddra) or six.meddra is None


@pytest.mark.parametrize(
    ("code", "grades"),
    [
        ("anemia", (0, 1, 2, 3, 4, 5)),
        ("white_blood_cell_decreased", (0, 1, 2, 3, 4)),
        ("neutrophil_count_decreased", (0, 1, 2, 3, 4)),
        ("lymphocyte_count_decreased", (0, 1)),
        ("platelet_count_decreased", (0, 1, 2, 3, 4, 5)),
        ("alkaline_phosphatase_increased", (0, 1)),
        ("alanine_aminotransferase_increased", (0, 1, 2, 3, 4)),
        ("creatinine_increased", (0, 1, 2, 3, 4)),
    ],
)
def test_a_term_of_v6_has_only_the_grades_that_are_printed(code, grades):
    assert grades_of(code, "6.0") == grades


def test_v5_prints_symptoms_and_laboratory_terms():
    assert printed_term("nausea") is TERMS["nausea"]
    assert printed_term("anemia", "5.0") is TERMS["anemia"]


def test_a_symptom_is_of_v5_alone_and_another_edition_is_refused_by_name():
    with pytest.raises(UnknownTerm) as refused:
        printed_term("nausea", "6.0")
    assert refused.value.field == "term"
    with pytest.raises(UnknownCtcaeVersion) as unknown:
        printed_term("nausea", "5")
    assert (unknown.value.field, "use 5.0 or 6.0" in str(unknown.value)) == ("ctcae_version", True)
