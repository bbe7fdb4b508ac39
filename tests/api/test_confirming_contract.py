"""Confirming a grade and choosing an edition, over HTTP."""

import pytest

from models import Clinic, CtcaeVersion

NEW = {"year_of_birth": 1966, "sex": "female"}
VISION = {"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "affected"}
LAB = {"analyte": "neutrophils", "value": 0.9, "unit": "10^9/L",
       "collected_at": "2026-11-23T08:00:00+08:00"}  # fmt: skip


@pytest.fixture
def pid(api) -> str:
    return api("POST", "/patients", NEW, 201)["id"]


def test_a_symptom_grade_is_confirmed_and_both_are_read_back(api, pid):
    report = api("POST", f"/patients/{pid}/symptom-reports", {"answers": VISION}, 201)
    path = f"/symptom-reports/{report['id']}/grades/periorbital_edema/confirm"
    problem = api("POST", path, {"grade": 2}, 422)
    assert problem["errors"][0]["pointer"] == "/reason"
    told = api("POST", path, {"grade": 2, "reason": "seen in the clinic"})
    assert told["confirm_reason"] == "seen in the clinic" and told["confirmed_at"]
    assert (told["grade"], told["confirmed_grade"], told["status"]) == (3, 2, "confirmed")
    read = api("GET", f"/patients/{pid}/symptom-reports")["items"][0]["grades"]
    assert [(one["grade"], one["confirmed_grade"]) for one in read] == [(3, 2)]
    assert read[0]["confirmed_by"].startswith("key:")


def test_a_laboratory_grade_is_confirmed_and_both_are_read_back(api, pid):
    lab = api("POST", f"/patients/{pid}/labs", LAB, 201)
    assert (lab["grade"], lab["confirmed_grade"], lab["term_name"]) == (
        3, None, "Neutrophil count decreased",
    )  # fmt: skip
    api("POST", f"/labs/{lab['id']}/confirm", {"grade": 2, "reason": "clotted"})
    read = api("GET", f"/patients/{pid}/labs")["items"][0]
    assert (read["grade"], read["confirmed_grade"]) == (3, 2)


@pytest.mark.parametrize(("body", "status"), [
    ({"grade": 6}, 422), ({"grade": 5}, 422), ({"grade": -1}, 422), ({}, 422),
    ({"grade": 2, "note": "x"}, 422),
])  # fmt: skip
def test_a_grade_that_cannot_be_confirmed_is_named(api, pid, body, status):
    lab = api("POST", f"/patients/{pid}/labs", LAB, 201)
    problem = api("POST", f"/labs/{lab['id']}/confirm", body, status)
    assert problem["errors"][0]["pointer"] in ("/grade", "/note")


def test_what_is_not_there_is_not_found(api, pid):
    api("POST", "/labs/nowhere/confirm", {"grade": 1}, 404)
    api("POST", "/symptom-reports/nowhere/grades/nausea/confirm", {"grade": 1}, 404)


def test_a_clinic_on_v6_gets_its_grades_with_the_version_and_the_name(api, pid, begin, clinic):
    with begin() as work:
        work.session.get_one(Clinic, clinic.id).ctcae_version = CtcaeVersion.V6
    body = {**LAB, "analyte": "platelets", "value": 20}
    lab = api("POST", f"/patients/{pid}/labs", body, 201)
    assert (lab["grade"], lab["ctcae_version"], lab["term_name"]) == (3, "6.0", "Thrombocytopenia")


@pytest.mark.parametrize(("version", "grade"), [({}, 3), ({"ctcae_version": "5.0"}, 3),
                                                ({"ctcae_version": "6.0"}, 2)])  # fmt: skip
def test_the_calculator_grades_by_the_edition_asked_for(api, version, grade):
    body = {"analyte": "neutrophils", "value": 0.9, "unit": "10^9/L", **version}
    told = api("POST", "/calculators/grade", body)
    assert (told["grade"], told["ctcae_version"]) == (grade, version.get("ctcae_version", "5.0"))


@pytest.mark.parametrize("body", [
    {"analyte": "WBC", "value": 1, "unit": "10^9/L", "ctcae_version": "4.03"},
    {"term": "nausea", "answers": {}, "ctcae_version": "6.0"},
])  # fmt: skip
def test_an_edition_that_cannot_grade_this_is_named(api, body):
    problem = api("POST", "/calculators/grade", body, 422)
    assert problem["errors"][0]["pointer"] == "/ctcae_version"
