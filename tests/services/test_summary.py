"""The pre-visit summary, the queue and the decision."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest

from app.services.decisions import DoseNotProposed, ReasonMissing, record_decision
from app.services.errors import NoSuchPatient
from app.services.queue import queue
from app.services.summary import pre_visit_summary
from models import DecisionKind, Dose, DoseStatus, Provenance, Regimen, Sample, SymptomReport, Visit
from models.columns import new_id

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def _keyed(patient, at):
    return {"clinic_id": patient.clinic_id, "id": new_id(at), "patient_id": patient.id}


def level(patient, days_ago, corrected=1800.0, flags=()):
    at = NOW - timedelta(days=days_ago)
    return Sample(
        **_keyed(patient, at), drawn_at=at, concentration=1900, unit="ug/L",
        last_dose_at=at - timedelta(hours=23), dose_provenance=Provenance.PATIENT_AT_THE_MOMENT,
        raw_ug_per_l=1900, corrected_ug_per_l=corrected, low_ug_per_l=1700, high_ug_per_l=1850,
        hours_after_dose=23, band="at_or_above_1500", flags=list(flags), ke_per_h=0.041,
        recorded_at=at,
    )  # fmt: skip


def report(patient, days_ago, intolerable=False, **families):
    at = NOW - timedelta(days=days_ago)
    grades = {"edema": 0, "skin": 0, "gi": 0, "other": 0, **families}
    return SymptomReport(
        **_keyed(patient, at), reported_at=at, provenance=Provenance.PATIENT_AT_THE_MOMENT,
        families=grades, intolerable=intolerable, recorded_at=at,
    )  # fmt: skip


@pytest.fixture
def add(begin):
    def add(*rows):
        with begin() as work:
            work.session.add_all(rows)

    return add


@pytest.fixture
def summary(begin, patient):
    def summary():
        with begin() as work:
            return pre_visit_summary(work, patient.clinic_id, patient.id)

    return summary


def test_a_patient_of_another_clinic_is_not_found(begin, patient):
    with begin() as work, pytest.raises(NoSuchPatient):
        pre_visit_summary(work, "elsewhere", patient.id)


def test_a_new_patient_misses_everything_but_the_dose(summary):
    seen = summary()
    assert seen.missing == ("trough_at_dose", "symptom_report", "sf36", "labs")
    assert seen.dose_rule.proposal.branch == "cannot_tell"
    assert seen.current.daily_dose_mg == 400


def test_grade_3_oedema_with_a_first_trough_of_1800_proposes_300_or_200(summary, add, patient):
    add(level(patient, 20), report(patient, 2, edema=3))
    assert summary().dose_rule.proposal.proposed_doses_mg == (300, 200)


def test_the_rule_takes_the_first_trough_at_the_dose_and_not_the_latest(summary, add, patient):
    add(level(patient, 30, 1400.0), level(patient, 5, 1800.0), report(patient, 2, edema=3))
    assert summary().dose_rule.inputs.first_trough_ug_per_l == 1400.0


@pytest.mark.parametrize("unusable", [
    {"corrected": None, "flags": ["uncorrectable"]}, {"flags": ["not_at_steady_state"]},
])  # fmt: skip
def test_an_unusable_level_is_not_the_first_trough(summary, add, patient, unusable):
    add(level(patient, 60, **unusable), level(patient, 5, 1600.0))
    assert [one.first_at_dose for one in summary().levels] == [False, True]


def test_a_level_after_a_stop_is_not_the_first_at_any_dose(summary, add, patient):
    stop = Regimen(**_keyed(patient, NOW), daily_dose_mg=0, started_on=date(2026, 11, 14), recorded_at=NOW)
    add(stop, level(patient, 3, corrected=300.0))
    assert [one.first_at_dose for one in summary().levels] == [False]


def test_a_report_of_15_days_ago_does_not_count_for_the_rule(summary, add, patient):
    add(level(patient, 20), report(patient, 15, edema=3))
    seen = summary().dose_rule
    assert seen.inputs.worst_grade is None
    assert "worst_grade" in seen.proposal.missing


def test_the_worst_grade_is_counted_since_the_current_dose(summary, add, patient):
    add(report(patient, 100, skin=3), report(patient, 30, skin=2), report(patient, 3, skin=1))
    skin = next(one for one in summary().families if one.family == "skin")
    assert (skin.worst, skin.latest) == (2, 1)


def test_a_family_that_was_never_measured_has_no_grade_rather_than_0(summary):
    assert {one.worst for one in summary().families} == {None}


def test_adherence_counts_the_days_told_and_those_not_told(summary, add, patient):
    days = [(2, DoseStatus.TAKEN), (3, DoseStatus.MISSED), (4, DoseStatus.VOMITED)]
    add(*(
        Dose(
            **_keyed(patient, NOW), taken_at=NOW - timedelta(days=ago), dose_mg=400,
            status=status, provenance=Provenance.STAFF, recorded_at=NOW,
        )
        for ago, status in days
    ))  # fmt: skip
    assert asdict(summary().adherence) == {
        "days": 30, "taken": 1, "missed": 1, "vomited": 1, "not_told": 27
    }  # fmt: skip


def test_a_visit_shows_its_window_from_the_dose_that_was_told(summary, add, patient):
    dose_at = NOW - timedelta(hours=2)
    add(
        Visit(**_keyed(patient, NOW), draw_at=dose_at + timedelta(hours=27), recorded_at=NOW),
        Dose(
            **_keyed(patient, NOW), taken_at=dose_at, dose_mg=400, status=DoseStatus.TAKEN,
            provenance=Provenance.PATIENT_AT_THE_MOMENT, recorded_at=NOW,
        ),
    )  # fmt: skip
    visit = summary().next_visit
    assert visit.window.opens_at == dose_at + timedelta(hours=22)
    assert visit.fits is False


def test_the_queue_puts_todays_visit_before_next_weeks(begin, add, patient):
    add(*(
        Visit(**_keyed(patient, NOW), draw_at=NOW + timedelta(days=days), recorded_at=NOW)
        for days in (7, 0, 15)
    ))  # fmt: skip
    with begin() as work:
        rows = queue(work, patient.clinic_id).items
    assert [row.urgency for row in rows] == ["today", "planned"]
    assert not rows[0].complete


def decide(begin, patient, **what):
    with begin() as work:
        return record_decision(work, patient.clinic_id, patient.id, by="staff:1", **what)


def test_an_override_needs_its_reason(begin, patient):
    with pytest.raises(ReasonMissing):
        decide(begin, patient, decision=DecisionKind.OVERRIDDEN, dose_mg=400, reason="  ")


def test_a_dose_that_was_not_proposed_cannot_be_accepted(begin, patient):
    with pytest.raises(DoseNotProposed):
        decide(begin, patient, decision=DecisionKind.ACCEPTED, dose_mg=300, reason=None)


def test_a_decision_keeps_the_proposal_that_was_seen(begin, add, patient):
    add(level(patient, 20), report(patient, 2, edema=3))
    row = decide(begin, patient, decision=DecisionKind.ACCEPTED, dose_mg=300, reason=None)
    assert row.proposal["proposal"]["proposed_doses_mg"] == [300, 200]
    assert row.proposal["inputs"]["first_trough_ug_per_l"] == 1800.0


def test_the_first_trough_after_a_reduction_is_counted_anew(summary, add, patient):
    add(
        Regimen(
            **_keyed(patient, NOW), daily_dose_mg=300, started_on=date(2026, 10, 20),
            recorded_at=NOW,
        ),
        level(patient, 50, 1800.0), level(patient, 3, 1200.0),
    )  # fmt: skip
    assert summary().dose_rule.inputs.first_trough_ug_per_l == 1200.0


def reduced(patient, days_ago, to_mg=300):
    on = (NOW - timedelta(days=days_ago)).date()
    return Regimen(
        **_keyed(patient, NOW), daily_dose_mg=to_mg, started_on=on, recorded_at=NOW,
    )  # fmt: skip


def test_an_unchanged_dose_is_not_watched(summary, add, patient):
    add(reduced(patient, 10, to_mg=400))
    assert summary().watch is None


@pytest.mark.parametrize(
    ("days_ago", "state", "is_missing"),
    [(27, "not_due", False), (28, "due", True), (36, "overdue", True)],
)
def test_after_a_reduction_the_level_due_at_one_month_is_awaited(
    summary, add, patient, days_ago, state, is_missing
):
    add(reduced(patient, days_ago))
    seen = summary()
    assert seen.watch.state == state
    assert ("level_after_reduction" in seen.missing) is is_missing


def test_a_level_below_760_after_a_reduction_is_told(summary, add, patient):
    early = level(patient, 20, 500.0, ["not_at_steady_state"])
    add(reduced(patient, 40), early, level(patient, 5, 759.9))
    watch = summary().watch
    assert (watch.state, watch.first_level_ug_per_l) == ("done", 759.9)
    assert watch.flags == ("below_after_reduction",)


def test_a_patient_whose_level_is_overdue_after_a_reduction_is_seen_soon(begin, add, patient):
    at = NOW + timedelta(days=10)
    add(reduced(patient, 40), Visit(**_keyed(patient, NOW), draw_at=at, recorded_at=NOW))
    with begin() as work:
        (row,) = queue(work, patient.clinic_id).items
    assert row.urgency == "soon"
    assert "level_after_reduction" in row.missing


@pytest.mark.parametrize(("hour_utc", "reason"), [(1, None), (7, "too_late"), (21, "too_early")])
def test_an_appointment_that_does_not_suit_a_morning_dose_says_why(
    summary, add, patient, hour_utc, reason
):
    draw = datetime(2026, 11, 27, hour_utc, tzinfo=UTC)
    add(Visit(**_keyed(patient, NOW), draw_at=draw, recorded_at=NOW))
    unfit = summary().next_visit.unfit
    assert (unfit and unfit.reason) == reason
