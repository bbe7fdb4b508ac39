"""A text that perhaps went out: looked up once, by one worker, before any repeat."""

import threading
from datetime import timedelta

import pytest
from delivery_wire import NURSE, SETTINGS, Wire, alarm, change_only, rows, say_to
from sqlmodel import select

from app.clock import real_now
from app.delivery import Post, Way, deliver_due
from app.senders import Sent, Unavailable, Unknown
from app.services.alarms import alarm as tell_operator
from app.services.messages import queue_once
from models import Alert, Message
from models.columns import new_id

PAST, FAR = timedelta(seconds=-1), timedelta(days=300)


def in_doubt(begin, patient, deliver, wire):
    alarm(begin, patient)
    wire.sms_says = Unknown("no answer")
    deliver()
    change_only(begin, leased_until=real_now() + PAST)


def with_post(wire, **ways):
    given = {"telegram": wire.telegram, "sms": wire.sms, "look_up": wire.look_up, **ways}
    return Post(**given)


def test_while_one_worker_looks_no_other_does(begin, patient, team, wire, deliver):
    in_doubt(begin, patient, deliver, wire)

    def look_up(to, body, since, others):
        wire.look_up(to, body, since, others)
        if len(wire.looked_up) == 1:
            deliver_due(begin, wire.post, SETTINGS)
        return Sent("SM1")

    wire.post = with_post(wire, look_up=look_up)
    deliver()
    assert (len(wire.looked_up), len(wire.texts)) == (1, 1)
    assert rows(begin)[0].state == "sent"


def test_a_word_that_comes_after_the_look_is_still_heard_and_nothing_is_sent_again(
    begin, patient, team, wire, deliver
):
    def slow(to, body, reference):
        """The other worker looks while this one is still sending, and does not find it."""
        change_only(begin, leased_until=real_now() + PAST)
        deliver_due(begin, with_post(wire, sms=never), SETTINGS)
        return wire.sms(to, body, reference)

    def never(*_):
        raise AssertionError("sent again")

    alarm(begin, patient)
    wire.list_says = Unavailable("not at Twilio: sent again", 30)
    wire.post = with_post(wire, sms=slow)
    deliver()
    assert [(row.state, row.provider_id) for row in rows(begin)] == [("sent", "1")]
    assert len(wire.texts) == 1


def test_a_text_whose_lease_ran_out_before_it_was_sent_is_not_sent_late(
    begin, patient, team, wire
):
    alarm(begin, patient)
    deliver_due(begin, wire.post, SETTINGS, lease=timedelta(seconds=-1))
    assert wire.texts == []


@pytest.mark.parametrize("until", [PAST, FAR])
def test_what_was_never_handed_over_is_queued_without_a_look(
    begin, patient, team, wire, deliver, until
):
    alarm(begin, patient)
    change_only(begin, state="sending", leased_until=real_now() + until, sent_to=None)
    deliver()
    assert (wire.looked_up, len(wire.texts)) == ([], 1)


def test_a_call_in_doubt_is_not_taken_for_the_one_that_was_made_anew_in_the_same_words(
    begin, patient, team, wire, deliver
):
    alarm(begin, patient)
    wire.sms_says = Unknown("no answer")
    deliver()
    with begin() as work:
        first = work.session.exec(select(Message)).one()
        work.session.exec(select(Alert)).one().round = 2
        anew = {"id": new_id(work.now), "dedupe": first.dedupe.replace(":1:", ":2:"), "state": "queued"}
        work.session.add(Message(**{**first.model_dump(warnings=False), **anew, "due_at": work.now}))
    deliver()
    change_sms(begin, leased_until=real_now() + PAST)
    wire.list_says = Sent("SM2")
    deliver()
    assert [(row.state, row.reason) for row in rows(begin)] == [("cancelled", "called anew"), ("sent", "no answer")]
    assert len(wire.texts) == 2


