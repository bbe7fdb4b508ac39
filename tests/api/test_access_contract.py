"""Every address of the API: no key, no answer; and no clinic reaches what is another's."""

import pytest
from sqlmodel import func, select

from app.services.keys import make_key
from models import Alert, Audit, Clinic, Patient, Sex, Visit
from models.columns import new_id

PUBLIC = {"post_inbound", "post_status", "post_voice"}  # Twilio's, which are signed
WHEN = "2026-11-24T08:00:00+08:00"
BODIES = {  # of what changes something of a record: one that is well formed
    "post_acknowledge": {},
    "post_close": {"disposition": "call"},
    "post_reopen": {},
    "post_decision": {"decision": "deferred", "reason": "x"},
    "post_doses": {"taken_at": WHEN, "dose_mg": 400, "status": "taken", "provenance": "staff"},
    "post_invitation": {},
    "post_lab_confirmed": {"grade": 1},
    "post_labs": {"analyte": "haemoglobin", "value": 120, "unit": "g/L", "collected_at": WHEN},
    "post_questionnaires": {"instrument": "sf36", "items": [None] * 36},
    "post_questionnaire": {"instrument": "sf36", "items": [None] * 36},
    "post_regimens": {"daily_dose_mg": 400, "started_on": "2026-01-01", "reason": "x"},
    "post_samples": {"drawn_at": WHEN, "concentration": 1000, "unit": "ug/L"},
    "post_report": {"provenance": "staff", "answers": {}, "intolerable": False},
    "post_symptom_confirmed": {"grade": 1},
    "post_follow_up": {"on_treatment": True},
    "post_recall_plan": {},
    "post_visits": {"draw_at": "2026-12-24T08:00:00+08:00"},
    "post_sample_correction": {"reason": "x", "concentration": 900},
    "post_lab_correction": {"reason": "x", "value": 90},
    "patch_patient": {"weight_kg": 60},
    "patch_visit": {"status": "cancelled"},
}


def places(web):
    for rule in web.application.url_map.iter_rules():
        name = rule.endpoint.rpartition(".")[2]
        if rule.rule.startswith("/api/v1/") and name not in PUBLIC:
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield name, method, rule


def address(rule, ids):
    path = rule.rule
    for name in rule.arguments:
        start, _, rest = path.partition(f"<{name}>")
        path = start + ids(path, name) + rest
    return path


def test_without_a_key_nothing_is_answered(web):
    for name, method, rule in places(web):
        answer = web.open(address(rule, lambda *_: "none"), method=method, json={})
        assert answer.status_code == 401, name
        kind = "fhir" if rule.rule.startswith("/api/v1/fhir/") or rule.rule.endswith("/fhir") else "problem"
        assert answer.content_type == f"application/{kind}+json", name


@pytest.fixture
def theirs(begin, clinic):
    """A patient, a visit and an alert of another clinic, as an address names them."""
    with begin() as work:
        work.session.add(Clinic(id="other", name="Other"))
        work.session.flush()
        person = Patient(clinic_id="other", id=new_id(work.now), code="X-1", year_of_birth=1960,
                         sex=Sex.MALE, registered_at=work.now)  # fmt: skip
        work.session.add(person)
        work.session.flush()
        visit = Visit(clinic_id="other", id=new_id(work.now), patient_id=person.id,
                      draw_at=work.now, recorded_at=work.now)  # fmt: skip
        alert = Alert(clinic_id="other", id=new_id(work.now), patient_id=person.id, code="ZZ99",
                      family="gi", raised_at=work.now)  # fmt: skip
        work.session.add_all([visit, alert])
        ids = {"alerts": alert.id, "visits": visit.id}

    def named(path, name):
        if name == "patient_id":
            return person.id
        words = {"term": "nausea", "kind": "level"}
        return words.get(name) or ids.get(path.split("/")[3], "none")

    return named


def test_no_clinic_reaches_what_is_anothers(web, bearer, theirs):
    for name, method, rule in places(web):
        if rule.arguments:
            answer = web.open(address(rule, theirs), method=method, json=BODIES.get(name, {}),
                              headers={"Authorization": bearer})  # fmt: skip
            assert answer.status_code == 404, (name, answer.get_data(as_text=True))


def test_a_key_of_the_other_clinic_does(web, begin, theirs):
    """So that what is refused above is refused for its clinic and not for its shape."""
    with begin() as work:
        key = make_key(work, "other", "tests")
    for name, method, rule in places(web):
        if "patient_id" in rule.arguments or name in ("post_acknowledge", "patch_visit"):
            answer = web.open(address(rule, theirs), method=method, json=BODIES.get(name, {}),
                              headers={"Authorization": f"Bearer {key}"})  # fmt: skip
            assert answer.status_code in (200, 201, 409), (name, answer.get_data(as_text=True))


def test_every_answer_about_a_patient_is_audited(web, begin, theirs):
    with begin() as work:
        key = make_key(work, "other", "tests")
    patient = theirs("/api/v1/patients", "patient_id")
    seen = 0
    for name, method, rule in places(web):
        if method == "GET" and "patient_id" in rule.arguments:
            before = _rows(begin, patient)
            answer = web.get(address(rule, theirs), headers={"Authorization": f"Bearer {key}"})
            assert answer.status_code == 200, name
            assert _rows(begin, patient) > before, name
            seen += 1
    assert seen > 10


def _rows(begin, patient: str) -> int:
    with begin() as work:
        query = select(func.count()).select_from(Audit).where(Audit.patient_id == patient)
        return work.session.exec(query).one()
