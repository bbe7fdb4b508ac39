"""Laboratory results in as FHIR R4B: kept once, refused with an OperationOutcome."""

import json

import pytest
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.operationoutcome import OperationOutcome
from sqlmodel import select

from models import Audit, Clinic, Patient

NEW = {"year_of_birth": 1966, "sex": "female", "code": "P-0001"}
LOINC, UCUM, OURS = "http://loinc.org", "http://unitsofmeasure.org", "urn:gist-companion:codes"
AT = "2026-11-23T07:40:00+08:00"
NEUTROPHILS = {
    "resourceType": "Observation", "status": "final",
    "identifier": [{"system": "urn:lis:wuhan", "value": "R-1"}],
    "code": {"coding": [{"system": LOINC, "code": "751-8"}, {"system": "urn:lis", "code": "NEU"}]},
    "subject": {"identifier": {"system": "urn:gist-companion:patient-code", "value": "P-0001"}},
    "effectiveDateTime": AT,
    "valueQuantity": {"value": 0.9, "unit": "10^9/L", "system": UCUM, "code": "10*9/L"},
    "referenceRange": [{"low": {"value": 1.8}, "high": {"value": 6.3}}],
    "performer": [{"display": "anyone"}], "anything": {"more": True},
}  # fmt: skip
LEVEL = {
    **NEUTROPHILS, "identifier": [{"value": "R-2"}], "code": {"coding": [{"system": OURS, "code": "imatinib"}]},
    "valueQuantity": {"value": 1.2, "system": UCUM, "code": "mg/L"}, "referenceRange": [],
    "extension": [{"url": "urn:gist-companion:last-dose-at", "valueDateTime": "2026-11-22T08:10:00+08:00"}],
}  # fmt: skip


@pytest.fixture
def pid(api) -> str:
    return api("POST", "/patients", NEW, 201)["id"]


@pytest.fixture
def send(web, bearer):
    """send(resource, expected status) -> the answer."""

    def send(body, status=201, path="/fhir/observations", kind="application/fhir+json", **headers):
        data = body if isinstance(body, str) else json.dumps(body)
        headers = {"Authorization": bearer, "Content-Type": kind, **headers}
        answer = web.post(f"/api/v1{path}", data=data, headers=headers)
        assert answer.status_code == status, answer.get_data(as_text=True)
        assert answer.mimetype == "application/fhir+json"
        return answer

    return send


def refused(answer):
    """The places and the words of an OperationOutcome."""
    OperationOutcome.model_validate(answer.get_json())
    return [(one.get("expression", [None])[0], one["diagnostics"]) for one in answer.get_json()["issue"]]


def test_a_value_is_kept_graded_and_answered_with_its_place(send, api, pid, web, bearer):
    answer = send(NEUTROPHILS)
    kept = Observation.model_validate(answer.get_json())
    assert kept.code.coding[0].code == "26499-4"
    assert kept.identifier[0].value == "R-1"
    (lab,) = api("GET", f"/patients/{pid}/labs")["items"]
    assert (lab["grade"], lab["unit"], lab["lln"], lab["uln"]) == (3, "10^9/L", 1.8, 6.3)
    assert [one["family"] for one in api("GET", "/alerts")["items"]] == ["marrow"]
    path = "/api/v1/fhir/" + answer.headers["Location"].partition("/fhir/")[2]
    again = web.get(path, headers={"Authorization": bearer})
    assert (again.status_code, again.get_json()) == (200, answer.get_json())


def test_a_level_is_corrected_by_the_dose_that_came_with_it(send, api, pid):
    send(LEVEL, path="/fhir/Observation", kind="application/json")
    (level,) = api("GET", f"/patients/{pid}/samples")["items"]
    assert (level["raw_ug_per_l"], level["hours_after_dose"]) == (1200, 23.5)


