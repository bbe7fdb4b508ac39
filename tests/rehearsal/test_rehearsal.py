"""The rehearsal finds each planted fault in the line that belongs to it, and nothing without one."""

from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from models import Alert, Message
from rehearsal import findings
from rehearsal.__main__ import Asked, read, rehearsed
from rehearsal.cohort import cohort, moment
from rehearsal.faults import FAULTS
from rehearsal.findings import Findings, is_excused
from rehearsal.judge_alerts import AlertsJudged
from rehearsal.judge_missing import MissingFound
from rehearsal.judge_reminders import RemindersJudged
from rehearsal.matched import Seen, judge_rows, match
from rehearsal.on_call import on_duty, steps_of, wait_after
from rehearsal.oracle import judge
from rehearsal.providers import Accepted
from rehearsal.report import Report
from rehearsal.rules import daily_slot, visit_slot, window_slot
from rehearsal.run import fresh, play
from rehearsal.truth import Fact, Spell, Timeline

pytestmark = pytest.mark.rehearsal  # the plays take all cores
SEED, PATIENTS, DAYS = "7", 12, 38
NONE = "none"


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """The same small cohort once without a fault and once with each, on all cores."""
    names = [NONE, *FAULTS]
    asked = [Asked(SEED, PATIENTS, DAYS, None if name == NONE else name) for name in names]
    with ProcessPoolExecutor() as processes:
        played = processes.map(rehearsed, [(one, 0, 1) for one in asked])
        return dict(zip(names, played, strict=True))


def test_without_a_fault_every_line_is_ok(reports):
    report = reports[NONE]
    assert dict(report.findings.found) == {}
    assert not report.is_red
    assert report.played["facts that call a nurse"] > 5
    assert report.played["reminders judged"] > 200
    assert report.answered_after


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_turns_its_own_line_red(reports, name):
    report = reports[name]
    assert report.findings.count(FAULTS[name].line) > 0, report.text()
    assert f" RED {FAULTS[name].line}" in report.text()


def test_there_are_at_least_ten_faults_and_each_line_that_matters_has_one():
    assert len(FAULTS) >= 10
    lines = {fault.line for fault in FAULTS.values()}
    assert lines >= {
        findings.LOST, findings.LATE, findings.DOUBLED, findings.REPEATED, findings.WRONG_TIME,
        findings.AFTER_END, findings.WINDOW,
    }  # fmt: skip


def test_a_few_weeks_are_rehearsed_on_each_database(database_url):
    engine = fresh(database_url)
    stage = play(engine, "3", range(6), 16)
    report = judge(stage)
    stage.peek.close()
    engine.dispose()
    assert dict(report.findings.found) == {}
    assert report.played["reminders judged"] > 20


def test_a_name_that_is_no_fault_is_refused_with_the_names_that_are():
    with pytest.raises(SystemExit, match="zone_of_the_clinic"):
        read(["fault=nonsense"])
    assert read(["seed=9", "patients=", "fault="]) == Asked(seed="9")


# The oracle's own rules, by examples worked out by hand.


@pytest.fixture
def truth():
    return cohort("1", range(12), 60)


def test_the_night_nurse_is_on_duty_until_the_morning_and_a_holiday_is_another_day(truth):
    hangzhou, london = truth.sites
    for number, nurse in enumerate([*hangzhou.nurses, *london.nurses], 1):
        nurse.id = number
    night = moment(date(2026, 9, 8), time(3), hangzhou.zone)
    assert [one.number for one in on_duty(hangzhou, night)] == [2, 3]
    christmas = moment(date(2026, 12, 25), time(9), london.zone)  # a Friday that counts as Sunday
    assert [one.number for one in on_duty(london, christmas)] == [2, 3]
    assert on_duty(london, moment(date(2026, 9, 8), time(23), london.zone)) == []


