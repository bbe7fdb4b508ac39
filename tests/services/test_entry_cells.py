"""Lists as laboratories write them: results, units, names, dates, headings, encodings, workbooks."""

import io
import zipfile
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.lab_list import NotAList, rows_of_file
from app.services.lab_list.cells import limits, moment, number, result
from app.services.lab_list.faults import Misread
from app.services.lab_list.heads import head_of
from app.services.lab_list.names import IMATINIB, analyte_called, column_called, unit_called

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2024, 11, 5, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(("cell", "value", "sign"), [
    ("1234.5", 1234.5, None), ("1,234.5", 1234.5, None), ("１２３４", 1234, None), (" 0.9 ↓", 0.9, None),
    ("152 H", 152, None), ("<10", 10, "<"), ("＜10", 10, "<"), ("≤ 10", 10, "<="), (">10000", 10000, ">"),
    ("≥10,000", 10000, ">="), ("<LLOQ", 5, "<"), ("低于定量下限", 5, "<"), ("BLQ", 5, "<"), (">ULOQ", 8000, ">"),
    ("BQL", 5, "<"), ("<LOD", 5, "<"), ("低于定量限", 5, "<"), ("未检测到", 5, "<"), ("低于检测限", 5, "<"), ("not detected", 5, "<"),
    ("<LLOQ(20)", 20, "<"), ("低于定量下限（20）", 20, "<"), ("BLQ (<20)", 20, "<"), ("LLOQ=20", 20, "<"), (">ULOQ (10,000)", 10000, ">"),
    ("0", 0, None), (".5", 0.5, None), ("1e3", 1000, None),
])  # fmt: skip
def test_a_result_is_read_as_it_is_written(cell, value, sign):
    told = result(cell, lloq=5, uloq=8000)
    assert (told.value, told.comparator) == (value, sign)


@pytest.mark.parametrize(("cell", "key"), [
    ("", "missing"), ("阴性", "no_digit"), ("N.D.", "not_done"), ("980ng/mL", "with_unit"), ("＜20 ng/mL", "with_unit"), ("1.2.3", "number"), ("2o0", "number"), ("980 ng/mL", "with_unit"), ("12%", "with_unit"), ("12,5", "comma"), ("1,2345", "comma"), ("=A1*2", "formula"),
    ("#N/A", "formula"), ("-3", "negative"), ("nan", "no_digit"), ("inf", "no_digit"), ("<", "number"), ("1 200", "blank"),
])  # fmt: skip
def test_what_is_no_result_says_what_to_write(cell, key):
    with pytest.raises(Misread) as wrong:
        result(cell)
    assert wrong.value.key == key


def test_a_limit_that_is_not_told_is_asked_for():
    with pytest.raises(Misread) as wrong:
        result("<LLOQ")
    assert wrong.value.key == "no_limit"


@pytest.mark.parametrize(("cell", "found"), [
    ("3.5-9.5", (3.5, 9.5)), ("3.5～9.5", (3.5, 9.5)), ("3.5--9.5", (3.5, 9.5)), ("115 – 150", (115, 150)),
    ("<40", (None, 40)), ("≤40", (None, 40)), (">90", (90, None)), ("", (None, None)),
])  # fmt: skip
def test_a_range_has_a_lower_and_an_upper_limit(cell, found):
    assert limits(cell) == found


@pytest.mark.parametrize("cell", [
    "2024-11-05 08:10", "2024/11/5 8:10", "2024.11.05 08:10:00", "2024年11月5日 8:10", "2024年11月5日8时10分",
    "20241105 0810", "202411050810", "20241105081000", "2024-11-05T08:10", "2024-11-05T00:10:00Z",
    "2024-11-05T01:10:00+01:00", "2024/11/5 上午8:10", "2024/11/5 8:10 AM", "２０２４-11-05 08:10",
])  # fmt: skip
def test_a_time_is_read_on_the_clinics_clock_in_the_shapes_that_lists_have(cell):
    found = moment(cell, SHANGHAI)
    assert (found.at, found.whole_day) == (AT, False)


def test_an_afternoon_and_a_day_alone():
    assert moment("2024/11/5 下午2:30", SHANGHAI).at == datetime(2024, 11, 5, 6, 30, tzinfo=UTC)
    assert moment("2024/11/5 12:30 AM", SHANGHAI).at == datetime(2024, 11, 4, 16, 30, tzinfo=UTC)
    day = moment("20241105", SHANGHAI)
    assert (day.at, day.whole_day) == (datetime(2024, 11, 4, 16, tzinfo=UTC), True)


@pytest.mark.parametrize(("cell", "key"), [
    ("11/5/2024", "day_order"), ("5.11.24 8:10", "day_order"), ("2024-13-05", "time"), ("1924-11-05", "year"),
    ("45601.34", "serial"), ("26/11/22", "day_order"), ("2024-11-05 24:10", "time"), ("yesterday", "time"),
])  # fmt: skip
def test_a_time_that_could_mean_two_things_is_not_guessed(cell, key):
    with pytest.raises(Misread) as wrong:
        moment(cell, SHANGHAI)
    assert wrong.value.key == key


