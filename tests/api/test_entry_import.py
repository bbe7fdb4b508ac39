"""A laboratory's list over HTTP: all rows are checked, all are kept or none."""

import io

import openpyxl
import pytest

NEW = {"year_of_birth": 1966, "sex": "female", "code": "P-0001"}
HEAD = "患者编号,采样时间,末次服药时间,项目,结果,单位,参考下限,参考上限"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def pid(api) -> str:
    patient = api("POST", "/patients", NEW, 201)["id"]
    since = {"daily_dose_mg": 400, "started_on": "2026-09-20"}
    api("POST", f"/patients/{patient}/regimens", since, 201)
    return patient


@pytest.fixture
def send(web, bearer):
    """send(list, expected status) -> the answer's JSON."""

    def send(content, status=201, query="", kind="text/csv", **headers):
        data = content if isinstance(content, bytes) else content.encode()
        headers = {"Authorization": bearer, "Content-Type": kind, **headers}
        answer = web.post(f"/api/v1/lab-imports{query}", data=data, headers=headers)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    return send


def test_a_list_of_levels_and_values_is_kept_corrected_and_graded(send, api, pid):
    answer = send(f"{HEAD}\nP-0001,2026/11/23 7:40,2026/11/22 8:10,伊马替尼,1.2,mg/L,,\n"
                  "P-0001,20261123,,中性粒细胞,0.9,×10⁹/L,1.8,6.3\n")  # fmt: skip
    assert (answer["rows"], answer["accepted"], answer["levels"], answer["labs"]) == (2, 2, 1, 1)
    (level,) = api("GET", f"/patients/{pid}/samples")["items"]
    assert level["raw_ug_per_l"] == 1200
    assert level["corrected_ug_per_l"] == pytest.approx(1175.65, abs=0.005)
    (lab,) = api("GET", f"/patients/{pid}/labs")["items"]
    assert (lab["analyte"], lab["unit"], lab["grade"], lab["uln"]) == ("neutrophils", "10^9/L", 3, 6.3)
    assert api("GET", "/alerts")["items"][0]["family"] == "marrow"


def test_the_same_list_again_keeps_nothing_more(send, api, pid):
    told = f"{HEAD}\nP-0001,2026-11-23 07:40,,imatinib,1200,ng/mL,,\nP-0001,2026-11-23 07:40,,ALT,40,U/L,,50\n"
    send(told)
    again = send(told.replace("1200,ng/mL", "1.2,mg/L"))
    assert (again["accepted"], again["duplicates"]) == (0, 2)
    assert len(api("GET", f"/patients/{pid}/samples")["items"]) == 1


def test_one_wrong_row_and_nothing_of_the_list_is_kept(send, api, pid):
    answer = send(f"{HEAD}\nP-0001,2026-11-23 07:40,,imatinib,1200,ng/mL,,\nP-0009,23/11/2026,,ALT,4o,U/L,,50\n", 422)
    assert [(one["row"], one["column"]) for one in answer["errors"]] == [(3, "患者编号"), (3, "采样时间"), (3, "结果")]
    assert (answer["accepted"], answer["status"], answer["rows"]) == (0, 422, 2)
    assert answer["errors"][0]["pointer"] == "/3/患者编号"
    assert api("GET", f"/patients/{pid}/samples")["items"] == []


def test_a_dry_run_keeps_nothing_and_tells_the_same(send, api, pid):
    told = f"{HEAD}\nP-0001,2026-11-23 07:40,,imatinib,1200,ng/mL,,\n"
    assert send(told, 200, "?dry_run=true")["accepted"] == 1
    assert api("GET", f"/patients/{pid}/samples")["items"] == []
    wrong = send(told.replace("1200", "x"), 200, "?dry_run=true")
    assert (wrong["accepted"], wrong["dry_run"], len(wrong["errors"])) == (0, True, 1)


def test_an_excel_list_with_date_cells_is_read_on_the_clinics_clock(send, api, pid):
    from datetime import datetime

    book = openpyxl.Workbook()
    book.active.append(["患者编号", "采样时间", "末次服药时间", "结果(ng/mL)"])
    book.active.append(["P-0001", datetime(2026, 11, 23, 7, 40), datetime(2026, 11, 22, 8, 10), 1200])
    file = io.BytesIO()
    book.save(file)
    assert send(file.getvalue(), kind=XLSX)["levels"] == 1
    (level,) = api("GET", f"/patients/{pid}/samples")["items"]
    assert (level["drawn_at"], level["hours_after_dose"]) == ("2026-11-22T23:40:00Z", 23.5)


def test_another_type_of_file_is_refused(send, pid):
    assert send("{}", 415, kind="application/json")["status"] == 415


def test_a_key_of_idempotency_remembers_what_was_kept_and_not_what_was_refused(send, pid):
    told = f"{HEAD}\nP-0001,2026-11-23 07:40,,imatinib,1200,ng/mL,,\n"
    key = {"Idempotency-Key": "list-1"}
    send(told.replace("1200", "x"), 422, **key)
    first = send(told, **key)
    assert send(told, **key) == first
    send(told.replace("1200", "1300"), 409, **key)


def test_a_patient_of_another_clinic_is_unknown_to_the_list(send, begin, clinic):
    from models import Clinic, Patient

    with begin() as work:
        work.session.add(Clinic(id="london", name="Other"))
        work.session.flush()
        work.session.add(Patient(clinic_id="london", id="x1", code="P-0007", year_of_birth=1960, sex="male", registered_at=work.now))
    answer = send(f"{HEAD}\nP-0007,2026-11-23 07:40,,imatinib,1200,ng/mL,,\n", 422)
    assert "P-0007" in answer["errors"][0]["detail"]


def test_what_a_list_reads_and_keeps_of_a_record_is_audited(send, pid, begin):
    from sqlmodel import select

    from models import Audit

    told = f"{HEAD}\nP-0001,2026-11-23 07:40,,imatinib,1200,ng/mL,,\n"
    send(told, 200, "?dry_run=true")
    send(told)
    send(told.replace("1200", "1300"), 422)
    with begin() as work:
        rows = work.session.exec(select(Audit.action).where(Audit.patient_id == pid, Audit.action.startswith("lab_import")))
        assert list(rows) == ["lab_import.check", "lab_import.record", "lab_import.check"]


def test_the_contract_says_what_files_are_taken(web):
    paths = web.get("/api/openapi.json").get_json()["paths"]
    told = paths["/api/v1/lab-imports"]["post"]
    assert set(told["requestBody"]["content"]) == {"text/csv", XLSX}
    assert {"200", "201", "422"} <= set(told["responses"])
    assert "application/fhir+json" in paths["/api/v1/fhir/observations"]["post"]["requestBody"]["content"]


def test_an_analyte_that_is_not_kept_is_an_error_unless_it_may_be_passed_over(send, api, pid):
    told = f"{HEAD}\nP-0001,2026-11-23 07:40,,ALT,40,U/L,,50\nP-0001,2026-11-23 07:40,,尿素,5.1,mmol/L,,\n检验者：张三,,,,,,,\n"
    refused = send(told, 422)
    assert [(one["row"], one["column"]) for one in refused["errors"]] == [(3, "项目"), (4, "患者编号")]
    kept = send(told, 201, "?pass_over=true")
    assert (kept["rows"], kept["accepted"], kept["errors"]) == (3, 1, [])
    assert kept["passed_over"] == [{"analyte": "尿素", "rows": 1}, {"analyte": "", "rows": 1}]
    assert len(api("GET", f"/patients/{pid}/labs")["items"]) == 1
