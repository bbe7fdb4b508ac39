"""A kept level or laboratory value is corrected, or taken back, over HTTP and as FHIR shows it."""

import pytest
from sqlmodel import select

from models import Audit

NEW = {"year_of_birth": 1966, "sex": "female", "code": "P-0001"}
WHEN = "2026-11-23T08:00:00+08:00"
DOSE = "2026-11-22T08:00:00+08:00"


@pytest.fixture
def pid(api):
    return api("POST", "/patients", NEW, 201)["id"]


@pytest.fixture
def level(api, pid):
    body = {"drawn_at": WHEN, "concentration": 1900, "unit": "ug/L", "last_dose_at": DOSE}
    return api("POST", f"/patients/{pid}/samples", body, 201)["id"]


@pytest.fixture
def lab(api, pid):
    body = {"analyte": "platelets", "value": 20, "unit": "10^9/L", "lln": 125, "collected_at": WHEN}
    return api("POST", f"/patients/{pid}/labs", body, 201)["id"]


def test_a_level_is_corrected_and_computed_anew(api, pid, level):
    told = api("POST", f"/samples/{level}/corrections", {"reason": "misread", "concentration": 1090}, 201)
    assert (told["id"], told["raw_ug_per_l"], told["corrected_ug_per_l"], told["band"]) == (level, 1090, 1090, "expected")
    assert told["corrected_at"] and told["entered_in_error"] is False
    [item] = api("GET", f"/patients/{pid}/samples")["items"]
    assert (item["id"], item["concentration"]) == (level, 1090)
    [was] = api("GET", f"/samples/{level}/corrections")["items"]
    assert (was["was"]["concentration"], was["ended"], was["reason"], was["by"][:4]) == (1900, "corrected", "misread", "key:")


def test_a_value_is_graded_anew_and_its_alert_says_so(api, pid, lab):
    told = api("POST", f"/labs/{lab}/corrections", {"reason": "was 200", "value": 200}, 201)
    assert (told["grade"], told["lln"], told["term_name"] is not None) == (0, 125, True)
    [alert] = api("GET", "/alerts")["items"]
    assert (alert["state"], alert["causes"]) == ("open", ["grade_3", "value_corrected"])


def test_what_was_entered_in_error_counts_nowhere_and_its_history_is_still_told(api, pid, level, lab):
    for noun, one in (("samples", level), ("labs", lab)):
        told = api("POST", f"/{noun}/{one}/corrections", {"reason": "another's", "entered_in_error": True}, 201)
        assert (told["id"], told["entered_in_error"]) == (one, True)
        assert api("GET", f"/patients/{pid}/{noun}")["items"] == []
        assert [was["ended"] for was in api("GET", f"/{noun}/{one}/corrections")["items"]] == ["withdrawn"]
        api("POST", f"/{noun}/{one}/corrections", {"reason": "x", "entered_in_error": True}, 404)
    assert api("GET", f"/patients/{pid}/summary")["levels"] == []


@pytest.mark.parametrize(("body", "pointer"), [
    ({}, "/reason"), ({"reason": ""}, "/reason"), ({"reason": "  ", "concentration": 900}, "/reason"),
    ({"reason": "x"}, "/reason"), ({"reason": "x", "concentration": 5}, "/concentration"),
    ({"reason": "x", "unit": None}, "/unit"), ({"reason": "x", "drawn_at": "2027-01-01T00:00:00Z"}, "/drawn_at"),
    ({"reason": "x", "entered_in_error": True, "concentration": 900}, ""), ({"reason": "x", "ke": 1}, "/ke"),
])  # fmt: skip
def test_what_cannot_be_is_told_with_its_field(api, level, body, pointer):
    told = api("POST", f"/samples/{level}/corrections", body, 422)
    assert told["errors"][0]["pointer"] == pointer


def test_a_correction_is_made_once_for_one_key(api, level):
    body, key = {"reason": "x", "concentration": 1000}, {"Idempotency-Key": "k1"}
    first = api("POST", f"/samples/{level}/corrections", body, 201, **key)
    assert api("POST", f"/samples/{level}/corrections", body, 201, **key) == first
    assert len(api("GET", f"/samples/{level}/corrections")["items"]) == 1


LEVEL = {
    "resourceType": "Observation", "status": "final", "identifier": [{"system": "urn:lis", "value": "R-2"}],
    "code": {"coding": [{"system": "urn:gist-companion:codes", "code": "imatinib"}]},
    "subject": {"identifier": {"system": "urn:gist-companion:patient-code", "value": "P-0001"}},
    "effectiveDateTime": WHEN, "valueQuantity": {"value": 1.9, "system": "http://unitsofmeasure.org", "code": "mg/L"},
}  # fmt: skip


def test_fhir_says_corrected_and_entered_in_error_and_the_same_again_brings_nothing_back(api, pid):
    kept = api("POST", "/fhir/observations", LEVEL, 201)["id"]
    api("POST", f"/samples/{kept}/corrections", {"reason": "x", "concentration": 1.1}, 201)
    again = api("POST", "/fhir/observations", LEVEL, 200)
    assert (again["id"], again["status"], again["valueQuantity"]["value"]) == (kept, "corrected", 1.1)
    assert again["identifier"] == LEVEL["identifier"]
    api("POST", f"/samples/{kept}/corrections", {"reason": "x", "entered_in_error": True}, 201)
    for sent in (LEVEL, {**LEVEL, "identifier": []}):
        assert api("POST", "/fhir/observations", sent, 200)["status"] == "entered-in-error"
    assert api("GET", f"/fhir/observations/{kept}")["status"] == "entered-in-error"
    statuses = [one["resource"].get("status") for one in api("GET", f"/patients/{pid}/fhir")["entry"] if one["resource"]["id"] == kept]
    assert statuses == ["entered-in-error"]
    assert api("GET", f"/patients/{pid}/samples")["items"] == []


def test_who_corrected_and_who_read_the_history_is_audited(api, begin, level, pid):
    api("POST", f"/samples/{level}/corrections", {"reason": "x", "concentration": 1000}, 201)
    api("GET", f"/samples/{level}/corrections")
    with begin() as work:
        told = work.session.exec(select(Audit).order_by(Audit.id)).all()
    assert [one.action for one in told[-2:]] == ["sample.correct", "result_versions.read"]
    assert {one.patient_id for one in told[-2:]} == {pid}