def test_two_texts_in_doubt_with_the_same_words_each_find_their_own_and_none_goes_again(
    begin, patient, wire, deliver, clinic
):
    wire.sms_says = Unknown("no answer")
    for what in ("limit", "clockwork"):
        with begin() as work:
            tell_operator(work, clinic.id, what)
    with begin() as work:  # of two clinics, say, in the same words
        for row in work.session.exec(select(Message)):
            row.key = "sms.operator.limit"
    deliver()
    assert len({body for _, body in wire.texts}) == 1
    taken = ["SM1", "SM2"]

    def look_up(to, body, since, others):
        return Sent(next(sid for sid in reversed(taken) if sid not in others))

    wire.post = with_post(wire, look_up=look_up)
    for _ in range(2):
        change_sms(begin, leased_until=real_now() + PAST)
        deliver_due(begin, wire.post, SETTINGS)
    assert sorted((row.state, row.provider_id) for row in rows(begin)) == [("sent", "SM1"), ("sent", "SM2")]
    assert len(wire.texts) == 2


def test_a_text_whose_sender_breaks_leaves_the_others_of_its_claim_written_down(
    begin, wire, clinic
):
    for what in ("limit", "clockwork"):
        with begin() as work:
            tell_operator(work, clinic.id, what)

    breaks, broken = iter([True]), threading.Event()

    def breaks_once(to, body, reference):
        if next(breaks, False):
            broken.set()
            raise ValueError("a fault of ours")
        assert broken.wait(60)
        return wire.sms(to, body, reference)

    wire.post = with_post(wire, sms=breaks_once)
    with pytest.raises(ValueError, match="a fault of ours"):
        deliver_due(begin, wire.post, SETTINGS)
    assert sorted(row.state for row in rows(begin)) == ["sending", "sent"]


def change_sms(begin, **values):
    with begin() as work:
        for row in work.session.exec(select(Message).where(Message.state == "unknown")):
            for name, value in values.items():
                setattr(row, name, value)


def test_a_lease_of_a_clock_that_jumped_is_as_good_as_lapsed(begin, linked, wire, deliver):
    say_to(begin, linked)
    change_only(begin, state="sending", leased_until=real_now() + FAR)
    deliver()
    assert [row.state for row in rows(begin)] == ["sent"]


def eight_texts(begin):
    with begin() as work:
        for number in range(8):
            queue_once(work, Message(
                clinic_id="wuhan", id=new_id(work.now), dedupe=f"text {number}", channel="sms",
                about=f"operator:{number}", key="sms.operator.nobody", data={"clinic": str(number)},
                due_at=work.now, made_at=work.now,
            ))  # fmt: skip


def test_eight_texts_are_handed_over_at_the_same_time(begin, clinic, wire, deliver):
    eight_texts(begin)
    together = threading.Barrier(8)

    def sms(to, body, reference):
        together.wait(60)
        return wire.sms(to, body, reference)

    wire.post = with_post(wire, sms=sms)
    deliver()
    assert len(wire.texts) == 8
    assert {row.state for row in rows(begin)} == {"sent"}


def test_while_twilio_is_silent_chats_get_what_falls_due(begin, linked, wire, deliver):
    eight_texts(begin)
    heard = threading.Event()

    def sms(*_):
        assert heard.wait(60), "the chat waited for Twilio"
        return Unknown("no answer")

    def telegram(many):
        say_to(begin, linked, str(len(wire.chats)))
        if wire.chats:
            heard.set()
        return wire.telegram(many)

    say_to(begin, linked, "first")
    wire.post = with_post(wire, sms=sms, telegram=telegram)
    deliver()
    assert len(wire.chats) >= 2
    texts = {row.state for row in rows(begin) if row.channel == "sms"}
    assert texts <= {"unknown", "queued"}  # or, after ten seconds, looked up and to be sent again


def test_a_call_is_claimed_sent_and_reconciled_as_a_text_is(begin, patient, team, wire):
    calls = Wire()
    voice = Way(calls.sms, calls.look_up, calls.fetch)
    post = with_post(wire, voice=voice)
    alarm(begin, patient)
    change_only(begin, channel="voice")
    calls.sms_says = Unknown("no answer")
    deliver_due(begin, post, SETTINGS)
    assert ([to for to, _ in calls.texts], wire.texts) == ([NURSE], [])
    change_only(begin, leased_until=real_now() + PAST)
    calls.list_says = Sent("CA1")
    deliver_due(begin, post, SETTINGS)
    row = rows(begin)[0]
    assert (row.state, row.provider_id, len(calls.texts)) == ("sent", "CA1", 1)
    assert row.poll_at is not None


def test_without_a_way_to_call_a_call_waits(begin, patient, team, wire, deliver):
    alarm(begin, patient)
    change_only(begin, channel="voice")
    assert deliver() == 0
    assert rows(begin)[0].state == "queued"
