"""SF-36 as answered and as scored."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from app.clinical.sf36 import score
from app.services.errors import Invalid
from app.work import Work
from models import Patient, Questionnaire
from models.columns import new_id


def record_questionnaire(
    work: Work, patient: Patient, items: Sequence[int | None], answered_at: datetime | None = None
) -> Questionnaire:
    """Keep the 36 answers with their scales and both summaries."""
    at = answered_at or work.now
    if at > work.now:
        raise Invalid("Answers cannot lie in the future; check the time.", field="answered_at")
    scored = score(items)
    row = Questionnaire(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        items=list(items), scales=scored.scales, pcs_mean=scored.pcs_mean,
        mcs_mean=scored.mcs_mean, pcs_t=scored.pcs_t, mcs_t=scored.mcs_t, answered_at=at,
        recorded_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    return row


def list_questionnaires(work: Work, patient: Patient) -> list[Questionnaire]:
    """All of them, the latest first."""
    query = select(Questionnaire).where(
        Questionnaire.clinic_id == patient.clinic_id, Questionnaire.patient_id == patient.id
    )
    return list(work.session.exec(query.order_by(col(Questionnaire.answered_at).desc())))
