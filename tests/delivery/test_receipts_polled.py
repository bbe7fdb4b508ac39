"""A text whose receipt did not come is asked about, and what is learned counts as a receipt."""

from datetime import timedelta

import pytest
from delivery_wire import DEPUTY, NURSE, alarm, change, change_only, rows

from app.delivery import poll_receipts
from app.senders import Receipt
from app.services.messages import receipt
from models import Message


@pytest.fixture
def poll(begin, wire):
    return lambda: poll_receipts(begin, wire.post)


@pytest.fixture
def texted(begin, patient, team, deliver):
    alarm(begin, patient)
    deliver()
    return patient


def the_text(begin):
    return rows(begin)[0]


def test_a_text_is_asked_about_two_minutes_after_it_went(begin, clock, texted, wire, poll):
    poll()
    assert wire.asked == []
    clock.now += timedelta(seconds=133)
    wire.word = Receipt("delivered")
    poll()
    assert wire.asked == ["1"]
    row = the_text(begin)
    assert (row.state, row.poll_at) == ("delivered", None)


@pytest.mark.parametrize("word", [None, Receipt("sent"), Receipt("queued"), Receipt("unheard-of")])
def test_without_a_last_word_it_is_asked_about_for_a_day_less_and_less_often(
    begin, clock, texted, wire, poll, word
):
    wire.word = word
    sent_at, asked_at = clock.now, []
    while (poll_at := the_text(begin).poll_at) is not None:
        clock.now = poll_at
        asked_at.append(clock.now - sent_at)
        assert poll() == 1
    assert len(wire.asked) == len(asked_at)
    assert len(asked_at) in (7, 8)  # by chance
    assert asked_at[0] < timedelta(minutes=3)
    assert timedelta(hours=14) < asked_at[-1] <= timedelta(days=1)
    row = the_text(begin)
    assert (row.state, row.reason) == ("sent", "no receipt came within a day")


@pytest.mark.parametrize(("code", "shown"), [("30005", "30005"), (None, "not given")])
def test_one_that_is_found_undelivered_calls_the_next(
    begin, clock, texted, wire, deliver, poll, code, shown
):
    clock.now += timedelta(minutes=3)
    wire.word = Receipt("undelivered", code)
    poll()
    row = the_text(begin)
    assert (row.state, row.poll_at) == ("failed", None)
    assert row.reason == f"undelivered: provider's code {shown}"
    deliver()
    assert [to for to, _ in wire.texts if to in (NURSE, DEPUTY)] == [NURSE, DEPUTY]


@pytest.mark.parametrize("status", ["delivered", "undelivered"])
def test_a_text_whose_receipt_came_is_not_asked_about(begin, clock, texted, wire, poll, status):
    with begin() as work:
        receipt(work, "1", status, None)
    clock.now += timedelta(minutes=3)
    assert poll() == 0
    assert wire.asked == []


def test_a_receipt_on_the_way_does_not_end_the_asking(begin, clock, texted, wire, poll):
    with begin() as work:
        receipt(work, "1", "sent", None)
    clock.now += timedelta(minutes=3)
    assert poll() == 1


def test_a_text_in_doubt_that_a_receipt_says_was_sent_is_asked_about_later(
    begin, clock, texted, wire, poll
):
    change_only(begin, state="unknown", poll_at=None)
    with begin() as work:
        receipt(work, "1", "sent", None)
    clock.now += timedelta(minutes=3)
    assert poll() == 1


def test_two_who_poll_at_once_ask_once(begin, clock, texted, wire, poll):
    clock.now += timedelta(minutes=3)
    seconds = []

    def fetch(provider_id):
        wire.asked.append(provider_id)
        seconds.append(poll() if len(wire.asked) == 1 else None)

    wire.fetch = fetch
    wire.post = type(wire.post)(wire.telegram, wire.sms, wire.look_up, wire.fetch)
    poll()
    assert (wire.asked, seconds) == (["1"], [0])


@pytest.mark.parametrize("status", ["completed", "busy", "no-answer", "canceled", "failed"])
def test_a_call_ends_as_its_provider_says(begin, texted, status):
    change(begin, Message, ("wuhan", the_text(begin).id), channel="voice")
    with begin() as work:
        failed = receipt(work, "1", status, None)
    assert (failed is None) == (status == "completed")
    assert the_text(begin).state == ("delivered" if status == "completed" else "failed")
