"""Each minute all is looked over: what is wrong is put right, and what lasts reaches the operator."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, text
from sqlmodel import col, select

from app.clinical.alerts import Cause
from app.services.alarms import alarm
from app.services.alerts import acknowledge, raise_alerts
from app.services.auditor import Watched, audit
from app.services.escalation import escalate_due
from app.services.findings import Finding, read_finding
from app.services.heartbeats import beat, last_beat
from app.services.messages import tell
from app.texts import Reader
from app.texts.render import render
from models import (
    Alert,
    AlertEvent,
    AlertState,
    Chat,
    ChatState,
    Clinic,
    Message,
    MessageState,
    Patient,
    Rota,
    Staff,
)
from models.columns import new_id

RASH = Cause("grade_3", "skin", "3")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
CHAT = 7001


@pytest.fixture
def nurse(begin, clinic):
    with begin() as work:
        nurse = Staff(clinic_id="wuhan", name="n", email="n@x", password="x", fs_uniquifier="n",
                      phone="+8613800000001")  # fmt: skip
        work.session.add(nurse)
        work.session.flush()
        for weekday in range(7):
            work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=nurse.id,
                                  weekday=weekday))  # fmt: skip
    return nurse


@pytest.fixture
def alert(begin, patient, nurse):
    with begin() as work:
        return raise_alerts(work, patient, [RASH], report_id=None, grade=3)


@pytest.fixture
def chat(begin, patient):
    with begin() as work:
        work.session.add(Chat(id=CHAT, clinic_id="wuhan", patient_id=patient.id,
                              state=ChatState.ACTIVE))  # fmt: skip


@pytest.fixture
def round_of(begin, clock):
    """One round of the auditor, which began just now and whose real time is the clinic's."""

    def look(ticks=None, since=None, shift=timedelta(), **more):
        real = clock.now + shift
        watched = Watched(ticks or {}, 60, since or real, apart=timedelta.max, **more)
        with begin() as work:
            return {one.word: one for one in audit(work, real, watched)}

    return look


def current(begin, alert):
    with begin() as work:
        return work.session.get_one(Alert, (alert.clinic_id, alert.id))


def change(begin, table, key, **values):
    with begin() as work:
        row = work.session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)


def change_alert(begin, alert, **values):
    change(begin, Alert, (alert.clinic_id, alert.id), **values)


def text_to_nurse(begin):
    with begin() as work:
        return work.session.exec(select(Message).where(col(Message.staff_id).is_not(None))).one()


def change_text(begin, **values):
    row = text_to_nurse(begin)
    change(begin, Message, (row.clinic_id, row.id), **values)


def told_operator(begin):
    with begin() as work:
        rows = work.session.exec(select(Message).order_by(col(Message.id)))
        return [row.key.removeprefix("sms.operator.") for row in rows if row.key.startswith("sms.op")]


def operators_text(begin):
    with begin() as work:
        return work.session.exec(select(Message).where(col(Message.key).startswith("sms.op"))).one()


def remind(begin, patient, **more):
    with begin() as work:
        [row] = tell(work, patient, "one", "visit.drawn_ask", about="visit:1", **more)
    return row


def test_when_all_is_well_the_auditor_says_only_that_it_looked(begin, clock, alert, round_of):
    assert round_of() == {}
    with begin() as work:
        last = last_beat(work, "auditor")
    assert (last.beat_at, last.at, last.findings) == (clock.now, clock.now, [])


def test_an_open_alert_without_a_next_step_is_called_about_now(begin, clock, alert, round_of):
    change_alert(begin, alert, next_step_at=None)
    found = round_of()
    assert found == {"alert_without_step": Finding("alert_without_step", 1, alert.raised_at, True)}
    with begin() as work:
        assert escalate_due(work) == 1


def test_a_taken_alert_without_a_time_to_come_back_gets_one(begin, clock, alert, round_of):
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "staff:1")
    change_alert(begin, alert, next_step_at=None)
    assert round_of()["alert_without_return"].repaired
    assert current(begin, alert).next_step_at == clock.now + 4 * HOUR


