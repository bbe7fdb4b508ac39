"""Checks and questionnaires as they reach the patient: planned, sent, answered, missed."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app.clinical.alerts import Cause
from app.delivery import Post, deliver_due
from app.senders import Sent, Unavailable
from app.services.alerts import raise_alerts
from app.services.moving import patient_moved
from app.services.patients import change_patient
from app.services.planning import plan_prompts
from app.services.questionnaires import record_questionnaire
from app.services.regimens import add_regimen
from app.services.reports import report_symptoms
from app.services.visits import change_visit, plan_visit
from app.settings import load_settings
from app.worker_events import next_event_at
from models import (
    Chat,
    ChatState,
    Clinic,
    InboxItem,
    InboxKind,
    Message,
    Patient,
    Prompt,
    PromptKind,
    PromptState,
    Provenance,
    Regimen,
    Sex,
    VisitStatus,
)
from models.columns import new_id

SETTINGS = load_settings({"SANDBOX": "1"})
CHAT = 7001
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)  # the first check of the patient
MILD = {"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "no"}
VISION = {"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "affected"}


@dataclass
class Course:
    """A patient's phone, and a worker that runs whenever something is due."""

    begin: object
    clock: object
    patient: Patient
    heard: list = field(default_factory=list)  # (moment, key of what came)
    telegram_says: object = field(default_factory=lambda: Sent("1"))

    def worker(self) -> None:
        plan_prompts(self.begin, size=2)
        while deliver_due(self.begin, Post(self._telegram, lambda *_: Sent("text"), None), SETTINGS):
            pass

    def _telegram(self, many):
        self.heard += [(self.clock.now, words.text) for _, words in many]
        return [self.telegram_says for _ in many]

    def until(self, moment: datetime) -> None:
        """From event to event, as the sandbox's clock does it."""
        self.worker()
        while (at := next_event_at(self.begin)) and datetime.fromisoformat(at) <= moment:
            self.clock.now = datetime.fromisoformat(at)
            self.worker()
        self.clock.now = moment.astimezone(UTC)
        self.worker()

    def asleep_until(self, moment: datetime) -> None:
        """No worker runs."""
        self.clock.now = moment.astimezone(UTC)

    def does(self, what, *told, **more):
        with self.begin() as work:
            mine = work.session.get_one(Patient, (self.patient.clinic_id, self.patient.id))
            return what(work, mine, *told, **more)

    def reports(self, answers=None) -> None:
        self.does(report_symptoms, answers=answers or {}, intolerable=False,
                  provenance=Provenance.PATIENT_AT_THE_MOMENT)  # fmt: skip

    def all(self, table=Prompt, **fits):
        with self.begin() as work:
            rows = work.session.exec(select(table).order_by(table.id)).all()
        return [row for row in rows if all(getattr(row, k) == v for k, v in fits.items())]

    def checks(self, **fits):
        return self.all(Prompt, kind=PromptKind.CHECK, **fits)

    def sf36(self, **fits):
        return self.all(Prompt, kind=PromptKind.SF36, **fits)

    def came(self, about: str = "check") -> list[str]:
        """When messages of checks or of the questionnaire came, by the patient's calendar."""
        words = {"check": ("问候", "还没有收到"), "sf36": ("问卷", "上次填到")}[about]
        zone = ZoneInfo(self.patient.time_zone)
        return [f"{at.astimezone(zone):%m-%d %H:%M}" for at, text in self.heard
                if any(word in text for word in words)]  # fmt: skip


@pytest.fixture
def course(begin, clock, patient):
    """Linked, on 400 mg, and with the questionnaire of the baseline answered."""
    with begin() as work:
        work.session.add(Chat(id=CHAT, clinic_id="wuhan", patient_id=patient.id,
                              state=ChatState.ACTIVE))  # fmt: skip
    made = Course(begin, clock, patient)
    made.does(record_questionnaire, [1] * 36)
    return made


@pytest.fixture
def unasked(begin, clock, patient):
    """Linked, and no questionnaire answered yet."""
    with begin() as work:
        work.session.add(Chat(id=CHAT, clinic_id="wuhan", patient_id=patient.id,
                              state=ChatState.ACTIVE))  # fmt: skip
    return Course(begin, clock, patient)


