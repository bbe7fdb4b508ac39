"""A whole export of a laboratory: what is not kept here is named and passed over, what is ours is not."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.services.lab_list import import_list, preview_list, rows_of_file
from app.services.lab_list.names import NAMES, analyte_called
from app.services.lab_list.others import resembles
from app.texts import Reader
from models import Lab

HEAD = "患者编号,采样时间,项目,结果,单位,标本类型\n"
BY = "staff:1"
CBC = ["白细胞计数 4.1 10^9/L", "中性粒细胞百分比 62 %", "淋巴细胞百分比 28 %", "单核细胞百分比 7 %", "嗜酸性粒细胞百分比 2 %", "嗜碱性粒细胞百分比 1 %", "中性粒细胞绝对值 2.5 10^9/L", "淋巴细胞绝对值 1.2 10^9/L", "单核细胞绝对值 0.3 10^9/L", "嗜酸性粒细胞绝对值 0.1 10^9/L", "红细胞计数 4.2 10^12/L", "血红蛋白 121 g/L", "红细胞压积 37 %", "平均红细胞体积 90 fL", "平均红细胞血红蛋白含量 30 pg", "平均红细胞血红蛋白浓度 335 g/L", "红细胞分布宽度 13 %", "血小板计数 201 10^9/L", "平均血小板体积 9 fL", "血小板压积 0.2 %", "血小板分布宽度 11 fL"]


@pytest.fixture
def take(begin, patient):
    def take(*rows, how=import_list, pass_over=True):
        with begin() as work:
            content = (HEAD + "\n".join(rows)).encode()
            return how(work, "wuhan", rows_of_file(content), BY, pass_over=pass_over)

    return take


def faults(checked):
    return [(one.row, one.column, one.key) for one in checked.faults]


def test_a_whole_blood_count_is_taken_and_what_is_not_kept_is_named_with_its_rows(take, begin):
    rows = [f"P-0001,2026-11-20 07:40,{one.replace(' ', ',')}," for one in CBC]
    checked = take(*rows, "P-0001,2026-11-20 07:40,去甲基伊马替尼,210,ng/mL,", "P-0001,2026-11-21 07:40,红细胞压积,38,%,")
    assert (checked.faults, checked.accepted, checked.rows) == ((), 6, 23)
    named = {one.name: one.rows for one in checked.passed}
    assert (len(named), named["红细胞压积"], named["去甲基伊马替尼"]) == (16, (14, 24), (23,))
    with begin() as work:
        assert {one.analyte for one in work.session.exec(select(Lab))} == {"WBC", "neutrophils", "lymphocytes", "RBC", "haemoglobin", "platelets"}


def test_unless_that_is_asked_for_each_such_row_is_an_error(take):
    row = "P-0001,2026-11-20 07:40,尿素,5.1,mmol/L,"
    assert faults(take(row, pass_over=False)) == [(2, "项目", "analyte")]


@pytest.mark.parametrize(("name", "meant"), [
    ("血小扳", "血小板"), ("伊马替泥", "伊马替尼"), ("白血细胞", "白细胞"), ("platlets", "血小板"), ("Imatinb", "伊马替尼"), ("血红蛋白量", "血红蛋白"),
])  # fmt: skip
def test_a_name_that_may_mean_one_of_ours_stays_an_error_that_says_which(take, name, meant):
    checked = take(f"P-0001,2026-11-20 07:40,{name},30,10^9/L,")
    assert faults(checked) == [(2, "项目", "analyte_near")]
    assert meant in checked.faults[0].said(Reader("zh-CN", "UTC"))


@pytest.mark.parametrize("specimen", ["尿液", "Urine", "脑脊液"])
def test_white_cells_of_urine_are_not_those_of_blood(take, specimen):
    row = f"P-0001,2026-11-20 07:40,白细胞,4000,/uL,{specimen}"
    assert [one.name for one in take(row).passed] == [f"白细胞 ({specimen})"]
    assert faults(take(row, pass_over=False)) == [(2, "标本类型", "specimen")]
    assert take(row.replace(specimen, "静脉血")).accepted == 1


@pytest.mark.parametrize("row", [
    "检验者：张三,,,审核者：李四,,", "检验者,张三,审核者,李四,,", ",,,,,报告时间：2026-11-24 10:00", "以下空白,,,,,", "打印时间：2026-11-24 10:00,,,,,",
    "第 1 页 共 2 页,,,,,", "Reviewed by: Li,,,,,", ",,,审核时间：2026-11-24,,",
])  # fmt: skip
def test_a_signature_below_the_results_is_one_error_or_is_passed_over(take, row):
    good = "P-0001,2026-11-20 07:40,ALT,40,U/L,"
    assert faults(take(good, row, pass_over=False)) == [(3, "患者编号", "no_result")]
    checked = take(good, row)
    assert (checked.accepted, [(one.name, one.rows) for one in checked.passed]) == (1, [("", (3,))])


@pytest.mark.parametrize("row", [
    ",2026-11-20 07:40,ALT,40,U/L,", "P-0001,2026-11-20 07:40,ALT,,U/L,", ",2026-11-20 07:40,ALT,,U/L,", "P-0001,2026-11-20 07:40,,1200,ng/mL,",
    "检验：1,2026-11-20 07:40,ALT,40,U/L,",
])  # fmt: skip
def test_a_row_that_holds_part_of_a_result_is_never_passed_over(take, row):
    checked = take(row)
    assert checked.passed == ()
    assert checked.faults


@given(name=st.sampled_from(sorted(one for one in NAMES if len(one) > 4)), place=st.integers(0, 99), letter=st.sampled_from("甲x7"), slip=st.sampled_from(["out", "in", "other"]))
def test_no_slip_of_one_letter_in_a_longer_name_of_ours_is_passed_over(name, place, letter, slip):
    at = place % len(name)
    ends = {"out": at + 1, "in": at, "other": at + 1}[slip]
    told = name[:at] + ("" if slip == "out" else letter) + name[ends:]
    assert analyte_called(told) or resembles(told)


ROWS = ["P-0001,2026-11-20 07:40,ALT,40,U/L,", "P-0001,2026-11-20 07:40,尿素,5,mmol/L,", "检验者：张三,,,,,", "P-0001,2026-11-20 07:40,血小扳,200,10^9/L,"]


@given(some=st.lists(st.sampled_from(ROWS), min_size=1, max_size=8), text=st.text(string.printable.replace(",", "").replace('"', "").replace("\n", "").replace("\r", ""), max_size=12))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_new_known_wrong_or_passed_over(take, some, text):
    checked = take(*some, f"P-0001,2026-11-19 07:40,{text},40,U/L,", how=preview_list)
    passed = [row for one in checked.passed for row in one.rows]
    told = [*[one.line.row for one in checked.new], *checked.duplicates, *{one.row for one in checked.faults}, *passed]
    assert sorted(told) == sorted(set(told))
    assert len(told) == checked.rows == len(some) + 1
