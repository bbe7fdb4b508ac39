"""The dose as a patient tells it: now, earlier, yesterday, missed, and corrected."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import select

from app.services.samples import record_sample
from app.services.visits import plan_visit
from models import Audit, Clinic, Dose, InboxItem, Message, Patient, Regimen, Visit

TEN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Tuesday


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def counted(begin):
    return [dose for dose in every(begin, Dose) if dose.withdrawn_at is None]


def labels(said) -> list[str]:
    return [button.label for row in said.buttons for button in row]


def taps(said) -> list[str]:
    return [button.data for row in said.buttons for button in row]


def change(begin, row, **values):
    with begin() as work:
        mine = work.session.get_one(type(row), (row.clinic_id, row.id))
        for name, value in values.items():
            setattr(mine, name, value)


def test_a_dose_taken_earlier_is_three_taps_from_home(linked, begin):
    linked.taps("go:well")
    assert "dose:earlier" in taps(linked.says("/start"))
    linked.taps("dose:earlier", "dose.hour:8", "dose.minute:10")
    assert counted(begin)[0].taken_at == datetime(2026, 11, 24, 0, 10, tzinfo=UTC)


def test_hours_and_minutes_that_have_not_come_are_not_offered(linked, clock):
    clock.now = TEN + timedelta(minutes=25)
    said = linked.taps("dose:earlier")
    assert labels(said)[:7] == [*(f"{hour:02d} 点" for hour in range(5, 11)), "昨天"]
    assert labels(linked.taps("dose.hour:10"))[:4] == ["00 分", "10 分", "20 分", "‹ 上一步"]


def test_in_the_evening_the_hours_of_the_afternoon_are_offered(linked, clock, begin):
    clock.now = TEN + timedelta(hours=10)
    assert "19 点" in labels(linked.taps("dose:earlier"))
    linked.taps("dose.hour:19", "dose.minute:30")
    assert counted(begin)[0].taken_at == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)


def test_a_dose_of_yesterday_evening_is_told_on_the_page_of_later_hours(linked, begin):
    linked.taps("dose:earlier", "dose.hour:yesterday", "dose.yesterday:later")
    linked.taps("dose.later:20", "dose.minute:0")
    assert counted(begin)[0].taken_at == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_typed_time_of_yesterday_is_understood(linked, begin):
    linked.taps("dose:earlier", "dose.hour:yesterday")
    linked.says("21:05")
    assert counted(begin)[0].taken_at == datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def test_a_typed_time_that_has_not_come_is_asked_again(linked, begin):
    linked.taps("dose:earlier")
    assert "还没到" in linked.says("11:30").text
    linked.says("08:10")
    assert len(counted(begin)) == 1


def test_a_dose_told_at_the_wrong_time_is_corrected_and_both_rows_are_kept(linked, begin, patient):
    said = linked.taps("dose:taken_now")
    assert taps(said)[0] == "dose:wrong" and len(said.buttons) <= 4
    assert "10:00" in linked.taps("dose:wrong").text
    linked.taps("fix:time", "fix.hour:8", "fix.minute:20")
    [kept] = counted(begin)
    assert kept.taken_at == datetime(2026, 11, 24, 0, 20, tzinfo=UTC)
    assert (kept.provenance, kept.dose_mg, len(every(begin, Dose))) == ("patient_later", 400, 2)
    assert [(row.actor, row.action, row.patient_id) for row in every(begin, Audit)] == [
        ("patient", "dose.correct", patient.id)
    ]


@pytest.mark.parametrize(("fix", "status"), [("missed", "missed"), ("vomited", "vomited")])
def test_a_dose_that_was_not_kept_after_all_is_corrected(linked, begin, fix, status):
    linked.taps("dose:taken_now", "dose:wrong", f"fix:{fix}")
    assert [(dose.status, dose.taken_at) for dose in counted(begin)] == [(status, TEN)]


def test_a_dose_told_by_mistake_counts_nowhere(linked, begin):
    linked.taps("dose:taken_now", "dose:wrong")
    assert "今天的药吃了" in labels(linked.taps("fix:none"))
    assert counted(begin) == []
    linked.taps("dose:taken_now")
    assert len(counted(begin)) == 1


def test_only_the_dose_that_was_shown_is_corrected(linked, begin, clock):
    linked.taps("dose:taken_now", "dose:wrong")
    clock.now += timedelta(hours=12)
    linked.taps("dose:missed")
    linked.taps("dose:wrong")
    linked.taps("fix:none")
    assert [dose.status for dose in counted(begin)] == ["taken"]


def test_where_nothing_is_told_nothing_is_to_be_corrected(linked):
    assert "dose:wrong" not in taps(linked.taps("go:dose"))
    assert "没有可以改" in linked.taps("dose:wrong").text


def test_a_correction_moves_the_window_of_the_visit(linked, begin, patient, clock):
    clock.now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        plan_visit(work, mine, datetime(2026, 11, 25, 0, 0, tzinfo=UTC))
    linked.taps("dose:taken_now", "dose:wrong", "fix:time", "fix.hour:8")
    assert "06:10 到 10:10" in linked.taps("fix.minute:10").text
    due = [row.due_at for row in every(begin, Message)
           if row.key == "visit.window" and row.state == "queued"]  # fmt: skip
    assert due == [datetime(2026, 11, 24, 22, 10, tzinfo=UTC)]


def test_a_level_computed_from_a_corrected_dose_is_left_and_the_clinic_is_told(linked, begin, patient, clock):
    linked.taps("dose:taken_now")
    clock.now += timedelta(hours=24)
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        before = record_sample(
            work, mine, drawn_at=clock.now, concentration=900.0, unit="ug/L"
        ).corrected_ug_per_l
        assert before == 900.0
    linked.taps("dose:wrong", "fix:none")
    assert [(item.kind, item.patient_id) for item in every(begin, InboxItem)] == [
        ("appointment", patient.id)
    ]
    assert "没有自动改动" in every(begin, InboxItem)[0].text


@pytest.mark.parametrize(
    ("rule", "hour", "said"),
    [
        ("skip", 2, "这一次不用补"),
        ("when_remembered", 2, "现在可以补上"),
        ("when_remembered", 13, "离下次吃药不远了"),
    ],
)
def test_a_missed_dose_is_answered_by_the_clinics_rule(linked, begin, clinic, clock, rule, hour, said):
    with begin() as work:
        work.session.get_one(Clinic, clinic.id).missed_dose = rule
    clock.now = TEN.replace(hour=hour)
    told = linked.taps("dose:missed").text
    assert said in told and "不要一次吃两份" in told


def test_a_dose_missed_is_missed_at_its_usual_time(linked, begin):
    linked.taps("dose:missed")
    assert counted(begin)[0].taken_at == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def test_a_missed_dose_told_before_todays_is_due_is_yesterdays(linked, begin, clock):
    clock.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    linked.taps("dose:missed")
    assert counted(begin)[0].taken_at == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_on_the_morning_of_a_draw_a_missed_dose_is_not_made_up(linked, begin, patient, clinic, clock):
    clock.now = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    with begin() as work:
        work.session.get_one(Clinic, clinic.id).missed_dose = "when_remembered"
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        plan_visit(work, mine, clock.now + timedelta(hours=1))
    assert "抽血之前请先不要吃药" in linked.taps("dose:missed").text
    assert every(begin, Visit)[0].dose_before_draw_at is None


def test_my_doses_are_told_at_once_and_the_picture_follows(linked, begin, clock):
    linked.taps("dose:taken_now")
    clock.now += timedelta(days=1)
    said = linked.says("/mydoses")
    assert "最近 30 天，您记了 1 天" in said.text
    linked.taps("go:mydoses")
    pictures = [row for row in every(begin, Message) if row.key == "doses.picture"]
    assert [(row.data, row.chat_id) for row in pictures] == [({"attachment": "doses"}, 77)]


def test_the_daily_reminder_is_turned_on_at_an_hour_and_off(linked, begin, patient):
    assert "off" not in " ".join(taps(linked.taps("go:daily")))
    assert "08:00" in linked.taps("daily:on", "daily.at:8").text
    [mine] = every(begin, Patient)
    assert (mine.dose_reminder, mine.usual_dose_time) == (True, time(8))
    queued = [row.due_at for row in every(begin, Message) if row.key == "dose.daily"]
    assert queued == [TEN.replace(day=25, hour=0), TEN.replace(day=26, hour=0)]
    linked.taps("go:daily", "daily:off")
    states = {row.state for row in every(begin, Message) if row.key == "dose.daily"}
    assert (every(begin, Patient)[0].dose_reminder, states) == (False, {"cancelled"})


def test_a_daily_reminder_in_the_quiet_hours_is_not_taken(linked, begin):
    linked.taps("go:daily", "daily:on")
    assert "白天" in linked.says("23:30").text
    assert linked.says("7:30").text and every(begin, Patient)[0].usual_dose_time == time(7, 30)


@pytest.mark.parametrize("what", ["taken_now", "missed", "vomited"])
def test_a_dose_told_before_the_daily_dose_is_entered_reaches_the_nurse(linked, begin, what):
    with begin() as work:
        work.session.execute(delete(Regimen))
    assert "护士" in linked.taps(f"dose:{what}").text
    [item] = every(begin, InboxItem)
    assert item.kind == "appointment" and "剂量" in item.text
    assert counted(begin) == []
