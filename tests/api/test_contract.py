"""The HTTP contract: what each endpoint takes and answers, and how it refuses."""

import pytest
from twilio.request_validator import RequestValidator

from app.database import make_engine
from app.work import read_on
from models import Staff

NEW = {"year_of_birth": 1966, "sex": "female"}
VISION = {"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "affected"}


@pytest.fixture
def pid(api) -> str:
    patient = api("POST", "/patients", NEW, 201)["id"]
    since = {"daily_dose_mg": 400, "started_on": "2026-09-20"}
    api("POST", f"/patients/{patient}/regimens", since, 201)
    return patient


def test_a_code_is_made_unless_it_is_given_and_is_never_given_twice(api):
    assert api("POST", "/patients", NEW, 201)["code"] == "P-0001"
    assert api("POST", "/patients", {**NEW, "code": "P-0002"}, 201)["code"] == "P-0002"
    assert api("POST", "/patients", NEW, 201)["code"] == "P-0003"
    problem = api("POST", "/patients", {**NEW, "code": "P-0002"}, 409)
    assert problem["errors"][0]["pointer"] == "/code"


def test_patients_are_listed_in_pages_and_found_by_code(api):
    for _ in range(3):
        api("POST", "/patients", NEW, 201)
    page = api("GET", "/patients?limit=2")
    rest = api("GET", f"/patients?limit=2&after={page['next']}")
    codes = sorted(p["code"] for p in page["items"] + rest["items"])
    assert codes == ["P-0001", "P-0002", "P-0003"]
    assert rest["next"] is None
    assert len(api("GET", "/patients?q=0003")["items"]) == 1


def test_patch_changes_only_what_is_sent(api, pid):
    changed = api("PATCH", f"/patients/{pid}", {"weight_kg": 61.5})
    assert (changed["weight_kg"], changed["year_of_birth"], changed["sex"]) == (61.5, 1966, "female")


@pytest.mark.parametrize(("body", "pointer"), [
    ({**NEW, "sex": "x"}, "/sex"),
    ({**NEW, "nickname": "x"}, "/nickname"),
    ({"sex": "male"}, "/year_of_birth"),
    ({**NEW, "time_zone": "Mars/North"}, "/time_zone"),
    ({**NEW, "phone": "12"}, "/phone"),
    ({**NEW, "weight_kg": -1}, "/weight_kg"),
])  # fmt: skip
def test_a_wrong_field_is_named(api, body, pointer):
    problem = api("POST", "/patients", body, 422)
    assert pointer in [error["pointer"] for error in problem["errors"]]


def test_a_level_is_corrected_from_the_patients_own_dose_time(api, pid):
    api("POST", f"/patients/{pid}/doses", {"taken_at": "2026-11-22T08:10:00+08:00"}, 201)
    sample = {"drawn_at": "2026-11-23T07:40:00+08:00", "concentration": 1.2, "unit": "mg/L"}
    level = api("POST", f"/patients/{pid}/samples", sample, 201)
    assert level["raw_ug_per_l"] == 1200
    assert level["corrected_ug_per_l"] == pytest.approx(1175.65, abs=0.005)
    assert (level["hours_after_dose"], level["band"], level["flags"]) == (23.5, "above", [])
    assert level["low_ug_per_l"] < level["corrected_ug_per_l"] < level["high_ug_per_l"]


def test_a_draw_after_that_days_dose_is_kept_raw_and_flagged(api, pid):
    api("POST", f"/patients/{pid}/doses", {"taken_at": "2026-11-23T07:00:00+08:00"}, 201)
    sample = {"drawn_at": "2026-11-23T08:00:00+08:00", "concentration": 900, "unit": "ng/mL"}
    level = api("POST", f"/patients/{pid}/samples", sample, 201)
    assert (level["raw_ug_per_l"], level["corrected_ug_per_l"]) == (900, None)
    assert "uncorrectable" in level["flags"]


def test_a_level_that_looks_like_another_unit_must_be_confirmed(api, pid):
    sample = {"drawn_at": "2026-11-23T08:00:00+08:00", "concentration": 1.2, "unit": "µg/L"}
    problem = api("POST", f"/patients/{pid}/samples", sample, 422)
    assert problem["errors"][0]["pointer"] == "/concentration"
    api("POST", f"/patients/{pid}/samples", {**sample, "confirmed": True}, 201)


def test_a_grade_3_report_opens_an_alert_that_is_acknowledged_and_closed(api, pid):
    report = api("POST", f"/patients/{pid}/symptom-reports", {"answers": VISION}, 201)
    assert report["families"] == {"edema": 3, "skin": 0, "gi": 0, "other": 0}
    assert report["red_flags"] == ["vision"]
    assert report["grades"][0]["criterion"] == "Edema associated with visual disturbance"
    assert report["grades"][0]["status"] == "suggested"
    alert = report["alert_id"]
    assert api("POST", f"/alerts/{alert}/acknowledge")["state"] == "acknowledged"
    closed = api("POST", f"/alerts/{alert}/close", {"disposition": "call", "note": "phoned"})
    assert (closed["state"], closed["disposition"]) == ("closed", "call")
    api("POST", f"/alerts/{alert}/close", {"disposition": "call"}, 409)
    assert api("GET", "/alerts")["items"] == []


def test_a_rise_of_two_grades_alerts_and_a_mild_symptom_does_not(api, pid):
    path = f"/patients/{pid}/symptom-reports"
    mild = {"periorbital_edema.swelling": "none"}
    assert "alert_id" not in api("POST", path, {"answers": mild}, 201)
    worse = {"periorbital_edema.swelling": "firm", "periorbital_edema.vision": "no",
             "periorbital_edema.treatment": "none"}  # fmt: skip
    later = {"answers": worse, "reported_at": "2026-11-24T10:00:00+08:00"}
    assert "alert_id" in api("POST", path, later, 201)


def test_what_cannot_be_gone_on_with_alerts_whatever_the_grade(api, pid):
    body = {"answers": {"periorbital_edema.swelling": "none"}, "intolerable": True}
    assert "alert_id" in api("POST", f"/patients/{pid}/symptom-reports", body, 201)


def test_the_same_idempotency_key_gives_one_report(api, pid):
    path, key = f"/patients/{pid}/symptom-reports", {"Idempotency-Key": "once"}
    first = api("POST", path, {"answers": VISION}, 201, **key)
    assert api("POST", path, {"answers": VISION}, 201, **key)["id"] == first["id"]
    assert len(api("GET", path)["items"]) == 1
    api("POST", path, {"answers": {}}, 409, **key)


def test_every_question_of_the_list_can_be_answered(api, pid):
    for language in ("zh-CN", "en"):
        terms = api("GET", f"/symptom-questions?language={language}")["items"]
        assert {"periorbital_edema", "diarrhea", "pruritus"} <= {t["term"] for t in terms}
        for term in terms:
            assert all(q["words"] and q["options"] for q in term["questions"])


def test_sf36_is_scored_and_a_short_form_is_refused(api, pid):
    best = [1, 1, *[3] * 10, *[2] * 7, 1, 1, 1, 1, 6, 6, 1, 1, 6, 6, 1, 6, 5, 5, 1, 5, 1]
    scored = api("POST", f"/patients/{pid}/questionnaires", {"items": best}, 201)
    assert scored["pcs_mean"] == 100 and scored["pcs_t"] == pytest.approx(57.87244, abs=1e-4)
    problem = api("POST", f"/patients/{pid}/questionnaires", {"items": best[:35]}, 422)
    assert problem["errors"][0]["pointer"] == "/items"


def test_a_visit_is_planned_moved_and_cancelled(api, pid):
    path = f"/patients/{pid}/visits"
    visit = api("POST", path, {"draw_at": "2026-12-01T08:00:00+08:00"}, 201)
    moved = api("PATCH", f"/visits/{visit['id']}", {"draw_at": "2026-12-02T09:00:00+08:00"})
    assert moved["draw_at"].startswith("2026-12-02")
    assert api("PATCH", f"/visits/{visit['id']}", {"status": "cancelled"})["status"] == "cancelled"
    api("POST", path, {"draw_at": "2026-11-01T08:00:00+08:00"}, 422)


def test_the_calculators_answer_as_the_sources_do(api):
    trough = {"concentration": 1000, "unit": "ng/mL", "dose_taken_at": "2026-11-22T08:00:00+08:00",
              "drawn_at": "2026-11-23T06:00:00+08:00"}  # fmt: skip
    told = api("POST", "/calculators/trough", trough)
    assert told["corrected_ug_per_l"] == pytest.approx(921.27, abs=0.005)
    api("POST", "/calculators/trough", {**trough, "drawn_at": "2026-11-22T15:59:00+08:00"}, 422)
    lab = {"analyte": "haemoglobin", "value": 79, "unit": "g/L"}
    assert api("POST", "/calculators/grade", lab)["grade"] == 3
    assert api("POST", "/calculators/grade", {"analyte": "ALT", "value": 99, "unit": "U/L"})[
        "missing"] == ["uln"]  # fmt: skip
    rule = {"worst_grade": 3, "intolerable": False, "first_trough_ug_per_l": 1900,
            "current_dose_mg": 400, "days_at_dose": 60}  # fmt: skip
    assert api("POST", "/calculators/dose-rule", rule)["proposed_doses_mg"] == [300, 200]


def test_free_text_is_read_over_http(api):
    read = api("POST", "/calculators/triage", {"text": "大便发黑，没有发烧", "language": "zh-CN"})
    assert (read["categories"], read["red_flags"], read["understood"]) == (["gi"], ["gi_bleeding"], True)
    assert {(s["code"], s["status"]) for s in read["spans"] if s["kind"] == "red_flag"} == {
        ("gi_bleeding", "present"), ("fever", "negated")}  # fmt: skip
    wrong = api("POST", "/calculators/triage", {"text": " ", "language": "en"}, 422)
    assert wrong["errors"][0]["pointer"] == "/text"


def test_the_summary_and_the_queue_show_the_patient(api, pid):
    api("POST", f"/patients/{pid}/visits", {"draw_at": "2026-12-01T08:00:00+08:00"}, 201)
    assert api("GET", "/queue")["items"][0]["patient"]["id"] == pid
    assert api("GET", f"/patients/{pid}/summary")["current"]["daily_dose_mg"] == 400
    decision = {"decision": "deferred", "reason": "no level yet"}
    assert api("POST", f"/patients/{pid}/decisions", decision, 201)["decision"] == "deferred"


@pytest.mark.parametrize(("method", "path", "sent", "status"), [
    ("GET", "/patients", {"headers": {}}, 401),
    ("GET", "/patients", {"headers": {"Authorization": "Bearer wrong"}}, 401),
    ("POST", "/patients", {"data": "{", "content_type": "application/json"}, 400),
    ("POST", "/patients", {"data": "x=1", "content_type": "text/plain"}, 415),
    ("GET", "/patients/unknown", {}, 404),
    ("GET", "/nowhere", {}, 404),
    ("DELETE", "/patients", {}, 405),
])  # fmt: skip
def test_a_refusal_is_a_problem_document(web, bearer, method, path, sent, status):
    sent = {"headers": {"Authorization": bearer}, **sent}
    answer = web.open(f"/api/v1{path}", method=method, **sent)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    if status == 405:
        assert "GET" in answer.headers["Allow"]


def test_another_clinics_patient_is_not_there(api, web, begin, pid):
    from app.services.keys import make_key
    from models import Clinic

    with begin() as work:
        work.session.add(Clinic(id="beijing", name="Another"))
        work.session.flush()
        key = make_key(work, "beijing", "theirs")
    headers = {"Authorization": f"Bearer {key}"}
    assert web.get(f"/api/v1/patients/{pid}", headers=headers).status_code == 404
    assert web.get(f"/api/v1/patients/{pid}/summary", headers=headers).status_code == 404


def test_every_endpoint_but_twilios_asks_for_a_key(web):
    paths = web.get("/api/openapi.json").get_json()["paths"]
    ours = {path: ways for path, ways in paths.items() if "/twilio/" not in path}
    asked = [(way.upper(), path) for path, ways in ours.items() for way in ways if path[:5] == "/api/"]
    assert len(asked) > 25
    for way, path in asked:
        url = path.replace("{patient_id}", "x").replace("{id}", "x")
        assert web.open(url, method=way).status_code == 401, path


def test_twilio_is_believed_only_with_its_signature(web):
    form = {"From": "+8613800000000", "Body": "ABCD"}
    assert web.post("/api/v1/twilio/inbound", data=form).status_code == 403
    headers = {"X-Twilio-Signature": "wrong"}
    assert web.post("/api/v1/twilio/status", data=form, headers=headers).status_code == 403


def test_a_reply_that_twilio_signed_for_our_public_address_acknowledges(api, web, pid, begin):
    """Twilio signs the public address; behind a proxy the request arrives at another."""
    alert = api("POST", f"/patients/{pid}/symptom-reports", {"answers": VISION}, 201)["alert_id"]
    [code] = [one["code"] for one in api("GET", "/alerts")["items"]]
    with begin() as work:
        work.session.add(Staff(
            clinic_id="wuhan", name="Nurse", email="n@example.com", password="x",
            fs_uniquifier="n", phone="+8613800000001",
        ))  # fmt: skip
    settings = web.application.extensions["settings"]
    form = {"From": "+8613800000001", "Body": f"{code} ok", "NumMedia": "0"}
    url = f"{settings.public_url}/api/v1/twilio/inbound"
    signature = RequestValidator(settings.twilio_auth_token).compute_signature(url, form)
    told = web.post("/api/v1/twilio/inbound", data=form, base_url="http://inside:9000",
                    headers={"X-Twilio-Signature": signature})  # fmt: skip
    assert "已确认" in told.get_data(as_text=True)
    assert {a["id"]: a["state"] for a in api("GET", "/alerts")["items"]}[alert] == "acknowledged"


def test_the_processes_say_that_they_are_well(web):
    assert web.get("/healthz").status_code == 200
    assert web.get("/readyz").status_code == 200


def test_reading_a_record_is_audited(api, pid, begin):
    from sqlmodel import select

    from models import Audit

    api("GET", f"/patients/{pid}/summary")
    with begin() as work:
        actions = work.session.exec(select(Audit.action).where(Audit.patient_id == pid)).all()
    assert "summary.read" in actions


def test_while_the_database_is_away_a_request_is_told_to_come_again(web, bearer, engine, tmp_path):
    away = make_engine(f"sqlite:///{tmp_path}/no/such/folder.db")
    web.application.extensions["read"] = read_on(away, lambda: None)
    answer = web.get("/api/v1/patients", headers={"Authorization": bearer})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_each_questionnaire_says_what_changed_since_the_one_before_and_since_the_first(api, pid):
    for answer in (1, 2, 3):
        items = [answer if n in range(3, 13) else 1 for n in range(1, 37)]
        api("POST", f"/patients/{pid}/questionnaires", {"items": items}, 201)
    last, middle, first = api("GET", f"/patients/{pid}/questionnaires", None, 200)["items"]
    assert (last["since_previous"]["PF"], last["since_first"]["PF"]) == (50, 100)
    assert (middle["since_previous"]["PF"], first["since_previous"], first["since_first"]) == (50, {}, {})
    assert last["wording"] == "own-unvalidated"


def test_a_level_comes_with_the_estimate_from_the_whole_history(api, pid):
    api("POST", f"/patients/{pid}/doses", {"taken_at": "2026-11-22T08:10:00+08:00"}, 201)
    sample = {"drawn_at": "2026-11-23T07:40:00+08:00", "concentration": 1900, "unit": "ng/mL"}
    bayes = api("POST", f"/patients/{pid}/samples", sample, 201)["bayes"]
    assert (bayes["prior"], bayes["interval_includes_residual"]) == ("jiang_2023", False)
    assert bayes["current"]["low_ug_per_l"] < bayes["current"]["trough_ug_per_l"] < 1900
    assert bayes["disagrees"] and bayes["wider"]["prior"] == "widmer_2006"
    assert "bayes" not in api("GET", f"/patients/{pid}/samples")["items"][0]


def test_a_level_without_a_dose_before_it_has_no_estimate(api, pid):
    sample = {"drawn_at": "2026-11-23T07:40:00+08:00", "concentration": 1900, "unit": "ng/mL"}
    assert api("POST", f"/patients/{pid}/samples", sample, 201)["bayes"] is None


def test_an_appointment_that_suits_no_morning_dose_says_why_and_what_would(api, pid):
    path = f"/patients/{pid}/visits"
    late = api("POST", path, {"draw_at": "2026-12-10T14:00:00+08:00"}, 201)
    assert late["unfit"]["reason"] == "too_late"
    assert late["unfit"]["draw_to"] == "2026-12-10T02:00:00+00:00"
    assert api("GET", path)["items"][0]["unfit"] == late["unfit"]
    moved = api("PATCH", f"/visits/{late['id']}", {"draw_at": "2026-12-10T08:00:00+08:00"})
    assert moved["unfit"] is None