def test_a_limit_is_kept_as_a_limit(send, api, pid):
    send({**LEVEL, "valueQuantity": {"value": 10, "comparator": "<", "unit": "ng/mL"}})
    (level,) = api("GET", f"/patients/{pid}/samples")["items"]
    assert (level["comparator"], level["corrected_ug_per_l"]) == ("<", None)


def test_the_same_identifier_again_keeps_nothing_more(send, api, pid):
    first = send(NEUTROPHILS)
    assert send(NEUTROPHILS, 200).get_json() == first.get_json()
    without = {name: told for name, told in NEUTROPHILS.items() if name != "identifier"}
    assert send(without, 200).get_json()["id"] == first.get_json()["id"]
    assert len(api("GET", f"/patients/{pid}/labs")["items"]) == 1


def test_another_content_under_an_identifier_or_of_a_draw_is_a_conflict(send, api, pid):
    send(NEUTROPHILS)
    other = {**NEUTROPHILS, "valueQuantity": {**NEUTROPHILS["valueQuantity"], "value": 1.9}}
    assert refused(send(other, 409))[0][0] == "Observation.identifier"
    place, words = refused(send({**other, "identifier": []}, 409))[0]
    assert (place, "0.9 10^9/L" in words) == ("Observation.valueQuantity", True)
    later = {**NEUTROPHILS, "effectiveDateTime": "2026-11-23T09:40:00+08:00"}
    assert refused(send(later, 409))[0][0] == "Observation.identifier"


def changed(base, **more):
    return {**base, **more}


QUANTITY = NEUTROPHILS["valueQuantity"]


@pytest.mark.parametrize(("body", "place"), [
    (changed(NEUTROPHILS, status="preliminary"), "Observation.status"),
    (changed(NEUTROPHILS, status="entered-in-error"), "Observation.status"),
    (changed(NEUTROPHILS, valueQuantity=None), "Observation.valueQuantity"),
    (changed(NEUTROPHILS, effectiveDateTime="2026-11-23T07:40:00"), "Observation.effectiveDateTime"),
    (changed(NEUTROPHILS, effectiveDateTime="2026-11-25T07:40:00+08:00"), "Observation.effectiveDateTime"),
    (changed(NEUTROPHILS, code={"coding": [{"system": LOINC, "code": "770-8"}]}), "Observation.code"),
    (changed(NEUTROPHILS, code={"coding": [{"system": LOINC, "code": c} for c in ("751-8", "777-3")]}), "Observation.code"),
    (changed(NEUTROPHILS, code={"coding": [{"system": "urn:other", "code": "imatinib"}]}), "Observation.code"),
    (changed(NEUTROPHILS, valueQuantity={**QUANTITY, "code": "%"}), "Observation.valueQuantity.code"),
    (changed(NEUTROPHILS, valueQuantity={**QUANTITY, "system": "urn:units"}), "Observation.valueQuantity.system"),
    (changed(NEUTROPHILS, valueQuantity={**QUANTITY, "value": -1}), "Observation.valueQuantity.value"),
    (changed(NEUTROPHILS, referenceRange=[{"low": {"value": 9}, "high": {"value": 3}}]), "Observation.referenceRange[0].low"),
    (changed(NEUTROPHILS, subject={"identifier": {"system": "urn:hospital:mrn", "value": "P-0001"}}), "Observation.subject.identifier"),
    (changed(NEUTROPHILS, subject={"identifier": {"value": "P-0009"}}), "Observation.subject.identifier"),
    (changed(NEUTROPHILS, subject={"reference": "Patient/nobody"}), "Observation.subject"),
    (changed(LEVEL, effectiveDateTime="2026-11-23"), "Observation.effectiveDateTime"),
    (changed(LEVEL, valueQuantity={"value": 1.2, "unit": "ug/L"}), "Observation.valueQuantity.value"),
    (changed(LEVEL, code={"coding": [{"system": LOINC, "code": "718-7"}]}), "Observation.valueQuantity.code"),
    ({"resourceType": "Patient"}, "Observation.resourceType"),
])  # fmt: skip
def test_what_cannot_be_taken_is_named_where_it_stands(send, api, pid, body, place):
    assert place in [where for where, _ in refused(send(body, 422))]
    assert api("GET", f"/patients/{pid}/labs")["items"] == api("GET", f"/patients/{pid}/samples")["items"] == []


