"""A result that is old when it comes is an alert on the desk; nobody is called about it by night."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.services.alerts import acknowledge
from app.services.auditor import Watched, audit
from app.services.escalation import escalate_due
from app.services.labs import record_lab
from models import Alert, AlertState, Message, Patient, Rota, Staff
from models.columns import new_id
from tests.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = NOW + 22 * HOUR  # 08:00 of the next day in Shanghai, where NOW is 10:00


@pytest.fixture(autouse=True)
def nurse(begin, clinic):
    with begin() as work:
        nurse = Staff(clinic_id="wuhan", name="n", email="n@x", password="x", fs_uniquifier="n", phone="+8613800000001")
        work.session.add(nurse)
        work.session.flush()
        for weekday in range(7):
            work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=nurse.id, weekday=weekday))


@pytest.fixture
def comes(begin, patient, clock):
    """comes(platelets, drawn so long ago) -> the alert as it stands then."""

    def comes(value, ago):
        with begin() as work:
            here = work.session.get_one(Patient, (patient.clinic_id, patient.id))
            record_lab(work, here, analyte="platelets", value=value, unit="10^9/L", lln=125, uln=350, collected_at=clock.now - ago)
        return alert(begin)

    return comes


def alert(begin):
    with begin() as work:
        return work.session.exec(select(Alert)).one()


def called(begin):
    with begin() as work:
        return len(work.session.exec(select(Message).where(col(Message.staff_id).is_not(None))).all())


def audited(begin, clock):
    with begin() as work:
        found = audit(work, clock.now, Watched({}, 60, clock.now, apart=timedelta.max))
    return {one.word for one in found if one.word.startswith("alert")}


def test_an_old_value_is_an_open_alert_about_which_nobody_is_called_at_first(begin, comes, clock):
    found = comes(20, 15 * DAY)
    assert (found.state, found.grade, found.causes) == (AlertState.OPEN, 4, ["grade_3", "old_result"])
    assert (found.next_step_at, called(begin)) == (NOW + 4 * HOUR, 0)
    clock.now = NOW + HOUR
    assert audited(begin, clock) == set()
    assert alert(begin).next_step_at == NOW + 4 * HOUR


@pytest.mark.parametrize("ago", [HOUR, 14 * DAY])
def test_a_value_that_is_not_old_calls_at_once(begin, comes, ago):
    assert comes(20, ago).causes == ["grade_3"]
    assert called(begin) == 1


def test_who_has_not_been_called_by_evening_is_called_in_the_morning(begin, comes, clock):
    clock.now = NOW + 5 * HOUR  # 15:00: four hours later nobody is there
    assert comes(20, 15 * DAY).next_step_at == MORNING
    clock.now = MORNING
    with begin() as work:
        escalate_due(work)
    assert called(begin) == 1
    assert audited(begin, clock) == set()


def test_its_calls_stop_by_night_and_go_on_in_the_morning(begin, comes, clock):
    comes(20, 15 * DAY)
    with begin() as work:
        work.session.exec(select(Alert)).one().next_step_at = NOW + 10 * HOUR
    clock.now = NOW + 10 * HOUR
    with begin() as work:
        escalate_due(work)
    assert (called(begin), alert(begin).next_step_at) == (0, MORNING)


def test_taken_and_not_closed_it_comes_back_by_day(begin, comes, clock):
    comes(20, 15 * DAY)
    clock.now = NOW + 6 * HOUR
    with begin() as work:
        acknowledge(work, "wuhan", work.session.exec(select(Alert)).one().id, "staff:1")
    assert alert(begin).next_step_at == MORNING
    assert audited(begin, clock) == set()


@pytest.mark.parametrize("taken", [False, True])
def test_a_new_value_of_no_higher_grade_still_calls_at_once(begin, comes, clock, taken):
    comes(20, 15 * DAY)
    if taken:
        with begin() as work:
            acknowledge(work, "wuhan", work.session.exec(select(Alert)).one().id, "staff:1")
    found = comes(30, HOUR)
    assert (found.state, found.grade, found.causes, called(begin)) == (AlertState.OPEN, 3, ["grade_3"], 1)
    assert comes(20, HOUR).grade == 4
    assert called(begin) == 2


def test_an_old_value_changes_nothing_of_an_alert_about_a_new_one(begin, comes):
    comes(30, HOUR)
    found = comes(20, 15 * DAY)
    assert (found.grade, found.times_raised, found.causes, called(begin)) == (3, 2, ["grade_3"], 1)


def test_a_second_old_value_is_added_to_the_first(begin, comes):
    comes(30, 20 * DAY)
    found = comes(20, 15 * DAY)
    assert (found.grade, found.times_raised, found.causes, called(begin)) == (4, 2, ["grade_3", "old_result"], 0)


def test_one_that_would_wait_longer_than_any_clinic_is_closed_is_found(begin, comes, clock):
    comes(20, 15 * DAY)
    with begin() as work:
        work.session.exec(select(Alert)).one().next_step_at = NOW + 60 * DAY
    assert audited(begin, clock) == {"alert_step_too_far"}
    assert alert(begin).next_step_at == NOW