def test_a_text_is_waited_for_by_the_role_of_who_has_it(truth):
    london = truth.sites[1]
    for number, nurse in enumerate(london.nurses, 1):
        nurse.id = number
    noon = moment(date(2026, 9, 8), time(12), london.zone)
    waits = [wait_after(london, one, "sms", noon).seconds // 60 for one in (1, 3, 4)]
    assert waits == [10, 15, 20]
    assert (1, "sms") in steps_of(london, noon)
    assert (2, "sms") not in steps_of(london, noon)


def test_a_draw_at_half_past_six_is_spoken_of_the_evening_before(truth):
    person = truth.people[0]
    draw_at = moment(date(2026, 9, 10), time(6, 30), "Asia/Shanghai")
    slot = visit_slot("visit.hold", person, draw_at, draw_at)
    assert person.here(slot.due) == datetime(2026, 9, 9, 19, 0)


def test_a_window_is_22_to_26_elapsed_hours_also_over_a_change_of_the_clock(truth):
    person = truth.people[4]  # London
    taken_at = datetime(2026, 10, 24, 8, tzinfo=UTC)
    slot = window_slot("visit.window", person, taken_at, taken_at)
    assert (slot.due, slot.last) == (taken_at + timedelta(hours=22), taken_at + timedelta(hours=26))
    assert person.here(slot.due) == datetime(2026, 10, 25, 6, 0)


def test_a_daily_reminder_keeps_to_the_wall_clock_over_a_change_of_the_clock(truth):
    person = truth.people[1]  # Lord Howe, half an hour forward on 4 October 2026
    before, after = (
        daily_slot(person, datetime(2026, 10, day), time(8), truth.start).due for day in (3, 4)
    )
    assert after - before == timedelta(hours=23, minutes=30)


def test_an_outage_excuses_what_fell_into_it_and_nothing_long_after(truth):
    start = truth.start
    truth.spells = [Spell("twilio", start, start + timedelta(hours=2))]
    due = start + timedelta(hours=1)
    assert is_excused(truth, due, start + timedelta(hours=2, minutes=30), "twilio")
    assert not is_excused(truth, due, start + timedelta(hours=3), "twilio")
    assert not is_excused(truth, due, start + timedelta(hours=2), "telegram")


def test_a_check_that_an_outage_has_swallowed_is_followed_by_the_next_of_its_pace(truth):
    person = truth.people[0]
    person.check = Timeline(truth.start, (0, time(18)))  # Monday evenings in Shanghai
    truth.spells = []
    missing, since = MissingFound(truth, Findings()), truth.start + timedelta(days=1)
    assert missing._checked_by(person, since) - since == timedelta(days=25)
    evening = moment(date(2026, 9, 14), time(17, 30), "Asia/Shanghai")
    truth.spells = [Spell("telegram", evening, evening + timedelta(hours=1))]
    assert missing._checked_by(person, since) - since == timedelta(days=25)
    truth.spells = [Spell("telegram", evening, evening + timedelta(hours=4))]
    assert missing._checked_by(person, since) - since == timedelta(days=39)


def test_the_daily_reminder_of_a_day_on_which_somebody_moves_is_due_where_they_were(truth):
    person = truth.people[5]  # Urumqi
    person.usual = Timeline(truth.start, time(8))
    person.zone.set(datetime(2026, 9, 18, 5, tzinfo=UTC), "Australia/Lord_Howe")
    slot = MissingFound(truth, Findings())._slot_of_day(person, datetime(2026, 9, 18, 12))
    assert slot.due == moment(date(2026, 9, 18), time(8), "Asia/Urumqi")


def a_row(n: int, due_at: datetime, **fields: Any) -> Message:
    fixed = {"clinic_id": "london", "id": str(n), "channel": "telegram", "sent_to": "7", "sent_body": "Good morning"}
    named = {"dedupe": str(n), "key": "dose.daily", "about": f"daily:1:{due_at:%Y-%m-%d}", "attempts": 2}
    return Message(**{**fixed, **named, "due_at": due_at, "made_at": due_at - timedelta(days=1), **fields})


def test_what_a_killed_worker_sent_is_of_the_row_of_that_day_and_not_of_one_that_expired_before():
    at = datetime(2026, 9, 18, 8, tzinfo=UTC)
    swallowed = a_row(1, at - timedelta(days=3), state="expired")
    of_today = a_row(2, at, sent_at=at + timedelta(seconds=70), state="sent")
    found = Findings()
    seen = match([Accepted(at, "telegram", "7", "Good morning", "1")], [swallowed, of_today], found)
    assert [one.row.id for one in seen] == ["2"]
    assert not found.found


def test_two_texts_to_the_operator_are_one_too_many_only_within_an_hour(truth):
    at = datetime(2026, 9, 18, 8, 10, tzinfo=UTC)
    back = at + timedelta(hours=9)  # Twilio is back: all that waited is due
    alarm = {"key": "sms.operator.unanswered", "about": "operator:unanswered", "channel": "sms", "sent_at": back}
    rows = [a_row(n, back, made_at=at + timedelta(minutes=30 * n), **alarm) for n in range(4)]
    found = Findings()
    judge_rows(truth, [], rows, found)
    assert found.count(findings.DOUBLED) == 2


def test_yesterdays_reminder_is_too_late_also_at_the_hour_of_todays(truth):
    person = truth.people[0]
    person.usual = Timeline(truth.start, time(8))
    at = moment(date(2026, 9, 18), time(8, 1), "Asia/Shanghai")
    one = Accepted(at, "telegram", str(person.chat_id), "Good morning", "1")
    found, truth.spells = Findings(), []
    judged = RemindersJudged(truth, found)
    judged.judge([Seen(one, a_row(1, at))])
    assert found.count(findings.WRONG_TIME) == 0
    judged.judge([Seen(one, a_row(1, at, about="daily:1:2026-09-17"))])
    assert found.count(findings.WRONG_TIME) == 1


@pytest.mark.parametrize(("begins_anew", "late"), [((6, 14), 0), ((7, 20), 1)])
def test_a_round_that_ends_a_minute_before_the_shift_begins_anew_after_its_pause(truth, begins_anew, late):
    person, day = truth.people[6], (2027, 5, 26)  # London, by summer time: the shift is from 6:00 UTC
    for number, nurse in enumerate(person.site.nurses, 1):
        nurse.id = number
    told = datetime(*day, 5, 38, tzinfo=UTC)
    person.id, person.facts = "1", [Fact(person, told, "gi", "words", 3)]
    alert = Alert(id="1", clinic_id="london", patient_id="1", family="gi", red_flag=False, state="open", next_step_at=told)

    def call(at: tuple[int, int], channel: str, staff: int, failed_at: datetime | None = None) -> Seen:
        one = Accepted(datetime(*day, *at, tzinfo=UTC), channel, "7", "", "1", failed_at=failed_at)
        return Seen(one, a_row(1, told, channel=channel, staff_id=staff, about="alert:1", dedupe=f"alert:1:1:{channel}:{staff}"))

    nobody_picked_up = datetime(*day, 5, 59, tzinfo=UTC)
    calls = [call((5, 38), "sms", 4), call((5, 58), "voice", 4, nobody_picked_up), call(begins_anew, "sms", 1)]
    truth.spells, truth.end = [], calls[-1].one.at + timedelta(minutes=5)
    found = Findings()
    AlertsJudged(truth, found, [alert], {"1": told}, calls).judge()
    assert found.count(findings.LATE) == late, found.found


def test_a_value_holds_from_its_change_on():
    start = datetime(2026, 9, 7, tzinfo=UTC)
    line = Timeline(start, 1)
    line.set(start + timedelta(days=1), 2)
    assert [line.at(start + timedelta(hours=hours)) for hours in (0, 23, 24)] == [1, 1, 2]
    assert line.changed(start, start + timedelta(days=2))


def test_the_report_adds_up_its_parts_and_shows_how_soon_alerts_were_answered():
    report, part = Report(), Report(answered_after=[timedelta(minutes=3), timedelta(minutes=7)])
    part.findings.add(findings.LOST, None, datetime(2026, 9, 7, tzinfo=UTC), "nobody was called")
    report.add(part)
    report.add(Report(findings=Findings()))
    assert report.is_red
    assert " RED alerts lost" in report.text()
    assert "      2 to 5      1 ####################" in report.text()
