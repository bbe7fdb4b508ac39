"""The record of a patient as a FHIR R4B Bundle, valid and without a name."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.operationoutcome import OperationOutcome
from sqlmodel import select

from app import demo
from app.settings import load_settings
from models import Audit, Clinic, Patient

VALIDATOR = Path("var/fhir/node_modules/fhir")
NEW = {"year_of_birth": 1966, "sex": "female", "code": "P-0001"}
VISION = {"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "affected"}
CHECK = """
const { Fhir } = require(process.argv[1]);
const bundle = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const wrong = [];
for (const one of [bundle, ...bundle.entry.map((entry) => entry.resource)]) {
  const told = new Fhir().validate(one, { errorOnUnexpected: true });
  for (const message of told.messages.filter((m) => m.severity === 'error' || m.severity === 'fatal'))
    wrong.push(`${one.resourceType} ${message.location}: ${message.message}`);
}
console.log(JSON.stringify(wrong));
"""


@pytest.fixture
def record(api):
    """A patient with something of everything; -> the Bundle."""
    pid = api("POST", "/patients", NEW, 201)["id"]
    path = f"/patients/{pid}"
    for mg, on in ((400, "2026-08-20"), (300, "2026-10-20")):
        api("POST", f"{path}/regimens", {"daily_dose_mg": mg, "started_on": on, "reason": "oedema"}, 201)
    for at, status in (("2026-11-20", "vomited"), ("2026-11-21", "missed"), ("2026-11-22", "taken")):
        api("POST", f"{path}/doses", {"taken_at": f"{at}T08:10:00+08:00", "status": status}, 201)
    sample = {"drawn_at": "2026-11-23T07:40:00+08:00", "concentration": 1.2, "unit": "mg/L"}
    api("POST", f"{path}/samples", sample, 201)
    low = {"drawn_at": "2026-10-01T07:40:00+08:00", "concentration": 10, "comparator": "<", "unit": "µg/L"}
    api("POST", f"{path}/samples", low, 201)
    for analyte, value, unit, lln, uln in (
        ("neutrophils", 0.9, "10^9/L", 1.8, 6.3), ("alt", 40, "U/L", None, 50), ("bilirubin", 12, "µmol/L", None, 21),
        ("haemoglobin", 7.1, "mmol/L", 7.4, None), ("RBC", 4.1, "10^12/L", None, None), ("platelets", 200_000, "/mm3", None, None),
    ):  # fmt: skip
        lab = {"analyte": analyte, "value": value, "unit": unit, "lln": lln, "uln": uln, "collected_at": "2026-11-23T07:40:00+08:00"}
        api("POST", f"{path}/labs", lab, 201)
    api("POST", f"{path}/symptom-reports", {"answers": VISION}, 201)
    api("POST", f"{path}/questionnaires", {"items": [2, *[None] * 35]}, 201)
    api("POST", f"{path}/visits", {"draw_at": "2026-12-01T08:00:00+08:00"}, 201)
    return api("GET", f"{path}/fhir")


def of(bundle, kind):
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def test_the_record_has_something_of_everything(record):
    kinds = {entry["resource"]["resourceType"] for entry in record["entry"]}
    assert kinds == {
        "Patient", "MedicationStatement", "MedicationAdministration", "Observation",
        "QuestionnaireResponse", "AdverseEvent", "Appointment", "Flag",
    }  # fmt: skip
    names = [entry["fullUrl"] for entry in record["entry"]]
    assert len(names) == len(set(names))
    assert record["type"] == "collection"


def test_it_is_valid_by_the_models_of_r4b(record):
    assert Bundle.model_validate(record).get_resource_type() == "Bundle"


@pytest.mark.skipif(not (VALIDATOR.exists() and shutil.which("node")), reason="no validator of npm is installed")
def test_it_is_valid_by_another_validator(record):
    done = subprocess.run(
        ["node", "-e", CHECK, str(VALIDATOR.resolve())], input=json.dumps(record), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []


def test_every_reference_is_of_a_resource_in_it(record):
    names = {f"{entry['resource']['resourceType']}/{entry['resource']['id']}" for entry in record["entry"]}
    told = json.dumps(record)
    found = {part.split('"')[0] for part in told.split('"reference": "')[1:]}
    assert found
    assert found <= names


def test_the_patient_is_a_code_and_a_year(record):
    (patient,) = of(record, "Patient")
    assert patient["identifier"][0]["value"] == "P-0001"
    assert (patient["birthDate"], patient["gender"]) == ("1966", "female")
    assert not {"name", "telecom", "address"} & patient.keys()


def test_a_level_is_there_as_measured_and_as_corrected(record):
    told = {one["id"]: one for one in of(record, "Observation") if "imatinib" in json.dumps(one["code"])}
    measured = next(one for one in told.values() if one["valueQuantity"]["value"] == 1.2)
    assert measured["valueQuantity"]["code"] == "mg/L"
    corrected = told[measured["id"] + "-24h"]
    assert corrected["valueQuantity"]["value"] == pytest.approx(1175.65, abs=0.01)
    assert corrected["valueQuantity"]["code"] == "ug/L"
    assert corrected["derivedFrom"] == [{"reference": f"Observation/{measured['id']}"}]
    limit = next(one for one in told.values() if one["valueQuantity"]["value"] == 10)
    assert limit["valueQuantity"]["comparator"] == "<"
    assert f"{limit['id']}-24h" not in told


def test_a_value_has_the_loinc_code_of_what_was_measured_and_ucum(record):
    codes = {one["code"]["text"]: (one["code"]["coding"][0]["code"], one["valueQuantity"]["code"])
             for one in of(record, "Observation") if one["code"]["coding"][0]["system"] == "http://loinc.org"}  # fmt: skip
    assert codes == {
        "neutrophils": ("26499-4", "10*9/L"), "ALT": ("1742-6", "U/L"), "bilirubin": ("14631-6", "umol/L"),
        "haemoglobin": ("59260-0", "mmol/L"), "RBC": ("26453-1", "10*12/L"), "platelets": ("26515-7", "/mm3"),
    }  # fmt: skip


def test_doses_and_steps_are_told_with_their_fate(record):
    states = {one["effectiveDateTime"][:10]: one["status"] for one in of(record, "MedicationAdministration")}
    assert states == {"2026-11-20": "completed", "2026-11-21": "not-done", "2026-11-22": "completed"}
    steps = of(record, "MedicationStatement")
    assert [(one["status"], one["effectivePeriod"].get("end")) for one in steps] == [("completed", "2026-10-19"), ("active", None)]


def test_why_a_dose_was_changed_and_by_whom_is_not_told(record):
    assert all("reasonCode" not in one for one in of(record, "MedicationStatement"))


def test_a_flag_says_why_it_was_raised_and_never_two_grades(record):
    told = {one["code"]["coding"][0]["code"]: one["code"]["text"] for one in of(record, "Flag")}
    assert told["alert-marrow"] == "marrow, grade 3: raised at grade 3 or more"
    assert any("red flag vision" in text for text in told.values())


def test_a_score_has_its_unit_and_a_record_that_is_not_there_an_outcome(api, web, bearer, record):
    pid = of(record, "Patient")[0]["id"]
    api("POST", f"/patients/{pid}/questionnaires", {"items": [3] * 12 + [2] * 7 + [3] * 17}, 201)
    (scores,) = [one for one in of(api("GET", f"/patients/{pid}/fhir"), "Observation")
                 if one["id"].endswith("-scores") and "valueQuantity" in one["component"][0]]  # fmt: skip
    assert {(one["valueQuantity"]["unit"], one["valueQuantity"]["code"]) for one in scores["component"]} == {("{score}", "{score}")}
    answer = web.get("/api/v1/patients/none/fhir", headers={"Authorization": bearer})
    assert (answer.status_code, answer.mimetype) == (404, "application/fhir+json")
    OperationOutcome.model_validate(answer.get_json())


def test_a_graded_symptom_is_an_event_and_an_open_alert_a_flag(record):
    (event,) = of(record, "AdverseEvent")
    assert event["event"]["text"] == "Periorbital edema"
    assert event["severity"]["coding"][0]["code"] == "severe"
    assert {one["status"] for one in of(record, "Flag")} == {"active"}
    assert len(of(record, "Flag")) >= 2


def test_answers_keep_their_items_and_what_cannot_be_scored_says_so(record):
    (answered,) = of(record, "QuestionnaireResponse")
    assert [item["linkId"] for item in answered["item"]][:2] == ["sf36.1", "sf36.2"]
    assert answered["item"][0]["answer"] == [{"valueInteger": 2}]
    assert "answer" not in answered["item"][1]
    scores = next(one for one in of(record, "Observation") if one["id"] == answered["id"] + "-scores")
    assert len(scores["component"]) == 12
    assert all("dataAbsentReason" in one for one in scores["component"] if "valueQuantity" not in one)


def test_reading_it_is_audited_and_another_clinics_patient_is_not_found(api, begin, record, clinic):
    with begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.action == "fhir.read")).all()
        work.session.add(Clinic(id="london", name="Other"))
        work.session.flush()
        work.session.add(Patient(clinic_id="london", id="x1", code="P-0007", year_of_birth=1960, sex="male", registered_at=work.now))
    assert len(rows) == 1
    api("GET", "/patients/x1/fhir", status=404)


def test_the_demo_patients_are_valid_too(begin, engine, clock, database_url, tmp_path):
    from dataclasses import replace

    from app.services.fhir.bundle import bundle_of

    settings = replace(load_settings({"SANDBOX": "1"}), database_url=database_url, clock_url=None, seed_path=str(tmp_path / "s.json"), media_folder=str(tmp_path))
    with begin() as work:
        demo.seed(settings, work)
    with begin() as work:
        for patient in work.session.exec(select(Patient)):
            Bundle.model_validate(bundle_of(work, patient, "https://clinic.example/api/v1/fhir"))