def set_clinic(begin, **values):
    with begin() as work:
        clinic = work.session.get_one(Clinic, "wuhan")
        for name, value in values.items():
            setattr(clinic, name, value)


def test_a_check_that_is_not_answered_is_asked_once_reminded_once_and_put_before_a_nurse(course):
    course.until(MONDAY + timedelta(days=2))
    assert course.came() == ["11-30 10:00", "12-01 10:00"]
    [item] = course.all(InboxItem)
    assert (item.kind, item.text, item.patient_id) == (InboxKind.SILENT, "2026-11-30", course.patient.id)
    assert [one.state for one in course.checks()] == [PromptState.MISSED, PromptState.OPEN]


def test_the_check_has_one_tap_for_all_as_usual_and_one_for_what_bothers(course):
    course.until(MONDAY)
    [asked] = course.all(Message, key="check.ask", sent_at=course.clock.now)
    assert [row[0]["data"] for row in asked.data["buttons"]] == ["go:well", "go:symptoms"]


def test_an_answer_ends_the_check_and_stops_its_reminder(course):
    course.until(MONDAY + timedelta(minutes=5))
    course.reports()
    course.until(MONDAY + timedelta(days=6))
    assert course.came() == ["11-30 10:00"]
    assert course.checks()[0].state == PromptState.ANSWERED
    assert course.all(InboxItem) == []
    assert course.checks()[1].due_at == MONDAY + timedelta(days=7)


def test_a_report_by_staff_answers_it_too(course):
    course.until(MONDAY + timedelta(minutes=5))
    course.does(report_symptoms, answers={}, intolerable=False, provenance=Provenance.STAFF)
    assert course.checks()[0].state == PromptState.ANSWERED


def test_what_was_told_the_evening_before_is_not_asked_again_in_the_morning(course):
    course.until(MONDAY - timedelta(hours=14))
    course.reports()
    course.until(MONDAY + timedelta(days=6))
    assert course.came() == []


def test_what_was_told_days_before_leaves_the_check_as_it_is(course):
    course.until(MONDAY - timedelta(days=3))
    course.reports()
    course.until(MONDAY)
    assert course.came() == ["11-30 10:00"]


def test_a_report_of_the_past_answers_nothing(course):
    course.until(MONDAY + timedelta(minutes=5))
    course.does(report_symptoms, answers={}, intolerable=False, provenance=Provenance.STAFF,
                reported_at=course.clock.now - timedelta(days=3))  # fmt: skip
    assert course.checks()[0].state == PromptState.OPEN


def test_after_two_days_without_a_worker_nothing_stale_arrives_and_the_next_is_on_time(course):
    course.until(MONDAY - timedelta(hours=1))
    course.asleep_until(MONDAY + timedelta(days=2, hours=1))
    course.until(MONDAY + timedelta(days=6))
    assert course.came() == []
    assert course.checks()[0].state == PromptState.MISSED
    assert [one.kind for one in course.all(InboxItem)] == [InboxKind.UNREACHABLE]
    course.until(MONDAY + timedelta(days=7))
    assert course.came() == ["12-07 10:00"]


def test_a_worker_that_wakes_at_night_waits_for_the_reminder(course):
    course.until(MONDAY - timedelta(hours=1))
    course.asleep_until(MONDAY + timedelta(hours=12))
    course.until(MONDAY + timedelta(days=2))
    assert course.came() == ["12-01 10:00"]


def test_delivery_alone_sends_nothing_stale(course):
    course.until(MONDAY - timedelta(hours=1))
    course.asleep_until(MONDAY + timedelta(days=2, hours=1))
    while deliver_due(course.begin, Post(course._telegram, None, None), SETTINGS):
        pass
    assert course.came() == []


def test_a_chat_that_fails_by_day_is_not_tried_at_night(course):
    course.telegram_says = Unavailable("busy", 3600)
    course.until(MONDAY + timedelta(hours=23))
    assert course.came()[-1] < "11-30 21:00"


