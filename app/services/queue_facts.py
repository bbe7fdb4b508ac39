"""What the queue shows of the patients of one page: few statements for all of them.

A record here holds what still counts for a visit, and not the patient's years.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select

from app.services.doses import counts
from app.services.meant import MEANT
from app.services.summary_facts import Record
from app.services.what_counts import LABS_WITHIN, REPORT_COUNTS_FOR, SF36_COUNTS_FOR
from app.work import Work
from models import (
    Alert,
    AlertState,
    Dose,
    Lab,
    Patient,
    Questionnaire,
    Regimen,
    Sample,
    SymptomReport,
    Visit,
)

Row = TypeVar("Row", bound=SQLModel)
_OF_TODAY = timedelta(hours=25)  # the longest day of a clinic's clock
_UNCLOSED = (AlertState.OPEN, AlertState.ACKNOWLEDGED)


def records_of(work: Work, clinic_id: str, patients: Sequence[Patient]) -> Mapping[str, Record]:
    """By the id of the patient."""

    def read(table: type[Row], order: Any, *where: Any) -> Mapping[str, list[Row]]:
        return _of_all(work, clinic_id, patients, table, order, where)

    now, stands = work.now, col(SymptomReport.replaced_by).is_(None)
    today = now - _OF_TODAY  # a visit of today has its marks as of its own time
    regimens = read(Regimen, (Regimen.started_on, Regimen.recorded_at))
    doses = read(Dose, (Dose.taken_at,), col(Dose.taken_at) > today - MEANT[1], counts())
    visits = read(Visit, (Visit.draw_at,))
    samples = read(Sample, (Sample.drawn_at,))
    reported = col(SymptomReport.reported_at) >= today - REPORT_COUNTS_FOR
    reports = read(SymptomReport, (SymptomReport.reported_at,), stands, reported)
    labs = read(Lab, (Lab.collected_at,), col(Lab.collected_at) >= today - LABS_WITHIN)
    answered = col(Questionnaire.answered_at) >= today - SF36_COUNTS_FOR
    asked = read(Questionnaire, (Questionnaire.answered_at,), answered)
    alerts = read(Alert, (Alert.raised_at,), col(Alert.state).in_(_UNCLOSED))
    return {
        one.id: Record(
            one, regimens[one.id], doses[one.id], visits[one.id], samples[one.id],
            reports[one.id], labs[one.id], asked[one.id], alerts[one.id], (),
        )
        for one in patients
    }  # fmt: skip


def _of_all(
    work: Work, clinic_id: str, patients: Sequence[Patient], table: type[Row], order: Any,
    where: Any,
) -> Mapping[str, list[Row]]:  # fmt: skip
    columns: Any = table
    ids = {patient.id for patient in patients}
    query = select(table).where(columns.clinic_id == clinic_id, columns.patient_id.in_(ids), *where)
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in work.session.exec(query.order_by(*order)):
        found[row.patient_id].append(row)  # type: ignore[attr-defined]
    return found
