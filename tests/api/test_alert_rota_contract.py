"""The rota over HTTP: read and replaced as a whole, and the clinic's waits."""

import pytest
from sqlmodel import select

from models import Audit, Clinic, Rota, Staff


@pytest.fixture
def nurse(begin, clinic) -> int:
    return someone(begin, "nurse")


def someone(begin, name, clinic_id="wuhan", active=True) -> int:
    with begin() as work:
        staff = Staff(clinic_id=clinic_id, name=name, email=f"{name}@x", password="x",
                      fs_uniquifier=name, active=active)  # fmt: skip
        work.session.add(staff)
    return staff.id


def slot(staff_id, **more):
    return {"staff_id": staff_id, "weekday": 0, "starts": "08:00:00", "until": "17:00:00",
            "position": 0, **more}  # fmt: skip


def rota(*slots, days=()):
    return {"slots": list(slots), "special_days": list(days)}


def test_a_rota_is_replaced_and_read_as_it_was_sent(api, nurse):
    holiday = {"on": "2027-02-06", "counts_as": 6, "name": "春节"}
    night = slot(nurse, weekday=4, starts="20:00:00", until="08:00:00")
    sent = rota(slot(nurse), night, days=[holiday])
    assert api("PUT", "/rota", sent) == sent
    assert api("GET", "/rota") == sent
    assert api("PUT", "/rota", rota(slot(nurse, weekday=6)))["special_days"] == []
    assert [one["weekday"] for one in api("GET", "/rota")["slots"]] == [6]


def test_an_empty_rota_is_a_rota(api, nurse):
    api("PUT", "/rota", rota(slot(nurse)))
    assert api("PUT", "/rota", {"slots": []}) == rota()


@pytest.mark.parametrize(("change", "pointer"), [
    ({"weekday": 7}, "/slots/1/weekday"),
    ({"starts": "25:00"}, "/slots/1/starts"),
    ({"until": "17:00:30"}, "/slots/1/until"),
    ({"position": -1}, "/slots/1/position"),
    ({"staff_id": 4711}, "/slots/1/staff_id"),
    ({"who": 1}, "/slots/1/who"),
    ({}, "/slots/1/position"),
])  # fmt: skip
def test_a_wrong_slot_is_named_and_nothing_is_changed(api, nurse, change, pointer):
    api("PUT", "/rota", rota(slot(nurse, weekday=3)))
    problem = api("PUT", "/rota", rota(slot(nurse), {**slot(nurse), **change}), 422)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert [one["weekday"] for one in api("GET", "/rota")["slots"]] == [3]


def test_a_date_that_stands_twice_is_named(api, nurse):
    day = {"on": "2027-02-06", "counts_as": 6}
    problem = api("PUT", "/rota", rota(days=[day, day]), 422)
    assert problem["errors"][0]["pointer"] == "/special_days/1/on"


def test_only_active_staff_of_this_clinic_are_put_on_the_rota(api, begin, nurse):
    with begin() as work:
        work.session.add(Clinic(id="beijing", name="Another"))
    for other in (someone(begin, "away", active=False), someone(begin, "far", "beijing")):
        problem = api("PUT", "/rota", rota(slot(other)), 422)
        assert problem["errors"][0]["pointer"] == "/slots/0/staff_id"
    with begin() as work:
        assert work.session.exec(select(Rota)).all() == []


def test_the_staff_are_listed_with_what_they_can_be_reached_by(api, nurse):
    assert api("GET", "/staff")["items"] == [
        {"id": nurse, "name": "nurse", "roles": [], "has_phone": False, "has_telegram": False,
         "texts_stopped_at": None}
    ]  # fmt: skip


def test_reading_and_changing_the_rota_is_audited(api, begin, nurse):
    api("GET", "/rota")
    api("PUT", "/rota", rota(slot(nurse)))
    with begin() as work:
        assert {"rota.read", "rota.change"} <= set(work.session.exec(select(Audit.action)))


@pytest.mark.parametrize(("name", "least", "most"), [
    ("nurse_wait_min", 1, 120), ("next_wait_min", 1, 120), ("doctor_wait_min", 1, 120),
    ("call_wait_min", 1, 120), ("close_within_min", 30, 1440),
])  # fmt: skip
def test_a_clinic_sets_its_waits_within_bounds(api, name, least, most):
    for value in (least, most):
        assert api("PATCH", "/clinic", {name: value})[name] == value
    for value in (least - 1, most + 1):
        assert api("PATCH", "/clinic", {name: value}, 422)["errors"][0]["pointer"] == f"/{name}"
    assert api("GET", "/clinic")[name] == most
