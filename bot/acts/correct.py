"""Correcting the last report within 24 hours: what was told, and what to tell anew."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.clinical.symptoms import TERMS_ASKED
from app.services.corrections import correctable
from bot.chats import Talk
from bot.flow import Answers, as_if_just_told, open_step
from bot.flows.symptoms import (
    CORRECTS,
    SYMPTOMS,
    choosing_again,
    filled_in,
    terms_of,
    without,
    without_last,
)
from bot.home import at_home
from bot.replies import Opens, Reply, button
from models import SymptomReport

CORRECT = button("home.correct", "go:correct")

_Change = Callable[[Answers], Mapping[str, Any]]


def _correct(talk: Talk) -> Reply | Opens:
    """What the last report said, and what of it can be told anew."""
    report = _still(talk)
    if report is None:
        return at_home(talk, "correct.too_late")
    terms = [f"term.{term.code}" for term in terms_of(report.answers)]
    if not terms:
        return Opens("symptoms", {CORRECTS: report.id}, {"key": "correct.again"})
    data = {
        "told_at": report.reported_at.isoformat(),
        "lines": [{"key": "symptoms.line", "params": {"term_key": key}} for key in terms],
        "buttons": [*([_of_term(key)] for key in terms), *([one] for one in _OTHER)],
    }
    return Reply("correct.told", data)


def _of_term(key: str) -> dict[str, Any]:
    code = key.removeprefix("term.")
    return {**button("correct.term", f"go:fix_{code}"), "params": {"term_key": key}}


_OTHER = (
    button("correct.which", "go:fix_which"), button("correct.rest", "go:fix_rest"),
    button("correct.anew", "go:fix_anew"), button("correct.leave", "go:home"),
)  # fmt: skip


def _still(talk: Talk) -> SymptomReport | None:
    assert talk.patient is not None
    return correctable(talk.work, talk.patient)


def _fix(change: _Change, talk: Talk) -> Reply | Opens:
    """Open the report with its answers filled in, but for those to be told anew."""
    report = _still(talk)
    if report is None:
        return at_home(talk, "correct.too_late")
    filled = filled_in(report.answers, report.intolerable)
    answers = change(filled) if terms_of(report.answers) else {}
    if open_step(SYMPTOMS, answers) is None:  # an old button: the symptom is not in it any more
        return _correct(talk)
    told = as_if_just_told(SYMPTOMS, answers)
    return Opens("symptoms", {**told, CORRECTS: report.id})


def _without_term(term: str, answers: Answers) -> Mapping[str, Any]:
    return without(answers, term)


def _nothing(_answers: Answers) -> Mapping[str, Any]:
    return {}


_CHANGES: Mapping[str, _Change] = {
    "which": choosing_again, "rest": without_last, "anew": _nothing,
    **{code: partial(_without_term, code) for code in TERMS_ASKED},
}  # fmt: skip

GO = {"correct": _correct, **{f"fix_{name}": partial(_fix, do) for name, do in _CHANGES.items()}}
COMMANDS = {"correct": _correct}
