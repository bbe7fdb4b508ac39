"""The reports of a patient a page at a time, the latest first; and the one of an alert."""

from sqlalchemy import tuple_
from sqlmodel import col, select

from app.services.paging import Page, Place, place_of
from app.services.summary_rows import LatestReport
from app.services.summary_told import report_line
from app.work import Work
from models import Alert, SymptomReport

REPORTS = 20  # on a page


def list_report_lines(
    work: Work, clinic_id: str, patient_id: str, after: str | None = None, at_most: int = REPORTS
) -> Page[LatestReport]:
    """Those that stand: a version that the patient corrected is shown beside its correction.

    Raises NoSuchPage.
    """
    query = select(SymptomReport).where(
        SymptomReport.clinic_id == clinic_id, SymptomReport.patient_id == patient_id,
        col(SymptomReport.replaced_by).is_(None),
    )  # fmt: skip
    place = tuple_(col(SymptomReport.reported_at), col(SymptomReport.id))
    start = place_of(after)
    if start is not None:
        query = query.where(place < (start.at, start.id))
    newest = (col(SymptomReport.reported_at).desc(), col(SymptomReport.id).desc())
    rows = list(work.session.exec(query.order_by(*newest).limit(at_most + 1)))
    last = rows[at_most - 1] if len(rows) > at_most else None
    following = str(Place(0, last.reported_at, last.id)) if last else None
    return Page([report_line(work, row) for row in rows[:at_most]], following)


def report_of_alert(work: Work, alert: Alert) -> LatestReport | None:
    """The report by which it was raised, or raised last, as it stands; None where words or a
    laboratory value raised it."""
    report_id = alert.report_id
    row = work.session.get(SymptomReport, (alert.clinic_id, report_id)) if report_id else None
    while row is not None and row.replaced_by:
        row = work.session.get(SymptomReport, (alert.clinic_id, row.replaced_by))
    return report_line(work, row) if row is not None else None
