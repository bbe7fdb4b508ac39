"""The dose rule: what it proposes to the clinician, and why it proposes nothing."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.dose_rule import PaperMean, dose_rule
from app.clinical.errors import ClinicalError


def rule(grade=3, intolerable=False, trough=1600.0, dose=400, days=60):
    return dose_rule(grade, intolerable, trough, dose, days)


@pytest.mark.parametrize(
    ("trough", "dose", "branch", "proposed"),
    [
        (1500, 400, "at_or_above_1500", (300, 200)),
        (1499.999, 400, "below_1500", (300,)),
        (1500, 300, "at_or_above_1500", (200,)),
        (1499.999, 300, "below_1500", ()),
        (1500, 200, "at_or_above_1500", ()),
        (900, 200, "below_1500", ()),
        (1500, 100, "at_or_above_1500", ()),
        (1499.99, 200, "below_1500", ()),
        (1499.99, 100, "below_1500", ()),
    ],
)
def test_a_severe_event_proposes_what_the_branch_allows_below_the_dose(
    trough, dose, branch, proposed
):
    proposal = rule(trough=trough, dose=dose)
    assert (proposal.branch, proposal.proposed_doses_mg) == (branch, proposed)
    assert proposal.missing == ()


@pytest.mark.parametrize(
    ("grade", "intolerable", "triggers"),
    [
        (3, False, ("grade_3_or_more",)),
        (4, False, ("grade_3_or_more",)),
        (2, True, ("intolerable",)),
        (0, True, ("intolerable",)),
        (None, True, ("intolerable",)),
        (3, True, ("grade_3_or_more", "intolerable")),
    ],
)
def test_grade_3_or_what_the_patient_cannot_tolerate_is_the_trigger(grade, intolerable, triggers):
    proposal = rule(grade=grade, intolerable=intolerable)
    assert proposal.proposed_doses_mg == (300, 200)
    assert proposal.reasons[: len(triggers)] == triggers
    assert proposal.reasons[len(triggers)] == "first_trough_at_or_above_1500"


@pytest.mark.parametrize("grade", [0, 1, 2])
@pytest.mark.parametrize(
    ("trough", "reasons"),
    [
        (None, ("no_trigger",)),
        (1499, ("no_trigger",)),
        (1500, ("no_trigger", "level_alone_never_triggers")),
        (3000, ("no_trigger", "level_alone_never_triggers")),
    ],
)
@pytest.mark.parametrize(("dose", "days"), [(400, 60), (400, 3), (600, None)])
def test_a_level_alone_proposes_nothing(grade, trough, reasons, dose, days):
    proposal = rule(grade=grade, trough=trough, dose=dose, days=days)
    assert (proposal.branch, proposal.proposed_doses_mg) == ("no_trigger", ())
    assert (proposal.reasons, proposal.missing) == (reasons, ())


@pytest.mark.parametrize(
    ("case", "missing", "reason"),
    [
        ({"grade": None}, ("worst_grade",), "no_symptom_report"),
        ({"trough": None}, ("first_trough_ug_per_l",), "grade_3_or_more"),
        ({"days": None}, ("days_at_dose",), "grade_3_or_more"),
        (
            {"grade": None, "trough": None, "days": None},
            ("worst_grade", "first_trough_ug_per_l", "days_at_dose"),
            "no_symptom_report",
        ),
        ({"grade": None, "intolerable": True, "trough": None}, ("first_trough_ug_per_l",),
         "intolerable"),
        ({"days": 27}, (), "not_at_steady_state"),
        ({"days": 0}, (), "not_at_steady_state"),
        ({"dose": 500}, (), "above_400_mg"),
        ({"dose": 800}, (), "above_400_mg"),
        ({"grade": None, "dose": 600}, ("worst_grade",), "above_400_mg"),
    ],
)  # fmt: skip
def test_the_rule_says_why_it_cannot_tell(case, missing, reason):
    proposal = rule(**case)
    assert (proposal.branch, proposal.proposed_doses_mg) == ("cannot_tell", ())
    assert proposal.missing == missing
    assert reason in proposal.reasons


def test_28_days_at_the_dose_are_enough():
    assert rule(days=28).proposed_doses_mg == (300, 200)


@pytest.mark.parametrize(
    ("trough", "dose", "advice"),
    [
        (1600, 400, "choose_by_level_and_expected_range"),
        (1600, 300, "choose_by_level_and_expected_range"),
        (1600, 200, "at_lowest_dose"),
        (1200, 400, "discuss_with_patient_prefer_300"),
        (1200, 300, "no_lower_dose_in_branch"),
        (1200, 200, "at_lowest_dose"),
    ],
)
def test_a_proposal_and_its_absence_explain_themselves(trough, dose, advice):
    assert rule(trough=trough, dose=dose).reasons[-1] == advice


@pytest.mark.parametrize("grade", [None, 0, 3])
def test_the_projection_at_300_and_200_mg_is_always_shown(grade):
    assert rule(grade=grade, trough=1600).projections == {300: 1200.0, 200: 800.0}
    assert rule(grade=grade, trough=None).projections == {}


def test_what_the_paper_saw_is_shown_beside():
    assert rule().paper_means == {300: PaperMean(1216, 350, 60), 200: PaperMean(1023, 269, 10)}


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"grade": 6}, "worst_grade"),
        ({"grade": -1}, "worst_grade"),
        ({"grade": True}, "worst_grade"),
        ({"grade": 3.0}, "worst_grade"),
        ({"intolerable": None}, "intolerable"),
        ({"trough": 0}, "first_trough_ug_per_l"),
        ({"trough": -1.0}, "first_trough_ug_per_l"),
        ({"trough": math.nan}, "first_trough_ug_per_l"),
        ({"trough": math.inf}, "first_trough_ug_per_l"),
        ({"dose": 0}, "current_dose_mg"),
        ({"dose": -400}, "current_dose_mg"),
        ({"dose": 350}, "current_dose_mg"),
        ({"dose": 900}, "current_dose_mg"),
        ({"dose": None}, "current_dose_mg"),
        ({"days": -1}, "days_at_dose"),
        ({"days": 30.5}, "days_at_dose"),
    ],
)
def test_an_input_that_cannot_be_is_refused_by_name(case, field):
    with pytest.raises(ClinicalError) as refused:
        rule(**case)
    assert refused.value.field == field
    assert str(refused.value)


def test_whether_it_is_intolerable_must_be_told():
    with pytest.raises(ClinicalError) as refused:
        rule(intolerable=1)
    assert str(refused.value) == "Say whether it is intolerable: true or false."


@given(
    st.none() | st.integers(0, 5),
    st.booleans(),
    st.none() | st.floats(10, 10_000),
    st.sampled_from(range(100, 801, 100)),
    st.none() | st.integers(0, 1000),
)
def test_only_a_lower_dose_is_ever_proposed_and_never_without_a_trigger(
    grade, intolerable, trough, dose, days
):
    proposal = dose_rule(grade, intolerable, trough, dose, days)
    assert all(proposed < dose for proposed in proposal.proposed_doses_mg)
    assert set(proposal.proposed_doses_mg) <= {300, 200}
    assert proposal.reasons
    if not (intolerable or (grade or 0) >= 3):
        assert proposal.proposed_doses_mg == ()
