"""The calculators for clinicians: the pure functions as over HTTP; nothing is kept."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask_security import auth_required
from werkzeug.exceptions import NotFound

from app.clinical.dose_rule import dose_rule
from app.clinical.errors import ClinicalError
from app.clinical.grading import ANALYTES, grade_lab
from app.clinical.sf36 import ITEMS, score
from app.clinical.symptoms import TERMS_ASKED, grade_term, next_question
from app.clinical.symptoms.model import AskedTerm
from app.clinical.triage import triage
from app.clinical.trough import KE_TYPICAL, trough
from app.clinical.units import UG_PER_L_IN, ug_per_l
from app.pages.marks import marked
from app.pages.views import begin, mine, pages
from app.pages.words import reader
from models import Clinic, CtcaeVersion, InboxItem

Form = Mapping[str, str]


class Needed(ClinicalError):
    """Fill this in."""


class NotANumber(ClinicalError):
    """Write a number, for example 1200 or 0.041."""


class NotATime(ClinicalError):
    """Give the day and the time."""


class InTheFuture(ClinicalError):
    """The time lies in the future; check it."""


@pages.get("/calculators")
@auth_required("session")
def calculators_page() -> str:
    return _page(None)


@pages.post("/calculators/<name>")
@auth_required("session")
def calculate(name: str) -> tuple[str, int]:
    if name not in CALCULATORS:
        raise NotFound
    try:
        return _page(name, result=CALCULATORS[name](request.form)), 200
    except ClinicalError as error:
        return _page(name, error=error), 422


def _page(name: str | None, result: Any = None, error: ClinicalError | None = None) -> str:
    return render_template(
        "pages/calculators/all.html", calculators=CALCULATORS, name=name, result=result,
        error=error, error_kind=type(error).__name__, error_field=_beside(error),
        typed=request.form, analytes=ANALYTES, units=UG_PER_L_IN, editions=list(CtcaeVersion),
        terms=TERMS_ASKED, asked=_term_asked(), items=ITEMS,
    )  # fmt: skip


def _term_asked() -> AskedTerm:
    """The term whose questions are shown: the one chosen, else the first."""
    chosen = request.form.get("term") or request.args.get("term", "")
    return TERMS_ASKED.get(chosen, next(iter(TERMS_ASKED.values())))


def _beside(error: ClinicalError | None) -> str | None:
    """The box that an error stands beside; an item of the SF-36 has its own."""
    if error is None:
        return None
    kind, _, at = error.field.partition("/")
    return f"item-{int(at) + 1}" if kind == "items" and at else error.field


def _trough(form: Form) -> Any:
    raw = ug_per_l(_needed(form, "concentration"), form.get("unit", ""))
    taken, drawn = _moment(form, "dose_taken_at"), _moment(form, "drawn_at")
    if drawn > _now():
        raise InTheFuture("drawn_at")
    ke = _number(form, "ke")
    return trough(raw, taken, drawn, KE_TYPICAL if ke is None else ke)


def _grade(form: Form) -> Any:
    limits = [_number(form, name) for name in ("lln", "uln", "baseline")]
    analyte, unit = form.get("analyte", ""), form.get("unit", "")
    edition = form.get("ctcae_version") or CtcaeVersion.V5
    return grade_lab(analyte, _needed(form, "value"), unit, *limits, edition)


def _symptom(form: Form) -> Any:
    """Answers to questions that do not apply are passed over; one that is missing is named."""
    term, answers = _term_asked().code, dict[str, str]()
    while (asked := next_question(term, answers)) and form.get(asked.code):
        answers[asked.code] = form[asked.code]
    return grade_term(term, answers)


def _sf36(form: Form) -> Any:
    told = [form.get(f"item-{item.position}", "").strip() for item in ITEMS]
    return score([_whole(one, f"items/{at}") if one else None for at, one in enumerate(told)])


def _dose_rule(form: Form) -> Any:
    grade, days = form.get("worst_grade", ""), form.get("days_at_dose", "").strip()
    return dose_rule(
        _whole(grade, "worst_grade") if grade else None,
        "intolerable" in form,
        _number(form, "first_trough_ug_per_l"),
        _whole(form.get("current_dose_mg", ""), "current_dose_mg"),
        _whole(days, "days_at_dose") if days else None,
    )


def _triage(form: Form) -> Any:
    text = form.get("text", "")
    found = triage(text, reader().language)
    return {"found": found, "parts": marked(InboxItem(text=text, triage=asdict(found)))}


CALCULATORS: Mapping[str, Callable[[Form], Any]] = {
    "trough": _trough, "grade": _grade, "symptom": _symptom, "sf36": _sf36,
    "dose_rule": _dose_rule, "triage": _triage,
}  # fmt: skip


def _number(form: Form, field: str) -> float | None:
    told = form.get(field, "").strip()
    try:
        number = float(told) if told else None
    except ValueError:
        raise NotANumber(field) from None
    if number is not None and not math.isfinite(number):
        raise NotANumber(field)
    return number


def _needed(form: Form, field: str) -> float:
    number = _number(form, field)
    if number is None:
        raise Needed(field)
    return number


def _whole(told: str, field: str) -> int:
    try:
        return int(told)
    except ValueError:
        raise NotANumber(field) from None


def _moment(form: Form, field: str) -> datetime:
    """A time on the clinic's clock, as the browser sends it."""
    try:
        told = datetime.fromisoformat(form.get(field, ""))
    except ValueError:
        raise NotATime(field) from None
    return told if told.tzinfo else told.replace(tzinfo=_zone())


def _now() -> datetime:
    with begin() as work:
        return work.now


def _zone() -> ZoneInfo:
    with begin() as work:
        return ZoneInfo(work.session.get_one(Clinic, mine()).time_zone)
