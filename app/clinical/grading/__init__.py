"""Grades of laboratory values by CTCAE v5.0 or v6.0, and the terms themselves."""

from app.clinical.grading.beyond import grade_result
from app.clinical.grading.editions import VERSIONS, grades_of, laboratory_terms, printed_term
from app.clinical.grading.laboratory import ANALYTES, UNITS, canonical_analyte, grade_lab
from app.clinical.grading.term import CTCAE_VERSION, FAMILIES, SYMPTOM_FAMILIES, Grade, Term
from app.clinical.grading.terms import TERMS

__all__ = [
    "ANALYTES",
    "CTCAE_VERSION",
    "FAMILIES",
    "SYMPTOM_FAMILIES",
    "TERMS",
    "UNITS",
    "VERSIONS",
    "Grade",
    "Term",
    "canonical_analyte",
    "grade_lab",
    "grade_result",
    "grades_of",
    "laboratory_terms",
    "printed_term",
]
