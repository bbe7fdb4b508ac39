"""Claim, send, settle: nothing lost, no doubled row, each fate written down."""

import threading
from collections import Counter
from datetime import timedelta
from itertools import permutations

import pytest
from delivery_wire import (
    CHAT,
    DEPUTY,
    NURSE,
    SETTINGS,
    alarm,
    change,
    change_only,
    rows,
    say_to,
)
from sqlmodel import select

from app.clock import real_now
from app.delivery import ATTEMPTS, deliver_due, settle
from app.senders import Blocked, Refused, Sent, Unavailable, Unknown
from app.services.escalation import call_failed
from app.services.messages import receipt, tell
from models import Chat, ChatState, InboxItem, Message, Patient, Staff


def test_what_is_due_goes_once_and_what_is_not_waits(begin, clock, linked, wire, deliver):
    say_to(begin, linked)
    say_to(begin, linked, "later", due_at=clock.now + timedelta(hours=1))
    assert deliver() == 1
    assert deliver() == 0
    assert wire.chats == [(CHAT, "抽过血了吗？是几点抽的？")]
    assert [one.state for one in rows(begin)] == ["sent", "queued"]


FATES = [
    (Sent("77"), "sent", None),
    (Refused("chat not found"), "failed", None),
    (Blocked("bot was blocked"), "failed", None),
    (Unavailable("429", 30.0), "queued", (30, 30)),
    (Unavailable("500"), "queued", (1.5, 2.5)),
]


@pytest.mark.parametrize(("fate", "state", "wait"), FATES)
def test_each_fate_of_a_chat_message_is_written_down(
    begin, clock, linked, wire, deliver, fate, state, wait
):
    wire.telegram_says = fate
    say_to(begin, linked)
    deliver()
    [row] = rows(begin)
    assert (row.state, row.attempts, row.sent_to) == (state, 1, str(CHAT))
    assert (row.provider_id, row.reason) == (
        ("77", None) if isinstance(fate, Sent) else (None, fate.why)
    )
    if wait:
        assert wait[0] <= (row.due_at - clock.now).total_seconds() <= wait[1]


@pytest.mark.parametrize(
    ("fate", "state"),
    [*((fate, state) for fate, state, _ in FATES), (Unknown("no answer"), "unknown")],
)
def test_each_fate_of_a_text_is_written_down(begin, patient, team, wire, deliver, fate, state):
    alarm(begin, patient)
    wire.sms_says = fate
    deliver()
    assert rows(begin)[0].state == state


def test_a_blocked_chat_gets_nothing_more_and_the_clinic_is_told(begin, linked, wire, deliver):
    wire.telegram_says = Blocked("bot was blocked")
    say_to(begin, linked)
    deliver()
    assert [(one.kind, one.patient_id) for one in rows(begin, InboxItem)] == [
        ("unreachable", linked.id)
    ]
    assert say_to(begin, linked, "two") == []


def test_a_reminder_whose_time_has_passed_expires_instead_of_going_late(
    begin, clock, linked, wire, deliver
):
    say_to(begin, linked, not_after=clock.now + timedelta(hours=2))
    clock.now += timedelta(hours=26)
    deliver()
    assert (wire.chats, [one.state for one in rows(begin)]) == ([], ["expired"])


def test_after_an_outage_of_26_hours_the_alert_still_goes(
    begin, clock, patient, team, wire, deliver
):
    alarm(begin, patient)
    wire.sms_says = Unavailable("down")
    ends = clock.now + timedelta(hours=26)
    while clock.now < ends:
        deliver()
        clock.now = min(max(rows(begin)[0].due_at, clock.now + timedelta(seconds=1)), ends)
    wire.sms_says = Sent("SM1")
    clock.now += timedelta(hours=1)
    deliver()
    assert [one.state for one in rows(begin)] == ["sent"]


@pytest.mark.parametrize(
    ("table", "values", "reason"),
    [
        (Patient, {"died_on": "now"}, "the patient has died"),
        (Chat, {"state": ChatState.STOPPED}, "the patient stopped reminders"),
        (Chat, {"state": ChatState.BLOCKED}, "the chat is blocked"),
        (Chat, {"patient_id": None}, "the chat is another's now"),
    ],
)
def test_what_is_no_longer_wanted_is_cancelled_with_its_reason(
    begin, clock, linked, wire, deliver, table, values, reason
):
    say_to(begin, linked)
    values = {name: clock.now.date() if value == "now" else value for name, value in values.items()}
    change(begin, table, CHAT if table is Chat else ("wuhan", linked.id), **values)
    deliver()
    assert wire.chats == []
    assert [(one.state, one.reason) for one in rows(begin)] == [("cancelled", reason)]


