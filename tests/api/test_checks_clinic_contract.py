"""The clinic's settings over HTTP, and the patient's own hours."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.services.planning import plan_prompts
from models import Audit, Chat, ChatState, Message, Prompt


def test_the_settings_of_the_clinic_are_shown(api):
    told = api("GET", "/clinic")
    assert (told["id"], told["checks_usual"], told["quiet_from"]) == ("wuhan", "weekly", "21:00:00")
    assert told["staffed_weekdays"] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("change", [
    {"checks_usual": "never"}, {"checks_after_change": "weekly"}, {"checks_when_stable": "weekly"},
    {"missed_dose": "when_remembered"}, {"on_forget": "remove_record"}, {"night_phone": "+8613800000009"},
    {"staffed_from": "07:30:00", "staffed_until": "18:00:00", "staffed_weekdays": [0, 5]},
    {"quiet_from": "20:30:00", "quiet_until": "08:00:00"}, {"protocol_from": "05:30:00"},
    {"evening_at": "18:00:00"}, {"time_zone": "Europe/Berlin"}, {"ke_per_h": 0.05},
    {"prior": "widmer_2006"}, {"ctcae_version": "6.0"}, {"consent_version": "2"},
    {"name": "Another name"}, {"phone": None}, {"alert_from_grade": 2}, {"staffed_until": "00:00:00"},
    {"emergency_zh_cn": "请马上拨打 120。", "emergency_en": "Call 120 at once."},
])  # fmt: skip
def test_what_is_sent_is_changed_and_nothing_else(api, change):
    before = api("GET", "/clinic")
    assert api("PATCH", "/clinic", change) == {**before, **change}
    assert api("GET", "/clinic") == {**before, **change}


@pytest.mark.parametrize(("change", "pointer"), [
    ({"checks_usual": "daily"}, "/checks_usual"), ({"nickname": "x"}, "/nickname"),
    ({"ke_per_h": 0.009}, "/ke_per_h"), ({"ke_per_h": 0.21}, "/ke_per_h"), ({"ke_per_h": None}, "/ke_per_h"),
    ({"quiet_from": "06:00"}, "/quiet_from"), ({"quiet_until": "22:00"}, "/quiet_until"),
    ({"protocol_from": "08:00"}, "/protocol_from"), ({"evening_at": "21:30"}, "/evening_at"),
    ({"staffed_until": "07:00"}, "/staffed_until"), ({"staffed_weekdays": [7]}, "/staffed_weekdays/0"),
    ({"staffed_weekdays": [1, 1]}, "/staffed_weekdays"), ({"time_zone": "Mars/North"}, "/time_zone"),
    ({"night_phone": "12"}, "/night_phone"), ({"quiet_from": "21:00+08:00"}, "/quiet_from"),
    ({"name": ""}, "/name"), ({"consent_version": "a b"}, "/consent_version"),
    ({"alert_from_grade": 1}, "/alert_from_grade"), ({"alert_from_grade": 4}, "/alert_from_grade"),
    ({"alert_from_grade": None}, "/alert_from_grade"), ({"emergency_en": "Call 120."}, "/emergency_zh_cn"),
    ({"emergency_zh_cn": "拨打 120。", "emergency_en": None}, "/emergency_en"), ({"emergency_en": "  "}, "/emergency_en"),
    ({"emergency_zh_cn": "拨" * 601, "emergency_en": "x"}, "/emergency_zh_cn"),
    ({"emergency_zh_cn": "拨打 120。", "emergency_en": "Call\x00"}, "/emergency_en"),
    ({"patients_made": 5}, "/patients_made"), ({"id": "x"}, "/id"), ({"prior": "own"}, "/prior"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field_and_changes_nothing(api, change, pointer):
    before = api("GET", "/clinic")
    problem = api("PATCH", "/clinic", change, 422)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert api("GET", "/clinic") == before


@pytest.mark.parametrize("ke", [0.01, 0.2])
def test_the_limits_of_ke_are_allowed(api, ke):
    assert api("PATCH", "/clinic", {"ke_per_h": ke})["ke_per_h"] == ke


def test_an_emergency_text_in_one_language_cannot_be_taken_away_alone(api):
    both = {"emergency_zh_cn": "拨打 120。", "emergency_en": "Call 120."}
    api("PATCH", "/clinic", both)
    problem = api("PATCH", "/clinic", {"emergency_en": None}, 422)
    assert problem["errors"][0]["pointer"] == "/emergency_en"
    assert api("PATCH", "/clinic", dict.fromkeys(both))["emergency_en"] is None


def test_the_audit_names_numbers_and_texts_that_changed_and_not_what_they_say(api, begin):
    api("PATCH", "/clinic", {"phone": "+8613800000009", "ke_per_h": 0.05, "quiet_until": "06:30",
                             "staffed_weekdays": [0, 6], "emergency_zh_cn": "找王护士", "emergency_en": "Ask Wang"})  # fmt: skip
    with begin() as work:
        row = work.session.exec(select(Audit)).one()
    assert row.about == ("emergency_en; emergency_zh_cn; ke_per_h: 0.041 -> 0.05; phone; "
                         "quiet_until: 07:00 -> 06:30; staffed_weekdays: 0,1,2,3,4 -> 0,6")  # fmt: skip


def test_reading_and_changing_are_audited_with_what_was_changed(api, begin):
    api("GET", "/clinic")
    api("PATCH", "/clinic", {"checks_usual": "never", "name": "Other"})
    with begin() as work:
        rows = work.session.exec(select(Audit).order_by(Audit.id)).all()
    assert [(one.action, one.about) for one in rows] == [
        ("clinic.read", None), ("clinic.change", "checks_usual: weekly -> never; name")]  # fmt: skip
    assert rows[1].actor.startswith("key:")


@pytest.fixture
def linked(begin, patient):
    with begin() as work:
        work.session.add(Chat(id=9, clinic_id="wuhan", patient_id=patient.id, state=ChatState.ACTIVE))
    plan_prompts(begin)
    return patient


def due(begin, key: str) -> list[datetime]:
    with begin() as work:
        return list(work.session.exec(
            select(Message.due_at).where(Message.key == key, Message.state == "queued")
        ))  # fmt: skip


def test_other_quiet_hours_move_what_is_not_asked_yet(api, begin, linked):
    assert due(begin, "check.ask") == [datetime(2026, 11, 30, 2, tzinfo=UTC)]
    api("PATCH", "/clinic", {"quiet_until": "11:00"})
    assert due(begin, "check.ask") == []
    plan_prompts(begin)
    assert due(begin, "check.ask") == [datetime(2026, 11, 30, 3, tzinfo=UTC)]


def test_a_clinic_that_asks_never_takes_back_what_is_planned(api, begin, linked):
    never = dict.fromkeys(("checks_usual", "checks_after_change", "checks_when_stable"), "never")
    api("PATCH", "/clinic", never)
    plan_prompts(begin)
    assert due(begin, "check.ask") == []
    with begin() as work:
        assert {one.kind for one in work.session.exec(select(Prompt).where(Prompt.state == "open"))} == {"sf36"}


def test_the_hours_of_a_patient_are_changed_and_the_check_follows(api, begin, linked):
    sent = {"check_weekday": 3, "check_at": "16:30:00", "usual_dose_time": "07:30:00",
            "dose_reminder": True, "sms_consent": True}  # fmt: skip
    changed = api("PATCH", f"/patients/{linked.id}", sent)
    assert {name: changed[name] for name in sent} == sent
    plan_prompts(begin)
    assert due(begin, "check.ask") == [datetime(2026, 11, 26, 8, 30, tzinfo=UTC)]


@pytest.mark.parametrize(("sent", "pointer"), [
    ({"check_weekday": 7}, "/check_weekday"), ({"check_weekday": None}, "/check_weekday"),
    ({"check_at": "25:00"}, "/check_at"), ({"check_at": "10:00:30"}, "/check_at"),
    ({"usual_dose_time": "8"}, "/usual_dose_time"), ({"sms_consent": None}, "/sms_consent"),
    ({"erased_at": "2026-11-24T00:00:00Z"}, "/erased_at"),
])  # fmt: skip
def test_an_hour_that_cannot_be_is_refused(api, patient, sent, pointer):
    problem = api("PATCH", f"/patients/{patient.id}", sent, 422)
    assert pointer in [error["pointer"] for error in problem["errors"]]


def test_a_move_to_another_zone_moves_the_check(api, begin, linked):
    api("PATCH", f"/patients/{linked.id}", {"time_zone": "Europe/Berlin"})
    plan_prompts(begin)
    assert due(begin, "check.ask") == [datetime(2026, 11, 30, 9, tzinfo=UTC)]