@pytest.mark.parametrize(("on", "came"), [
    (datetime(2027, 3, 27, tzinfo=UTC), ["03-28 10:00", "03-29 10:00"]),
    (datetime(2026, 10, 24, tzinfo=UTC), ["10-25 10:00", "10-26 10:00"]),
])  # fmt: skip
def test_on_both_days_of_a_clock_change_it_comes_at_the_patients_hour(course, begin, on, came):
    course.clock.now = on
    course.does(change_patient, {"time_zone": "Europe/Berlin", "check_weekday": 6})
    course.patient.time_zone = "Europe/Berlin"
    course.until(on + timedelta(days=3))
    assert course.came() == came


def test_a_patient_who_moves_is_asked_by_the_new_clock(course):
    course.until(MONDAY - timedelta(days=1))
    course.does(change_patient, {"time_zone": "America/New_York"})
    course.patient.time_zone = "America/New_York"
    course.until(MONDAY + timedelta(days=3))
    assert course.came() == ["11-30 10:00", "12-01 10:00"]
    reasons = {one.reason for one in course.all(Message, key="check.ask", state="cancelled")}
    assert reasons == {"moved to another zone"}


def test_one_who_moves_after_the_question_gets_the_reminder_by_the_new_clock_and_no_third(course):
    course.until(MONDAY + timedelta(hours=1))
    course.does(change_patient, {"time_zone": "America/New_York"})
    course.until(MONDAY + timedelta(days=1, hours=13))
    course.does(change_patient, {"time_zone": "Asia/Shanghai"})
    course.until(MONDAY + timedelta(days=5))
    assert len(course.came()) == 2


