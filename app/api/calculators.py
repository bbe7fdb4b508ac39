"""The clinical core over HTTP, stateless; and the questions that a report answers."""

from dataclasses import asdict
from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import calling
from app.api.bodies import DoseRuleBody, GradeBody, LanguageQuery, Sf36Body, TriageBody, TroughBody
from app.clinical.dose_rule import dose_rule
from app.clinical.grading import Grade, grade_lab
from app.clinical.sf36 import score
from app.clinical.symptoms import ASKED, AskedTerm, Question, grade_term
from app.clinical.triage import triage
from app.clinical.trough import trough
from app.clinical.units import ug_per_l
from app.services.errors import Invalid
from app.services.samples import check_drawn
from app.texts import Reader, say
from models import CtcaeVersion


def add_calculators(api: APIBlueprint) -> None:
    @api.post("/calculators/trough")
    def post_trough(body: TroughBody) -> dict[str, Any]:
        with calling() as call:
            check_drawn(call.work, body.drawn_at)
            raw = ug_per_l(body.concentration, body.unit)
            return asdict(trough(raw, body.dose_taken_at, body.drawn_at, body.ke))

    @api.post("/calculators/grade")
    def post_grade(body: GradeBody) -> dict[str, Any]:
        with calling():
            return asdict(_graded(body))

    @api.post("/calculators/sf36")
    def post_sf36(body: Sf36Body) -> dict[str, Any]:
        with calling():
            return asdict(score(body.items))

    @api.post("/calculators/dose-rule")
    def post_dose_rule(body: DoseRuleBody) -> dict[str, Any]:
        with calling():
            return asdict(dose_rule(**body.model_dump()))

    @api.post("/calculators/triage")
    def post_triage(body: TriageBody) -> dict[str, Any]:
        with calling():
            return asdict(triage(body.text, body.language))


def add_questions(api: APIBlueprint) -> None:
    @api.get("/symptom-questions")
    def get_questions(query: LanguageQuery) -> dict[str, Any]:
        reader = Reader(query.language, "UTC")
        with calling():
            return {"items": [_term(term, reader) for term in ASKED.values()], "next": None}


def _graded(body: GradeBody) -> Grade:
    if body.term is not None:
        if body.ctcae_version != CtcaeVersion.V5:
            raise Invalid("Symptoms are graded by 5.0; leave it out.", field="ctcae_version")
        return grade_term(body.term, body.answers or {})
    for name in ("analyte", "value", "unit"):
        if getattr(body, name) is None:
            raise Invalid("Send analyte, value and unit, or term and answers.", field=name)
    return grade_lab(
        str(body.analyte), float(body.value or 0), str(body.unit), body.lln, body.uln,
        body.baseline, body.ctcae_version,
    )


def _term(term: AskedTerm, reader: Reader) -> dict[str, Any]:
    named = f"term.{term.code}"
    words = say(named, reader) if term.code != "red_flags" else say("q.red_flags.now", reader)
    return {
        "term": term.code, "family": term.family, "words": words,
        "questions": [_question(question, reader) for question in term.questions],
    }  # fmt: skip


def _question(question: Question, reader: Reader) -> dict[str, Any]:
    return {
        "question": question.code,
        "words": say(f"q.{question.code}", reader),
        "asked_if": [
            {"question": earlier, "options": sorted(options)}
            for earlier, options in question.asked_if
        ],
        "options": [
            {"option": one.code, "words": say(f"o.{question.code}.{one.code}", reader)}
            for one in question.options
        ],
    }
