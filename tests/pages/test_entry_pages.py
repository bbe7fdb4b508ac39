"""Results on the clinic's pages: a list looked at and kept, one level or value by form."""

import io
import re

import pytest
from sqlmodel import select

from models import Audit, Lab, Sample

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"
HEAD = "患者编号,姓名缩写,采样时间,末次服药时间,项目,结果,单位,参考下限,参考上限\n"
GOOD = HEAD + "P-0001,ZL,2026-11-20 08:10,2026-11-19 08:00,伊马替尼,1234.5,ng/mL,,\nP-0001,ZL,2026-11-20,,血小板,20,10^9/L,125,350\n"


@pytest.fixture
def nurse(signed_in):
    return signed_in(NURSE)


@pytest.fixture
def look(nurse, csrf_of):
    """look(list) -> the preview."""

    def look(content, name="list.csv", language="en"):
        token = csrf_of(nurse.get("/lab-lists").text)
        data = content if isinstance(content, bytes) else content.encode()
        form = {"file": (io.BytesIO(data), name), "csrf_token": token}
        return nurse.post(f"/lab-lists/preview?lang={language}", data=form)

    return look


@pytest.fixture
def keep(nurse, csrf_of):
    """keep(preview) -> what is answered to its button."""

    def keep(preview, **ticked):
        sealed = re.search(r'name="list" value="([^"]+)"', preview.text)[1]
        return nurse.post("/lab-lists?lang=en", data={"list": sealed, "csrf_token": csrf_of(preview.text), **ticked})

    return keep


@pytest.fixture
def kept(demo_begin, patient_ids):
    """Rows of a patient that were not there at the start."""
    with demo_begin() as work:
        before = {table: set(work.session.exec(select(table.id))) for table in (Sample, Lab)}

    def kept(table):
        with demo_begin() as work:
            return [one for one in work.session.exec(select(table)) if one.id not in before[table]]

    return kept


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_was_looked_at_is_what_is_kept(look, keep, kept, language):
    preview = look(GOOD, language=language)
    assert preview.status_code == 200
    assert "page." not in preview.text.replace("/clinic-static", "")
    seen = re.sub(r'value="[^"]*"', "", preview.text)  # what is sealed is letters by chance
    assert "ZL" not in seen.partition("姓名缩写")[2]
    assert kept(Sample) == kept(Lab) == []
    answer = keep(preview)
    assert (answer.status_code, "P-0001" in answer.text) == (200, True)
    (level,), (lab,) = kept(Sample), kept(Lab)
    assert (level.raw_ug_per_l, round(level.hours_after_dose, 2), lab.grade) == (1234.5, 24.17, 4)
    assert "people are called" in answer.text


def test_an_error_is_named_by_row_and_column_and_nothing_can_be_kept(look, kept):
    preview = look(GOOD.replace("P-0001,ZL,2026-11-20,,", "P-0099,ZL,20.11.26,,"))
    assert 'name="list"' not in preview.text
    assert "No patient of this clinic has the code “P-0099”" in preview.text
    assert "Write the year first" in preview.text
    assert '<a href="#row-3">3</a>' in preview.text
    assert kept(Lab) == []


WHOLE = GOOD + "P-0001,ZL,2026-11-20,,尿素,5.1,mmol/L,,\nP-0001,ZL,2026-11-20,,单核细胞,0.3,10^9/L,,\nP-0001,ZL,2026-11-21,,尿素,5.2,mmol/L,,\n检验者：张三,,,,,审核者：李四,,,\n"


def test_a_whole_export_is_kept_once_what_is_not_kept_here_was_named_and_ticked(look, keep, kept):
    preview = look(WHOLE)
    assert all(said in preview.text for said in ("尿素 (2 rows)", "单核细胞 (1 rows)", "rows that are no results, like a signature (1)", "Pass these 4 rows over"))
    unticked = keep(preview)
    assert (unticked.status_code, "Tick this first" in unticked.text, kept(Sample)) == (422, True, [])
    assert keep(unticked, pass_over="yes").status_code == 200
    assert (len(kept(Sample)), len(kept(Lab))) == (1, 1)


