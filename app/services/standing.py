"""The decisions on a patient as lines: where each stands, and the dose that it became."""

from app.services.amending import decisions_of, standings, starts_of
from app.services.decided_on import with_corrections
from app.services.draw_days import today_of
from app.services.summary_rows import DecisionLine
from app.services.summary_told import decision_line
from app.work import Work
from models import Patient


def lines_of(work: Work, patient: Patient) -> list[DecisionLine]:
    """The newest first."""
    rows, starts = decisions_of(work, patient), starts_of(work, patient)
    standing = standings(rows, starts, today_of(work, patient))
    begun = {start.decision_id: start for start in starts}
    lines = (decision_line(row, standing[row.id], begun.get(row.id)) for row in reversed(rows))
    return list(with_corrections(work, patient, lines))
