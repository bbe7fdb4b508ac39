"""Decisions, the second person, the recall list and follow-up over HTTP."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.services.keys import make_key
from models import Audit, Clinic, Visit

OVERRIDE = {"decision": "overridden", "dose_mg": 300, "reason": "eyelids"}


@pytest.fixture
def where(patient):
    return f"/patients/{patient.id}"


@pytest.fixture
def second(begin, clinic):
    """Another key of the clinic: the header of whoever confirms."""
    with begin() as work:
        return {"Authorization": f"Bearer {make_key(work, clinic.id, 'second')}"}


@pytest.fixture
def stranger(begin):
    with begin() as work:
        work.session.add(Clinic(id="other", name="Another"))
        work.session.flush()
        return {"Authorization": f"Bearer {make_key(work, 'other', 'other')}"}


def test_an_override_is_answered_with_where_it_stands(api, where):
    row = api("POST", f"{where}/decisions", OVERRIDE, 201)
    assert (row["status"], row["starts_on"], row["dose_mg"]) == ("planned", "2026-11-25", 300)
    assert row["decided_by"].startswith("key:") and row["amends"] is None
    assert [one["daily_dose_mg"] for one in api("GET", f"{where}/regimens")["items"]] == [400, 300]
    assert [one["draw_at"] for one in api("GET", f"{where}/visits")["items"]] == ["2026-12-23T00:00:00Z"]
    assert [one["status"] for one in api("GET", f"{where}/decisions")["items"]] == ["planned"]
    assert api("GET", f"{where}/summary")["decisions"][0]["status"] == "planned"


def test_the_same_key_of_a_request_starts_one_dose(api, where):
    first = api("POST", f"{where}/decisions", OVERRIDE, 201, **{"Idempotency-Key": "k1"})
    again = api("POST", f"{where}/decisions", OVERRIDE, 201, **{"Idempotency-Key": "k1"})
    assert first == again
    assert len(api("GET", f"{where}/decisions")["items"]) == 1


def test_an_amendment_names_what_it_replaces_and_both_are_shown(api, where):
    first = api("POST", f"{where}/decisions", OVERRIDE, 201)
    second = api("POST", f"{where}/decisions", {**OVERRIDE, "dose_mg": 200, "amends": first["id"]}, 201)
    assert second["amends"] == first["id"]
    shown = api("GET", f"{where}/decisions")["items"]
    assert [one["status"] for one in shown] == ["planned", "replaced"]


@pytest.mark.parametrize(("more", "status", "pointer"), [
    ({"starts_on": "2026-11-23"}, 422, "/starts_on"), ({"starts_on": "soon"}, 422, "/starts_on"),
    ({"amends": "nothing"}, 404, "/amends"), ({"decision": "withdrawn"}, 409, "/decision"),
    ({"dose_mg": 350}, 422, "/dose_mg"), ({"reason": None}, 422, "/reason"),
])  # fmt: skip
def test_what_cannot_be_decided_says_which_field(api, where, more, status, pointer):
    problem = api("POST", f"{where}/decisions", OVERRIDE | more, status)
    assert problem["errors"][0]["pointer"] == pointer
    assert api("GET", f"{where}/decisions")["items"] == []


def test_where_the_clinic_asks_for_it_another_key_confirms(api, where, second):
    assert api("GET", "/clinic")["second_confirmation"] is False
    api("PATCH", "/clinic", {"second_confirmation": True})
    row = api("POST", f"{where}/decisions", OVERRIDE, 201)
    assert row["status"] == "waiting" and len(api("GET", f"{where}/regimens")["items"]) == 1
    api("POST", f"/decisions/{row['id']}/countersign", None, 409)
    done = api("POST", f"/decisions/{row['id']}/countersign", None, 200, **second)
    assert (done["status"], done["starts_on"]) == ("planned", "2026-11-25")
    assert done["confirmed_by"] != done["decided_by"]
    api("POST", f"/decisions/{row['id']}/countersign", None, 409, **second)


def test_another_clinic_finds_no_such_decision_and_no_such_patient(api, where, stranger):
    row = api("POST", f"{where}/decisions", OVERRIDE, 201)
    api("POST", f"/decisions/{row['id']}/countersign", None, 404, **stranger)
    for path in ("decisions", "follow-ups"):
        api("GET", f"{where}/{path}", None, 404, **stranger)
    for path in ("dose-told", "recall/level/plan", "follow-ups"):
        api("POST", f"{where}/{path}", {}, 404, **stranger)
    assert api("GET", "/recall", **stranger) == {"items": [], "next": None}


def test_the_recall_list_names_what_is_due_and_one_call_plans_it(api, where, begin, patient):
    api("PATCH", where, {"weight_kg": 60})  # a patient whose record changed
    [row] = api("GET", "/recall")["items"]
    assert (row["kind"], row["state"], row["due_on"]) == ("level", "overdue", "2026-10-18")
    assert row["patient"] == {"id": patient.id, "code": "P-0001"}
    visit = api("POST", f"{where}/recall/level/plan", None, 201)
    assert visit["draw_at"] == row["suggested_at"].replace("+00:00", "Z")
    assert api("GET", "/recall")["items"][0]["state"] == "planned"
    api("POST", f"{where}/recall/level/plan", {}, 409)
    with begin() as work:
        actions = work.session.exec(select(Audit.action)).all()
    assert {"recall.read", "recall.plan"} <= set(actions)


def test_the_visit_is_planned_when_the_caller_says_and_once_a_key(api, where, begin):
    body = {"draw_at": "2026-12-01T08:30:00+08:00"}
    for _ in range(2):
        visit = api("POST", f"{where}/recall/level/plan", body, 201, **{"Idempotency-Key": "v1"})
        assert datetime.fromisoformat(visit["draw_at"]) == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    with begin() as work:
        assert len(work.session.exec(select(Visit)).all()) == 1


@pytest.mark.parametrize("query", ["kind=nothing", "limit=0", "after=x", "more=1"])
def test_a_list_that_cannot_be_is_refused(api, query):
    api("GET", f"/recall?{query}", None, 422)


def test_a_kind_alone_can_be_asked_for(api, where):
    api("POST", f"{where}/decisions", {"decision": "deferred", "reason": "wait"}, 201)
    assert [one["kind"] for one in api("GET", "/recall?kind=decision")["items"]] == ["decision"]
    assert api("GET", "/recall?kind=labs")["items"] == []


def test_follow_up_is_kept_and_changes_the_patient(api, where):
    body = {"how": "phone", "recurrence_on": "2026-10-02", "stopped_on": "2026-11-01", "note": "by her son"}
    row = api("POST", f"{where}/follow-ups", body, 201)
    assert (row["on_treatment"], row["seen_on"]) == (False, "2026-11-24")
    patient = api("GET", where)
    assert (patient["recurrence_on"], patient["last_follow_up_on"]) == ("2026-10-02", "2026-11-24")
    assert api("GET", f"{where}/regimens")["items"][-1]["daily_dose_mg"] == 0
    assert [one["id"] for one in api("GET", f"{where}/follow-ups")["items"]] == [row["id"]]
    problem = api("POST", f"{where}/follow-ups", {"died_on": "2027-01-01"}, 422)
    assert problem["errors"][0]["pointer"] == "/died_on"


def test_a_dose_that_a_person_told_is_told_once(api, where):
    api("POST", f"{where}/dose-told", None, 409)
    api("POST", f"{where}/decisions", OVERRIDE, 201)
    assert api("POST", f"{where}/dose-told", None, 200)["told_by"].startswith("key:")


def test_a_decision_on_another_state_than_the_one_named_is_refused(api, where):
    seen = api("GET", f"{where}/summary")["seen"]
    api("POST", f"{where}/decisions", {**OVERRIDE, "dose_mg": 400}, 201)
    problem = api("POST", f"{where}/decisions", {**OVERRIDE, "seen": seen}, 409)
    assert (problem["errors"][0]["pointer"], "decisions" in problem["detail"]) == ("/seen", True)
    assert len(api("GET", f"{where}/decisions")["items"]) == 1
    api("POST", f"{where}/decisions", {**OVERRIDE, "seen": api("GET", f"{where}/summary")["seen"]}, 201)