def test_after_a_clock_that_jumped_back_nobody_waits_for_hours(begin, clock, alert, round_of):
    clock.now -= 3 * HOUR
    assert round_of()["alert_step_too_far"].repaired
    assert current(begin, alert).next_step_at == clock.now
    assert current(begin, alert).state == AlertState.OPEN


def test_a_step_as_far_ahead_as_its_clinic_waits_is_in_time(begin, clock, alert, round_of):
    with begin() as work:
        work.session.add(Clinic(id="quick", name="q", nurse_wait_min=5, next_wait_min=5,
                                doctor_wait_min=5, call_wait_min=5))  # fmt: skip
    change(begin, Clinic, "wuhan", doctor_wait_min=60)
    change_alert(begin, alert, next_step_at=clock.now + 62 * MINUTE)
    assert round_of() == {}
    change_alert(begin, alert, next_step_at=clock.now + 62 * MINUTE + timedelta(seconds=1))
    clock.now += timedelta(minutes=1)
    assert round_of() == {}
    clock.now -= timedelta(minutes=1)
    assert "alert_step_too_far" in round_of()


def test_the_pause_between_two_rounds_may_take_an_hour(begin, clock, alert, round_of):
    change_alert(begin, alert, next_step_at=clock.now + HOUR, step=0)
    assert round_of() == {}
    clock.now -= HOUR
    assert "alert_step_too_far" in round_of()


def test_a_taken_alert_comes_back_no_later_than_if_it_were_taken_now(
    begin, clock, alert, round_of
):
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "staff:1")
    assert round_of() == {}
    clock.now -= 5 * HOUR
    assert round_of()["alert_back_too_late"].repaired
    assert current(begin, alert).next_step_at == clock.now + 4 * HOUR


def test_an_old_alert_that_waits_for_the_morning_is_in_time(begin, clock, alert, round_of):
    clock.now += timedelta(days=2, hours=8)
    with begin() as work:
        taken = acknowledge(work, "wuhan", alert.id, "staff:1")
    assert taken.next_step_at - clock.now > 4 * HOUR
    assert "alert_back_too_late" not in round_of()


def test_a_step_that_nobody_takes_is_found_after_two_minutes(begin, clock, alert, round_of):
    clock.now = alert.next_step_at + 2 * MINUTE
    assert "alert_step_late" not in round_of()
    clock.now += MINUTE
    assert round_of()["alert_step_late"] == Finding("alert_step_late", 1, alert.next_step_at)
    with begin() as work:
        escalate_due(work)
    clock.now += MINUTE
    assert "alert_step_late" not in round_of()


def test_an_alert_of_which_nobody_was_told_is_called_about_now(begin, clock, alert, round_of):
    with begin() as work:
        work.session.execute(delete(AlertEvent).where(col(AlertEvent.what) == "called"))
    clock.now += 3 * MINUTE
    assert round_of()["alert_untold"].repaired
    assert current(begin, alert).next_step_at == clock.now


def test_an_alert_that_knows_of_nobody_on_duty_is_not_called_untold(
    begin, clock, patient, round_of
):
    with begin() as work:
        raise_alerts(work, patient, [RASH], report_id=None, grade=3)
    clock.now += 3 * MINUTE
    assert "alert_untold" not in round_of()


def test_two_open_alerts_about_the_same_are_found(begin, clock, alert, round_of):
    with begin() as work:
        work.session.execute(text("DROP INDEX alert_open_once"))
        twin = {**alert.model_dump(), "id": new_id(work.now), "code": "ZZZZ"}
        work.session.add(Alert(**twin))
    found = round_of()["alert_twice"]
    assert (found.count, found.repaired) == (1, False)


def test_a_due_message_that_nobody_takes_is_found_after_five_minutes(
    begin, clock, patient, chat, round_of
):
    row = remind(begin, patient)
    clock.now += 5 * MINUTE
    assert round_of() == {}
    clock.now += MINUTE
    assert round_of() == {"message_stuck": Finding("message_stuck", 1, row.due_at)}


