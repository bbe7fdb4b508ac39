"""Alerts over HTTP: read with their life and messages, opened again, listed, and their rates."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.escalation import escalate_due
from models import Audit, Message, MessageState, Rota, Staff
from models.columns import new_id

NEW = {"year_of_birth": 1966, "sex": "female"}
VISION = {"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "affected"}
MILD = {"periorbital_edema.swelling": "none"}


@pytest.fixture
def pid(api) -> str:
    return api("POST", "/patients", NEW, 201)["id"]


@pytest.fixture
def nurse(begin, clinic) -> int:
    """On call all week, by text."""
    with begin() as work:
        staff = Staff(clinic_id="wuhan", name="Nurse", email="n@x", password="x",
                      fs_uniquifier="n", phone="+8613800000001")  # fmt: skip
        work.session.add(staff)
        work.session.flush()
        work.session.add_all(
            Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=staff.id, weekday=day)
            for day in range(7)
        )
    return staff.id


@pytest.fixture
def alert(api, pid, nurse) -> str:
    return report(api, pid)


def report(api, pid, answers=VISION) -> str:
    return api("POST", f"/patients/{pid}/symptom-reports", {"answers": answers}, 201).get("alert_id")


def settle(begin, state, reason=None):
    with begin() as work:
        row = work.session.exec(select(Message).where(Message.channel == "sms")).one()
        row.state, row.reason = state, reason


def test_an_alert_is_read_with_its_life_what_comes_next_and_its_messages(api, begin, alert, nurse):
    settle(begin, MessageState.DELIVERED)
    read = api("GET", f"/alerts/{alert}")
    assert [event["what"] for event in read["events"]] == ["raised", "called"]
    assert (read["events"][1]["staff_id"], read["events"][1]["channel"]) == (nurse, "sms")
    [text] = read["messages"]
    assert text["id"] == read["events"][1]["message_id"]
    assert (text["to"], text["state"]) == (f"staff:{nurse}", "delivered")
    assert read["next_step"] == {
        "at": read["next_step_at"].replace("Z", "+00:00"), "how": "call", "staff_id": nurse,
        "channels": ["voice"],
    }  # fmt: skip


def test_an_alert_that_is_taken_comes_back_and_a_closed_one_has_no_next_step(api, alert):
    taken = api("POST", f"/alerts/{alert}/acknowledge")
    step = api("GET", f"/alerts/{alert}")["next_step"]
    assert (step["how"], step["staff_id"]) == ("back", None)
    assert step["at"] == taken["next_step_at"].replace("Z", "+00:00")
    api("POST", f"/alerts/{alert}/close", {"disposition": "call"})
    assert api("GET", f"/alerts/{alert}")["next_step"] is None


def test_with_nobody_on_the_rota_the_next_step_says_so(api, pid):
    assert api("GET", f"/alerts/{report(api, pid)}")["next_step"]["how"] == "nobody"


def test_a_closed_alert_is_opened_again_with_its_reason(api, alert):
    api("POST", f"/alerts/{alert}/reopen", {}, 409)
    api("POST", f"/alerts/{alert}/close", {"disposition": "call"})
    opened = api("POST", f"/alerts/{alert}/reopen", {"reason": "called back"})
    assert (opened["state"], opened["disposition"]) == ("open", None)
    last = [e for e in api("GET", f"/alerts/{alert}")["events"] if e["what"] == "reopened"]
    assert [one["why"] for one in last] == ["called back"]


def test_opening_again_needs_no_reason_and_refuses_what_it_does_not_know(api, alert):
    api("POST", f"/alerts/{alert}/close", {"disposition": "call"})
    wrong = api("POST", f"/alerts/{alert}/reopen", {"why": "x"}, 422)
    assert wrong["errors"][0]["pointer"] == "/why"
    assert api("POST", f"/alerts/{alert}/reopen")["state"] == "open"


def test_other_alone_does_not_close(api, alert):
    problem = api("POST", f"/alerts/{alert}/close", {"disposition": "other"}, 422)
    assert problem["errors"][0]["pointer"] == "/note"


def test_open_and_closed_alerts_are_listed_in_pages(api, nurse, clock):
    ids = []
    for _ in range(3):
        patient = api("POST", "/patients", NEW, 201)["id"]
        ids.append(report(api, patient))
        api("POST", f"/alerts/{ids[-1]}/close", {"disposition": "call"})
    assert api("GET", "/alerts")["items"] == []
    first = api("GET", "/alerts?state=closed&limit=2")
    rest = api("GET", f"/alerts?state=closed&limit=2&after={first['next']}")
    assert [one["id"] for one in first["items"] + rest["items"]] == list(reversed(ids))
    assert rest["next"] is None
    for word in ("x", "0001-01-01T00:00:00%2B14:00_x"):
        wrong = api("GET", f"/alerts?after={word}", None, 422)
        assert wrong["errors"][0]["pointer"] == "/after"


def test_the_messages_of_a_patient_are_listed_in_pages_the_newest_first(api, pid, alert, begin):
    settle(begin, MessageState.FAILED, "no phone number")
    with begin() as work:
        for number in range(3):
            work.session.add(Message(
                clinic_id="wuhan", id=new_id(work.now), dedupe=f"reply:{number}", key="home.text",
                channel="telegram", chat_id=7, patient_id=pid, due_at=work.now, made_at=work.now,
                sent_body="hello",
            ))  # fmt: skip
    first = api("GET", f"/patients/{pid}/messages?limit=3")
    rest = api("GET", f"/patients/{pid}/messages?limit=3&after={first['next']}")
    assert [one["to"] for one in first["items"]] == ["patient"] * 3
    [text] = rest["items"]
    assert (text["channel"], text["state"], text["reason"]) == ("sms", "failed", "no phone number")
    assert rest["next"] is None
    assert "chat_id" not in text and "sent_to" not in text
    without = api("GET", f"/patients/{pid}/messages?replies=false")
    assert [one["id"] for one in without["items"]] == [text["id"]]


def test_rates_tell_how_alerts_are_answered(api, pid, alert, begin, clock):
    settle(begin, MessageState.FAILED, "undelivered: provider's code 30003")
    clock.now += timedelta(minutes=12)
    report(api, pid, MILD)
    api("POST", f"/alerts/{alert}/acknowledge")
    api("POST", f"/alerts/{alert}/close", {"disposition": "medicine"})
    rates = api("GET", "/alerts/rates?days=7")
    assert (rates["reports"], rates["raised"], rates["alerts_per_report"]) == (2, 1, 0.5)
    assert rates["waits"] == {
        "taken": 1, "waiting": 0, "median_min": 12, "p90_min": 12,
        "histogram": {"under_5": 0, "under_15": 1, "under_30": 0, "under_60": 0, "over": 0},
    }  # fmt: skip
    assert (rates["closed"], rates["closed_with_action"]) == (1, 1)
    assert rates["dispositions"] == {"medicine": 1}
    assert (rates["calls"], rates["undelivered"], rates["came_back"]) == (1, 1, 0)


def test_rates_of_a_clinic_without_alerts_have_no_shares(api):
    rates = api("GET", "/alerts/rates")
    assert (rates["days"], rates["raised"], rates["waits"]["median_min"]) == (30, 0, None)
    assert {rates[name] for name in ("alerts_per_report", "closed_with_action", "undelivered", "came_back")} == {None}


def test_what_comes_back_is_a_wait_of_its_own(api, alert, begin, clock):
    api("POST", f"/alerts/{alert}/acknowledge")
    clock.now += timedelta(hours=4)
    with begin() as work:
        assert escalate_due(work) == 1
    clock.now += timedelta(minutes=20)
    api("POST", f"/alerts/{alert}/close", {"disposition": "other", "note": "moved away"})
    rates = api("GET", "/alerts/rates")
    assert (rates["waits"]["taken"], rates["waits"]["median_min"]) == (2, 10)
    assert (rates["came_back"], rates["closed_with_action"]) == (0.5, 0)


def test_reading_an_alert_and_messages_is_audited(api, pid, alert, begin):
    api("GET", f"/alerts/{alert}")
    api("GET", f"/patients/{pid}/messages")
    with begin() as work:
        actions = set(work.session.exec(select(Audit.action).where(Audit.patient_id == pid)))
    assert {"alert.read", "messages.read"} <= actions


def test_another_clinics_alert_is_not_there(api, alert, web, begin):
    from app.services.keys import make_key
    from models import Clinic

    with begin() as work:
        work.session.add(Clinic(id="beijing", name="Another"))
        work.session.flush()
        key = make_key(work, "beijing", "theirs")
    headers = {"Authorization": f"Bearer {key}"}
    assert web.get(f"/api/v1/alerts/{alert}", headers=headers).status_code == 404
    assert web.post(f"/api/v1/alerts/{alert}/reopen", headers=headers).status_code == 404
