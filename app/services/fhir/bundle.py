"""The record of one patient as a FHIR R4B Bundle."""

from collections.abc import Iterator
from itertools import chain
from zoneinfo import ZoneInfo

from app.services.doses import list_doses
from app.services.fhir.course import (
    administration,
    appointment,
    flag,
    patient_resource,
    statements,
)
from app.services.fhir.results import lab_value, level, observation
from app.services.fhir.terms import Resource, instant
from app.services.fhir.told import adverse_events, questionnaire, report
from app.services.former import former_results
from app.services.labs import list_labs
from app.services.my_data import grades_by_report, rows_of
from app.services.questionnaires import list_questionnaires
from app.services.regimens import list_regimens
from app.services.reports import list_reports
from app.services.samples import list_samples
from app.services.visits import list_visits
from app.work import Work
from models import AlertState, Ending, Patient


def bundle_of(work: Work, patient: Patient, base: str) -> Resource:
    """A collection of all that is recorded and stands; `base` is the address of our FHIR."""
    entries = [
        {"fullUrl": f"{base}/{one['resourceType']}/{one['id']}", "resource": one}
        for one in _resources(work, patient)
    ]
    return {
        "resourceType": "Bundle", "type": "collection",
        "timestamp": instant(work.now), "entry": entries,
    }  # fmt: skip


def _resources(work: Work, patient: Patient) -> Iterator[Resource]:
    yield patient_resource(patient)
    today = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    yield from statements(patient, list_regimens(work, patient), today)
    yield from (administration(patient, dose) for dose in list_doses(work, patient))
    yield from chain.from_iterable(level(one) for one in list_samples(work, patient))
    yield from (lab_value(one) for one in list_labs(work, patient))
    withdrawn = (one for one in former_results(work, patient) if one.ended == Ending.WITHDRAWN)
    yield from (observation(one.row, is_withdrawn=True) for one in withdrawn)
    yield from _told(work, patient)
    yield from (appointment(patient, visit) for visit in list_visits(work, patient))
    alerts = rows_of(work, patient, "alerts")
    yield from (flag(patient, one) for one in alerts if one.state != AlertState.CLOSED)


def _told(work: Work, patient: Patient) -> Iterator[Resource]:
    grades = grades_by_report(work, patient)
    for told in list_reports(work, patient):
        yield from report(told)
        yield from adverse_events(grades.get(told.id, []))
    for answered in list_questionnaires(work, patient):
        yield from questionnaire(answered)
