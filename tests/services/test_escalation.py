"""An alert goes from person to person until one takes it, and comes back when it is not closed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import col, select

from app.clinical.alerts import Cause
from app.services.alert_life import life_of
from app.services.alerts import (
    AnotherIsOpen,
    SayWhatWasDone,
    acknowledge,
    close,
    find_alert,
    raise_alerts,
    reopen,
)
from app.services.errors import Conflict
from app.services.escalation import call_failed, escalate_due
from app.services.staff_replies import answer_reply
from models import (
    Alert,
    AlertState,
    Channel,
    Clinic,
    Disposition,
    InboxItem,
    Message,
    MessageState,
    Patient,
    Role,
    Rota,
    SpecialDay,
    Staff,
    StaffRole,
)
from models.columns import new_id

RASH = Cause("grade_3", "skin", "3")
FLAG = Cause("red_flag", "skin", "blisters")
OTHER_FLAG = Cause("red_flag", "skin", "mouth_sores")
QUARTER = timedelta(minutes=15)


@pytest.fixture
def team(begin, clinic):
    """Nurse and deputy on the rota all week, and a doctor."""
    with begin() as work:
        people = {
            name: Staff(clinic_id="wuhan", name=name, email=f"{name}@x", password="x",
                        fs_uniquifier=name, phone=f"+861380000000{number}")
            for number, name in enumerate(["nurse", "deputy", "doctor"])
        }  # fmt: skip
        role = Role(name="doctor")
        work.session.add_all([*people.values(), role])
        work.session.flush()
        work.session.add(StaffRole(staff_id=people["doctor"].id, role_id=role.id))
        for weekday in range(7):
            for position, name in enumerate(["nurse", "deputy"]):
                work.session.add(Rota(
                    clinic_id="wuhan", id=new_id(work.now), staff_id=people[name].id,
                    weekday=weekday, position=position,
                ))  # fmt: skip
    return people


def raised(begin, patient, *causes, grade=3):
    with begin() as work:
        return raise_alerts(work, patient, causes, report_id=None, grade=grade)


def calls(begin, team):
    """Who was called by what, in order, operators' texts left out."""
    names = {person.id: name for name, person in team.items()}
    with begin() as work:
        rows = work.session.exec(select(Message).order_by(col(Message.id)))
        return [(names[row.staff_id], row.channel) for row in rows if row.staff_id]


def alarms(begin):
    with begin() as work:
        rows = work.session.exec(select(Message).order_by(col(Message.id)))
        return [row.key.removeprefix("sms.operator.") for row in rows if row.key.startswith("sms.op")]


def pass_time(begin, clock, by):
    clock.now += by
    with begin() as work:
        return escalate_due(work)


def current(begin, alert):
    with begin() as work:
        return work.session.get_one(Alert, (alert.clinic_id, alert.id))


def events(begin, alert):
    with begin() as work:
        return [event.what for event in life_of(work, alert)]


def change(begin, person, **values):
    with begin() as work:
        row = work.session.get_one(Staff, person.id)
        for name, value in values.items():
            setattr(row, name, value)


def test_unanswered_it_goes_to_the_next_the_doctor_and_then_they_are_called(
    begin, clock, patient, team
):
    raised(begin, patient, RASH)
    for _ in range(5):
        assert pass_time(begin, clock, QUARTER) == 1
    assert calls(begin, team) == [
        ("nurse", "sms"), ("deputy", "sms"), ("doctor", "sms"),
        ("nurse", "voice"), ("deputy", "voice"), ("doctor", "voice"),
    ]  # fmt: skip


def test_before_its_time_nobody_else_is_called(begin, clock, patient, team):
    raised(begin, patient, RASH)
    assert pass_time(begin, clock, QUARTER - timedelta(seconds=1)) == 0
    assert pass_time(begin, clock, timedelta(seconds=1)) == 1