@pytest.mark.parametrize(("cell", "key"), [
    ("2026-03-29 01:30", "hour_not_there"), ("2026-10-25 01:30", "hour_twice"),
])  # fmt: skip
def test_the_hour_of_a_clock_change_is_not_guessed(cell, key):
    with pytest.raises(Misread) as wrong:
        moment(cell, ZoneInfo("Europe/London"))
    assert wrong.value.key == key
    assert moment(cell + "+01:00", ZoneInfo("Europe/London"))


@pytest.mark.parametrize(("unit", "analyte", "meant"), [
    ("ng/ml", IMATINIB, "ng/mL"), ("µg/L", IMATINIB, "ug/L"), ("μg/L", IMATINIB, "ug/L"), ("ug/mL", IMATINIB, "mg/L"),
    ("µmol/L", IMATINIB, "umol/L"), ("10^9/L", "WBC", "10^9/L"), ("×10⁹/L", "WBC", "10^9/L"), ("109/L", "WBC", "10^9/L"),
    ("x10E9/L", "platelets", "10^9/L"), ("10*9/L", "WBC", "10^9/L"), ("10^3/uL", "WBC", "10^9/L"), ("G/L", "WBC", "10^9/L"),
    ("g/l", "haemoglobin", "g/L"), ("G/L", "haemoglobin", "g/L"), ("×10¹²/L", "RBC", "10^12/L"), ("IU/L", "ALT", "U/L"),
    ("/μL", "platelets", "/mm3"), ("μmol/L", "creatinine", "umol/L"), ("mg/dL", "bilirubin", "mg/dL"), ("× 10 ^ 9 / L", "WBC", "10^9/L"),
    ("微克/升", IMATINIB, "ug/L"), ("纳克/毫升", IMATINIB, "ng/mL"), ("µg·L⁻¹", IMATINIB, "ug/L"), ("ng·mL⁻¹", IMATINIB, "ng/mL"),
    ("微摩尔/升", "creatinine", "umol/L"), ("克/升", "haemoglobin", "g/L"), ("单位/升", "ALT", "U/L"), ("10⁹·L⁻¹", "WBC", "10^9/L"), ("个/微升", "platelets", "/mm3"),
    ("%", "neutrophils", None), ("g/L", "ALT", None), ("ng/dL", IMATINIB, None), ("10^12/L", "WBC", None),
])  # fmt: skip
def test_a_unit_is_read_as_people_write_it(unit, analyte, meant):
    assert unit_called(unit, analyte) == meant


@pytest.mark.parametrize(("name", "analyte"), [
    ("伊马替尼", IMATINIB), ("Imatinib", IMATINIB), ("中性粒细胞绝对值", "neutrophils"), ("NEUT#", "neutrophils"),
    ("NEUT%", None), ("中性粒细胞百分比", None), ("T-BIL", "bilirubin"), ("直接胆红素", None), ("HGB", "haemoglobin"),
    ("谷丙转氨酶", "ALT"), ("血小板计数", "platelets"), ("creatinine", "creatinine"), ("葡萄糖", None),
    ("伊马替尼(Imatinib)", IMATINIB), ("伊马替尼（血药浓度）", IMATINIB), ("甲磺酸伊马替尼血药浓度", IMATINIB), ("伊马替尼血药谷浓度", IMATINIB),
    ("血小板（PLT）", "platelets"), ("白细胞(尿)", None), ("中性粒细胞（%）", None), ("胆红素(直接)", None), ("去甲基伊马替尼(伊马替尼)", None), ("()", None),
])  # fmt: skip
def test_an_analyte_is_known_by_its_names_and_no_other_passes_for_it(name, analyte):
    assert analyte_called(name) == analyte


@pytest.mark.parametrize(("heading", "column"), [
    ("患者编号", "patient"), ("样本编号", None), ("姓名缩写", None), ("采样时间", "drawn_at"), ("末次服药时间", "last_dose_at"),
    ("Last dose (time)", "last_dose_at"), ("结果（ng/mL）", "result"), ("Result", "result"), ("参考范围", "range"),
    ("drawn_at", "drawn_at"), ("Reference low", "lln"), ("参考上限", "uln"), ("单位", "unit"),
])  # fmt: skip
def test_a_heading_is_known_in_both_languages(heading, column):
    assert column_called(heading) == column


TOLD = "患者编号,采样时间,结果(ng/mL)\nP-0001,2026-11-23 07:40,1200\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_list_is_read_in_the_encodings_of_chinese_offices(encoding, delimiter):
    rows = rows_of_file(TOLD.replace(",", delimiter).encode(encoding))
    assert (rows[0][0], rows[1][2], head_of(rows).unit) == ("患者编号", "1200", "ng/mL")


