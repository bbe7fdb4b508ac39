"""Patients without a phone of their own, and the cards that are handed to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, func, select

from app.services.audit import audit
from app.services.errors import Invalid
from app.services.invitations import Invited, invite
from app.services.patients import find_patient
from app.work import Work
from models import Chat, Invitation, Patient

MOST_CARDS = 48  # [own] six sheets; as many stand on a page to choose from


class ChooseSome(Invalid):
    """Choose at least one patient, and at most 48."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A patient, and until when a code that was made before can still be used."""

    patient: Patient
    invited_until: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    patient: Patient
    made: Invited


def unlinked(
    work: Work, clinic_id: str, q: str = "", after: str | None = None, limit: int = MOST_CARDS
) -> tuple[list[Unlinked], str | None]:
    """A page of them by part of a code, in the order of registration; where the next starts."""
    query = select(Patient).where(Patient.clinic_id == clinic_id, *_waiting())
    if q:
        query = query.where(func.upper(col(Patient.code)).contains(q.upper(), autoescape=True))
    if after:
        query = query.where(Patient.id > after)
    rows = list(work.session.exec(query.order_by(col(Patient.id)).limit(limit + 1)))
    shown = rows[:limit]
    invited = _invited(work, clinic_id, shown)
    more = shown[-1].id if len(rows) > limit else None
    return [Unlinked(one, invited.get(one.id)) for one in shown], more


def _waiting() -> tuple[ColumnElement[bool], ...]:
    """Of a Patient: alive, not erased, and no phone of their own; a carer's is not theirs."""
    own = exists().where(
        col(Chat.clinic_id) == Patient.clinic_id, col(Chat.patient_id) == Patient.id,
        col(Chat.proxy).is_(False),
    )  # fmt: skip
    return (~own, col(Patient.erased_at).is_(None), col(Patient.died_on).is_(None))


def _invited(work: Work, clinic_id: str, patients: Sequence[Patient]) -> dict[str, datetime]:
    query = select(Invitation.patient_id, func.max(Invitation.expires_at)).where(
        Invitation.clinic_id == clinic_id,
        col(Invitation.patient_id).in_([one.id for one in patients]),
        col(Invitation.proxy).is_(False), col(Invitation.used_at).is_(None),
        Invitation.expires_at > work.now,
    ).group_by(col(Invitation.patient_id))  # fmt: skip
    return {one: until for one, until in work.session.exec(query)}


def make_cards(
    work: Work, clinic_id: str, patient_ids: Sequence[str], bot_name: str, by: str
) -> list[Card]:
    """A one-time code for each, in the order given; none for whom a phone was linked meanwhile.

    Raises ChooseSome, NoSuchPatient.
    """
    chosen = list(dict.fromkeys(patient_ids))
    if not 0 < len(chosen) <= MOST_CARDS:
        raise ChooseSome(field="patient_id")
    patients = [find_patient(work, clinic_id, one) for one in chosen]
    query = select(Patient.id).where(
        Patient.clinic_id == clinic_id, col(Patient.id).in_(chosen), *_waiting()
    )
    waiting = set(work.session.exec(query))
    return [_card(work, one, bot_name, by) for one in patients if one.id in waiting]


def _card(work: Work, patient: Patient, bot_name: str, by: str) -> Card:
    made = invite(work, patient, bot_name)
    audit(work, patient.clinic_id, by, "patient.invite", patient.id, made.id)
    return Card(patient, made)
