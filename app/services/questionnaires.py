"""SF-36 as answered and as scored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.clinical.sf36 import change, score
from app.services.errors import Invalid
from app.services.prompts import sf36_told
from app.work import Work
from models import Patient, Provenance, Questionnaire
from models.columns import new_id
from models.report import OWN_WORDING

Scores = dict[str, float | None]
SUMMARIES = ("pcs_mean", "mcs_mean", "pcs_t", "mcs_t")


def record_questionnaire(
    work: Work,
    patient: Patient,
    items: Sequence[int | None],
    answered_at: datetime | None = None,
    wording: str = OWN_WORDING,
    provenance: Provenance = Provenance.PATIENT_AT_THE_MOMENT,
) -> Questionnaire:
    """Keep the 36 answers with their scales and both summaries, and the words they answer."""
    at = answered_at or work.now
    if at > work.now:
        raise Invalid("Answers cannot lie in the future; check the time.", field="answered_at")
    scored = score(items)
    row = Questionnaire(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        items=list(items), scales=scored.scales, pcs_mean=scored.pcs_mean,
        mcs_mean=scored.mcs_mean, pcs_t=scored.pcs_t, mcs_t=scored.mcs_t, answered_at=at,
        recorded_at=work.now, wording=wording, provenance=provenance,
    )  # fmt: skip
    work.session.add(row)
    sf36_told(work, patient, at)
    return row


def list_questionnaires(work: Work, patient: Patient) -> list[Questionnaire]:
    """All of them, the latest first."""
    query = select(Questionnaire).where(
        Questionnaire.clinic_id == patient.clinic_id, Questionnaire.patient_id == patient.id
    )
    latest = (col(Questionnaire.answered_at).desc(), col(Questionnaire.id).desc())
    return list(work.session.exec(query.order_by(*latest)))


def changes(rows: Sequence[Questionnaire]) -> list[dict[str, Scores | bool]]:
    """Of each, the latest first: the change since the one before and since the first.

    A change between two wordings may be of the words: `worded_as_previous` is then False.
    """
    told = [scores_of(row) for row in rows]
    return [
        {
            "since_previous": change(told[at + 1], now) if at + 1 < len(told) else {},
            "since_first": change(told[-1], now) if at + 1 < len(told) else {},
            "worded_as_previous": at + 1 == len(told) or rows[at].wording == rows[at + 1].wording,
        }
        for at, now in enumerate(told)
    ]


def scores_of(scored: Any) -> Scores:
    """The eight scales and the summaries of a row, or of its line in the summary."""
    return {**scored.scales, **{name: getattr(scored, name) for name in SUMMARIES}}
