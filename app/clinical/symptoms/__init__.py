"""What patients are asked about their symptoms, and how their answers are graded."""

from app.clinical.symptoms.answers import applies, next_question
from app.clinical.symptoms.catalogue import ASKED, QUESTIONS, TERMS_ASKED, asked_term
from app.clinical.symptoms.half import ticked_as, told_so_far
from app.clinical.symptoms.model import AskedTerm, Combined, Condition, Option, Question
from app.clinical.symptoms.red_flags import FLAG_FAMILY, FLAGS, RED_FLAGS
from app.clinical.symptoms.report import ReportGrades, grade_report, grade_term, worst_by_family

__all__ = [
    "ASKED",
    "FLAGS",
    "FLAG_FAMILY",
    "QUESTIONS",
    "RED_FLAGS",
    "TERMS_ASKED",
    "AskedTerm",
    "Combined",
    "Condition",
    "Option",
    "Question",
    "ReportGrades",
    "applies",
    "asked_term",
    "grade_report",
    "grade_term",
    "next_question",
    "ticked_as",
    "told_so_far",
    "worst_by_family",
]