def test_each_step_waits_as_long_as_the_clinic_says(begin, clock, patient, team):
    with begin() as work:
        clinic = work.session.get_one(Clinic, "wuhan")
        clinic.nurse_wait_min, clinic.next_wait_min = 5, 20
        clinic.doctor_wait_min, clinic.call_wait_min = 10, 3
    alert = raised(begin, patient, RASH)
    waits = []
    for _ in range(4):
        before = clock.now
        waits.append((current(begin, alert).next_step_at - before).seconds // 60)
        pass_time(begin, clock, timedelta(minutes=waits[-1]))
    assert waits == [5, 20, 10, 3]


def test_when_everybody_was_called_it_is_said_once_and_begins_anew(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    for _ in range(12):
        pass_time(begin, clock, QUARTER)
    assert calls(begin, team)[6:8] == [("nurse", "sms"), ("deputy", "sms")]
    with begin() as work:
        lines = work.session.exec(select(InboxItem)).all()
        assert [alert.code in line.text for line in lines] == [True]
    assert events(begin, alert).count("unanswered") == 1
    assert alarms(begin) == ["unanswered"]


def test_the_pause_between_unanswered_rounds_grows_to_an_hour(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    pauses = []
    while len(pauses) < 5:
        before, clock.now = clock.now, current(begin, alert).next_step_at
        if not calls(begin, team)[-1:] or current(begin, alert).step == 0:
            pauses.append((clock.now - before) // timedelta(minutes=1))
        pass_time(begin, clock, timedelta())
    assert pauses == [15, 30, 60, 60, 60]


def test_taken_by_anybody_it_calls_nobody_more(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    pass_time(begin, clock, QUARTER)
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "staff:1")
    assert pass_time(begin, clock, timedelta(hours=3)) == 0
    assert len(calls(begin, team)) == 2


def test_taken_and_not_closed_in_four_hours_it_comes_back_to_the_first(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "staff:1")
    assert pass_time(begin, clock, timedelta(hours=4)) == 1
    assert calls(begin, team) == [("nurse", "sms"), ("nurse", "sms")]
    back = current(begin, alert)
    assert (back.state, back.acknowledged_by) == (AlertState.OPEN, None)
    assert events(begin, alert) == ["raised", "called", "acknowledged", "returned", "called"]


def test_closed_it_never_comes_back(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    with begin() as work:
        close(work, "wuhan", alert.id, "staff:1", Disposition.CALL, None)
    assert pass_time(begin, clock, timedelta(days=100)) == 0


@pytest.mark.parametrize(
    ("taken", "back"),
    [("2026-11-24T01:00+08:00", "2026-11-24T05:00+08:00"),  # of this night: four hours later
     ("2026-11-26T01:00+08:00", "2026-11-26T08:00+08:00"),  # old: when the clinic opens
     ("2026-11-26T10:00+08:00", "2026-11-26T14:00+08:00"),  # old, by day
     ("2026-11-28T10:00+08:00", "2026-11-30T08:00+08:00")],  # old, on a Saturday
)  # fmt: skip
def test_an_old_alert_that_was_taken_wakes_nobody_by_night(
    begin, clock, patient, team, taken, back
):
    clock.now = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # midnight at the clinic
    alert = raised(begin, patient, RASH)
    clock.now = datetime.fromisoformat(taken).astimezone(UTC)
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "staff:1")
    assert current(begin, alert).next_step_at == datetime.fromisoformat(back)


@pytest.mark.parametrize(
    ("how", "why"),
    [({"phone": None}, "no phone number"),
     ({"texts_stopped_at": datetime(2026, 11, 1, tzinfo=UTC)}, "said STOP to our texts")],
)  # fmt: skip
def test_who_cannot_be_texted_is_passed_over_at_once_and_the_operator_hears_of_it(
    begin, patient, team, how, why
):
    change(begin, team["nurse"], **how)
    alert = raised(begin, patient, RASH)
    assert calls(begin, team) == [("deputy", "sms")]
    assert alarms(begin) == ["not_reached"]
    with begin() as work:
        assert [e.why for e in life_of(work, alert) if e.what == "not_reached"] == [why]


def test_who_left_is_passed_over_without_a_word(begin, patient, team):
    change(begin, team["nurse"], active=False)
    raised(begin, patient, RASH)
    assert (calls(begin, team), alarms(begin)) == ([("deputy", "sms")], [])


def test_with_nobody_on_duty_the_operator_is_told_at_once_and_it_is_tried_again(
    begin, clock, patient, clinic
):
    alert = raised(begin, patient, RASH)
    assert alarms(begin) == ["nobody"]
    pass_time(begin, clock, QUARTER)
    assert alarms(begin) == ["nobody"]  # once an hour
    pass_time(begin, clock, timedelta(hours=1))
    assert alarms(begin) == ["nobody", "nobody"]
    assert events(begin, alert).count("nobody") == 3


def test_somebody_who_comes_on_duty_later_is_called_then(begin, clock, patient, clinic, request):
    raised(begin, patient, RASH)
    team = request.getfixturevalue("team")
    pass_time(begin, clock, QUARTER)
    assert calls(begin, team) == [("nurse", "sms")]


def failed(begin, why="undelivered"):
    """The newest message to one of the staff did not arrive."""
    with begin() as work:
        query = select(Message).where(col(Message.staff_id).is_not(None))
        row = work.session.exec(query.order_by(col(Message.id).desc())).first()
        row.state, row.reason = MessageState.FAILED, why
        call_failed(work, row)


def test_a_call_that_fails_goes_to_the_next_at_once(begin, patient, team):
    raised(begin, patient, RASH)
    failed(begin)
    failed(begin)
    assert calls(begin, team) == [("nurse", "sms"), ("deputy", "sms"), ("doctor", "sms")]
    assert alarms(begin) == ["not_reached"]


def test_a_text_that_fails_late_when_the_next_was_called_already_calls_nobody(
    begin, clock, patient, team
):
    raised(begin, patient, RASH)
    with begin() as work:
        first = work.session.exec(select(Message)).one().id
    pass_time(begin, clock, QUARTER)
    with begin() as work:
        row = work.session.get_one(Message, ("wuhan", first))
        row.state = MessageState.FAILED
        call_failed(work, row)
    assert len(calls(begin, team)) == 2


def test_a_text_of_an_earlier_round_that_fails_late_leaves_its_person_to_be_called_in_this_one(
    begin, clock, patient, team
):
    alert = raised(begin, patient, RASH)
    for _ in range(7):  # all six calls, and the round begins anew
        pass_time(begin, clock, QUARTER)
    assert (current(begin, alert).round, calls(begin, team)[6:]) == (2, [("nurse", "sms")])
    with begin() as work:
        of_deputy = Message.staff_id == team["deputy"].id, Message.channel == Channel.SMS
        row = work.session.exec(select(Message).where(*of_deputy)).one()
        row.state, row.reason = MessageState.FAILED, "undelivered"
        call_failed(work, row)
    pass_time(begin, clock, QUARTER)
    assert calls(begin, team)[7:] == [("deputy", "sms")]


def test_an_alert_that_cannot_take_its_step_holds_up_no_other(begin, clock, patient, team):
    with begin() as work:
        other = Clinic(id="beijing", name="Another", time_zone="Nowhere/At_all")
        work.session.add(other)
        work.session.flush()
        theirs = patient.model_copy(update={"clinic_id": "beijing", "id": new_id(work.now)})
        work.session.add(Patient(**theirs.model_dump()))
        work.session.flush()
        work.session.add(Alert(
            clinic_id="beijing", id=new_id(work.now), patient_id=theirs.id, code="ABCD",
            family="skin", raised_at=work.now, next_step_at=work.now,
        ))  # fmt: skip
        staff = Staff(clinic_id="beijing", name="x", email="y@x", password="x", fs_uniquifier="y",
                      phone="+8613800000077")  # fmt: skip
        work.session.add(staff)
        work.session.flush()
        for weekday in range(7):
            work.session.add(Rota(clinic_id="beijing", id=new_id(work.now), staff_id=staff.id,
                                  weekday=weekday))  # fmt: skip
    raised(begin, patient, RASH)
    assert pass_time(begin, clock, QUARTER) == 2
    assert calls(begin, team | {"other": staff}) == [("nurse", "sms"), ("deputy", "sms")]
    assert alarms(begin) == ["clockwork"]
    with begin() as work:
        [stuck] = work.session.exec(select(Alert).where(Alert.clinic_id == "beijing"))
        assert stuck.next_step_at == clock.now + timedelta(minutes=1)


def test_a_text_also_goes_to_the_persons_own_telegram(begin, clock, patient, team):
    change(begin, team["nurse"], chat_id=770001)
    alert = raised(begin, patient, RASH)
    assert calls(begin, team) == [("nurse", "sms"), ("nurse", "telegram")]
    with begin() as work:
        told = work.session.exec(select(Message).where(Message.channel == Channel.TELEGRAM)).one()
        assert (told.chat_id, told.patient_id) == (770001, None)
        assert told.data["buttons"][0][0]["data"] == f"take:{alert.id}"
    failed(begin, "the bot is blocked")  # the text decides
    assert len(calls(begin, team)) == 2
    pass_time(begin, clock, QUARTER)
    assert calls(begin, team)[2:] == [("deputy", "sms")]


def test_who_has_only_telegram_is_called_there_and_its_failure_calls_the_next(begin, patient, team):
    change(begin, team["nurse"], chat_id=770001, phone=None)
    raised(begin, patient, RASH)
    assert (calls(begin, team), alarms(begin)) == ([("nurse", "telegram")], [])
    failed(begin, "the bot is blocked")
    assert calls(begin, team)[1:] == [("deputy", "sms")]


def test_a_red_flag_is_an_alert_of_its_own_beside_a_graded_one(begin, patient, team):
    graded = raised(begin, patient, RASH)
    flag = raised(begin, patient, FLAG)
    assert flag.id != graded.id
    assert len(calls(begin, team)) == 2


def test_the_same_red_flag_while_people_are_called_is_added_and_any_other_is_new(
    begin, patient, team
):
    first = raised(begin, patient, FLAG)
    assert raised(begin, patient, FLAG).id == first.id
    assert raised(begin, patient, OTHER_FLAG).id != first.id


def test_a_red_flag_told_again_after_it_was_taken_is_new(begin, patient, team):
    first = raised(begin, patient, FLAG)
    with begin() as work:
        acknowledge(work, "wuhan", first.id, "staff:1")
    assert raised(begin, patient, FLAG).id != first.id


def test_a_grade_told_after_a_red_flag_of_the_family_is_added_to_it(begin, patient, team):
    flag = raised(begin, patient, FLAG, grade=3)
    assert raised(begin, patient, RASH, grade=3).id == flag.id


def test_worse_while_people_are_called_begins_with_the_first_again(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    pass_time(begin, clock, QUARTER)
    worse = raised(begin, patient, Cause("grade_3", "skin", "4"), grade=4)
    assert worse.id == alert.id
    assert calls(begin, team) == [("nurse", "sms"), ("deputy", "sms"), ("nurse", "sms")]


def test_other_without_a_word_closes_nothing(begin, patient, team):
    alert = raised(begin, patient, RASH)
    for words in (None, "", "  "):
        with begin() as work, pytest.raises(SayWhatWasDone):
            close(work, "wuhan", alert.id, "staff:1", Disposition.OTHER, words)
    with begin() as work:
        close(work, "wuhan", alert.id, "staff:1", Disposition.OTHER, "seen at the ward")
    assert current(begin, alert).state == AlertState.CLOSED


def test_a_closed_alert_can_be_opened_again_and_calls_the_first(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    with begin() as work, pytest.raises(Conflict):
        reopen(work, "wuhan", alert.id, "staff:1")
    with begin() as work:
        close(work, "wuhan", alert.id, "staff:1", Disposition.CALL, "phoned")
    clock.now += timedelta(hours=1)
    with begin() as work:
        again = reopen(work, "wuhan", alert.id, "staff:1", "calls back")
        assert (again.state, again.disposition, again.closed_at) == (AlertState.OPEN, None, None)
    assert len([one for one in calls(begin, team) if one == ("nurse", "sms")]) == 2
    assert events(begin, alert)[-2:] == ["reopened", "called"]


def test_it_is_not_opened_again_beside_another_of_the_same(begin, patient, team):
    alert = raised(begin, patient, RASH)
    with begin() as work:
        close(work, "wuhan", alert.id, "staff:1", Disposition.CALL, None)
    raised(begin, patient, RASH)
    with begin() as work, pytest.raises(AnotherIsOpen):
        reopen(work, "wuhan", alert.id, "staff:1")


def test_a_nurse_who_says_stop_is_passed_over_and_start_brings_her_back(begin, patient, team):
    phone = team["nurse"].phone
    raised(begin, patient, RASH)
    with begin() as work:
        assert answer_reply(work, phone, " stop ") == "sms.reply.stopped"
    assert calls(begin, team) == [("nurse", "sms"), ("deputy", "sms")]
    assert "stopped" in alarms(begin)
    with begin() as work:
        assert answer_reply(work, phone, "ＳＴＡＲＴ") == "sms.reply.started"
        assert work.session.get_one(Staff, team["nurse"].id).texts_stopped_at is None


def test_a_code_that_was_used_before_means_the_alert_that_is_open(begin, clock, patient, team):
    old = raised(begin, patient, RASH)
    with begin() as work:
        close(work, "wuhan", old.id, "staff:1", Disposition.CALL, None)
    clock.now -= timedelta(hours=1)  # the clock was put back between
    new = raised(begin, patient, RASH)
    with begin() as work:
        find_alert(work, "wuhan", new.id).code = old.code
    with begin() as work:
        assert answer_reply(work, team["nurse"].phone, old.code) == "sms.reply.acknowledged"
    assert current(begin, new).state == AlertState.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("at", "first"),
    [("2026-11-24T19:59+08:00", "day"), ("2026-11-24T20:00+08:00", "night"),
     ("2026-11-25T07:59+08:00", "night"), ("2026-11-25T08:00+08:00", None)],
)  # fmt: skip
def test_a_night_shift_goes_on_until_morning(begin, clock, patient, clinic, at, first):
    clock.now = datetime.fromisoformat(at).astimezone(UTC)
    with begin() as work:
        for name, starts, until in (("day", 8, 20), ("night", 20, 8)):
            staff = Staff(clinic_id="wuhan", name=name, email=f"{name}@x", password="x",
                          fs_uniquifier=name, phone=f"+8613800{len(name)}")  # fmt: skip
            work.session.add(staff)
            work.session.flush()
            work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=staff.id,
                                  weekday=1, starts=time(starts), until=time(until)))  # fmt: skip
    raised(begin, patient, RASH)
    with begin() as work:
        row = work.session.exec(select(Message).where(Message.key == "sms.alert")).first()
        called = row and work.session.get_one(Staff, row.staff_id).name
    assert called == first


def test_a_holiday_has_the_rota_of_the_weekday_that_it_counts_as(begin, clock, patient, team):
    with begin() as work:
        for slot in work.session.exec(select(Rota).where(Rota.weekday == 6, Rota.position == 0)):
            work.session.delete(slot)  # on Sundays the deputy is first
        work.session.add(SpecialDay(clinic_id="wuhan", on=date(2026, 11, 24), counts_as=6))
    raised(begin, patient, RASH)
    assert calls(begin, team) == [("deputy", "sms")]
