"""A planned visit is moved, cancelled, or nobody came: what the patient hears, and from when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.services.doses import record_dose
from app.services.errors import Invalid
from app.services.recall_plan import plan_recall
from app.services.unattended import note_undrawn
from app.services.visit_changes import (
    NotOverYet,
    NotPlanned,
    VisitThen,
    cancel_visit,
    move_visit,
    note_missed,
)
from app.services.visit_word import Told, tell_of_visit
from app.services.visits import plan_visit
from models import (
    Audit,
    Chat,
    ChatState,
    DoseStatus,
    InboxItem,
    Message,
    MessageState,
    Provenance,
    RecallKind,
    Visit,
    VisitPurpose,
    VisitStatus,
)
from tests.conftest import NOW  # 10:00 in Shanghai

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DRAW = datetime(2026, 11, 27, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
NIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 23:00
NURSE = "staff:2"


@pytest.fixture
def chat(begin, patient):
    with begin() as work:
        work.session.add(Chat(id=7001, clinic_id=patient.clinic_id, patient_id=patient.id, language="en",
                              state=ChatState.ACTIVE, consented_at=work.now))  # fmt: skip


@pytest.fixture
def planned(begin, patient):
    """A visit, and the word of it that went out."""

    def planned(at=DRAW, purpose=VisitPurpose.TROUGH, state=MessageState.SENT) -> Visit:
        with begin() as work:
            visit = plan_visit(work, patient, at, purpose)
            tell_of_visit(work, patient, visit)
        with begin() as work:
            for row in work.session.exec(select(Message)):
                row.state = state if row.key.startswith("visit.new") else row.state
        return visit

    return planned


@pytest.fixture
def changes(begin, patient):
    def changes(change, *what):
        with begin() as work:
            return change(work, patient, *what, NURSE)

    return changes


def words(begin, key):
    with begin() as work:
        rows = work.session.exec(select(Message).where(Message.key == key)).all()
        return [row for row in rows if row.state == MessageState.QUEUED]


def waiting(begin):
    with begin() as work:
        return [row.key for row in work.session.exec(select(Message)) if row.state == MessageState.QUEUED]


def lines(begin):
    """What waits for a person in the inbox."""
    with begin() as work:
        items = work.session.exec(select(InboxItem).where(InboxItem.handled_at == None)).all()  # noqa: E711
        return [item.data.get("says") for item in items]


def status(begin, visit):
    with begin() as work:
        return work.session.get_one(Visit, (visit.clinic_id, visit.id)).status


def done(begin):
    with begin() as work:
        return set(work.session.exec(select(Audit.action).where(Audit.actor == NURSE)))


def test_a_moved_visit_is_told_with_the_dose_before_it_and_its_reminders_follow(begin, chat, planned, changes):
    told = changes(move_visit, planned().id, DRAW + 3 * DAY)
    [word] = words(begin, "visit.moved")
    assert told == Told("now", NOW)
    assert word.data["draw_at"] == (DRAW + 3 * DAY).isoformat()
    assert word.data["dose_at"] == (DRAW + 2 * DAY).isoformat()
    assert words(begin, "visit.dose")[0].due_at == DRAW + 2 * DAY
    assert "visit.change" in done(begin)


def test_there_and_back_again_is_told_each_time(begin, chat, planned, changes, clock):
    visit = planned()
    for n, day in enumerate((3, 0, 3)):
        clock.now = NOW + n * HOUR
        changes(move_visit, visit.id, DRAW + day * DAY)
    with begin() as work:
        told = work.session.exec(select(Message).where(Message.key == "visit.moved")).all()
    assert len(told) == 3


def test_a_visit_without_a_draw_is_moved_and_cancelled_without_a_word_of_a_dose(begin, chat, planned, changes):
    visit = planned(purpose=VisitPurpose.FOLLOW_UP)
    changes(move_visit, visit.id, DRAW + DAY)
    assert words(begin, "visit.moved_plain")[0].data == {"draw_at": (DRAW + DAY).isoformat()}
    changes(cancel_visit, visit.id)
    assert waiting(begin) == ["visit.cancelled_plain"]
    assert "lines" not in words(begin, "visit.cancelled_plain")[0].data


def test_a_time_that_is_past_or_taken_is_refused(begin, chat, planned, changes):
    visit, other = planned(), planned(DRAW + DAY)
    with pytest.raises(Invalid):
        changes(move_visit, visit.id, NOW - DAY)
    for taken in (visit.draw_at, other.draw_at):
        with pytest.raises(VisitThen):
            changes(move_visit, visit.id, taken)


def test_a_cancelled_visit_is_told_and_reminds_of_nothing(begin, chat, planned, changes):
    visit = planned()
    assert changes(cancel_visit, visit.id).state == "now"
    assert status(begin, visit) == VisitStatus.CANCELLED
    assert waiting(begin) == ["visit.cancelled"]
    assert words(begin, "visit.cancelled")[0].data["lines"] == [{"key": "visit.dose_usual"}]
    assert "visit.cancel" in done(begin)


def test_what_is_not_planned_any_more_is_not_changed(chat, planned, changes):
    visit = planned()
    changes(cancel_visit, visit.id)
    for change, *more in ((cancel_visit,), (note_missed,), (move_visit, DRAW + DAY)):
        with pytest.raises(NotPlanned):
            changes(change, visit.id, *more)


def test_whoever_has_not_heard_of_the_visit_yet_hears_nothing(begin, chat, planned, changes):
    visit = planned(state=MessageState.QUEUED)
    assert changes(cancel_visit, visit.id).state == "needless"
    assert waiting(begin) == []


def test_where_no_chat_takes_messages_a_line_asks_a_person_to_tell(begin, planned, changes):
    visit = planned()
    assert lines(begin) == ["desk.visit_untold"]
    assert changes(move_visit, visit.id, DRAW + DAY) == Told("nobody")
    assert lines(begin) == ["desk.visit_moved_untold"]  # in the place of the first
    assert changes(cancel_visit, visit.id) == Told("nobody")
    assert lines(begin) == ["desk.visit_cancelled_untold"]


def test_a_visit_that_no_person_has_told_yet_is_cancelled_without_a_line(begin, planned, changes):
    assert changes(cancel_visit, planned().id).state == "needless"
    assert lines(begin) == []


def test_at_night_it_is_said_from_when_the_patient_is_told(begin, patient, chat, clock):
    clock.now = NIGHT
    with begin() as work:
        far = tell_of_visit(work, patient, plan_visit(work, patient, DRAW))
        near = tell_of_visit(work, patient, plan_visit(work, patient, NIGHT + 9 * HOUR))
    assert far == Told("later", NIGHT + 8 * HOUR)  # 07:00
    assert near == Told("later", NIGHT + 7 * HOUR)  # the draw is at 08:00: as the night ends


def test_the_recall_list_says_truly_what_becomes_of_the_word(begin, patient):
    with begin() as work:
        assert plan_recall(work, "wuhan", patient.id, RecallKind.LEVEL, NURSE).told == Told("nobody")
    assert lines(begin) == ["desk.visit_untold"]


def test_the_recall_list_plans_no_second_visit_at_the_same_time(begin, patient):
    at = datetime(2026, 11, 25, 0, tzinfo=UTC)
    with begin() as work:
        plan_visit(work, patient, at, VisitPurpose.FOLLOW_UP)
    with begin() as work, pytest.raises(VisitThen):
        plan_recall(work, "wuhan", patient.id, RecallKind.LEVEL, NURSE)


def test_a_dose_that_waits_for_a_cancelled_draw_is_set_free_the_same_day(begin, chat, planned, changes, clock):
    visit = planned()
    clock.now = DRAW - HOUR
    changes(cancel_visit, visit.id)
    data = words(begin, "visit.cancelled")[0].data
    assert data["lines"] == [{"key": "visit.dose_free"}]
    assert data["buttons"][0][0]["data"] == "dose:taken_now"


def test_a_dose_that_was_taken_that_day_is_not_spoken_of_again(begin, patient, chat, planned, changes, clock):
    visit = planned()
    clock.now = DRAW + HOUR
    with begin() as work:
        record_dose(work, patient, taken_at=DRAW - HOUR, status=DoseStatus.TAKEN, provenance=Provenance.STAFF)
    changes(cancel_visit, visit.id)
    assert "lines" not in words(begin, "visit.cancelled")[0].data


@pytest.mark.parametrize(("to", "free"), [(3 * DAY, True), (2 * HOUR, False)])
def test_a_dose_is_set_free_by_a_draw_that_goes_to_another_day(begin, chat, planned, changes, clock, to, free):
    visit = planned()
    clock.now = DRAW - HOUR
    changes(move_visit, visit.id, DRAW + to)
    [word] = [*words(begin, "visit.moved"), *words(begin, "visit.moved_told")]
    assert (word.data.get("lines") == [{"key": "visit.dose_free"}]) == free


def test_nobody_came_ends_the_visit_its_line_and_the_wait_of_the_dose(begin, chat, planned, changes, clock):
    visit = planned()
    with pytest.raises(NotOverYet):
        changes(note_missed, visit.id)
    clock.now = DRAW + 3 * HOUR
    assert changes(note_missed, visit.id).state == "now"
    assert (status(begin, visit), waiting(begin)) == (VisitStatus.MISSED, ["visit.not_drawn"])
    assert "visit.missed" in done(begin)


def test_the_line_of_an_undrawn_visit_is_seen_to_when_a_person_ends_it(begin, chat, planned, changes, clock):
    visit = planned()
    clock.now = DRAW + 13 * HOUR
    with begin() as work:
        note_undrawn(work)
    assert lines(begin) == ["desk.no_draw_told"]
    assert changes(note_missed, visit.id).state == "needless"
    assert lines(begin) == []
