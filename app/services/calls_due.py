"""Who should be phoned, from what is on record. Read-only; spans marked so are [own]."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, literal_column, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import and_, col

from app.services.about import REACH
from app.services.linking import VALID_FOR
from app.work import Work
from models import (
    CallWhy,
    Chat,
    ChatState,
    CheckPace,
    Invitation,
    Message,
    MessageState,
    Patient,
    Prompt,
    PromptKind,
    SymptomReport,
    Visit,
)

_TWICE = {  # [own] twice the pace
    CheckPace.TWICE_WEEKLY: timedelta(days=7), CheckPace.WEEKLY: timedelta(days=14),
    CheckPace.FORTNIGHTLY: timedelta(days=28),
}  # fmt: skip
_LOOKS_BACK = timedelta(days=35)  # in which one who is asked and silent has missed two checks
_NEVER_ANSWERED = 2  # [own] checks that passed, and no report ever
_LINKED_WITHIN = timedelta(days=7)  # [own] of the invitation
_SOON = timedelta(days=3)
_NOT_ARRIVED = (MessageState.FAILED, MessageState.EXPIRED)
RANKS = {why: rank for rank, why in enumerate(CallWhy)}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, since when, and what it is about: a visit."""

    why: CallWhy
    since: datetime
    about: str | None = None


def calls_due(work: Work, clinic_id: str) -> Mapping[str, list[Reason]]:
    """By patient; of each the most pressing reason first. Those who died or left are not there."""
    found: defaultdict[str, list[Reason]] = defaultdict(list)
    for reasons in (_reminders, _blocked, _silent, _unlinked):
        for patient_id, reason in reasons(work, clinic_id):
            found[patient_id].append(reason)
    return found


def _is_here(clinic_id: str, patient_id: Any) -> Any:
    one = aliased(Patient)
    return exists().where(
        col(one.clinic_id) == clinic_id, col(one.id) == patient_id, col(one.died_on).is_(None),
        col(one.erased_at).is_(None), col(one.forget_asked_at).is_(None),
    )  # fmt: skip


def _has_chat(clinic_id: str, patient_id: Any, *states: ChatState) -> Any:
    one = aliased(Chat)
    return exists().where(
        col(one.clinic_id) == clinic_id, col(one.patient_id) == patient_id,
        col(one.state).in_(states or tuple(ChatState)),
    )  # fmt: skip


def _is(column: Any, word: str) -> Any:
    """Written out, as the partial index has it: a bound value does not find one."""
    return col(column) == literal_column(f"'{word}'")


def _reminders(work: Work, clinic_id: str) -> Iterator[tuple[str, Reason]]:
    """Visits within three days of which a reminder did not arrive."""
    about = and_(
        col(Message.clinic_id) == clinic_id, col(Message.about) == "visit:" + col(Visit.id),
        col(Message.state).in_(_NOT_ARRIVED),
    )  # fmt: skip
    query = columns(col(Visit.patient_id), col(Visit.id), func.max(col(Message.due_at)))
    query = query.select_from(Visit).join(Message, about).where(
        col(Visit.clinic_id) == clinic_id, col(Visit.status) == "planned",
        col(Visit.status).in_([literal_column("'planned'"), literal_column("'attended'")]),
        col(Visit.draw_at) > work.now, col(Visit.draw_at) <= work.now + _SOON,
        _is_here(clinic_id, col(Visit.patient_id)),
    )  # fmt: skip
    grouped = query.group_by(col(Visit.patient_id), col(Visit.id), col(Visit.draw_at))
    seen: set[str] = set()
    for patient_id, visit_id, at in work.session.execute(grouped.order_by(col(Visit.draw_at))):
        if patient_id not in seen:
            seen.add(patient_id)
            yield patient_id, Reason(CallWhy.REMINDER, at, visit_id)


