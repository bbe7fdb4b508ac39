"""What always holds of FHIR: whatever is kept is valid, and what we write we can read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from fhir.resources.R4B.observation import Observation
from hypothesis import given
from hypothesis import strategies as st

from app.api.fhir_bodies import ObservationBody
from app.api.outcomes import expression
from app.clinical.grading import UNITS
from app.clinical.units import UG_PER_L_IN
from app.services.fhir.course import statements
from app.services.fhir.reading import Coded, analyte_of, unit_of
from app.services.fhir.results import lab_value, level
from app.services.fhir.terms import analyte_of_loinc, loinc_of, loincs
from app.services.lab_list.names import IMATINIB
from models import Comparator, Lab, Patient, Provenance, Regimen, Sample

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
SIGNS = st.none() | st.sampled_from(Comparator)
VALUES = st.floats(0.001, 1e6)
REPORTED = st.sampled_from([(analyte, unit) for analyte, units in UNITS.items() for unit in units])


def read_back(resource):
    """The analyte, value, sign and unit that our own endpoint reads of a resource."""
    told = ObservationBody.model_validate(resource)
    analyte, units = analyte_of([one.coded for one in told.code.coding], told.code.text)
    quantity = told.valueQuantity
    return analyte, quantity.value, quantity.comparator, unit_of(analyte, units, quantity.coded, quantity.unit)


@given(reported=REPORTED, value=VALUES, sign=SIGNS, lln=st.none() | VALUES, grade=st.none() | st.integers(0, 4))
def test_every_laboratory_value_is_valid_and_read_back_as_it_was(reported, value, sign, lln, grade):
    analyte, unit = reported
    lab = Lab(
        clinic_id="wuhan", id="a1", patient_id="p1", analyte=analyte, value=value, comparator=sign, unit=unit, lln=lln,
        collected_at=AT, grade=grade, recorded_at=AT, identifier="urn:lis|R|1",
    )  # fmt: skip
    resource = lab_value(lab)
    assert Observation.model_validate(resource).identifier[0].value == "1"
    assert read_back(resource) == (analyte, value, sign, unit)


@given(value=VALUES, unit=st.sampled_from(list(UG_PER_L_IN)), sign=SIGNS, hours=st.none() | st.floats(0, 60))
def test_every_level_is_valid_and_read_back_as_it_was_measured(value, unit, sign, hours):
    corrected = value if hours and 8 <= hours <= 48 and sign is None else None
    sample = Sample(
        clinic_id="wuhan", id="a1", patient_id="p1", drawn_at=AT, concentration=value, unit=unit, comparator=sign,
        last_dose_at=AT - timedelta(hours=hours) if hours else None, dose_provenance=Provenance.STAFF, raw_ug_per_l=value,
        corrected_ug_per_l=corrected, low_ug_per_l=corrected, high_ug_per_l=corrected, ke_per_h=0.041, recorded_at=AT,
    )  # fmt: skip
    measured, *more = level(sample)
    assert len(more) == (corrected is not None)
    assert all(Observation.model_validate(one) for one in (measured, *more))
    assert read_back(measured) == (IMATINIB, value, sign, unit)


def test_every_code_that_is_read_names_one_analyte_and_its_units():
    for code in loincs():
        analyte, units = analyte_of_loinc(code)
        assert set(units) <= set(UNITS[analyte])
    for analyte, units in UNITS.items():
        assert all(loinc_of(analyte, unit) for unit in units)


def test_the_code_of_a_percentage_or_of_another_fluid_is_no_count():
    for code in ("770-8", "26511-6", "2161-8", ""):
        assert analyte_of_loinc(code) is None


@pytest.mark.parametrize(("pointer", "path"), [
    ("/referenceRange/0/low", "Observation.referenceRange[0].low"), ("/code", "Observation.code"),
    ("/identifier/1", "Observation.identifier[1]"),
])  # fmt: skip
def test_a_place_is_told_as_fhir_tells_it(pointer, path):
    assert expression(pointer) == path


def test_a_code_of_ours_is_read_under_our_system_or_none():
    assert analyte_of([Coded(None, "ALT")], None)[0] == "ALT"
    assert analyte_of([Coded("urn:gist-companion:codes", "imatinib")], None)[0] == IMATINIB


def test_a_stop_ends_the_step_before_and_is_no_step_itself():
    mine = {"clinic_id": "wuhan", "patient_id": "p", "recorded_at": datetime(2026, 9, 1, tzinfo=UTC)}
    steps = [Regimen(id=f"g{mg}", daily_dose_mg=mg, started_on=date(2026, month, 1), **mine)
             for mg, month in ((400, 6), (0, 9))]  # fmt: skip
    patient = Patient(clinic_id="wuhan", id="p", code="P-1", year_of_birth=1960, sex="female",
                      registered_at=mine["recorded_at"])  # fmt: skip
    told = statements(patient, steps, date(2026, 10, 1))
    assert [(one["status"], one["effectivePeriod"]["end"]) for one in told] == [("completed", "2026-08-31")]