def test_words_that_cannot_be_made_hold_up_nobody_else(begin, linked, wire, deliver):
    say_to(begin, linked, "broken", "visit.eve", data={"dose_at": "no moment"})
    say_to(begin, linked, "unknown", "no.such.text")
    say_to(begin, linked, "good")
    deliver()
    assert len(wire.chats) == 1
    assert Counter(one.state for one in rows(begin)) == {"failed": 2, "sent": 1}


def test_the_phone_number_is_the_one_at_the_moment_of_sending(
    begin, patient, team, wire, deliver
):
    alarm(begin, patient)
    change(begin, Staff, rows(begin)[0].staff_id, phone="+8613811111111")
    deliver()
    assert [to for to, _ in wire.texts] == ["+8613811111111"]


def test_a_chat_message_whose_worker_died_is_sent_again(begin, linked, wire, deliver):
    say_to(begin, linked)
    change_only(begin, state="sending", leased_until=real_now() + timedelta(seconds=30))
    assert deliver() == 0
    change_only(begin, leased_until=real_now() - timedelta(seconds=1))
    deliver()
    assert (len(wire.chats), rows(begin)[0].state) == (1, "sent")


def test_workers_that_die_each_time_repeat_a_message_five_times_at_most(
    begin, linked, wire, deliver
):
    say_to(begin, linked)
    for _ in range(10):
        with begin() as work:
            row = work.session.exec(select(Message)).one()
            if row.state != "failed":
                row.state, row.leased_until = "sending", real_now() - timedelta(seconds=1)
        deliver()
    assert len(wire.chats) == 5
    assert rows(begin)[0].state == "failed"


def lapsed_text(begin, patient, deliver, wire):
    alarm(begin, patient)
    wire.sms_says = Unknown("no answer")
    deliver()
    change_only(begin, leased_until=real_now() - timedelta(seconds=1))
    wire.sms_says = Sent("SM2")


def test_a_text_that_perhaps_went_is_found_at_twilio_and_not_sent_again(
    begin, clock, patient, team, wire, deliver
):
    lapsed_text(begin, patient, deliver, wire)
    wire.list_says = Sent("SM1")
    deliver()
    assert len(wire.texts) == 1
    assert wire.looked_up == [(*wire.texts[0], clock.now - timedelta(seconds=10))]
    assert (rows(begin)[0].state, rows(begin)[0].provider_id) == ("sent", "SM1")


def test_a_text_that_did_not_go_is_sent_again_after_the_look(begin, patient, team, wire, deliver):
    lapsed_text(begin, patient, deliver, wire)
    deliver()
    assert (len(wire.looked_up), len(wire.texts)) == (1, 2)
    assert rows(begin)[0].provider_id == "SM2"


def test_a_text_is_looked_up_only_when_twilio_had_time_to_list_it(
    begin, patient, team, wire, deliver
):
    alarm(begin, patient)
    wire.sms_says = Unknown("no answer")
    deliver()
    deliver()
    assert (len(wire.texts), wire.looked_up) == (1, [])


def test_a_text_whose_worker_died_is_looked_up_before_it_is_sent(
    begin, patient, team, wire, deliver
):
    alarm(begin, patient)
    change_only(begin, state="sending", leased_until=real_now() - timedelta(seconds=1),
                sent_to=NURSE, sent_body="words")  # fmt: skip
    wire.list_says = Unknown("list does not answer")
    deliver()
    assert (wire.texts, len(wire.looked_up)) == ([], 1)
    assert rows(begin)[0].state == "unknown"


def test_a_late_word_about_an_earlier_attempt_is_not_heard(begin, linked):
    say_to(begin, linked)
    change_only(begin, state="sending", attempts=2)
    with begin() as work:
        settle(work, "wuhan", _only(work).id, Refused("old"), 1)
        assert _only(work).state == "sending"


def _only(work):
    return work.session.exec(select(Message)).one()


