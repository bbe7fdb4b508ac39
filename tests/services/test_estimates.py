"""The estimate from a patient's rows: told doses, assumed days, missed ones, the clinic's prior."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from app.services.estimates import doses_given
from app.services.regimens import list_regimens
from app.services.summary import pre_visit_summary
from models import Clinic, Dose, DoseStatus, Lab, Patient, Prior, Provenance, Regimen, Sample
from models.columns import new_id

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DRAWN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 24 h after a dose at 8:00 in Shanghai


@pytest.fixture
def keys(patient):
    return lambda: {"clinic_id": patient.clinic_id, "id": new_id(NOW), "patient_id": patient.id}


@pytest.fixture
def add(begin):
    def add(*rows):
        with begin() as work:
            work.session.add_all(rows)

    return add


@pytest.fixture
def sample(keys):
    def sample(ug_per_l=1900.0, drawn_at=DRAWN, **columns):
        return Sample(**{
            **keys(), "drawn_at": drawn_at, "concentration": ug_per_l, "unit": "ug/L",
            "raw_ug_per_l": ug_per_l, "corrected_ug_per_l": ug_per_l, "ke_per_h": 0.041,
            "last_dose_at": drawn_at - timedelta(hours=24), "hours_after_dose": 24.0,
            "dose_provenance": Provenance.STAFF, "recorded_at": NOW, **columns,
        })  # fmt: skip

    return sample


@pytest.fixture
def estimated(begin, patient):
    def estimated():
        with begin() as work:
            return pre_visit_summary(work, patient.clinic_id, patient.id).estimate

    return estimated


def test_a_high_level_is_pulled_towards_the_population_and_the_wider_prior_stands_beside(add, sample, estimated):
    add(sample())
    found = estimated()
    assert found.prior == "jiang_2023" and found.disagrees
    assert found.levels[0].fitted_ug_per_l == pytest.approx(1255, abs=3)
    assert found.wider.prior == "widmer_2006"


def test_the_clinic_chooses_the_prior(begin, add, sample, estimated, clinic):
    add(sample())
    with begin() as work:
        work.session.get_one(Clinic, clinic.id).prior = Prior.WIDMER_2006
    assert estimated().prior == "widmer_2006"


def test_without_a_level_whose_dose_is_known_there_is_no_estimate(add, sample, estimated):
    assert estimated() is None
    add(sample(corrected_ug_per_l=None, last_dose_at=None, hours_after_dose=None))
    assert estimated() is None


def test_without_a_dose_there_is_no_estimate(begin, add, sample, estimated):
    add(sample())
    with begin() as work:
        for step in work.session.exec(select(Regimen)):
            work.session.delete(step)
    assert estimated() is None


def test_only_the_last_four_levels_count(add, sample, estimated):
    add(*(sample(1000.0 + n, DRAWN - timedelta(days=7 * n)) for n in range(6)))
    assert [round(one.measured_ug_per_l) for one in estimated().levels] == [1003, 1002, 1001, 1000]


def test_a_recent_red_cell_count_moves_the_expected_clearance(add, sample, keys, estimated):
    add(sample())
    before = estimated().levels[0].expected_ug_per_l
    add(Lab(**keys(), analyte="rbc", value=2.6, unit="10^12/L", collected_at=DRAWN, recorded_at=NOW))
    assert estimated().levels[0].expected_ug_per_l > before


def test_days_of_which_nothing_was_told_are_doses_and_missed_and_vomited_ones_are_not(begin, add, sample, keys, patient):
    def dose(days, status, hour=0):
        at = datetime(2026, 11, 23, hour, tzinfo=UTC) - timedelta(days=days)
        return Dose(**keys(), taken_at=at, dose_mg=400, status=status, provenance=Provenance.STAFF, recorded_at=NOW)

    drawn = sample()
    add(drawn, dose(2, DoseStatus.MISSED), dose(3, DoseStatus.VOMITED), dose(4, DoseStatus.TAKEN, hour=7))
    with begin() as work:
        row, rows = work.session.get_one(Patient, (patient.clinic_id, patient.id)), [drawn]
        given = doses_given(work, row, list_regimens(work, row), rows)
    at = {one.taken_at for one in given}
    days = [one.taken_at.date() for one in given]
    assert datetime(2026, 11, 19, 7, tzinfo=UTC) in at and drawn.last_dose_at in at
    assert date(2026, 11, 21) not in days and date(2026, 11, 20) not in days
    assert len(days) == len(set(days))
    assert min(days) == date(2026, 9, 24) and all(one.dose_mg == 400 for one in given)


def test_a_dose_step_is_followed_day_by_day(begin, add, sample, keys, patient):
    drawn = sample()
    add(drawn, Regimen(**keys(), daily_dose_mg=300, started_on=date(2026, 11, 1), recorded_at=NOW))
    with begin() as work:
        row = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        given = doses_given(work, row, list_regimens(work, row), [drawn])
    assert {(one.dose_mg, one.taken_at.date() >= date(2026, 11, 1)) for one in given} == {(400, False), (300, True)}


def test_a_dose_told_at_8_and_entered_by_staff_as_8_05_is_one_dose(begin, add, sample, keys, patient, estimated):
    at_8 = DRAWN - timedelta(hours=24)
    drawn = sample(1000.0, last_dose_at=at_8 + timedelta(minutes=5))
    add(drawn)
    alone = estimated()
    add(Dose(**keys(), taken_at=at_8, dose_mg=400, status=DoseStatus.TAKEN, provenance=Provenance.PATIENT_AT_THE_MOMENT, recorded_at=NOW))
    assert estimated() == alone
    with begin() as work:
        row = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        given = doses_given(work, row, list_regimens(work, row), [drawn])
    assert [one.taken_at for one in given][-1] == drawn.last_dose_at
    assert sum(one.taken_at.date() == at_8.date() for one in given) == 1
