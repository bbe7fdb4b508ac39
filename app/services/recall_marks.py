"""Notes that a patient's record has changed: what is due is made anew from it.

One small row a patient and transaction, never changed, so that two who write at once never
wait for each other here.
"""

from app.work import Work
from models import RecallMark
from models.columns import new_id

_MARKED = "recall_marked"


def mark_recall(work: Work, clinic_id: str, patient_id: str) -> None:
    """Have what is due for a patient made anew (app.services.recall_rows)."""
    marked = work.session.info.setdefault(_MARKED, set())
    if (clinic_id, patient_id) not in marked:
        marked.add((clinic_id, patient_id))
        work.session.add(
            RecallMark(clinic_id=clinic_id, id=new_id(work.now), patient_id=patient_id)
        )


def unmarked(work: Work) -> None:
    """What was marked is made by now; a later change in this transaction marks again."""
    work.session.info.pop(_MARKED, None)
