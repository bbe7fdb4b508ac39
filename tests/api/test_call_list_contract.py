"""The desk over HTTP: the call list, and the marks and the standing of a visit."""

from datetime import timedelta

import pytest

from app.services.call_list import Called, record_call
from app.services.calls_kept import settle_calls
from models import CallOutcome, Chat, ChatState, Patient


@pytest.fixture
def blocked(begin, patient):
    with begin() as work:
        work.session.get_one(Patient, ("wuhan", patient.id)).phone = "+8613800001111"
        work.session.add(Chat(id=7001, clinic_id="wuhan", patient_id=patient.id, state=ChatState.BLOCKED,
                              seen_at=work.now - timedelta(days=3)))  # fmt: skip
    settle_calls(begin, begin)
    return patient


def test_the_call_list_says_whom_to_phone_why_and_what_came_of_the_last_call(
    api, begin, blocked, clock
):
    (row,) = api("GET", "/call-list")["items"]
    assert row["patient"] == {"id": blocked.id, "code": "P-0001", "phone": "+8613800001111"}
    assert [(one["why"], one["since"][:10]) for one in row["reasons"]] == [("blocked", "2026-11-21")]
    assert row["last_call"] is None
    with begin() as work:
        record_call(work, "wuhan", blocked.id, "staff:1", Called(CallOutcome.NOT_REACHED, "rings"))
    assert api("GET", "/call-list") == {"items": [], "next": None}
    clock.now += timedelta(days=1)
    (row,) = api("GET", "/call-list")["items"]
    assert (row["last_call"]["outcome"], row["last_call"]["note"]) == ("not_reached", "rings")


def test_a_visit_of_the_queue_has_its_marks_and_how_its_draw_stands(api, patient):
    api("POST", f"/patients/{patient.id}/visits", {"draw_at": "2026-11-25T08:00:00+08:00"}, 201)
    dose = {"taken_at": "2026-11-24T08:00:00+08:00", "dose_mg": 400, "status": "taken", "provenance": "staff"}
    api("POST", f"/patients/{patient.id}/doses", dose, 201)
    (row,) = api("GET", "/queue")["items"]
    assert row["marks"] == {
        "report": "missing", "sf36": "missing", "dose_time": "done", "draw": "later", "level": "later",
        "labs": "later",
    }  # fmt: skip
    assert (row["missing_labs"], "labs" in row["missing"]) == ([], False)  # it may be taken with the draw
    assert row["standing"]["state"] == "opens"
    assert row["standing"]["at"] == "2026-11-24T22:00:00+00:00"
