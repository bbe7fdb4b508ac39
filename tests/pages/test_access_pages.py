"""Every page: nobody gets in unasked, each role does what is its own, no clinic sees another's."""

import pytest
from sqlmodel import select

from app.services.decisions import record_decision
from models import (
    Alert,
    Clinic,
    Decision,
    DecisionKind,
    Dose,
    InboxItem,
    InboxKind,
    Lab,
    Patient,
    Sample,
    Sex,
    Staff,
    SymptomGrade,
    SymptomReport,
    Visit,
)
from models.columns import new_id

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"
ALL = {"nurse", "doctor", "admin"}
CARE = {"nurse", "doctor"}
MAY = {  # whoever is not named for a page gets 403; a page that is not listed here fails a test
    **dict.fromkeys([
        "queue_page", "queue_live", "recall_page", "patients_page", "patient_page",
        "timeline_drawing", "summary_pdf", "estimate_drawing", "calls_page", "messages_page",
        "media_file", "reports_page", "alerts_page", "alert_page", "alert_news", "inbox_page",
        "advice_page", "calculators_page", "calculate", "rota_page", "my_page", "connect_me",
        "disconnect_me", "test_me", "card_page", "end_phone", "decline_forget", "clinic_page",
        "results_page", "cards_page", "print_cards", "administration_page", "new_patient",
        "register", "begin_page", "edit_page", "edit_patient",
    ], ALL),
    **dict.fromkeys([
        "acknowledge", "close", "reopen", "called", "alert_called_now", "confirm_term", "confirm_value", "write_of_alert", "write_to_patient", "handled", "answer_item", "accept_wish", "refuse_wish",
        "list_page", "preview_page", "keep_page", "list_template", "enter_level", "enter_lab",
    ], CARE),
    **dict.fromkeys(
        ["decide", "accept_advice", "withdraw_advice"], {"doctor"}
    ),
    **dict.fromkeys(
        ["erase_patient", "cohort_page", "cohort_csv", "cohort_pdf"], {"doctor", "admin"}
    ),
    **dict.fromkeys([
        "record_other_medicines", "plan_visit_of", "told_dose", "dose_told_by_mistake", "confirm_decision", "tell_dose", "follow_up",
        "follow_flags",
    ], CARE),
    **dict.fromkeys([
        "draw_page", "note_draw_step", "undo_draw_step", "correct_page", "correct_result",
        "withdraw_result", "start_regimen", "enter_dose", "plan_visit_for", "move_visit_of",
        "cancel_visit_of", "note_missed_visit",
        "label_page", "label_pdf",
    ], CARE),
    **dict.fromkeys([
        "staff_page", "add_person", "person_page", "change_person", "link_person", "unlock_person",
        "reset_person", "deactivate_person", "reactivate_person", "test_person",
    ], {"admin"}),
    **dict.fromkeys(["add_day", "remove_day", "add_slots", "remove_slot"], {"admin"}),
    **dict.fromkeys(["change_settings", "audit_page", "audit_csv", "keys_page", "make_key", "revoke_key"], {"admin"}),
}  # fmt: skip
OPEN = {"static", "open_link"}


def places(app):
    """Every page, with the way to go there: its name, method and rule."""
    for rule in app.url_map.iter_rules():
        blueprint, _, name = rule.endpoint.rpartition(".")
        if blueprint == "pages" and name not in OPEN:
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield name, method, rule


def address(rule, **values):
    """The path of a page; what it needs and is not given is "none"."""
    path = rule.rule
    for name in rule.arguments:
        start, _, rest = path.partition(f"<{name}>")
        path = start + values.get(name, "none") + rest
    return path


FORM = {"decision": "deferred", "reason": "x", "sure": "1", "how": "phone", "grade": "1", "disposition": "call", "answer": "x", "outcome": "reached", "words": "x", "draw_at": "2026-12-24T09:00"}


def at(browser, token, method, path):
    data = {**FORM, "csrf_token": token} if method == "POST" else None
    return browser.open(path, method=method, data=data)


def test_each_page_says_whom_it_is_for(app):
    assert {name for name, _, _ in places(app)} == set(MAY)


def test_nobody_gets_in_who_has_not_signed_in(app, csrf_of):
    browser = app.test_client()
    token = csrf_of(browser.get("/login").text)
    for name, method, rule in places(app):
        answer = at(browser, token, method, address(rule))
        assert (answer.status_code, "/login" in answer.location) == (302, True), name


