"""The cohort report on the clinic's pages: who may see it, what stands on it, its files."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app import demo
from app.pages.cohort_figures import curves, scatter, strips
from app.services.cohort.report import cohort_report
from app.services.cohort.rows import Point
from app.services.cohort.wanted import Wanted
from models import Audit, Clinic
from tests.cohort_patients import Told, add_one, the_papers_70
from tests.pages.by_browser import overflow, sign_in

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"
PATHS = ("/cohort", "/cohort/report.csv", "/cohort/report.pdf")


@pytest.fixture
def seventy(demo_begin):
    with demo_begin() as work:
        the_papers_70(work, demo.CLINIC)


def cells(page: str) -> list[str]:
    return [re.sub(r"<.*?>|\s+", " ", one).strip() for one in re.findall(r"<td class=\"n\">(.*?)</td>", page)]


@pytest.mark.parametrize("who", [DOCTOR, ADMIN])
def test_doctors_and_admins_find_it_in_the_bar_and_read_it(signed_in, demo_begin, who):
    browser = signed_in(who)
    assert 'href="/cohort"' in browser.get("/").text
    assert [browser.get(path).status_code for path in PATHS] == [200, 200, 200]


def test_a_nurse_does_not_and_who_is_signed_out_is_asked_to_sign_in(signed_in, app, demo_begin):
    browser = signed_in(NURSE)
    assert 'href="/cohort"' not in browser.get("/").text
    assert [browser.get(path).status_code for path in PATHS] == [403, 403, 403]
    assert [app.test_client().get(path).status_code for path in PATHS] == [302, 302, 302]


def test_each_reading_is_audited_without_a_patient(signed_in, demo_begin):
    browser = signed_in(DOCTOR)
    for path in PATHS:
        browser.get(path)
    with demo_begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.action == "cohort.read")).all()
    assert sorted((row.about, row.patient_id, row.actor) for row in rows) == [
        ("csv", None, "staff:3"), ("page", None, "staff:3"), ("pdf", None, "staff:3"),
    ]  # fmt: skip


def test_the_papers_patients_show_the_papers_figures_beside_the_papers(signed_in, demo_begin, seventy):
    """The one of the demo clinic whose dose was lowered is left out by the choice of surgery."""
    page = signed_in(DOCTOR).get("/cohort?lang=en&operated_to=2023-01-01").text
    found = cells(page)
    for text in (
        "9.202 (0.010)", "40.526 (&lt; 0.001)", "22.495 (&lt; 0.001)", "15.899 (&lt; 0.001)", "χ² 22.495",
        "1900 ± 568 (70)", "1216 ± 350 (60)", "1023 ± 269 (10)", "55 (78.6)", "60 (25–82)", "48 (82.8)",
        "76 ± 5 → 88 ± 4", "75.0 ± 6.0", "92.9 % (83.7–97.0)", "89.8 % (77.2–95.6)",
    ):  # fmt: skip
        assert text in found, text
    assert "computes χ² 9.202, 40.526, 22.495, 15.899. Printed are 9.202, 40.526, 22.495, 15.899" in page
    assert page.count("small cells") == 4
    assert page.count("data:image/svg+xml;base64,") == 7


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_it_stands_in_both_languages_without_codes_scripts_or_inline_styles(
    signed_in, demo_begin, seventy, language
):
    page = signed_in(DOCTOR).get(f"/cohort?lang={language}&with_level=true").text.partition("<main>")[2]
    assert "page." not in page and "C-00" not in page and "P-000" not in page
    assert "<script" not in page and "style=" not in page
    assert ("方法与局限" if language == "zh-CN" else "Methods and limits") in page
    for told in ("Stuart–Maxwell", "Greenwood", "Mosteller", "Wang 2009"):
        assert told in page


def test_a_choice_is_told_and_kept_in_the_form_and_in_the_links(signed_in, demo_begin, seventy):
    page = signed_in(DOCTOR).get("/cohort?lang=en&risk=high&risk=low&dose_mg=300&age_from=40&sex=&lowered=").text
    assert "Risk (modified NIH 2008): low / high" in page or "Risk (modified NIH 2008): high / low" in page
    assert "Dose today, mg: 300" in page and "Age from: 40" in page and "Sex:" not in page
    assert 'name="risk" value="high" checked' in page and 'value="40"' in page
    assert "report.csv?lang=en&amp;risk=high&amp;risk=low&amp;dose_mg=300&amp;age_from=40" in page


@pytest.mark.parametrize(("query", "named"), [
    ("age_from=old", "Age from"), ("risk=grave", "Risk"), ("registered_to=soon", "Registered to"), ("colour=red", "colour"),
])  # fmt: skip
def test_a_choice_that_cannot_be_is_named_and_nothing_is_shown(signed_in, demo_begin, query, named):
    browser = signed_in(DOCTOR)
    answer = browser.get(f"/cohort?lang=en&{query}")
    assert answer.status_code == 422
    assert f"This choice cannot be: {named}" in answer.text and 'id="table2"' not in answer.text
    assert [browser.get(f"{path}?{query}").status_code for path in PATHS[1:]] == [404, 404]


@pytest.mark.parametrize(("query", "named"), [
    ("age_from=70&age_to=60", "Age to"), ("registered_from=2026-02-01&registered_to=2026-01-01", "Registered to"),
])  # fmt: skip
def test_a_span_that_ends_before_it_begins_is_named(signed_in, demo_begin, query, named):
    answer = signed_in(DOCTOR).get(f"/cohort?lang=en&{query}")
    assert answer.status_code == 422 and f"{named}: this lies before where the span begins" in answer.text
    assert 'value="70"' in answer.text or 'value="2026-02-01"' in answer.text


def test_patients_off_treatment_can_be_chosen(signed_in, demo_begin):
    with demo_begin() as work:
        today = work.now.date()
        Told(work, add_one(work, demo.CLINIC, 1)).doses((400, today - timedelta(90)), (0, today - timedelta(9)))
    page = signed_in(DOCTOR).get("/cohort?lang=en&dose_mg=0").text
    assert "Patients: 1, as of" in page
    assert 'name="dose_mg" value="0" checked' in page and "Dose today, mg: 0 (off treatment)" in page


def test_both_survival_curves_share_an_axis_and_tick_who_left_without_the_event(begin, clinic):
    with begin() as work:
        the_papers_70(work, "wuhan")
    with begin() as work:
        found = cohort_report(work, "wuhan", Wanted()).survival
    longest = found["os"].curve.longest_months
    drawn = [curves({"all": found[name]}, ("x", "y"), "n", longest) for name in ("os", "rfs")]
    assert len({_years(one) for one in drawn}) == 1
    assert all(one.count('id="censored"') == 1 for one in drawn)
    ticks = [one.partition('id="censored"')[2].partition("</g>")[0].count("<use ") for one in drawn]
    assert ticks == [len({round(one, 1) for one in found[name].curve.censored_months}) for name in ("os", "rfs")]


def _years(svg):
    """Where the ticks of the axis of months stand."""
    return tuple(re.findall(r'id="xtick_\d+"', svg))


def test_where_nobody_fits_it_says_so(signed_in, demo_begin):
    page = signed_in(DOCTOR).get("/cohort?lang=en&age_from=99").text
    assert "Nobody fits this choice." in page and "report.pdf" not in page
    assert signed_in(DOCTOR).get("/cohort/report.pdf?age_from=99").status_code == 200


def test_with_few_patients_it_says_what_cannot_be_told(signed_in, demo_begin):
    page = signed_in(DOCTOR).get("/cohort?lang=en").text
    assert "no figure" in page and "few changed" in page and "small cells" in page
    assert "in this project&#39;s own wording" in page


def test_another_clinics_patients_are_not_counted(signed_in, demo_begin):
    with demo_begin() as work:
        work.session.add(Clinic(id="other", name="Another clinic"))
        work.session.flush()
        the_papers_70(work, "other")
    assert "Patients: 4, as of" in signed_in(DOCTOR).get("/cohort?lang=en").text


def test_the_files_are_what_they_say(signed_in, demo_begin, seventy):
    browser = signed_in(DOCTOR)
    table, paper = browser.get("/cohort/report.csv"), browser.get("/cohort/report.pdf?lang=zh-CN&dose_mg=200")
    assert table.text.startswith("section,item,measure,value\r\n") and ",".join(("adverse_events", "edema", "before.3_up", "8")) in table.text
    assert paper.data.startswith(b"%PDF-") and paper.mimetype == "application/pdf"
    assert "cohort-report.pdf" in paper.headers["Content-Disposition"]
    assert paper.headers["Cache-Control"] == "no-store"


def test_thousands_of_points_are_drawn_as_counts():
    points = [Point(900.0 + i % 1200, 30 + i % 50, None, None, "female", None) for i in range(6000)]
    assert len(scatter(points, "age", "x", "y")) < 200_000
    assert scatter(points, "bmi", "x", "y") is None
    assert len(strips({"all": [point.ug_per_l for point in points]}, "y")) < 700_000
    assert strips({"a": [1.0], "b": []}, "y") is None
    assert curves({}, ("x", "y"), "n") is None


def test_what_was_drawn_of_the_same_values_is_not_drawn_again_and_of_others_it_is():
    points = [Point(900.0 + i, 30 + i, None, None, "female", None) for i in range(5)]
    first = scatter(points, "age", "x", "y")
    assert scatter(list(points), "age", "x", "y") is first
    others = [scatter(points[1:], "age", "x", "y"), scatter(points, "age", "岁", "y")]
    assert len({first, *others}) == 3


def test_the_page_is_no_wider_than_the_screen_and_shows_its_drawings(address, browser_page, seventy):
    sign_in(browser_page, address)
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text))
    for language in ("zh-CN", "en"):
        for width in (1280, 390):
            assert overflow(browser_page, f"{address}/cohort?lang={language}", width) <= 0
    shown = browser_page.evaluate("[...document.querySelectorAll('figure img')].map(i => i.complete && i.naturalWidth)")
    assert len(shown) == 7 and all(shown)
    assert faults == []


def test_a_death_and_a_recurrence_are_in_the_curves(signed_in, demo_begin):
    with demo_begin() as work:
        today = work.now.date()
        for number in range(4):
            fields = {"died_on": today} if number == 0 else {"recurrence_on": today} if number == 1 else {}
            one = add_one(work, demo.CLINIC, number, surgery_date=today - timedelta(days=730),
                          last_follow_up_on=today, risk="high", **fields)  # fmt: skip
            Told(work, one).doses((400, today - timedelta(days=700)))
    page = signed_in(DOCTOR).get("/cohort?lang=en&operated_to=2024-12-31").text
    assert "Deaths 1, recurrences 1." in page
