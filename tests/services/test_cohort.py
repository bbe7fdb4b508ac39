"""The cohort report over stored patients: the paper's 70, and what counts for whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.clinical.cohort.paper import ADVERSE_EVENTS, BASELINE
from app.services.cohort.report import cohort_report
from app.services.cohort.wanted import Wanted
from models import Clinic, GradeStatus, SymptomGrade
from tests.cohort_patients import AFTER, BEFORE, BEGAN, LOWERED, Told, add_one, noon, the_papers_70

DAY = timedelta(days=1)


@pytest.fixture
def one(begin, clinic):
    """A patient lowered from 400 to 300 mg, written by what a test tells of it."""

    def one(*writes, number=1, steps=((400, BEGAN), (300, LOWERED)), clinic_id="wuhan", **fields):
        with begin() as work:
            told = Told(work, add_one(work, clinic_id, number, **fields))
            told.doses(*steps)
            for write in writes:
                write(told)
        return told.patient

    return one


@pytest.fixture
def report(begin):
    def report(**wanted):
        with begin() as work:
            return cohort_report(work, "wuhan", Wanted(**wanted))

    return report


def flow_of(found):
    return {step.name: step.patients for step in found.flow}


def worst(found, family="edema"):
    table = found.adverse_events[family]
    return table.patients, dict(table.before), dict(table.after)


def banded(zero=0, low=0, high=0):
    return {"0": zero, "1_2": low, "3_up": high}


def test_the_papers_70_stored_as_patients_give_the_papers_tables(begin, clinic, report):
    with begin() as work:
        the_papers_70(work, "wuhan")
    found = report()
    assert {f: round(t.pearson.statistic, 3) for f, t in found.adverse_events.items()} == {
        "marrow": 9.202, "edema": 40.526, "skin": 22.495, "gi": 15.899,
    }  # fmt: skip
    for family, printed in ADVERSE_EVENTS.items():
        assert worst(found, family) == (70, banded(*printed.before), banded(*printed.after))
    assert set(flow_of(found).values()) == {70}
    counted = found.baseline["lowered"].counted
    for name, printed in BASELINE.items():
        assert {word: counted[name].counts[word] for word in printed} == printed
    assert (counted["diameter"].known, counted["mutation"].unknown) == (69, 12)
    spreads = found.baseline["lowered"].spreads
    assert (spreads["age"].median, spreads["age"].least, spreads["age"].most) == (60, 25, 82)


def test_the_papers_70_give_the_papers_levels_scores_and_survival(begin, clinic, report):
    with begin() as work:
        the_papers_70(work, "wuhan")
    found = report()
    levels = found.levels
    assert (round(levels["all"].before.mean), round(levels["all"].before.sd)) == (1900, 568)
    assert (levels["300"].pairs, round(levels["300"].after.mean), round(levels["300"].after.sd)) == (60, 1216, 350)
    assert (levels["200"].pairs, round(levels["200"].after.mean), round(levels["200"].after.sd)) == (10, 1023, 269)
    pcs = found.quality.scales["pcs_mean"]
    assert [round(pcs.before.mean), round(pcs.before.sd), round(pcs.after.mean)] == [76, 5, 88]
    assert pcs.paired.difference == pytest.approx(12) and pcs.paired.p < 1e-9
    assert found.quality.scales["mcs_t"].pairs == 0
    rfs, high = found.survival["rfs"], found.survival["rfs_high_risk"]
    assert round(rfs.points[2].survival, 3) == round(rfs.crude["36"], 3) == 0.929
    assert (rfs.curve.events, high.patients) == (5, 49)
    assert found.survival["os"].points[2].survival == 1
    assert round(high.crude["36"], 3) == 0.898


def test_before_and_after_are_the_doses_around_the_first_reduction(one, report):
    one(
        lambda t: t.report(noon(BEGAN - 30 * DAY), edema=3),  # before any dose
        lambda t: t.report(noon(BEFORE), edema=2),
        lambda t: t.report(noon(LOWERED), edema=3),  # on the day of the change: of the dose before
        lambda t: t.report(noon(LOWERED + DAY), edema=1),
        lambda t: t.report(noon(date(2026, 5, 1)), edema=3),  # at the dose after the next
        steps=((400, BEGAN), (300, LOWERED), (400, date(2026, 4, 1))),
    )
    assert worst(report()) == (1, banded(high=1), banded(low=1))


def test_the_day_of_a_change_ends_at_the_patients_own_midnight(one, report):
    last = datetime(2025, 9, 20, 23, 30, tzinfo=UTC) - timedelta(hours=8)
    one(lambda t: t.report(last, edema=3), lambda t: t.report(last + timedelta(hours=1), edema=1))
    one(lambda t: t.report(last, edema=3), lambda t: t.report(last + timedelta(hours=1), edema=1),
        number=2, time_zone="America/New_York")  # fmt: skip
    assert worst(report()) == (1, banded(high=1), banded(low=1))


def test_a_confirmed_grade_counts_and_a_corrected_report_does_not(one, report, begin):
    one(
        lambda t: t.report(noon(BEFORE), edema=3),
        lambda t: t.report(noon(BEFORE), replaced_by="later", edema=3),
        lambda t: t.report(noon(AFTER), edema=0),
    )
    with begin() as work:
        [first] = [g for g in work.session.query(SymptomGrade) if g.grade][:1]
        first.confirmed_grade, first.status = 2, GradeStatus.CONFIRMED
    assert worst(report()) == (1, banded(low=1), banded(zero=1))


def test_a_family_of_which_nothing_was_said_is_grade_0_but_marrow_needs_the_laboratory(one, report):
    one(lambda t: t.report(noon(BEFORE), edema=2), lambda t: t.report(noon(AFTER)))
    found = report()
    assert worst(found, "skin") == (1, banded(zero=1), banded(zero=1))
    assert found.adverse_events["marrow"].patients == 0
    assert found.adverse_events["marrow"].not_known == 1
    assert found.adverse_events["marrow"].pearson.p is None


def test_a_laboratory_grade_that_cannot_be_told_is_not_grade_0(one, report):
    one(
        lambda t: t.lab(noon(BEFORE), 3), lambda t: t.lab(noon(BEFORE), 1),
        lambda t: t.lab(noon(AFTER), None), lambda t: t.lab(noon(AFTER), 0, family="liver"),
    )  # fmt: skip
    assert report().adverse_events["marrow"].patients == 0
    one(lambda t: t.lab(noon(BEFORE), 3), lambda t: t.lab(noon(BEFORE), 1),
        lambda t: t.lab(noon(AFTER), 0), number=2)  # fmt: skip
    assert worst(report(), "marrow") == (1, banded(high=1), banded(zero=1))


def test_the_first_level_that_counts_before_and_after_is_taken(one, report):
    one(
        lambda t: t.level(BEGAN + 10 * DAY, 900, "not_at_steady_state"),
        lambda t: t.level(BEFORE - DAY, None, "uncorrectable"),
        lambda t: t.level(BEFORE, 1900), lambda t: t.level(BEFORE + DAY, 2500),
        lambda t: t.level(AFTER, 1200), lambda t: t.level(AFTER + DAY, 900),
    )  # fmt: skip
    found = report().levels["300"]
    assert (found.before.mean, found.after.mean, found.pairs, found.paired) == (1900, 1200, 1, None)


def test_the_same_dose_again_is_no_change_and_a_rise_is_no_reduction(one, report):
    again = ((400, BEGAN), (400, date(2025, 6, 1)), (300, LOWERED))
    one(lambda t: t.level(date(2025, 3, 1), 1800), lambda t: t.level(AFTER, 1200), steps=again)
    one(number=2, steps=((300, BEGAN), (400, LOWERED)))
    one(number=3, steps=((400, BEGAN), (300, date(2027, 1, 1))))  # of next year
    found = report()
    assert found.levels["all"].before.mean == 1800
    assert found.baseline["lowered"].patients == 1


def test_the_sf36_before_is_the_last_and_after_the_first_that_is_settled(one, report):
    one(
        lambda t: t.sf36(BEGAN + DAY, 90, 90), lambda t: t.sf36(BEFORE, 70, 60, "own-unvalidated"),
        lambda t: t.sf36(LOWERED + 27 * DAY, 10, 10), lambda t: t.sf36(AFTER, 80, 85),
        lambda t: t.sf36(AFTER + 90 * DAY, 99, 99),
    )  # fmt: skip
    found = report().quality
    assert (found.pairs, found.own_wording, found.two_wordings) == (1, 1, 1)
    change = found.scales["mcs_mean"]
    assert (change.before.mean, change.after.mean) == (60, 85)


def test_the_flow_says_who_left_and_why(one, report):
    levels = (lambda t: t.level(BEFORE, 1900), lambda t: t.level(AFTER, 1200))
    one(*levels, number=1)
    one(*levels, number=2, recurrent_or_unresectable=True, other_malignancy=True)
    one(*levels, number=3, other_malignancy=True)
    one(number=4, steps=())
    one(number=5)
    one(levels[0], number=6, steps=((400, BEGAN),))
    one(levels[0], number=7)
    found = report()
    assert flow_of(found) == {
        "registered": 7, "eligible": 5, "treated": 4, "first_level": 3, "lowered": 2, "level_after": 1,
    }  # fmt: skip
    assert [dict(step.left) for step in found.flow] == [
        {}, {"recurrent_or_unresectable": 1, "other_malignancy": 1}, {"no_dose": 1},
        {"no_level": 1}, {"not_lowered": 1}, {"no_level_after": 1},
    ]  # fmt: skip


def test_nobody_of_another_clinic_and_no_removed_record_is_counted(begin, one, report):
    with begin() as work:
        work.session.add(Clinic(id="other", name="Another clinic"))
    one(lambda t: t.report(noon(BEFORE), edema=3), lambda t: t.level(BEFORE, 1900), clinic_id="other")
    one(number=2, year_of_birth=0)
    assert flow_of(report())["registered"] == 0


@pytest.mark.parametrize(("wanted", "codes"), [
    ({}, {1, 2, 3}),
    ({"sex": "male"}, {2}),
    ({"risk": ["high", "low"]}, {1, 2}),
    ({"site": ["stomach"]}, {1}),
    ({"operation": ["gastric_wedge"]}, {1}),
    ({"mutation": ["kit_11"]}, {3}),
    ({"age_from": 60}, {1, 3}),
    ({"age_from": 50, "age_to": 60}, {1}),
    ({"dose_mg": [300]}, {1, 2}),
    ({"dose_mg": [400]}, {3}),
    ({"lowered": False}, {3}),
    ({"with_level": True}, {2}),
    ({"registered_from": "2026-01-01", "registered_to": "2026-01-01"}, {2}),
    ({"registered_to": "2025-12-31"}, {1, 3}),
    ({"operated_from": "2024-12-02"}, {3}),
    ({"operated_to": "2024-12-01"}, {1, 2}),
    ({"preoperative_imatinib": True}, {3}),
    ({"sex": "male", "dose_mg": [400]}, set()),
])  # fmt: skip
def test_a_filter_leaves_those_that_fit(one, report, wanted, codes):
    day = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)  # 1 January 2026 in Shanghai
    born = {1: 1964, 2: 1980, 3: 1950}
    one(number=1, risk="high", site="stomach", operation="gastric_wedge", year_of_birth=born[1])
    one(lambda t: t.level(BEFORE, 1500), number=2, sex="male", risk="low", registered_at=day,
        year_of_birth=born[2])  # fmt: skip
    one(number=3, mutation="kit_11", steps=((400, BEGAN),), surgery_date=date(2025, 1, 1),
        preoperative_imatinib=True, year_of_birth=born[3])  # fmt: skip
    found = report(**wanted)
    ages = {1: 60, 2: 44, 3: 75}
    spread = found.baseline["eligible"].spreads["age"]
    assert spread.n == len(codes)
    assert spread.mean == pytest.approx(sum(ages[one] for one in codes) / len(codes)) if codes else True


def test_figures_take_the_first_level_at_400_mg(one, report):
    """Of 60, 50, 70 and 34 years with 1000, 1200, 800 and 2000: r = -23500 / sqrt(707 x 830000)."""
    for number, born, ug_per_l in ((1, 1964, 1000), (2, 1974, 1200), (3, 1954, 800)):
        one(lambda t, ug=ug_per_l: t.level(BEFORE, ug), number=number, year_of_birth=born,
            operation="other", weight_kg=60)  # fmt: skip
    one(lambda t: t.level(AFTER, 3000), number=4, sex="male")
    one(lambda t: t.level(BEFORE, 2000), number=5, sex="male", operation="gastrectomy", year_of_birth=1990)
    found = report()
    assert (found.associations.patients, found.associations.sex["male"].n) == (4, 1)
    assert found.associations.correlations["age"].r == pytest.approx(-23500 / (707 * 830000) ** 0.5)
    assert found.associations.correlations["bmi"] is None
    assert found.associations.operation_test.df_within == 2
    assert {point.ug_per_l for point in found.points} == {1000, 1200, 800, 2000}


def test_survival_is_from_surgery_to_the_event_or_the_last_sign_of_life(one, report):
    year = 365.25 * DAY
    start = date(2020, 1, 1)
    one(number=1, surgery_date=start, died_on=start + 2 * year)
    one(number=2, surgery_date=start, recurrence_on=start + year, last_follow_up_on=start + 3 * year)
    one(lambda t: t.report(noon(AFTER)), number=3, surgery_date=start, last_follow_up_on=start + year)
    one(number=4, surgery_date=None, last_follow_up_on=start)
    one(number=5, surgery_date=start)  # never heard of since
    one(number=6, surgery_date=start, died_on=start - DAY)
    found = report().survival
    assert [(found[k].patients, found[k].left_out, found[k].curve.events) for k in ("os", "rfs")] == [
        (3, 3, 1), (3, 3, 1),
    ]  # fmt: skip
    assert round(found["os"].points[1].survival, 3) == 0.667
    assert found["rfs"].follow_up_months.most == pytest.approx((AFTER - start).days / 30.4375)
    assert found["rfs"].curve.steps[0].at_risk == 3
    assert (found["os"].risk_table["0"], found["os"].risk_table["24"]) == (3, 2)
    assert found["rfs_high_risk"].points[0].survival is None


def test_months_on_each_dose_run_to_death_or_the_last_sign_of_life(one, report):
    one(number=1, last_follow_up_on=LOWERED + 90 * DAY)
    one(number=2, died_on=LOWERED + 61 * DAY)
    one(number=3, died_on=LOWERED - DAY)  # these days do not fit
    one(number=4)  # never heard of since
    months = report().months_on_dose
    assert months["before"].median == pytest.approx((LOWERED - BEGAN).days / 30.4375)
    assert (months["after"].least, months["after"].most) == pytest.approx((61 / 30.4375, 90 / 30.4375))
    assert (months["before"].n, months["after"].n) == (4, 2)


def test_no_month_off_treatment_or_at_the_next_dose_counts_as_one_on_the_lowered_dose(one, report):
    stopped, seen = LOWERED + 162 * DAY, {"last_follow_up_on": LOWERED + 400 * DAY}
    for number, mg in ((1, 0), (2, 200)):
        one(number=number, steps=((400, BEGAN), (300, LOWERED), (mg, stopped)), **seen)
    one(number=3, steps=((400, BEGAN), (0, BEGAN + 30 * DAY), (300, LOWERED), (0, stopped)), **seen)
    months = report().months_on_dose
    assert months["after"].least == months["after"].most == pytest.approx(162 / 30.4375)
    assert months["before"].least == pytest.approx(30 / 30.4375)


def test_a_clinic_without_patients_has_a_report(clinic, report):
    found = report()
    assert set(flow_of(found).values()) == {0}
    assert found.levels["all"].paired is None
    assert found.reproduced["marrow"].computed.statistic == pytest.approx(9.202, abs=5e-4)


def test_many_patients_take_no_more_statements_than_few(begin, engine, clinic):
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = []
    for first in (1, 71):
        with begin() as work:
            the_papers_70(work, "wuhan", first)
        with begin() as work:
            asked.clear()
            cohort_report(work, "wuhan", Wanted())
            counts.append(sum(one.lstrip().upper().startswith(("SELECT", "WITH")) for one in asked))
    assert counts == [9, 9]
