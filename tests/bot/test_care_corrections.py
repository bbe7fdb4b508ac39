"""A report is corrected within 24 hours: a new version, and the alert follows."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.alerts import acknowledge, close
from app.services.reports import list_reports
from app.services.summary import pre_visit_summary
from bot.flows.symptoms import clinical_answers, filled_in
from models import Alert, Audit, Chat, Provenance, SymptomReport

NAUSEA = ("go:symptoms", "symptoms.which:gi", "symptoms.gi.one:nausea")  # fmt: skip
MILD = ("nausea.eating:as_usual", "nausea.consequences:no", "symptoms.last:ok")
SIGHT = ("go:symptoms", "symptoms.which:edema",
         "symptoms.edema.one:periorbital_edema",
         "periorbital_edema.swelling:soft", "periorbital_edema.also:affected", "periorbital_edema.also:done",
         "symptoms.last:ok")  # fmt: skip


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def labels(said) -> list[str]:
    return [button.label for row in said.buttons for button in row]


def standing(begin, patient) -> list[SymptomReport]:
    with begin() as work:
        return list_reports(work, patient)


def test_after_a_report_it_can_be_corrected_among_four_choices(linked):
    said = linked.taps(*NAUSEA, *MILD)
    assert labels(said)[0] == "改一下这次报告" and len(labels(said)) == 4
    assert "改一下这次报告" not in labels(linked.says("/help"))


def test_what_was_told_is_shown_and_one_symptom_is_told_anew(linked, begin, patient):
    linked.taps(*NAUSEA, *MILD)
    told = linked.taps("go:correct")
    assert "恶心" in told.text and "改：恶心" in labels(told)[0]
    asked = linked.taps("go:fix_nausea")
    assert "nausea.eating:less" in [b.data for row in asked.buttons for b in row]
    said = linked.taps("nausea.eating:less", "nausea.consequences:no")
    assert "报告已更正" in said.text
    [now] = standing(begin, patient)
    [before] = [one for one in every(begin, SymptomReport) if one.id != now.id]
    assert (before.replaced_by, before.answers["nausea.eating"]) == (now.id, "as_usual")
    assert (now.answers["nausea.eating"], now.answers["red_flags.now"]) == ("less", "none")
    assert now.reported_at == before.reported_at
    assert [one.about for one in every(begin, Audit) if one.action == "report.correct"] == [now.id]


def test_a_symptom_is_taken_away_and_another_added_with_the_ticks_kept(linked, begin, patient):
    linked.taps(*NAUSEA, *MILD, "go:correct")
    asked = linked.taps("go:fix_which", "symptoms.families:done")
    assert any(label.startswith("✓") and "恶心" in label for label in labels(asked))
    linked.taps("symptoms.gi:nausea", "symptoms.gi:bloating", "symptoms.gi:done")
    said = linked.taps("bloating.effect:unchanged")
    assert "报告已更正" in said.text
    [now] = standing(begin, patient)
    assert "nausea.eating" not in now.answers and now.answers["bloating.effect"] == "unchanged"


def test_a_warning_sign_tapped_by_mistake_is_taken_back_and_the_alert_stays(linked, begin, patient):
    linked.taps(*NAUSEA, *MILD[:2], "symptoms.last:cannot", "red_flags.now:chest_pain")
    raised = every(begin, Alert)
    linked.taps("go:correct", "go:fix_rest", "symptoms.last:ok")
    [now] = standing(begin, patient)
    assert (now.red_flags, now.intolerable) == ([], False)
    for before, alert in zip(raised, every(begin, Alert), strict=True):
        assert (alert.state, alert.report_id) == ("open", now.id)
        assert set(alert.causes) == {*before.causes, "corrected"}


def test_a_correction_that_is_worse_raises_the_alert_again(linked, begin, patient, clock):
    linked.taps(*NAUSEA, *MILD[:2], "symptoms.last:cannot", "red_flags.now:none")
    with begin() as work:
        [alert] = work.session.exec(select(Alert))
        acknowledge(work, "wuhan", alert.id, "staff:1")
    clock.now += timedelta(hours=1)
    linked.taps("go:correct", "go:fix_nausea", "nausea.eating:hardly")
    [alert] = every(begin, Alert)
    assert (alert.state, alert.raised_at) == ("open", clock.now)
    assert {"corrected", "grade_3", "intolerable"} <= set(alert.causes)


def test_a_closed_alert_stays_as_it_was(linked, begin):
    linked.taps(*SIGHT)
    with begin() as work:
        [alert] = work.session.exec(select(Alert))
        close(work, "wuhan", alert.id, "staff:1", "call", None)
        before = alert.report_id
    linked.taps("go:correct", "go:fix_periorbital_edema", "periorbital_edema.swelling:soft",
                "periorbital_edema.also:none")  # fmt: skip
    [alert] = every(begin, Alert)
    assert (alert.report_id, "corrected" in alert.causes) == (before, False)


def test_a_rise_is_told_from_the_report_before_the_corrected_one(linked, begin, clock):
    linked.taps("go:well")
    clock.now += timedelta(days=7)
    linked.taps(*NAUSEA, "nausea.eating:less", *MILD[1:])
    [alert] = every(begin, Alert)
    assert alert.causes == ["rise"]
    linked.taps("go:correct", "go:fix_nausea", "nausea.eating:less", "nausea.consequences:no")
    assert every(begin, Alert)[0].causes == ["corrected", "rise"]


def test_all_as_usual_tapped_by_mistake_is_told_again(linked, begin, patient):
    linked.taps("go:well")
    asked = linked.says("/correct")
    assert "重新告诉我" in asked.text and "symptoms.which:gi" in str(asked.buttons)
    linked.taps(*NAUSEA[1:], *MILD)
    [now] = standing(begin, patient)
    assert now.families["gi"] == 1


def test_started_again_and_nothing_bothers_is_all_as_usual(linked, begin, patient):
    linked.taps(*NAUSEA, *MILD[:2], "symptoms.last:cannot", "red_flags.now:none")
    said = linked.taps("go:correct", "go:fix_which", "symptoms.families:gi", "symptoms.families:none")
    assert "报告已更正" in said.text and "一切如常" in said.text
    [now] = standing(begin, patient)
    assert (now.answers, now.intolerable) == ({}, False)


@pytest.mark.parametrize("asked", ["go:correct", "go:fix_nausea"])
def test_after_24_hours_a_report_is_never_changed(linked, begin, clock, asked):
    linked.taps(*NAUSEA, *MILD)
    clock.now += timedelta(hours=24)
    assert "24 小时" in linked.taps(asked).text
    assert [one.replaced_by for one in every(begin, SymptomReport)] == [None]


def test_a_correction_that_comes_too_late_is_kept_as_a_new_report(linked, begin, clock):
    linked.taps(*NAUSEA, *MILD, "go:fix_nausea")
    clock.now += timedelta(hours=24)
    assert "记为新报告" in linked.taps("nausea.eating:less", "nausea.consequences:no").text
    assert [one.replaced_by for one in every(begin, SymptomReport)] == [None, None]


def test_corrections_of_a_correction_end_24_hours_after_the_first(linked, begin, clock):
    linked.taps(*NAUSEA, *MILD)
    clock.now += timedelta(hours=23)
    linked.taps("go:fix_nausea", "nausea.eating:less", "nausea.consequences:no")
    clock.now += timedelta(hours=2)
    assert "24 小时" in linked.taps("go:correct").text


def test_what_staff_took_down_is_not_the_patients_to_change(linked, begin, patient):
    linked.taps(*NAUSEA, *MILD)
    with begin() as work:
        work.session.exec(select(SymptomReport)).one().provenance = Provenance.STAFF
    assert "24 小时" in linked.taps("go:correct").text


def test_the_summary_counts_only_the_version_that_stands(linked, begin, patient):
    linked.taps(*NAUSEA, *MILD[:2], "symptoms.last:cannot", "red_flags.now:none")
    linked.taps("go:correct", "go:fix_rest", "symptoms.last:ok")
    with begin() as work:
        seen = pre_visit_summary(work, patient.clinic_id, patient.id)
    assert (seen.dose_rule.inputs.intolerable, seen.report.intolerable) == (False, False)
    assert len([one for one in seen.grades if one.family == "gi"]) == 1


def test_back_in_a_correction_asks_what_came_before_and_keeps_the_rest(linked, begin):
    linked.taps(*NAUSEA, *MILD, "go:fix_nausea")
    asked = linked.taps("nav:back")
    assert "symptoms.gi:nausea" in str(asked.buttons)
    with begin() as work:
        assert work.session.get_one(Chat, 77).answers["symptoms.last"] == "ok"


def test_a_report_of_a_carer_is_corrected_as_theirs(linked, begin, patient):
    with begin() as work:
        work.session.get_one(Chat, 77).proxy = True
    linked.taps(*NAUSEA, *MILD, "go:fix_nausea", "nausea.eating:less", "nausea.consequences:no")
    assert {one.provenance for one in every(begin, SymptomReport)} == {"proxy"}


def test_a_button_for_a_symptom_that_is_not_in_the_report_shows_what_is(linked, begin):
    linked.taps(*NAUSEA, *MILD)
    assert "改：恶心" in str(linked.taps("go:fix_fatigue").buttons)
    assert [one.replaced_by for one in every(begin, SymptomReport)] == [None]


@pytest.mark.parametrize(("now", "flags"), [("symptoms.last:bleeding", ["bleeding"]), ("symptoms.last:ok", [])])
def test_the_last_screen_told_anew_holds_in_a_correction(linked, begin, patient, now, flags):
    linked.taps(*NAUSEA, *MILD[:2], "symptoms.last:fever")
    linked.taps("go:correct", "go:fix_nausea", "nav:back", "nav:back", "go:correct", "go:fix_rest", now)
    [report] = standing(begin, patient)
    assert report.red_flags == flags


def test_a_flag_of_the_first_report_does_not_stand_over_one_told_in_its_place(begin):
    answers = filled_in({"red_flags.now": "fever", "nausea.eating": "as_usual", "nausea.consequences": "no"}, False)
    told = clinical_answers({**answers, "symptoms.last": "bleeding"})
    assert told["red_flags.now"] == "bleeding"
