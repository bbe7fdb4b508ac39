"""A symptom report is heeded while it is told: what cannot wait, and what is left half way."""

from collections.abc import Mapping
from typing import Any

from app.clinical.symptoms import told_so_far
from app.services.half_reports import alert_half_told, leave_half_report
from app.services.opening import help_at
from bot.chats import Talk
from bot.flow import Answers, Flow, open_step
from bot.flows.half_told import as_ticked, flag_of, grades_in, terms_told, urgent_in
from bot.flows.symptoms import SYMPTOMS

_Note = Mapping[str, Any]


def heed(talk: Talk, flow: Flow, before: Answers, answers: Answers) -> _Note | None:
    """Call a nurse for what an answer tells that cannot wait; what is said of it at once.

    With the last answer the report itself calls her.
    """
    if flow is not SYMPTOMS or open_step(flow, answers) is None:
        return None
    return _alerted(talk, before, answers)


def _alerted(talk: Talk, before: Answers, answers: Answers) -> _Note | None:
    told = urgent_in(answers)
    new = [told[name] for name in told.keys() - urgent_in(before).keys()]
    if not new or talk.patient is None:
        return None
    flags = sorted({one.red_flag for one in new if one.red_flag})
    alert_half_told(talk.work, talk.patient, flags, grades_in(answers))
    if flags:
        return {"key": "symptoms.emergency"}
    help_is, values = help_at(talk.work, talk.patient.clinic_id)
    return {"key": f"symptoms.alerted.{help_is}", "params": values}


def leave(talk: Talk) -> None:
    """The open report is left: its ticks count as told, and the nurse reads of the half."""
    if talk.chat.flow != SYMPTOMS.name or talk.patient is None:
        return
    answers = talk.chat.answers
    ticked = as_ticked(answers)
    _alerted(talk, answers, ticked)
    told = told_so_far(ticked)
    terms = terms_told(answers)
    if terms:
        leave_half_report(talk.work, talk.patient, {one: told.get(one, ()) for one in terms})


def heed_tap(talk: Talk, step: str, option: str) -> bool:
    """Call a nurse for a red flag that is tapped where no answer is kept; whether it is one."""
    flag = flag_of(step, option)
    if flag is None or talk.patient is None:
        return False
    alert_half_told(talk.work, talk.patient, [flag], {})
    return True