def test_a_level_out_of_bounds_is_taken_once_it_was_checked(send, pid):
    checked = {"url": "urn:gist-companion:confirmed", "valueBoolean": True}
    level = {**LEVEL, "valueQuantity": {"value": 1.2, "unit": "ug/L"}}
    [(place, words)] = refused(send(level, 422))
    assert place == "Observation.valueQuantity.value" and "extension urn:gist-companion:confirmed" in words
    send({**level, "extension": [checked]})


def test_a_name_in_words_is_read_where_no_code_was_sent(send, api, pid):
    send({**NEUTROPHILS, "code": {"text": "中性粒细胞绝对值"}, "subject": {"reference": f"Patient/{pid}"}, "effectiveDateTime": "2026-11-23"})
    (lab,) = api("GET", f"/patients/{pid}/labs")["items"]
    assert (lab["analyte"], lab["collected_at"]) == ("neutrophils", "2026-11-22T16:00:00Z")


def test_errors_of_the_way_are_outcomes_too(send, web, pid):
    assert refused(send("{", 400))
    assert refused(send("{}", 415, kind="text/csv"))
    assert refused(send(NEUTROPHILS, 401, Authorization="Bearer none"))
    unknown = web.get("/api/v1/fhir/Observation/none", headers={"Authorization": "Bearer none"})
    assert unknown.get_json()["resourceType"] == "OperationOutcome"


def test_another_clinic_neither_reads_nor_writes(send, pid, begin, clinic, web):
    from app.services.keys import make_key

    name = send(NEUTROPHILS).get_json()["id"]
    with begin() as work:
        work.session.add(Clinic(id="london", name="Other"))
        work.session.flush()
        key = f"Bearer {make_key(work, 'london', 'other')}"
        work.session.add(Patient(clinic_id="london", id="x1", code="P-0007", year_of_birth=1960, sex="male", registered_at=work.now))
    assert web.get(f"/api/v1/fhir/Observation/{name}", headers={"Authorization": key}).status_code == 404
    assert refused(send(NEUTROPHILS, 422, Authorization=key))
    send({**NEUTROPHILS, "subject": {"identifier": {"value": "P-0007"}}}, 422)


def test_a_key_of_idempotency_gives_the_same_answer(send, api, pid):
    key = {"Idempotency-Key": "obs-1"}
    assert send(NEUTROPHILS, **key).get_json() == send(NEUTROPHILS, **key).get_json()
    send(LEVEL, 409, **key)


def test_reading_and_writing_are_audited(send, pid, begin, web, bearer):
    name = send(NEUTROPHILS).get_json()["id"]
    web.get(f"/api/v1/fhir/observations/{name}", headers={"Authorization": bearer})
    with begin() as work:
        rows = work.session.exec(select(Audit.action).where(Audit.patient_id == pid, Audit.action.startswith("fhir")))
        assert list(rows) == ["fhir.record", "fhir.read"]


def test_what_is_offered_is_valid_and_no_more_than_there_is(api, web, bearer):
    answer = web.get("/api/v1/fhir/metadata", headers={"Authorization": bearer})
    told = CapabilityStatement.model_validate(answer.get_json())
    assert answer.mimetype == "application/fhir+json"
    assert told.fhirVersion == "4.3.0"
    (rest,) = told.rest
    assert [(one.type, [i.code for i in one.interaction]) for one in rest.resource] == [("Observation", ["create", "read"])]
    rules = {(rule.rule, m) for rule in web.application.url_map.iter_rules() for m in rule.methods if "/fhir/" in rule.rule}
    assert {m for rule, m in rules if "bservation" in rule} == {"POST", "GET", "HEAD", "OPTIONS"}
