"""What becomes of a list against the record: new, there already, or not to be kept."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.services.doses import record_dose
from app.services.lab_list import import_list, preview_list, rows_of_file
from app.texts import Reader
from models import Alert, Lab, Provenance, Sample
from tests.conftest import NOW

HEAD = "患者编号,采样时间,末次服药时间,项目,结果,单位,参考下限,参考上限,定量下限,已核对\n"
BY = "staff:1"


@pytest.fixture
def take(begin, patient):
    """take(rows) -> what became of them."""

    def take(*rows, how=import_list):
        with begin() as work:
            return how(work, "wuhan", rows_of_file((HEAD + "\n".join(rows)).encode()), BY)

    return take


@pytest.fixture
def kept(begin, patient):
    def kept(table):
        with begin() as work:
            return list(work.session.exec(select(table).order_by(table.recorded_at)))

    return kept


def faults(checked):
    return [(one.row, one.column, one.key) for one in checked.faults]


LEVEL = "P-0001,2026-11-23 07:40,2026-11-22 08:10,伊马替尼,1200,ng/mL,,,,"


def test_the_dose_that_the_patient_told_corrects_a_level_without_one(take, kept, begin, patient):
    from datetime import UTC, datetime

    with begin() as work:
        record_dose(work, patient, taken_at=datetime(2026, 11, 22, 0, 10, tzinfo=UTC), provenance=Provenance.PATIENT_AT_THE_MOMENT)
    take("P-0001,2026-11-23 07:40,,伊马替尼,1200,ng/mL,,,,")
    (level,) = kept(Sample)
    assert (level.hours_after_dose, level.dose_provenance) == (23.5, "patient_at_the_moment")


@pytest.mark.parametrize(("row", "column", "key"), [
    ("P-0001,2026-11-23 07:40,2026-11-22 08:10,伊马替尼,1.2,ng/mL,,,,", "结果", "to_confirm"),
    ("P-0001,2026-11-23 07:40,2026-11-23 08:10,伊马替尼,1200,ng/mL,,,,", "末次服药时间", "dose_after_draw"),
    ("P-0001,2026-11-25 07:40,2026-11-23 08:10,伊马替尼,1200,ng/mL,,,,", "采样时间", "future"),
    ("P-0001,2026-11-23,2026-11-22 08:10,伊马替尼,1200,ng/mL,,,,", "采样时间", "time_of_day"),
    ("P-0001,2026-11-23 07:40,2026-11-22,伊马替尼,1200,ng/mL,,,,", "末次服药时间", "time_of_day"),
    ("P-0001,,2026-11-22 08:10,伊马替尼,1200,ng/mL,,,,", "采样时间", "missing"),
    ("P-0001,2026-11-23 07:40,,葡萄糖,5.1,mmol/L,,,,", "项目", "analyte"),
    ("P-0001,2026-11-23 07:40,,NEUT,62,%,,,,", "单位", "unit"),
    ("P-0001,2026-11-23 07:40,,血红蛋白,1200,g/L,,,,", "结果", "clinical.ImplausibleValue"),
    ("P-0001,2026-11-23 07:40,,WBC,4,10^9/L,9.5,3.5,,", "参考下限", "clinical.LimitsCrossed"),
    ("P-0001,2026-11-23 07:40,,ALT,<500,U/L,,50,,", "结果", "clinical.LimitTellsNoGrade"),
    ("P-0002,2026-11-23 07:40,,ALT,40,U/L,,50,,", "患者编号", "patient"),
    ("P-0001,2026-11-23 07:40,,ALT,=40,U/L,,50,,", "结果", "formula"),
    ("P-0001,2026-11-23 07:40,,伊马替尼,<LLOQ,ng/mL,,,,", "结果", "no_limit"),
    ("P-0001,2026-11-23 07:40,,伊马替尼,1200,ng/mL,,,,maybe", "已核对", "yes_or_no"),
])  # fmt: skip
def test_what_cannot_be_is_named_by_row_and_column_in_both_languages(take, kept, row, column, key):
    checked = take(LEVEL, row)
    assert faults(checked) == [(3, column, key)]
    assert all(one.said(Reader(language, "UTC")) for one in checked.faults for language in ("en", "zh-CN"))
    assert kept(Sample) == kept(Lab) == []


def test_a_level_that_was_checked_is_kept_though_it_is_low(take, kept):
    assert take("P-0001,2026-11-23 07:40,2026-11-22 08:10,伊马替尼,8.2,ng/mL,,,,是").accepted == 1
    assert kept(Sample)[0].raw_ug_per_l == 8.2


def test_under_the_limit_of_quantification_the_limit_is_kept_and_never_corrected(take, kept):
    take("P-0001,2026-11-23 07:40,2026-11-22 08:10,伊马替尼,<LLOQ,ng/mL,,,20,")
    (level,) = kept(Sample)
    assert (level.comparator, level.raw_ug_per_l, level.corrected_ug_per_l, level.hours_after_dose) == ("<", 20, None, 23.5)
    assert level.flags[:2] == ["below_limit", "uncorrectable"]


def test_a_count_under_a_limit_has_at_least_the_grade_just_below_it(take, kept):
    take("P-0001,2026-11-23 07:40,,中性粒细胞,<0.5,10^9/L,1.8,6.3,,", "P-0001,2026-11-23 07:40,,ALT,<5,U/L,,50,,")
    grades = {one.analyte: (one.grade, one.comparator) for one in kept(Lab)}
    assert grades == {"neutrophils": (4, "<"), "ALT": (0, "<")}


def test_two_values_of_one_draw_are_named_and_neither_is_kept(take, kept):
    checked = take(LEVEL, LEVEL.replace("1200", "1300"), LEVEL.replace("1200,ng/mL", "1.2,mg/L"))
    assert faults(checked) == [(3, "结果", "conflict_in_list")]
    assert "1200 ng/mL" in checked.faults[0].said()
    assert kept(Sample) == []


def test_a_value_against_the_record_is_named_with_what_the_record_has(take, kept):
    take(LEVEL)
    checked = take(LEVEL.replace("1200", "1300"))
    assert faults(checked) == [(2, "结果", "conflict")]
    assert "1200 ng/mL" in checked.faults[0].said()
    assert faults(take(LEVEL.replace("08:10", "09:10"))) == [(2, "末次服药时间", "other_dose")]
    assert [one.concentration for one in kept(Sample)] == [1200]


def test_a_value_of_grade_3_calls_as_one_that_was_entered_by_hand(take, kept, begin):
    checked = take("P-0001,2026-11-23,,血小板,30,10^9/L,125,350,,", "P-0001,2026-11-20,,血小板,20,10^9/L,125,350,,")
    assert checked.accepted == 2
    with begin() as work:
        (alert,) = work.session.exec(select(Alert))
    assert (alert.family, alert.grade, alert.times_raised) == ("marrow", 4, 2)


def test_what_is_not_needed_is_passed_over_and_told(begin, patient):
    told = "样本编号,姓名缩写,患者编号,采样日期,采样时间,浓度(ng/mL)\nS1,ZL,P-0001,2026-11-23,7:40,1200\n\n"
    with begin() as work:
        checked = preview_list(work, "wuhan", rows_of_file(told.encode()), BY)
    assert (checked.faults, checked.rows, checked.ignored) == ((), 1, ("样本编号", "姓名缩写"))
    assert checked.new[0].line.drawn_at.isoformat() == "2026-11-22T23:40:00+00:00"


def test_an_erased_patient_gets_nothing_more(begin, patient, take):
    with begin() as work:
        work.session.merge(patient).erased_at = NOW
    assert faults(take(LEVEL)) == [(2, "患者编号", "erased")]


ROWS = [
    LEVEL, LEVEL.replace("11-23", "11-16").replace("11-22", "11-15"), "P-0001,2026-11-23 07:40,,ALT,40,U/L,,50,,",
    "P-0001,2026-11-22,,WBC,4.1,10^9/L,3.5,9.5,,", "P-0001,2026-11-21,,HGB,12.1,g/dL,11.5,,,",
]  # fmt: skip


@given(some=st.lists(st.sampled_from(ROWS), max_size=8), seed=st.integers(0, 9))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_often_and_in_whatever_order_rows_come_each_is_kept_once(take, kept, some, seed):
    shuffled = random.Random(seed).sample(some * 2, len(some) * 2)
    checked = take(*shuffled)
    assert checked.accepted + len(checked.duplicates) == len(shuffled)
    rows = [(one.drawn_at, one.raw_ug_per_l) for one in kept(Sample)]
    values = [(one.analyte, one.collected_at, one.value) for one in kept(Lab)]
    assert len(rows) == len(set(rows))
    assert len(values) == len(set(values))


def test_a_preview_keeps_nothing_and_says_what_an_import_says(take, kept):
    before = take(*ROWS, how=preview_list)
    assert (kept(Sample), kept(Lab)) == ([], [])
    after = take(*ROWS)
    assert [one.line for one in before.new] == [one.line for one in after.new]
    assert replace(after, new=()) == replace(before, new=())
