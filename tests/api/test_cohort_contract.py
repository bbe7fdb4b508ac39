"""The cohort report over HTTP: JSON, CSV, filters, and whose patients it counts."""

import csv
import os
import subprocess
import sys
from io import StringIO

import pytest
from sqlmodel import select

from app.services.keys import make_key
from models import Audit, Clinic
from tests.cohort_patients import the_papers_70

REPORT = "/api/v1/cohort/report"


@pytest.fixture
def seventy(begin, clinic):
    with begin() as work:
        the_papers_70(work, clinic.id)


def rows(text):
    return {(r["section"], r["item"], r["measure"]): r["value"] for r in csv.DictReader(StringIO(text))}


def test_the_report_gives_the_papers_statistics_of_the_papers_patients(api, seventy):
    found = api("GET", "/cohort/report")
    table = found["adverse_events"]
    assert {family: round(one["pearson"]["statistic"], 3) for family, one in table.items()} == {
        "marrow": 9.202, "edema": 40.526, "skin": 22.495, "gi": 15.899,
    }  # fmt: skip
    assert table["edema"]["before"] == {"0": 3, "1_2": 60, "3_up": 7}
    assert table["edema"]["stuart_maxwell"]["df"] == 2
    assert table["edema"]["few_expected"] is True
    assert [step["name"] for step in found["flow"]] == [
        "registered", "eligible", "treated", "first_level", "lowered", "level_after",
    ]  # fmt: skip
    assert round(found["levels"]["200"]["after"]["mean"]) == 1023
    assert found["quality"]["scales"]["PF"]["paired"]["low"] < 12 < found["quality"]["scales"]["PF"]["paired"]["high"]
    assert found["survival"]["os"]["points"][2]["survival"] == 1
    assert found["reproduced"]["gi"]["printed"] == 15.899


def test_it_holds_no_code_no_id_and_no_single_patient(api, seventy, web, bearer):
    text = web.get(REPORT, headers={"Authorization": bearer}).text
    assert "C-00" not in text
    assert "points" not in api("GET", "/cohort/report")


@pytest.mark.parametrize(("query", "accept"), [("?format=csv", "*/*"), ("", "text/csv"), ("", "text/csv, application/json;q=0.5")])
def test_it_is_csv_where_csv_is_asked_for(web, bearer, seventy, query, accept):
    answer = web.get(f"{REPORT}{query}", headers={"Authorization": bearer, "Accept": accept})
    assert answer.content_type == "text/csv; charset=utf-8"
    told = rows(answer.text)
    assert told["adverse_events", "skin", "before.1_2"] == "42"
    assert round(float(told["adverse_events", "skin", "pearson.statistic"]), 3) == 22.495
    assert told["flow", "level_after", "patients"] == "70"
    assert told["quality", "scales", "mcs_t.paired"] == ""
    assert told["baseline", "lowered", "counted.mutation.counts.kit_11"] == "48"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json, text/csv;q=0.5", "text/html"])
def test_it_is_json_otherwise(web, bearer, clinic, accept):
    answer = web.get(REPORT, headers={"Authorization": bearer, "Accept": accept})
    assert answer.content_type == "application/json"


def test_a_server_loads_them_before_it_forks_so_that_no_first_report_waits(tmp_path):
    asked = "import app.web, sys; app.web.served(); print(sorted({'scipy', 'matplotlib.backends.backend_svg', 'typst'} & set(sys.modules)))"
    told = {**os.environ, "SANDBOX": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/clinic.db", "MEDIA_FOLDER": f"{tmp_path}/media"}
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=told)
    assert done.stdout == "['matplotlib.backends.backend_svg', 'scipy', 'typst']\n"


def test_json_and_csv_say_the_same(api, web, bearer, seventy):
    found = api("GET", "/cohort/report")
    told = rows(web.get(f"{REPORT}?format=csv", headers={"Authorization": bearer}).text)
    assert float(told["levels", "all", "paired.p"]) == found["levels"]["all"]["paired"]["p"]
    assert told["at", "", ""] == found["at"]


def test_a_filter_is_told_again_and_leaves_those_that_fit(api, seventy):
    found = api("GET", "/cohort/report?dose_mg=200&risk=high&risk=intermediate&age_from=40")
    assert found["wanted"] == {"dose_mg": [200], "risk": ["high", "intermediate"], "age_from": 40}
    assert 0 < found["flow"][0]["patients"] < 10
    assert list(found["levels"]) == ["200", "all"]


@pytest.mark.parametrize(("query", "pointer"), [
    ("risk=grave", "/risk"), ("age_from=x", "/age_from"), ("dose_mg=350", "/dose_mg"),
    ("registered_from=yesterday", "/registered_from"), ("colour=red", "/colour"), ("format=pdf", "/format"),
    ("registered_to=9999-12-31", "/registered_to"), ("operated_from=0001-01-01", "/operated_from"),
])  # fmt: skip
def test_a_wrong_filter_is_named(api, clinic, query, pointer):
    problem = api("GET", f"/cohort/report?{query}", status=422)
    assert problem["errors"][0]["pointer"].startswith(pointer)


def test_another_clinics_patients_are_not_in_it(web, begin, seventy):
    with begin() as work:
        work.session.add(Clinic(id="other", name="Another clinic"))
        work.session.flush()
        key = make_key(work, "other", "tests")
    found = web.get(REPORT, headers={"Authorization": f"Bearer {key}"}).get_json()
    assert found["flow"][0]["patients"] == 0


def test_without_a_key_it_is_not_read(web, clinic):
    assert web.get(REPORT).status_code == 401


def test_reading_it_is_audited_without_a_patient(api, begin, clinic):
    api("GET", "/cohort/report")
    with begin() as work:
        [row] = work.session.exec(select(Audit).where(Audit.action == "cohort.read"))
    assert (row.clinic_id, row.patient_id, row.actor.split(":")[0]) == ("wuhan", None, "key")


def test_its_filters_are_listed_in_the_openapi(web):
    told = web.get("/api/openapi.json").get_json()["paths"]["/api/v1/cohort/report"]["get"]
    named = {one["name"]: one["schema"] for one in told["parameters"]}
    assert {"sex", "age_from", "risk", "site", "dose_mg", "registered_to", "with_level", "format"} <= named.keys()
    assert named["risk"]["type"] == "array"


def test_the_web_process_starts_without_the_libraries_of_the_report():
    """Each takes memory and the better part of a second, and most requests need none of them."""
    asked = "import app.web, sys; print({'scipy', 'matplotlib', 'typst'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_json_and_csv_of_one_address_are_kept_apart_by_caches(web, bearer, clinic):
    for accept in ("application/json", "text/csv"):
        answer = web.get(REPORT, headers={"Authorization": bearer, "Accept": accept})
        assert "Accept" in answer.headers["Vary"]