def test_what_is_put_off_or_waits_its_turn_in_a_chat_is_not_stuck(
    begin, clock, patient, chat, round_of
):
    with begin() as work:
        for state, place in ((MessageState.SENDING, 1), (MessageState.QUEUED, 2)):
            work.session.add(Message(
                clinic_id="wuhan", id=f"{place}", dedupe=f"reply:{place}", channel="telegram",
                chat_id=CHAT, key="x", due_at=work.now, made_at=work.now, state=state,
                leased_until=work.now + HOUR / 6,
            ))  # fmt: skip
    remind(begin, patient, due_at=clock.now + HOUR)
    clock.now += HOUR / 6
    assert round_of() == {}


def test_a_chat_that_telegram_told_to_wait_holds_its_messages(
    begin, clock, patient, chat, round_of
):
    remind(begin, patient)
    change(begin, Chat, CHAT, paced_until=clock.now + HOUR)
    clock.now += HOUR / 2
    assert round_of() == {}
    clock.now += HOUR
    assert "message_stuck" in round_of()


def test_a_lease_that_lapsed_and_was_not_taken_over_is_found(begin, clock, alert, round_of):
    change_text(begin, state=MessageState.SENDING, leased_until=clock.now)
    clock.now += 2 * MINUTE
    assert round_of() == {}
    clock.now += MINUTE
    assert round_of()["message_lapsed"].count == 1


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.UNKNOWN])
def test_a_lease_of_a_clock_that_jumped_back_lapses_now(begin, clock, alert, round_of, state):
    change_text(begin, state=state, leased_until=clock.now + 3 * HOUR)
    assert round_of()["lease_too_long"].repaired
    assert text_to_nurse(begin).leased_until == clock.now


def test_a_text_in_doubt_for_a_quarter_of_an_hour_is_found(begin, clock, alert, round_of):
    change_text(begin, state=MessageState.UNKNOWN, leased_until=clock.now)
    clock.now += 15 * MINUTE
    assert "message_in_doubt" not in round_of()
    clock.now += MINUTE
    assert "message_in_doubt" in round_of()


def test_a_text_about_an_alert_that_is_put_off_by_hours_goes_now(begin, clock, alert, round_of):
    change_text(begin, due_at=clock.now + 3 * HOUR)
    assert round_of()["alert_text_put_off"].repaired
    assert text_to_nurse(begin).due_at == clock.now


def test_a_text_about_an_open_alert_that_no_provider_takes_is_found(begin, clock, alert, round_of):
    clock.now += 15 * MINUTE
    change_text(begin, due_at=clock.now + 4 * MINUTE)  # tried again and again
    assert "alert_text_not_taken" not in round_of()
    clock.now += MINUTE
    assert "alert_text_not_taken" in round_of()


def test_a_text_to_the_operator_that_is_refused_is_found(begin, clock, clinic, round_of):
    with begin() as work:
        alarm(work, "wuhan", "nobody")
    key = ("wuhan", operators_text(begin).id)
    assert "operator_not_reached" not in round_of()
    change(begin, Message, key, state=MessageState.FAILED, reason="Twilio 400, code 21211")
    clock.now += MINUTE
    assert round_of()["operator_not_reached"].count == 1
    clock.now += 2 * HOUR
    assert "operator_not_reached" not in round_of()


def test_a_text_about_an_open_alert_without_a_receipt_is_found(begin, clock, alert, round_of):
    change_text(begin, state=MessageState.SENT, sent_at=clock.now)
    clock.now += 20 * MINUTE
    assert "text_without_receipt" not in round_of()
    clock.now += MINUTE
    assert "text_without_receipt" in round_of()
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "staff:1")
    clock.now += MINUTE
    assert "text_without_receipt" not in round_of()


def test_a_reminder_to_one_whose_death_is_known_is_found(begin, clock, patient, chat, round_of):
    row = remind(begin, patient)
    key = ("wuhan", row.id)
    change(begin, Message, key, state=MessageState.SENT, sent_at=clock.now, sent_to=str(CHAT))
    assert round_of() == {}
    change(begin, Patient, ("wuhan", patient.id), died_on=date(2026, 11, 20))
    clock.now += MINUTE
    assert round_of()["reminder_to_the_dead"].count == 1
    change(begin, Message, key, about="alert:1")  # which answers somebody who wrote
    clock.now += MINUTE
    assert round_of() == {}