def test_the_numbers_of_a_preview_count_rows_and_add_up(look):
    preview = look(WHOLE + "P-0001,ZL,20.11.26,,血小板,2o,G/X,,\nP-0099,ZL,2026-11-20,,ALT,40,U/L,,50\n")
    told = dict(re.findall(r"<dt>([^<]+)</dt><dd><b[^>]*>(\d+)</b>", preview.text))
    assert told == {"Rows": "8", "New": "2", "There already": "0", "Rows with errors": "2", "Not kept here": "4"}
    assert "4 errors" in preview.text


SENSE = HEAD + (
    "P-0001,ZL,2026-11-20 08:10,2026-11-19 08:00,伊马替尼,1.2345,mg/L,,\nP-0001,ZL,2026-11-21 08:10,2026-11-21 07:35,伊马替尼,900,ng/mL,,\n"
    "P-0001,ZL,2026-11-19 08:10,2026-11-17 07:35,伊马替尼,<20,ng/mL,,\nP-0001,ZL,2026-11-20,,ALT,140,U/L,,\nP-0001,ZL,2016-11-20,,血小板,20,10^9/L,125,350\n"
)


def test_a_preview_says_as_what_each_row_is_kept_and_asks_about_an_old_draw(look, keep, kept, demo_begin):
    from models import Alert, AlertState

    preview = look(SENSE)
    for said in (
        "1234.5 µg/L · Nov 20, 2026 08:10 · at 24 h: 1243 µg/L (24.2 h after the dose)", "cannot be corrected: 0.6 h after the dose, under 8 h",
        "&lt;20 µg/L · Nov 19, 2026 08:10 · cannot be corrected: only a limit", "no grade: the upper limit is missing", "drawn before surgery",
        "1 values of grade 3 or more were drawn over 14 days ago",
    ):  # fmt: skip
        assert said in preview.text
    assert "people will be called" not in preview.text
    unticked = keep(preview)
    assert (unticked.status_code, kept(Sample)) == (422, [])
    answer = keep(unticked, looked="yes")
    assert (answer.status_code, "nobody is called out of hours" in answer.text) == (200, True)
    with demo_begin() as work:
        found = work.session.exec(select(Alert).where(Alert.family == "marrow", Alert.state == AlertState.OPEN)).all()
    assert any("old_result" in one.causes for one in found)


def test_a_list_that_was_kept_before_is_known(look, keep, kept):
    keep(look(GOOD))
    again = look(GOOD)
    assert "All rows are there already" in again.text
    assert len(kept(Sample)) == 1


def test_what_changed_since_it_was_looked_at_is_looked_at_again(look, keep, kept):
    first, other = look(GOOD), look(GOOD)
    keep(first)
    answer = keep(other)
    assert answer.status_code == 409
    assert "The record has changed since you looked" in answer.text
    assert len(kept(Sample)) == 1


def test_a_preview_of_another_person_is_not_kept(look, keep, signed_in, csrf_of, kept):
    preview = look(GOOD)
    sealed = re.search(r'name="list" value="([^"]+)"', preview.text)[1]
    doctor = signed_in(DOCTOR)
    token = csrf_of(doctor.get("/lab-lists").text)
    for list_ in (sealed, sealed[:-2], ""):
        assert doctor.post("/lab-lists", data={"list": list_, "csrf_token": token}).status_code == 409
    assert kept(Sample) == []


@pytest.mark.parametrize(("content", "name", "said"), [
    ("", "", "Choose a file first"), ("a,b\n1,2\n", "x.csv", "No heading was found"), (b"\xd0\xcf\x11\xe0", "x.xls", "old Excel"),
])  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why_beside_its_field(look, content, name, said):
    answer = look(content, name)
    assert (answer.status_code, said in answer.text) == (422, True)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_template_is_a_list_that_is_understood(nurse, look, language):
    file = nurse.get(f"/lab-lists/template.csv?lang={language}")
    assert file.mimetype == "text/csv"
    assert "attachment" in file.headers["Content-Disposition"]
    preview = look(file.data)
    assert preview.text.count("No patient of this clinic has the code “P-0000”") == 6  # three rows, each in the errors and on its cell