def _blocked(work: Work, clinic_id: str) -> Iterator[tuple[str, Reason]]:
    """Their chat is blocked, no other is linked, and a text may not go or did not arrive."""
    text_failed = exists().where(
        col(Message.clinic_id) == clinic_id, col(Message.patient_id) == col(Patient.id),
        col(Message.about).startswith(REACH), col(Message.state).in_(_NOT_ARRIVED),
    )  # fmt: skip
    no_text = or_(col(Patient.sms_consent).is_(False), col(Patient.phone).is_(None), text_failed)
    query = columns(col(Chat.patient_id), col(Chat.seen_at), col(Chat.consented_at)).join(
        Patient, and_(col(Patient.clinic_id) == clinic_id, col(Patient.id) == Chat.patient_id)
    )
    query = query.where(
        col(Chat.clinic_id) == clinic_id, _is(Chat.state, "blocked"), no_text,
        _is_here(clinic_id, col(Chat.patient_id)),
        ~_has_chat(clinic_id, col(Chat.patient_id), ChatState.ACTIVE, ChatState.STOPPED),
    )  # fmt: skip
    last = {row[0]: row[1] or row[2] or work.now for row in work.session.execute(query)}
    return ((patient_id, Reason(CallWhy.BLOCKED, at)) for patient_id, at in last.items())


def _silent(work: Work, clinic_id: str) -> Iterator[tuple[str, Reason]]:
    """Asked in their chat, and nothing told for twice the pace; or never."""
    for patient_id, told, missed in _missed(work, clinic_id):
        n, first, pace = missed
        if told is None and n >= _NEVER_ANSWERED:
            yield patient_id, Reason(CallWhy.UNANSWERED, first)
        elif told is not None and pace in _TWICE and told <= work.now - _TWICE[pace]:
            yield patient_id, Reason(CallWhy.SILENT, told)


def _missed(
    work: Work, clinic_id: str
) -> Iterator[tuple[str, datetime | None, tuple[int, datetime, CheckPace]]]:
    """Of each who missed a check lately: the last report, how many, the first, the last's pace."""
    missed = columns(
        col(Prompt.patient_id), col(Prompt.why), func.count().label("n"),
        func.min(col(Prompt.due_at)).label("first"), func.max(col(Prompt.due_at)).label("last"),
    ).where(
        col(Prompt.clinic_id) == clinic_id, _is(Prompt.state, "missed"),
        col(Prompt.kind) == PromptKind.CHECK, col(Prompt.closes_at) > work.now - _LOOKS_BACK,
    )  # fmt: skip
    each = missed.group_by(col(Prompt.patient_id), col(Prompt.why)).subquery()
    told = columns(func.max(col(SymptomReport.reported_at))).where(
        col(SymptomReport.clinic_id) == clinic_id,
        col(SymptomReport.patient_id) == each.c.patient_id,
    )
    query = columns(each, told.scalar_subquery()).where(
        _is_here(clinic_id, each.c.patient_id),
        _has_chat(clinic_id, each.c.patient_id, ChatState.ACTIVE),
    )
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    for row in work.session.execute(query.order_by(each.c.last)):
        rows[row.patient_id].append(row)
    for patient_id, own in rows.items():
        n, first = sum(row.n for row in own), min(row.first for row in own)
        yield patient_id, own[-1][-1], (n, first, own[-1].why)


def _unlinked(work: Work, clinic_id: str) -> Iterator[tuple[str, Reason]]:
    """Invited a week ago or longer, by the latest card, and no phone was ever linked."""
    latest = func.max(col(Invitation.expires_at))
    query = columns(col(Invitation.patient_id), latest).where(
        col(Invitation.clinic_id) == clinic_id, col(Invitation.used_at).is_(None),
        col(Invitation.proxy).is_(False), _is_here(clinic_id, col(Invitation.patient_id)),
        ~_has_chat(clinic_id, col(Invitation.patient_id)),
    )  # fmt: skip
    old = latest <= work.now - _LINKED_WITHIN + VALID_FOR
    for patient_id, expires_at in work.session.execute(
        query.group_by(col(Invitation.patient_id)).having(old)
    ):
        yield patient_id, Reason(CallWhy.UNLINKED, expires_at - VALID_FOR)