def test_a_tick_that_was_not_heard_in_its_time_is_late(begin, clock, clinic, round_of):
    began = clock.now
    ticks = {"deliver": 1, "plan": 30, "prune": 3600}
    with begin() as work:
        for name in ticks:
            beat(work, name, clock.now - HOUR)  # of the process before
    clock.now += 2 * MINUTE
    assert round_of(ticks, began) == {}
    clock.now += MINUTE / 2
    with begin() as work:
        beat(work, "bot", clock.now)
    clock.now += MINUTE
    assert round_of(ticks, began)["tick_late"] == Finding("tick_late", 2, began)
    with begin() as work:
        for name in ticks:
            beat(work, name, clock.now)
    clock.now += MINUTE
    assert round_of(ticks, began) == {}


def test_a_silent_bot_is_told_to_the_operator_at_once_and_once_an_hour(
    begin, clock, clinic, round_of
):
    with begin() as work:
        beat(work, "bot", clock.now)
    clock.now += 3 * MINUTE
    began = clock.now - HOUR
    assert round_of(since=began) == {}
    clock.now += MINUTE
    assert "bot_silent" in round_of(since=began)
    clock.now += MINUTE
    round_of(since=began)
    assert told_operator(begin) == ["bot_silent"]


@pytest.mark.parametrize(
    ("shift", "fixed", "word"),
    [(HOUR, True, {"clock_moved"}), (HOUR, False, set()), (-HOUR, False, {"clock_moved"})],
)
def test_a_clock_that_moves_is_noticed_but_in_the_sandbox_where_it_may(
    clock, clinic, round_of, shift, fixed, word
):
    """`shift` is how the machine's clock moves beside the clinic's."""
    round_of(fixed=fixed)
    clock.now += MINUTE
    assert set(round_of(shift=shift, fixed=fixed)) == word


def test_clocks_of_two_machines_that_differ_are_found(begin, engine, clock, clinic):
    """The handed clock differs from the server's by days."""
    with begin() as work:
        found = audit(work, clock.now, Watched({}, 60, clock.now))
    differs = ["clocks_apart"] if engine.dialect.name == "postgresql" else []
    assert [one.word for one in found] == differs


def test_what_is_there_in_two_rounds_is_told_to_the_operator_once_an_hour(
    begin, clock, patient, chat, round_of
):
    remind(begin, patient)
    told = []
    for _ in range(4):
        clock.now += 6 * MINUTE
        round_of()
        told.append(told_operator(begin))
    assert told == [[], ["clockwork"], ["clockwork"], ["clockwork"]]


def test_what_was_put_right_and_does_not_come_back_is_told_to_nobody(
    begin, clock, alert, round_of
):
    change_alert(begin, alert, next_step_at=None)
    round_of()
    with begin() as work:
        escalate_due(work)
    for _ in range(2):
        clock.now += MINUTE
        round_of()
    assert "clockwork" not in told_operator(begin)


def test_what_must_be_put_right_again_and_again_is_told(begin, clock, alert, round_of):
    for _ in range(2):
        change_alert(begin, alert, next_step_at=None)
        clock.now += MINUTE
        round_of()
    assert told_operator(begin) == ["clockwork"]


def test_of_two_auditors_in_a_minute_one_looks(begin, clock, alert, round_of):
    round_of()
    change_alert(begin, alert, next_step_at=None)
    assert round_of(shift=timedelta(seconds=29)) == {}
    assert "alert_without_step" in round_of(shift=timedelta(seconds=30), fixed=False)


def test_a_finding_is_kept_as_it_was_found():
    for one in (Finding("alert_untold", 3, None, True), Finding("tick_late", 1)):
        assert read_finding(str(one)) == one


@pytest.mark.parametrize(("language", "most"), [("zh-CN", 70), ("en", 160)])
@pytest.mark.parametrize("what", ["clockwork", "bot_silent", "worker_silent"])
def test_the_operator_reads_it_in_one_text(language, most, what):
    data = {"clinic": "unlinked"}
    words = render(f"sms.operator.{what}", data, Reader(language, "UTC")).text
    assert len(words) <= most and (language != "en" or words.isascii())
