"""What a patient is asked for at a time of its own: at most one open of each kind."""

from sqlmodel import select

from app.work import Work
from models import Patient, Prompt, PromptKind, PromptState


def open_prompt(work: Work, patient: Patient, kind: PromptKind) -> Prompt | None:
    """What is asked of a patient by now and not answered."""
    query = select(Prompt).where(
        Prompt.clinic_id == patient.clinic_id,
        Prompt.patient_id == patient.id,
        Prompt.kind == kind,
        Prompt.state == PromptState.OPEN,
        Prompt.due_at <= work.now,
    )
    return work.session.exec(query).first()
