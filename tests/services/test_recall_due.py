"""What is due for a patient, by days; hand-worked from the protocol."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.recall_due import (
    LAB_FAMILIES,
    Due,
    Facts,
    Planned,
    deferred,
    dues_of,
    untold,
    waiting,
)
from models import RecallKind

START = date(2026, 9, 1)


def on(days):
    return START + timedelta(days=days)


def planned(days, has_draw=True):
    day = on(days)
    return Planned(datetime(day.year, day.month, day.day, tzinfo=UTC), day, has_draw)


def due(kind, facts):
    return next((one for one in dues_of(facts) if one.kind == kind), None)


def test_a_level_is_due_28_days_after_the_first_dose_and_late_after_35():
    found = due(RecallKind.LEVEL, Facts(steps=[(START, 400)]))
    assert found == Due(RecallKind.LEVEL, on(28), on(36))


@pytest.mark.parametrize(("level", "is_due"), [(None, True), (27, True), (28, False), (90, False)])
def test_a_level_counts_from_28_days_at_the_dose(level, is_due):
    facts = Facts(steps=[(START, 400)], level_on=None if level is None else on(level))
    assert (due(RecallKind.LEVEL, facts) is not None) == is_due


def test_a_change_of_dose_asks_for_a_level_anew_and_the_same_dose_again_does_not():
    steps = [(START, 400), (on(60), 300), (on(90), 300)]
    assert due(RecallKind.LEVEL, Facts(steps=steps, level_on=on(40))).due_on == on(88)


def test_a_dose_to_come_moves_the_level_to_its_own_month():
    steps = [(START, 400), (on(200), 300)]
    assert due(RecallKind.LEVEL, Facts(steps=steps, level_on=on(100))).due_on == on(228)


@pytest.mark.parametrize(("visit", "counts"), [(planned(27), False), (planned(28), True), (planned(40, False), False)])
def test_a_draw_is_planned_for_it_where_its_level_will_count(visit, counts):
    found = due(RecallKind.LEVEL, Facts(steps=[(START, 400)], planned=[visit]))
    assert found.planned_at == (visit.at if counts else None)


def test_while_the_treatment_is_stopped_no_level_and_no_visit_is_due():
    assert dues_of(Facts(steps=[(START, 400), (on(50), 0)], level_on=on(30), labs=labs_on(30))) == []
    assert dues_of(Facts()) == []


def labs_on(*days):
    return {family: [on(one) for one in days] for family in LAB_FAMILIES}


def test_a_visit_is_due_61_days_after_the_patient_was_seen_and_late_after_92():
    facts = Facts(steps=[(START, 400)], level_on=on(30), attended_on=on(40), labs=labs_on(30))
    assert dues_of(facts) == [Due(RecallKind.VISIT, on(101), on(133))]


def test_a_level_that_is_due_is_a_visit_too():
    found = dues_of(Facts(steps=[(START, 400)], attended_on=on(2)))
    assert [one.kind for one in found] == [RecallKind.LEVEL]


@pytest.mark.parametrize(("days", "missing"), [
    ((23, 30), ()), ((37,), ()), ((22,), LAB_FAMILIES), ((38,), LAB_FAMILIES), ((), LAB_FAMILIES),
])
def test_labs_count_within_a_week_before_or_after_the_level(days, missing):
    found = due(RecallKind.LABS, Facts(steps=[(START, 400)], level_on=on(30), labs=labs_on(*days)))
    assert (found.missing if found else ()) == missing


def test_only_what_is_missing_of_the_laboratory_is_named_until_it_is_of_no_use():
    labs = {"marrow": [on(30)], "liver": [on(31)]}
    facts = Facts(steps=[(START, 400)], level_on=on(30), level_id="s1", labs=labs, planned=[planned(36)])
    assert due(RecallKind.LABS, facts) == Due(
        RecallKind.LABS, on(30), on(38), on(65), planned(36).at, ("kidney",), "s1"
    )


@pytest.mark.parametrize(("today", "visit", "counts", "until"), [
    (32, planned(36), True, 65),
    (32, planned(45, False), True, 65),  # what was planned for them, if late
    (32, planned(45), False, 37),  # the next draw brings its own; these are asked for till the week is over
    (38, planned(45), True, 65),
    (38, planned(90, False), True, 65),
])
def test_labs_are_planned_by_a_visit_within_the_week_and_afterwards_by_the_next(today, visit, counts, until):
    facts = Facts(steps=[(START, 400)], level_on=on(30), planned=[visit], today=on(today))
    found = due(RecallKind.LABS, facts)
    assert (found.planned_at == visit.at, found.until_on) == (counts, on(until))


@pytest.mark.parametrize(("day", "said"), [(29, ("uncorrectable",)), (-3, ())])
def test_a_level_that_does_not_count_is_to_be_repeated_and_it_is_said_why(day, said):
    found = due(RecallKind.LEVEL, Facts(steps=[(START, 400)], repeat=(on(day), "uncorrectable")))
    assert (found.due_on, found.missing) == (on(28), said)


def test_decisions_that_are_not_done_are_named_by_their_id():
    pending = [deferred("d1", on(1)), waiting("d2", on(2)), untold("d3", on(3), on(9))]
    found = dues_of(Facts(pending=pending))
    assert [(one.kind, one.due_on, one.overdue_on, one.about) for one in found] == [
        (RecallKind.DECISION, on(1), on(15), "d1"),
        (RecallKind.CONFIRMATION, on(2), on(3), "d2"),
        (RecallKind.TELL, on(3), on(9), "d3"),
    ]


DAY = st.integers(0, 400).map(on)
STEPS = st.lists(st.tuples(DAY, st.sampled_from([0, 200, 300, 400])), max_size=6, unique_by=lambda one: one[0])
LABS = st.dictionaries(st.sampled_from([*LAB_FAMILIES, "None"]), st.lists(DAY, max_size=4))
PLANS = st.lists(st.builds(planned, st.integers(0, 400), st.booleans()), max_size=3)


@given(STEPS.map(sorted), st.none() | DAY, st.none() | DAY, PLANS, LABS)
def test_whatever_is_on_record_each_kind_is_due_once_and_late_only_after_it_is_due(steps, level, seen, plans, labs):
    found = dues_of(Facts(steps, level, "s", seen, plans, labs))
    kinds = [one.kind for one in found]
    assert len(kinds) == len(set(kinds))
    assert not {RecallKind.LEVEL, RecallKind.VISIT} <= set(kinds)
    for one in found:
        assert one.due_on < one.overdue_on
        assert one.planned_at is None or one.planned_at in [plan.at for plan in plans]
