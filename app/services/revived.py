"""The system's clock was ahead and is back: what it ended before its time goes on after all.

Each is found in an index of what has ended, by an end that is still to come; while the clock goes
as it should, there is no such row.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, or_, update
from sqlmodel import col, exists, select

from app.services.closing import UNANSWERED
from app.services.messages import cancel_about
from app.services.prompts import about_prompt
from app.work import Work
from models import (
    Dose,
    InboxItem,
    InboxKind,
    Message,
    MessageState,
    Prompt,
    PromptState,
    Visit,
    VisitStatus,
)

SET_BACK = "the clock was set back"
_AT_MOST = 200
_OF_A_DAY = timedelta(hours=12)  # [own] a dose told within it needs no reminder


def revive(work: Work) -> None:
    """Prompts are open again; reminders still wanted whose time has not passed are due again."""
    for prompt in _missed_too_soon(work):
        if _makes_room(work, prompt):
            _open_again(work, prompt)
    work.session.flush()
    expired = _is(Message.state, "expired"), col(Message.not_after) >= work.now
    _queue_again(work, update(Message).where(*expired, *_wanted(work.now)))


def _wanted(now: datetime) -> Iterator[ColumnElement[bool]]:
    """As things stand now: what was done meanwhile has cancelled only what was queued."""
    yield or_(~_about("visit:"), _stands(Visit, Visit.status, VisitStatus.PLANNED))
    yield or_(~_about("prompt:"), _stands(Prompt, Prompt.state, PromptState.OPEN))
    told = exists().where(
        col(Dose.clinic_id) == Message.clinic_id, col(Dose.patient_id) == Message.patient_id,
        col(Dose.withdrawn_at).is_(None), col(Dose.taken_at) >= now - _OF_A_DAY,
    )  # fmt: skip
    yield or_(~_about("daily:"), col(Message.due_at) > now, ~told)


def _about(kind: str) -> ColumnElement[bool]:
    return func.coalesce(col(Message.about), "").like(f"{kind}%")


def _stands(table: Any, state: Any, word: str) -> Any:
    """Whether what a message is about is as it was; "visit:ID", "prompt:ID"."""
    row_id = func.substr(col(Message.about), len(table.__tablename__) + 2)
    return exists().where(
        table.clinic_id == Message.clinic_id, table.id == row_id, col(state) == word
    )


def _is(column: Any, word: str) -> ColumnElement[bool]:
    """Written out, as the partial index has it: a bound value does not find one."""
    same: ColumnElement[bool] = col(column) == literal_column(f"'{word}'")
    return same


def _queue_again(work: Work, which: Any) -> None:
    again = which.values(state=MessageState.QUEUED, reason=None)
    work.session.execute(again.execution_options(synchronize_session=False))


def _missed_too_soon(work: Work) -> Sequence[Prompt]:
    query = select(Prompt).where(_is(Prompt.state, "missed"), col(Prompt.closes_at) > work.now)
    query = query.order_by(col(Prompt.closes_at)).limit(_AT_MOST)
    return work.session.exec(query.with_for_update(skip_locked=True)).all()


def _makes_room(work: Work, prompt: Prompt) -> bool:
    """What was planned after it in that time is planned no more; what was there before stays."""
    query = select(Prompt).where(
        Prompt.clinic_id == prompt.clinic_id, Prompt.patient_id == prompt.patient_id,
        Prompt.kind == prompt.kind, Prompt.state == PromptState.OPEN,
    )  # fmt: skip
    following = work.session.exec(query.with_for_update()).first()
    if following is None:
        return True
    if following.made_at <= work.now:
        return False
    following.state = PromptState.CANCELLED
    cancel_about(work, following.clinic_id, about_prompt(following.id), SET_BACK)
    work.session.flush()
    return True


def _open_again(work: Work, prompt: Prompt) -> None:
    prompt.state = PromptState.OPEN
    cancelled = update(Message).where(
        col(Message.clinic_id) == prompt.clinic_id, col(Message.about) == about_prompt(prompt.id),
        col(Message.state) == MessageState.CANCELLED, col(Message.reason) == UNANSWERED,
        col(Message.not_after) >= work.now,
    )  # fmt: skip
    _queue_again(work, cancelled)
    _take_back_line(work, prompt)


def _take_back_line(work: Work, prompt: Prompt) -> None:
    """The nurse need not call for it."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == prompt.clinic_id, InboxItem.patient_id == prompt.patient_id,
        col(InboxItem.kind).in_([InboxKind.SILENT, InboxKind.UNREACHABLE]),
        col(InboxItem.handled_at).is_(None),
    )  # fmt: skip
    for item in work.session.exec(query.with_for_update()):
        if item.data.get("prompt") == prompt.id:
            item.handled_at, item.handled_by = work.now, SET_BACK