def test_who_looked_and_kept_is_audited(look, keep, demo_begin, patient_ids):
    keep(look(GOOD))
    with demo_begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.action.startswith("lab_import")).order_by(Audit.id)).all()
    assert [row.action for row in rows] == ["lab_import.check", "lab_import.record"]
    assert {row.patient_id for row in rows} == {patient_ids["P-0001"]}
    assert rows[0].actor.startswith("staff:")


def test_only_nurses_and_doctors_enter_results(signed_in):
    admin = signed_in(ADMIN)
    assert admin.get("/lab-lists").status_code == 403
    assert "/lab-lists" not in admin.get("/patients").text


@pytest.fixture
def enter(nurse, csrf_of, patient_ids):
    """enter(form, fields) -> the answer."""
    path = f"/patients/{patient_ids['P-0001']}"

    def enter(form, language="en", **fields):
        token = csrf_of(nurse.get(f"{path}?lang={language}").text)
        return nurse.post(f"{path}/{form}", data={**fields, "csrf_token": token})

    return enter


LEVEL = {"result": "1234.5", "unit": "ng/mL", "drawn_at": "2026-11-20T08:10", "last_dose_at": "2026-11-19T08:10"}
VALUE = {"analyte": "platelets", "result": "200", "unit": "×10⁹/L", "drawn_at": "2026-11-20T08:10", "lln": "125", "uln": "350", "baseline": ""}


def test_a_level_is_entered_on_the_patients_page(enter, kept, nurse):
    assert enter("levels", **LEVEL).status_code == 302
    (level,) = kept(Sample)
    assert (level.hours_after_dose, level.dose_provenance) == (24, "staff")


def test_a_value_is_entered_and_one_of_grade_3_says_whom_it_calls(enter, kept, nurse):
    answer = enter("labs", **VALUE)
    assert (answer.status_code, answer.location[-5:]) == (302, "#labs")
    assert kept(Lab)[0].unit == "10^9/L"
    enter("labs", **{**VALUE, "result": "<25", "drawn_at": "2026-11-21T08:10"})
    assert "people are called" in nurse.get("/?lang=en").text


def test_a_value_that_cannot_be_graded_says_what_it_lacks(enter, kept, nurse):
    enter("labs", **{**VALUE, "analyte": "ALT", "unit": "U/L", "result": "140", "lln": "", "uln": ""})
    assert "The result is kept; no grade: the upper limit is missing." in nurse.get("/?lang=en").text
    assert kept(Lab)[0].grade is None


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(enter, kept, language):
    answer = enter("labs", language, **{**VALUE, "result": "2o0", "lln": "400"})
    assert answer.status_code == 422
    page = answer.text.partition('id="enter-lab" open')[2].partition("</details>")[0]
    assert all(f'value="{typed}"' in page for typed in ("2o0", "×10⁹/L", "400", "350", "2026-11-20T08:10"))
    assert '<option value="platelets" selected>' in page
    assert 'id="lab-result-error"' in page
    assert kept(Lab) == []


def test_a_level_that_is_very_low_is_kept_once_it_was_checked(enter, kept):
    low = {**LEVEL, "result": "2.5"}
    page = enter("levels", **low).text
    assert 'name="confirmed"' in page
    assert kept(Sample) == []
    assert enter("levels", **low, confirmed="yes").status_code == 302
    assert len(kept(Sample)) == 1


def test_another_value_of_a_draw_is_not_kept_and_the_same_is_known(enter, kept, nurse):
    enter("levels", **LEVEL)
    assert "The record has 1234.5 ng/mL for this draw already" in enter("levels", **{**LEVEL, "result": "999"}).text
    enter("levels", **LEVEL)
    assert "This result is there already" in nurse.get("/?lang=en").text
    assert len(kept(Sample)) == 1


def test_a_result_of_a_patient_of_another_clinic_is_not_entered(nurse, csrf_of):
    token = csrf_of(nurse.get("/lab-lists").text)
    assert nurse.post("/patients/unknown/levels", data={**LEVEL, "csrf_token": token}).status_code == 404