def test_attempts_are_bounded(begin, clock, linked, wire, deliver):
    say_to(begin, linked)
    wire.telegram_says = Unavailable("down", 0)
    while deliver():
        pass
    [row] = rows(begin)
    assert (row.state, len(wire.chats)) == ("failed", ATTEMPTS)


def to_staff(wire):
    """Whom a text went to, the operator left out."""
    return [to for to, _ in wire.texts if to != SETTINGS.operator_phone]


@pytest.mark.parametrize("fate", [Refused("21211"), Blocked("21610")])
def test_an_alert_that_cannot_reach_one_person_calls_the_next_at_once(
    begin, patient, team, wire, deliver, fate
):
    alarm(begin, patient)
    wire.sms_says = fate
    deliver()
    assert to_staff(wire) == [NURSE, DEPUTY]
    assert max(rows(begin), key=lambda row: row.id).key == "voice.alert"


def deliver_all(begin, wire):
    while deliver_due(begin, wire.post, SETTINGS):
        pass


def four_at_once(work_off):
    """What went wrong in any of four threads."""
    together, failures = threading.Barrier(4), []

    def run():
        try:
            together.wait(5)
            work_off()
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_four_workers_at_once_send_each_message_once(begin, linked, team, wire):
    for number in range(40):
        with begin() as work:
            tell(work, linked, str(number), "sms.reply.closed", about="data:1")
    alarm(begin, linked)
    failures = four_at_once(lambda: deliver_all(begin, wire))
    assert failures == []
    assert (len(wire.chats), len(wire.texts)) == (40, 1)
    assert {(one.state, one.attempts) for one in rows(begin)} == {("sent", 1)}


@pytest.mark.parametrize("order", list(permutations(["queued", "sent", "delivered"])))
def test_receipts_in_any_order_end_in_delivered(begin, patient, team, deliver, order):
    alarm(begin, patient)
    deliver()
    for status in order:
        with begin() as work:
            assert receipt(work, "1", status, None) is None
    assert rows(begin)[0].state == "delivered"


@pytest.mark.parametrize("order", list(permutations(["sent", "undelivered", "failed"])))
def test_a_failure_sticks_and_is_reported_once(begin, patient, team, deliver, order):
    alarm(begin, patient)
    deliver()
    failed = []
    for status in order:
        with begin() as work:
            failed.append(receipt(work, "1", status, "30005"))
    assert len([one for one in failed if one]) == 1
    assert rows(begin)[0].state == "failed"
    assert rows(begin)[0].reason.endswith("30005")


@pytest.mark.parametrize(("word", "provider_id"), [("unheard-of", "1"), ("failed", "other")])
def test_a_receipt_that_means_nothing_changes_nothing(
    begin, patient, team, deliver, word, provider_id
):
    alarm(begin, patient)
    deliver()
    with begin() as work:
        assert receipt(work, provider_id, word, None) is None
    assert rows(begin)[0].state == "sent"


def test_an_alert_that_was_taken_and_not_delivered_calls_the_next(
    begin, patient, team, wire, deliver
):
    alarm(begin, patient)
    deliver()
    with begin() as work:
        row = receipt(work, "1", "undelivered", None)
        call_failed(work, row)
    deliver()
    assert to_staff(wire) == [NURSE, DEPUTY]


def test_a_receipt_that_is_quicker_than_our_pen_calls_the_next_once(
    begin, patient, team, wire, deliver
):
    def undelivered(reference):
        wire.meanwhile = lambda _: None
        with begin() as work:
            row = receipt(work, "1", "undelivered", "30005", reference)
            call_failed(work, row)

    alarm(begin, patient)
    wire.meanwhile = undelivered
    deliver()
    deliver()
    assert to_staff(wire) == [NURSE, DEPUTY]
    assert sorted(one.state for one in rows(begin) if one.staff_id) == ["failed", "sent"]


def test_a_receipt_that_says_sent_before_our_pen_does_changes_nothing(
    begin, patient, team, wire, deliver
):
    def sent(reference):
        with begin() as work:
            assert receipt(work, "1", "sent", None, reference) is None

    alarm(begin, patient)
    wire.meanwhile = sent
    deliver()
    assert [(one.state, one.provider_id) for one in rows(begin)] == [("sent", "1")]
