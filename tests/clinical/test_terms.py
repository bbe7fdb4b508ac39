"""The terms of CTCAE v5.0 that the project knows."""

import re

import pytest

from app.clinical.grading import FAMILIES, TERMS


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
