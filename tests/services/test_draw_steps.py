"""The draw, step by step: each with its time, in order, undone when it was a wrong tap."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.services.doses import record_dose
from app.services.draw_dose import dose_before
from app.services.draws import (
    DrawnFirst,
    FarFromPlan,
    LaterStepStands,
    NoDrawHere,
    OutOfOrder,
    StepToCome,
    chain_of,
    chains_of,
    note_step,
    take_back_step,
)
from app.services.errors import NoSuchVisit, PatientErased
from app.services.specimen_fields import FIELDS, BatchMissing, NotANumber, TooLong
from app.services.visits import change_visit, plan_visit, record_draw
from models import (
    Audit,
    Chat,
    ChatState,
    DrawStep,
    Message,
    Patient,
    Provenance,
    Sex,
    Step,
    Visit,
    VisitPurpose,
    VisitStatus,
)

DRAW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai, 22 h after NOW
PLAIN = {step: {one.name: one.start for one in FIELDS[step]} for step in Step}
PLAIN[Step.SENT] = {"batch": "B-12"}


@pytest.fixture
def visit_id(begin, patient):
    with begin() as work:
        work.session.add(Chat(
            id=7001, clinic_id=patient.clinic_id, patient_id=patient.id, state=ChatState.ACTIVE,
        ))  # fmt: skip
        return plan_visit(work, patient, DRAW).id


@pytest.fixture
def note(begin, patient, visit_id, clock):
    """note(step, minutes after the planned draw, fields) -> what is done."""

    def note(step, minutes=0, told=None, now=None, at=None):
        clock.now = now or max(clock.now, DRAW + timedelta(minutes=minutes))
        with begin() as work:
            here = work.session.get_one(Patient, (patient.clinic_id, patient.id))
            moment = at or DRAW + timedelta(minutes=minutes)
            return note_step(
                work, here, visit_id, step, at=moment, told=told or PLAIN[step], by="staff:1"
            )

    return note


def done(begin, patient, visit_id):
    with begin() as work:
        visit = work.session.get_one(Visit, (patient.clinic_id, visit_id))
        return {step.value: (one.at, dict(one.detail)) for step, one in chain_of(work, visit).items()}


def keys(begin, state):
    with begin() as work:
        return {row.key for row in work.session.exec(select(Message).where(Message.state == state))}


def test_each_step_keeps_its_time_and_what_the_protocol_says(note, begin, patient, visit_id):
    for minutes, step in enumerate(Step):
        note(step, minutes)
    found = done(begin, patient, visit_id)
    assert list(found) == ["drawn", "centrifuged", "frozen", "sent", "measured"]
    assert [at for at, _ in found.values()] == [DRAW + timedelta(minutes=n) for n in range(5)]
    assert found["centrifuged"][1] == {"rpm": 3000, "minutes": 10, "celsius": 4}
    assert found["frozen"][1] == {"celsius": -80}
    assert (found["sent"][1], found["measured"][1]) == ({"batch": "B-12"}, {"method": "HPLC-MS/MS"})


def test_now_is_kept_to_the_minute_as_a_label_prints_it(begin, patient, visit_id, clock):
    clock.now = DRAW + timedelta(minutes=7, seconds=42)
    with begin() as work:
        one = note_step(work, patient, visit_id, Step.DRAWN, at=None, told={}, by="staff:1")
    assert one.at == DRAW + timedelta(minutes=7)


def test_the_draw_is_the_visits_own_time_and_frees_todays_dose(note, begin, patient, visit_id):
    note(Step.DRAWN, 12)
    with begin() as work:
        visit = work.session.get_one(Visit, (patient.clinic_id, visit_id))
        assert (visit.status, visit.drawn_at, visit.drawn_provenance) == ("attended", DRAW + timedelta(minutes=12), "staff")
    assert keys(begin, "queued") == {"visit.take_now"}


def test_a_draw_told_in_the_chat_is_a_step_without_a_person(begin, patient, visit_id, clock, note):
    clock.now = DRAW + timedelta(minutes=5)
    with begin() as work:
        visit = work.session.get_one(Visit, (patient.clinic_id, visit_id))
        record_draw(work, patient, visit, DRAW, Provenance.PATIENT_AT_THE_MOMENT)
        [one] = chain_of(work, visit).values()
    assert (one.step, one.by, one.told) == ("drawn", None, "patient_at_the_moment")
    note(Step.CENTRIFUGED, 10)  # the tube's way goes on from it


def test_a_wrong_tap_is_taken_back_and_the_dose_waits_again(note, begin, patient, visit_id):
    note(Step.DRAWN, now=DRAW - timedelta(hours=2), at=DRAW - timedelta(hours=2))
    assert "visit.take_now" in keys(begin, "queued")
    with begin() as work:
        take_back_step(work, patient, visit_id, Step.DRAWN, "staff:1")
    assert done(begin, patient, visit_id) == {}
    assert "visit.take_now" in keys(begin, "cancelled")
    assert "visit.drawn_ask" in keys(begin, "queued")
    with begin() as work:
        visit = work.session.get_one(Visit, (patient.clinic_id, visit_id))
        assert (visit.status, visit.drawn_at, visit.drawn_provenance) == ("planned", None, None)
    note(Step.DRAWN, 3)
    assert keys(begin, "queued") == {"visit.take_now"}  # which is said again


def test_of_a_draw_with_later_steps_the_later_ones_are_taken_back_first(note, begin, patient, visit_id):
    note(Step.DRAWN)
    note(Step.CENTRIFUGED, 5)
    with pytest.raises(LaterStepStands), begin() as work:
        take_back_step(work, patient, visit_id, Step.DRAWN, "staff:1")
    for step in (Step.CENTRIFUGED, Step.DRAWN, Step.DRAWN):  # a second tap changes nothing
        with begin() as work:
            take_back_step(work, patient, visit_id, step, "staff:1")
    assert done(begin, patient, visit_id) == {}


def test_a_correction_is_a_new_row_and_the_latest_counts(note, begin, patient, visit_id):
    note(Step.DRAWN)
    note(Step.CENTRIFUGED, 5)
    note(Step.CENTRIFUGED, 8, {"rpm": "2800", "minutes": "12", "celsius": "4", "words": "second run"})
    assert done(begin, patient, visit_id)["centrifuged"] == (
        DRAW + timedelta(minutes=8), {"rpm": 2800, "minutes": 12, "celsius": 4, "words": "second run"},
    )  # fmt: skip
    with begin() as work:
        assert len(work.session.exec(select(DrawStep)).all()) == 3
        told = work.session.exec(select(Audit.action).order_by(Audit.id)).all()
    assert told == ["draw.note", "draw.note", "draw.note"]


def test_what_cannot_be_is_refused_with_its_field(note, begin, patient, visit_id, clock):
    with pytest.raises(DrawnFirst):
        note(Step.CENTRIFUGED)
    with pytest.raises(StepToCome):
        note(Step.DRAWN, now=DRAW, at=DRAW + timedelta(minutes=1))
    with pytest.raises(FarFromPlan):
        note(Step.DRAWN, at=DRAW - timedelta(days=3, minutes=1))
    note(Step.DRAWN, 10)
    with pytest.raises(OutOfOrder) as wrong:
        note(Step.CENTRIFUGED, 9)
    assert wrong.value.field == "at"
    note(Step.FROZEN, 30)
    for step, minutes in ((Step.CENTRIFUGED, 31), (Step.DRAWN, 31), (Step.SENT, 29)):
        with pytest.raises(OutOfOrder):
            note(step, minutes)
    note(Step.CENTRIFUGED, 30)  # at the same minute is no disorder
    assert list(done(begin, patient, visit_id)) == ["drawn", "centrifuged", "frozen"]


@pytest.mark.parametrize(("step", "told", "error", "field"), [
    (Step.CENTRIFUGED, {"rpm": "fast"}, NotANumber, "rpm"), (Step.CENTRIFUGED, {"rpm": "99"}, NotANumber, "rpm"),
    (Step.FROZEN, {"celsius": "nan"}, NotANumber, "celsius"), (Step.FROZEN, {"celsius": "11"}, NotANumber, "celsius"),
    (Step.SENT, {"batch": "  "}, BatchMissing, "batch"), (Step.MEASURED, {"lab": "x" * 81}, TooLong, "lab"),
])  # fmt: skip
def test_a_field_that_cannot_be_is_named(note, begin, patient, visit_id, step, told, error, field):
    note(Step.DRAWN)
    with pytest.raises(error) as wrong:
        note(step, 5, told)
    assert wrong.value.field == field
    assert list(done(begin, patient, visit_id)) == ["drawn"]


def test_a_cancelled_visit_one_without_a_draw_and_anothers_have_none(begin, patient, visit_id, clock):
    clock.now = DRAW - timedelta(hours=1)
    with begin() as work:
        plain = plan_visit(work, patient, DRAW, VisitPurpose.FOLLOW_UP)
        change_visit(work, patient.clinic_id, visit_id, status=VisitStatus.CANCELLED)
        other = Patient(clinic_id=patient.clinic_id, id="other", code="P-9", year_of_birth=1960,
                        sex=Sex.MALE, registered_at=work.now)  # fmt: skip
        work.session.add(other)
        work.session.flush()
    for whose, visit, error in ((patient, visit_id, NoDrawHere), (patient, plain.id, NoDrawHere), (other, plain.id, NoSuchVisit)):
        with pytest.raises(error), begin() as work:
            note_step(work, whose, visit, Step.DRAWN, at=None, told={}, by="staff:1")
    with begin() as work:
        assert chains_of(work, patient) == []


def test_of_an_erased_patient_nothing_is_noted(begin, patient, visit_id):
    with pytest.raises(PatientErased), begin() as work:
        erased = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        erased.erased_at = work.now
        note_step(work, erased, visit_id, Step.DRAWN, at=None, told={}, by="staff:1")


@pytest.mark.parametrize(("hours", "inside"), [(21.9, False), (22, True), (26, True), (26.1, False)])
def test_a_draw_outside_22_to_26_hours_is_told_and_kept(note, begin, patient, visit_id, hours, inside, clock):
    clock.now = DRAW
    with begin() as work:
        assert dose_before(work, patient, work.session.get_one(Visit, (patient.clinic_id, visit_id))) is None
        record_dose(work, patient, taken_at=DRAW - timedelta(hours=hours), provenance=Provenance.STAFF)
    note(Step.DRAWN)
    with begin() as work:
        visit = work.session.get_one(Visit, (patient.clinic_id, visit_id))
        found = dose_before(work, patient, visit)
    assert (round(found.hours, 1), found.is_in_window) == (hours, inside)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(list(Step)), st.integers(0, 40), st.booleans()), max_size=12))
def test_whatever_is_tapped_the_steps_that_stand_follow_each_other(begin, patient, clock, taps):
    clock.now = DRAW - timedelta(days=1)
    with begin() as work:
        visit_id = plan_visit(work, patient, DRAW).id
    clock.now = DRAW + timedelta(hours=1)
    for step, minutes, undo in taps:
        try:
            with begin() as work:
                if undo:
                    take_back_step(work, patient, visit_id, step, "staff:1")
                else:
                    at = DRAW + timedelta(minutes=minutes)
                    note_step(work, patient, visit_id, step, at=at, told=PLAIN[step], by="staff:1")
        except (DrawnFirst, OutOfOrder, LaterStepStands):
            continue
    found = done(begin, patient, visit_id)
    times = [at for at, _ in found.values()]
    assert times == sorted(times)
    assert not found or "drawn" in found