def test_a_visit_keeps_its_reminders_in_the_new_zone(course):
    draw_at = (MONDAY + timedelta(days=10)).astimezone(UTC)
    course.does(plan_visit, draw_at)
    course.does(change_patient, {"time_zone": "Asia/Tokyo"})
    due = {one.key: one.due_at for one in course.all(Message, state="queued")}
    [eve] = [at for key, at in due.items() if key.startswith("visit.eve")]
    assert eve == datetime(2026, 12, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize(("changed", "reason"), [
    ({"died_on": date(2026, 11, 25)}, "the patient has died"),
])  # fmt: skip
def test_the_dead_are_asked_nothing(course, changed, reason):
    course.until(MONDAY - timedelta(days=1))
    course.does(change_patient, changed)
    course.until(MONDAY + timedelta(days=9))
    assert course.came() == [] and course.all(InboxItem) == []
    assert {one.reason for one in course.all(Message, key="check.ask")} == {reason}


@pytest.mark.parametrize("values", [
    {"erased_at": datetime(2026, 11, 24, tzinfo=UTC)},
    {"forget_asked_at": datetime(2026, 11, 24, tzinfo=UTC)},
])  # fmt: skip
def test_who_is_erased_or_wants_to_be_forgotten_is_asked_nothing(course, values):
    course.does(change_patient, values)
    course.until(MONDAY + timedelta(days=9))
    assert course.came() == [] and course.checks() == []


@pytest.mark.parametrize("state", [ChatState.STOPPED, ChatState.BLOCKED])
def test_a_chat_that_is_stopped_or_blocked_brings_no_call(course, begin, state):
    course.until(MONDAY + timedelta(hours=1))
    with begin() as work:
        work.session.get_one(Chat, CHAT).state = state
    course.until(MONDAY + timedelta(days=9))
    assert course.came() == ["11-30 10:00"]
    assert course.all(InboxItem) == []
    assert [one.state for one in course.checks()] == [PromptState.CANCELLED]


def test_without_a_dose_nobody_is_asked(course, begin):
    with begin() as work:
        for one in work.session.exec(select(Regimen)):
            work.session.delete(one)
    course.until(MONDAY + timedelta(days=9))
    assert course.checks() == []


def test_where_the_clinic_asks_never_nothing_is_planned(course, begin):
    set_clinic(begin, checks_usual="never", checks_after_change="never", checks_when_stable="never")
    course.until(MONDAY + timedelta(days=9))
    assert course.checks() == []


def test_after_a_change_of_dose_a_planned_check_comes_sooner(course):
    course.until(MONDAY + timedelta(minutes=5))
    course.reports()
    course.until(MONDAY + timedelta(hours=1))
    course.does(add_regimen, daily_dose_mg=300, started_on=date(2026, 11, 30))
    course.until(MONDAY + timedelta(days=4))
    assert course.came() == ["11-30 10:00", "12-03 10:00", "12-04 10:00"]


def test_a_stable_patient_is_asked_every_two_weeks_until_there_is_trouble(course):
    course.clock.now = datetime(2027, 3, 1, tzinfo=UTC)  # a Monday
    course.until(datetime(2027, 3, 1, 3, tzinfo=UTC))
    course.reports()
    course.until(datetime(2027, 3, 3, 3, tzinfo=UTC))
    assert [one.why for one in course.checks()] == ["fortnightly", "fortnightly"]
    assert course.checks(state="open")[0].due_at == datetime(2027, 3, 15, 2, tzinfo=UTC)
    course.reports(VISION)
    course.worker()
    assert course.checks(state="open")[0].due_at == datetime(2027, 3, 8, 2, tzinfo=UTC)
    assert course.checks(state="open")[0].why == "weekly"


def test_two_workers_at_once_plan_one_check_with_its_two_messages(course, begin):
    together = [threading.Thread(target=plan_prompts, args=(begin,)) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert len(course.checks()) == 1
    keys = Counter(one.key for one in course.all(Message))
    assert (keys["check.ask"], keys["check.reminder"]) == (1, 1)


def test_every_phone_of_a_patient_is_asked(course, begin):
    with begin() as work:
        work.session.add(Chat(id=CHAT + 1, clinic_id="wuhan", patient_id=course.patient.id,
                              state=ChatState.ACTIVE, proxy=True))  # fmt: skip
    course.until(MONDAY)
    assert course.came() == ["11-30 10:00", "11-30 10:00"]


def test_more_patients_than_a_batch_are_all_planned_and_all_closed(course, begin):
    with begin() as work:
        for n in range(7):
            one = Patient(clinic_id="wuhan", id=new_id(work.now), code=f"P-{n + 2:04d}", sex=Sex.MALE,
                          year_of_birth=1950, registered_at=work.now)  # fmt: skip
            work.session.add(one)
            work.session.flush()
            work.session.add(Regimen(clinic_id="wuhan", id=new_id(work.now), patient_id=one.id,
                                     daily_dose_mg=400, started_on=date(2026, 9, 20), recorded_at=work.now))  # fmt: skip
            work.session.add(Chat(id=CHAT + n + 1, clinic_id="wuhan", patient_id=one.id,
                                  state=ChatState.ACTIVE))  # fmt: skip
    course.until(MONDAY + timedelta(days=2))
    assert len(course.checks(state="missed")) == len(course.checks(state="open")) == 8


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_a_check_is_two_messages_at_most_and_none_comes_at_night(course, seed):
    """A month of reports, moves, sleeping workers, changed habits and doses."""
    chance = random.Random(seed)
    zones = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Auckland")

    def awake():
        course.until(course.clock.now + timedelta(hours=chance.randint(1, 60)))

    def asleep():
        course.asleep_until(course.clock.now + timedelta(hours=chance.randint(1, 60)))

    def move():
        course.does(change_patient, {"time_zone": chance.choice(zones)})

    def habit():
        course.does(change_patient, {"check_weekday": chance.randrange(7), "check_at": time(chance.randrange(24))})

    def reduce():
        with course.begin() as work:
            taken = {one.started_on for one in work.session.exec(select(Regimen))}
        if course.clock.now.date() not in taken:
            course.does(add_regimen, daily_dose_mg=chance.choice((200, 300, 400)), started_on=course.clock.now.date())

    events = [awake] * 6 + [asleep, move, habit, reduce, course.reports]
    zone = {}
    end = course.clock.now + timedelta(days=30)
    while course.clock.now < end:
        before = len(course.heard)
        chance.choice(events)()
        with course.begin() as work:
            here = ZoneInfo(work.session.get_one(Patient, (course.patient.clinic_id, course.patient.id)).time_zone)
        zone.update({n: here for n in range(before, len(course.heard))})
    for n, (at, _) in enumerate(course.heard):
        assert time(7) <= at.astimezone(zone[n]).time() < time(21)
    sent = [one for one in course.all(Message) if one.sent_at]
    most = {"check": 2, "sf36": 3}
    kinds = {f"prompt:{one.id}": one.kind for one in course.all(Prompt)}
    for about, times in Counter(one.about for one in sent).items():
        assert times <= most[kinds[about]]
    assert all(one.sent_at <= one.not_after for one in sent)
    assert sum(one.state == PromptState.OPEN for one in course.checks()) <= 1


def test_the_questionnaire_is_asked_once_reminded_twice_and_then_left_alone(unasked):
    unasked.until(datetime(2026, 12, 20, tzinfo=UTC))
    assert unasked.came("sf36") == ["11-25 10:00", "11-27 10:00", "12-02 10:00"]
    assert [one.state for one in unasked.sf36()] == [PromptState.MISSED, PromptState.OPEN]
    assert unasked.sf36()[1].due_at == datetime(2027, 2, 17, 2, tzinfo=UTC)
    assert {one.kind for one in unasked.all(InboxItem)} == {InboxKind.SILENT}
    assert "2026-11-25" not in {one.text for one in unasked.all(InboxItem)}


def test_a_completed_questionnaire_is_asked_for_again_after_twelve_weeks(unasked):
    unasked.until(datetime(2026, 11, 25, 3, tzinfo=UTC))
    unasked.does(record_questionnaire, [1] * 36)
    unasked.until(datetime(2026, 12, 20, tzinfo=UTC))
    assert unasked.came("sf36") == ["11-25 10:00"]
    first, second = unasked.sf36()
    assert (first.state, first.why) == (PromptState.ANSWERED, "baseline")
    assert (second.why, second.due_at) == ("twelve_weeks", datetime(2027, 2, 17, 2, tzinfo=UTC))


def test_the_questionnaire_comes_the_day_before_the_first_visit_after_a_change(course):
    course.does(add_regimen, daily_dose_mg=300, started_on=date(2026, 11, 24))
    course.does(plan_visit, datetime(2026, 12, 24, 1, tzinfo=UTC))
    course.until(datetime(2026, 12, 23, 9, tzinfo=UTC))
    [asked] = course.sf36(state="open")
    assert (asked.why, course.came("sf36")) == ("after_change", ["12-23 10:00"])


def test_a_visit_that_is_cancelled_takes_its_questionnaire_along(course):
    course.does(add_regimen, daily_dose_mg=300, started_on=date(2026, 11, 24))
    visit = course.does(plan_visit, datetime(2026, 12, 26, 1, tzinfo=UTC))
    course.worker()
    with course.begin() as work:
        change_visit(work, "wuhan", visit.id, status=VisitStatus.CANCELLED)
    course.worker()
    assert [one.why for one in course.sf36(state="open")] == ["twelve_weeks"]


def test_no_questionnaire_comes_on_the_day_of_a_check(unasked):
    unasked.does(change_patient, {"check_weekday": 2})  # a Wednesday
    unasked.until(datetime(2026, 12, 20, tzinfo=UTC))
    assert unasked.came("sf36") == ["11-27 10:00", "11-29 10:00", "12-04 10:00"]


def test_a_reminder_says_where_a_half_done_questionnaire_stopped(unasked, begin):
    unasked.until(datetime(2026, 11, 25, 3, tzinfo=UTC))
    with begin() as work:
        chat = work.session.get_one(Chat, CHAT)
        chat.paused = {"sf36": {f"sf36.{n}": "1" for n in range(1, 12)}}
    unasked.until(datetime(2026, 11, 27, 3, tzinfo=UTC))
    assert "您上次填到第 12 题" in unasked.heard[-1][1]


def test_an_alert_ends_a_stable_course(course):
    course.clock.now = datetime(2027, 3, 1, 3, tzinfo=UTC)
    course.worker()
    assert course.checks(state="open")[0].why == "fortnightly"
    course.does(raise_alerts, [Cause("grade_3", "liver", "3")], report_id=None, grade=3)
    course.worker()
    assert course.checks(state="open")[0].why == "weekly"


def test_a_new_zone_without_anything_planned_changes_nothing(course):
    course.does(patient_moved)
    assert course.checks() == []
