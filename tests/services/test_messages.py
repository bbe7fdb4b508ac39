"""Messages are rows, one an occurrence and chat."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.messages import cancel_about, tell
from models import Chat, ChatState, Message

STATES = {7001: ChatState.ACTIVE, 7002: ChatState.ACTIVE, 7003: ChatState.STOPPED,
          7004: ChatState.BLOCKED}  # fmt: skip


@pytest.fixture
def linked(begin, patient):
    with begin() as work:
        for number, state in STATES.items():
            work.session.add(Chat(id=number, clinic_id="wuhan", patient_id=patient.id,
                                  state=state))  # fmt: skip
    return patient


def told(begin, patient, **more):
    with begin() as work:
        return tell(work, patient, "eve:1", "visit.eve", about="visit:1", **more)


def rows(begin):
    with begin() as work:
        return list(work.session.exec(select(Message)))


def test_every_linked_chat_is_told_and_no_stopped_or_blocked_one(begin, linked):
    assert sorted(row.chat_id for row in told(begin, linked)) == [7001, 7002]


def test_the_same_occurrence_adds_no_second_row(begin, linked):
    told(begin, linked)
    assert told(begin, linked) == []
    assert len(rows(begin)) == 2


def test_what_was_cancelled_and_is_wanted_again_is_queued_at_its_new_time(begin, clock, linked):
    told(begin, linked)
    with begin() as work:
        cancel_about(work, "wuhan", "visit:1", "rescheduled")
    later = clock.now + timedelta(days=1)
    told(begin, linked, due_at=later)
    assert {(row.state, row.reason, row.due_at) for row in rows(begin)} == {
        ("queued", None, later)
    }


def test_what_was_sent_is_neither_cancelled_nor_sent_again(begin, linked):
    told(begin, linked)
    with begin() as work:
        for row in work.session.exec(select(Message)):
            row.state = "sent"
    with begin() as work:
        cancel_about(work, "wuhan", "visit:1", "rescheduled")
    told(begin, linked)
    assert {row.state for row in rows(begin)} == {"sent"}


def test_another_clinics_messages_are_not_cancelled(begin, linked):
    told(begin, linked)
    with begin() as work:
        cancel_about(work, "beijing", "visit:1", "rescheduled")
    assert {row.state for row in rows(begin)} == {"queued"}


def test_a_message_of_a_fact_that_was_rolled_back_was_never_there(begin, linked):
    with pytest.raises(ZeroDivisionError), begin() as work:
        tell(work, linked, "eve:1", "visit.eve")
        raise ZeroDivisionError
    assert rows(begin) == []
