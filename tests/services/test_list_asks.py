"""What a person must look at twice before a list is kept: a wrong year, a result that is there already."""

from datetime import date

import pytest

from app.services.lab_list import import_list, preview_list, rows_of_file
from app.services.lab_list.store import foreseen
from models import Patient

HEAD = "患者编号,采样时间,末次服药时间,项目,结果,单位,定量下限,已核对\n"
BY = "staff:1"


@pytest.fixture
def take(begin, patient):
    """take(rows) -> what became of them, for a patient operated on 1 August, on imatinib from 20 September."""
    with begin() as work:
        work.session.get_one(Patient, (patient.clinic_id, patient.id)).surgery_date = date(2026, 8, 1)

    def take(*rows, how=import_list):
        with begin() as work:
            return how(work, "wuhan", rows_of_file((HEAD + "\n".join(rows)).encode()), BY)

    return take


def asks(checked):
    return [(one.row, one.key) for one in checked.asks]


@pytest.mark.parametrize(("row", "key"), [
    ("P-0001,2025-11-20 07:40,,伊马替尼,1200,ng/mL,,", "before_surgery"),
    ("P-0001,2026-07-31,,ALT,40,U/L,,", "before_surgery"),
    ("P-0001,2026-09-19 07:40,,伊马替尼,1200,ng/mL,,", "before_first_dose"),
])  # fmt: skip
def test_a_draw_before_surgery_or_the_first_dose_is_asked_about(take, row, key):
    checked = take(row, how=preview_list)
    assert (checked.faults, asks(checked)) == ((), [(2, key)])
    assert "2026" in checked.asks[0].said()
    assert asks(take(row + "是")) == []


@pytest.mark.parametrize("row", [
    "P-0001,2026-08-01,,ALT,40,U/L,,是", "P-0001,2026-09-20 07:40,,伊马替尼,1200,ng/mL,,", "P-0001,2026-11-20,,ALT,40,U/L,,",
])  # fmt: skip
def test_a_draw_from_those_days_on_is_not(take, row):
    assert asks(take(row)) == []


def test_the_same_result_of_the_same_day_at_another_time_is_asked_about(take):
    level = "P-0001,2026-11-20 08:05,2026-11-19 08:00,伊马替尼,1320,ng/mL,,"
    take(level)
    again = take(level.replace("08:05", "08:06"), how=preview_list)
    assert asks(again) == [(2, "same_day")]
    assert "1320 ng/mL already (08:05)" in again.asks[0].said()
    assert asks(take(level.replace("08:05", "14:05").replace("1320", "990"))) == []
    assert asks(take(level.replace("11-20", "11-21").replace("11-19", "11-20"))) == []
    assert asks(take(level.replace("11-20", "11-22"), level.replace("11-20", "11-22").replace("08:05", "08:06"))) == [(2, "same_day"), (3, "same_day")]


def test_what_is_foreseen_of_a_level_is_what_is_kept(take, begin):
    from sqlmodel import select

    from models import Sample

    rows = [
        "P-0001,2026-11-20 07:40,2026-11-19 08:10,伊马替尼,1.2,mg/L,,", "P-0001,2026-11-21 07:40,2026-11-21 07:05,伊马替尼,900,ng/mL,,",
        "P-0001,2026-11-22 07:40,,伊马替尼,900,ng/mL,,", "P-0001,2026-11-23 07:40,,伊马替尼,<LLOQ,ng/mL,20,",
    ]  # fmt: skip
    checked = take(*rows, how=preview_list)
    with begin() as work:
        before = foreseen(work, checked.new)
    take(*rows)
    with begin() as work:
        after = {one.drawn_at: one for one in work.session.exec(select(Sample))}
    assert len(after) == len(before) == 4
    for one in before.values():
        kept = after[one.drawn_at]
        assert (one.raw_ug_per_l, one.comparator, one.corrected_ug_per_l, one.hours_after_dose, one.flags) == (kept.raw_ug_per_l, kept.comparator, kept.corrected_ug_per_l, kept.hours_after_dose, kept.flags)


def test_a_value_without_its_limit_says_that_it_has_no_grade(take):
    (one,) = take("P-0001,2026-11-20,,ALT,140,U/L,,").new
    assert (one.grade, one.missing) == (None, ("uln",))