@pytest.mark.parametrize("email", [NURSE, DOCTOR, ADMIN])
def test_each_role_does_what_is_its_own(app, signed_in, csrf_of, email):
    browser, role = signed_in(email), email.partition("@")[0]
    token = csrf_of(browser.get("/me").text)
    for name, method, rule in places(app):
        refused = at(browser, token, method, address(rule)).status_code == 403
        assert refused == (role not in MAY[name]), (name, method)


def test_a_form_without_its_token_changes_nothing(app, signed_in):
    browser = signed_in(DOCTOR)
    for name, method, rule in places(app):
        if method == "POST":
            answer = browser.post(address(rule))
            assert answer.status_code == 400, name


@pytest.fixture
def theirs(demo_begin):
    """Ids of another clinic, as an address names them."""
    with demo_begin() as work:
        work.session.add(Clinic(id="other", name="Other"))
        work.session.flush()
        person = Patient(clinic_id="other", id=new_id(work.now), code="X-1", year_of_birth=1960,
                         sex=Sex.MALE, registered_at=work.now)  # fmt: skip
        work.session.add(person)
        work.session.flush()
        alert = Alert(clinic_id="other", id=new_id(work.now), patient_id=person.id, code="ZZ99",
                      family="gi", raised_at=work.now)  # fmt: skip
        item = InboxItem(clinic_id="other", id=new_id(work.now), patient_id=person.id,
                         kind=InboxKind.TEXT, text="x", received_at=work.now)  # fmt: skip
        colleague = Staff(clinic_id="other", name="n", email="n@other.example", password="x",
                          fs_uniquifier="other")  # fmt: skip
        work.session.add_all([alert, item, colleague])
    return {
        "patient_id": person.id, "alert_id": alert.id, "item_id": item.id, "name": alert.id,
        "media_id": "m", "lab_id": "l", "kind": "level", "decision_id": "d", "report_id": "r", "term": "nausea", "dose_id": "d",
        "visit_id": "v", "step": "drawn", "result_id": "s",
        "staff_id": str(colleague.id),
    }  # fmt: skip


IN_NO_RECORD = {  # their addresses name no record of a patient, or nothing of it is told
    "accept_advice", "withdraw_advice", "calculate", "remove_day", "remove_slot", "alert_news",
}  # fmt: skip


def test_no_clinic_sees_or_changes_what_is_anothers(app, signed_in, csrf_of, theirs):
    for email in (DOCTOR, ADMIN):
        browser, role = signed_in(email), email.partition("@")[0]
        token = csrf_of(browser.get("/me").text)
        for name, method, rule in places(app):
            if rule.arguments and role in MAY[name] and name not in IN_NO_RECORD:
                answer = at(browser, token, method, address(rule, **theirs))
                assert answer.status_code == 404, (name, answer.status_code)


@pytest.fixture
def of_another(demo_begin, patient_ids):
    """What P-0002 has, with the patient P-0001 in the address."""
    def first(work, table):
        return work.session.exec(select(table.id).where(table.patient_id == patient_ids["P-0002"])).first()

    with demo_begin() as work:
        tables = {"visit_id": Visit, "result_id": Sample, "lab_id": Lab, "decision_id": Decision, "report_id": SymptomReport,
                  "dose_id": Dose}  # fmt: skip
        found = {name: first(work, table) for name, table in tables.items()}
        if found["decision_id"] is None:
            found["decision_id"] = record_decision(
                work, "demo", patient_ids["P-0002"], decision=DecisionKind.DEFERRED, dose_mg=None, reason=None, by="staff:3"
            ).id
        term = work.session.exec(select(SymptomGrade.term).where(SymptomGrade.report_id == found["report_id"])).first()
    assert None not in found.values()
    return {**found, "patient_id": patient_ids["P-0001"], "term": term, "kind": "level", "step": "drawn"}


def test_what_one_patient_has_is_not_reached_by_the_address_of_another(app, signed_in, csrf_of, of_another):
    browser = signed_in(DOCTOR)
    token = csrf_of(browser.get("/me").text)
    tried = 0
    for name, method, rule in places(app):
        if "doctor" in MAY[name] and "patient_id" in rule.arguments and rule.arguments & {"visit_id", "result_id", "lab_id", "decision_id", "report_id", "dose_id"}:
            answer = at(browser, token, method, address(rule, **of_another))
            assert answer.status_code == 404, (name, answer.status_code)
            tried += 1
    assert tried > 8