def test_titles_above_the_heading_are_passed_over():
    rows = rows_of_file(("某医院检验报告\n,,\n" + TOLD).encode())
    assert head_of(rows).row == 2


@pytest.mark.parametrize(("content", "key"), [
    (b"  \n", "empty"), (b"\xd0\xcf\x11\xe0rest", "old_excel"), (b"PK\x03\x04rest", "unreadable"),
    (b"\xff\x81\xff\x00", "encoding"), (b"a\0b", "encoding"), (b"a,b\n" * 5_011, "rows"), (b"a," * 70, "columns"),
    (b'a,b\n1,"2\n3,4\n', "quotes"), (b'a,b\n1,"2\n3,4"\n', "quotes"), (b"a,b\n1," + b"x" * 600, "quotes"),
])  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why(content, key):
    with pytest.raises(NotAList) as wrong:
        rows_of_file(content)
    assert wrong.value.key == key


@pytest.mark.parametrize(("heading", "key"), [
    ("a,b", "no_head"), ("患者编号,结果", "no_time"), ("样本编号,结果(ng/mL)", "no_patient"), ("患者编号,采样时间,项目,结果", "no_unit"),
    ("患者编号,采样时间,结果,单位", "no_analyte"), ("患者编号,采样时间,结果,检测结果,单位", "twice"),
])  # fmt: skip
def test_a_heading_that_lacks_something_says_what(heading, key):
    with pytest.raises(NotAList) as wrong:
        head_of(rows_of_file(heading.encode()))
    assert wrong.value.key == key


def workbook(*rows, more_sheets=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in more_sheets:
        book.create_sheet().append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_of_a_workbook_are_text_as_it_would_be_typed():
    cells = [1200.0, 0.9, datetime(2026, 11, 23, 7, 40), datetime(2026, 11, 23), 20241105, time(7, 40), None, "=1+1", "x"]
    row = rows_of_file(workbook(cells, more_sheets=[[]]))[0]
    assert row[:3] == ["1200", "0.9", "2026-11-23 07:40:00"]
    assert row[3:] in (
        ["2026-11-23 00:00:00", "20241105", "07:40:00", "", "=1+1", "x"],
        ["2026-11-23", "20241105", "07:40:00", "", "=1+1", "x"],
    )


def test_a_workbook_with_two_lists_is_refused():
    with pytest.raises(NotAList) as wrong:
        rows_of_file(workbook(["a"], more_sheets=[["b"]]))
    assert wrong.value.key == "sheets"


def test_what_a_hidden_sheet_holds_is_not_of_the_list():
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet().append(["b"])
    book.worksheets[1].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    assert rows_of_file(file.getvalue()) == [["a"]]


def test_a_workbook_that_unpacks_to_too_much_is_refused_without_unpacking_it():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(NotAList) as wrong:
        rows_of_file(file.getvalue())
    assert wrong.value.key == "bomb"


def test_a_workbook_that_defines_entities_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(NotAList) as wrong:
        rows_of_file(file.getvalue())
    assert wrong.value.key == "unreadable"


def test_a_row_far_below_is_not_walked_to():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1000000"] = "a", "b"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(NotAList) as wrong:
        rows_of_file(file.getvalue())
    assert wrong.value.key == "blank_rows"


def test_rows_that_are_formatted_and_hold_nothing_are_not_counted():
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    for at in range(2, 6_502):
        book.active.cell(at, 1).number_format = "yyyy-mm-dd"
    file = io.BytesIO()
    book.save(file)
    assert rows_of_file(file.getvalue()) == [["a", "b"]]
    assert len(rows_of_file(b"a,b\n" + b",\n" * 6_500)) == 6_501


@given(unit=st.sampled_from(["ng/mL", "ug/L", "mg/L", "umol/L"]), value=st.integers(1, 10**6), word=st.sampled_from(["", "<LLOQ", "BQL", "未检出"]))
def test_a_limit_is_read_from_its_brackets_and_a_unit_never_becomes_part_of_a_number(unit, value, word):
    if word:
        assert result(f"{word}({value})").value == value
    with pytest.raises(Misread) as wrong:
        result(f"{value}{unit}")
    assert wrong.value.key == "with_unit"


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused_with_a_reason(content):
    try:
        rows = rows_of_file(content)
    except NotAList as wrong:
        assert wrong.said()
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row)


@given(st.text(max_size=30))
def test_any_cell_is_read_or_refused_with_a_reason(cell):
    for how in (number, result, limits, lambda told: moment(told, SHANGHAI)):
        try:
            how(cell)
        except Misread as wrong:
            assert wrong.key


@given(st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)))
def test_every_minute_of_a_clock_without_changes_is_read_back(at):
    wall = at.replace(second=0, microsecond=0)
    found = moment(f"{wall:%Y/%m/%d %H:%M}", ZoneInfo("Etc/GMT-8"))
    assert found.at == wall.replace(tzinfo=ZoneInfo("Etc/GMT-8"))
