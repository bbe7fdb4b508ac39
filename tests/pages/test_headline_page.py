"""The first words of a summary, on the page and on paper: what they claim, and what stands beside."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from app.services.decisions import record_decision
from app.services.follow_up import record_follow_up
from models import Alert, Clinic, DecisionKind, Sample, SymptomReport
from tests.pdf_text import pdf_text

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"


@pytest.fixture
def shown(signed_in, patient_ids):
    """shown(code, language) -> the page's head, and the words of the print without spaces."""

    def shown(code, language="en"):
        browser, path = signed_in(DOCTOR), f"/patients/{patient_ids[code]}"
        page = browser.get(f"{path}?lang={language}").text
        paper = pdf_text(browser.get(f"{path}/summary.pdf?lang={language}").data)
        return page.partition('<section class="head">')[2].partition("</section>")[0], paper

    return shown


@pytest.fixture
def quiet_but_low(demo_begin, patient_ids):
    """P-0003: no grade 3 told, the last level far below the range, an alert not closed."""
    mine = patient_ids["P-0003"]
    with demo_begin() as work:
        report = work.session.exec(select(SymptomReport).where(SymptomReport.patient_id == mine)).first()
        told = report.model_dump(warnings=False, exclude={"id", "reported_at", "families", "intolerable"})
        work.session.add(SymptomReport(**told, id="r", reported_at=work.now - timedelta(days=1), intolerable=False,
                                       families={"edema": 1, "skin": 0, "gi": 0, "other": 0}))  # fmt: skip
        last = work.session.exec(select(Sample).where(Sample.patient_id == mine)
                                 .order_by(col(Sample.drawn_at).desc())).first()  # fmt: skip
        last.raw_ug_per_l, last.corrected_ug_per_l, last.band = 425, 420, "below"
        work.session.add(Alert(clinic_id="demo", id="chest", code="CHST", patient_id=mine, family="other", grade=0,
                               causes=["red_flag:chest_pain"], state="open", raised_at=work.now))  # fmt: skip


@pytest.mark.parametrize(("language", "told"), [
    ("en", ("The rule has no proposal: no grade 3 or more", "Alerts not closed: 1", "Chest pain", "is below 760")),
    ("zh-CN", ("规则没有建议：没有 3 级或以上", "未关闭的提醒：1 条", "胸", "低于 760。")),
])  # fmt: skip
def test_no_proposal_is_not_called_no_reason_and_what_is_open_or_low_stands_above_it(
    shown, quiet_but_low, language, told
):
    head, paper = shown("P-0003", language)
    for words in told:
        assert words in head and words.replace(" ", "") in paper, words
    assert head.index(told[2]) < head.index(told[0]) and head.index(told[3]) < head.index(told[0])
    assert "No reason" not in head and "没有调整剂量的依据" not in head


def next_tile(head):
    return re.search(r"<dt>Next.*?</div>", head, re.S)[0]


def signed(begin, patient_id, **told):
    with begin() as work:
        work.session.get_one(Clinic, "demo").second_confirmation = True
        record_decision(work, "demo", patient_id, decision=DecisionKind.OVERRIDDEN, dose_mg=300, reason="eyelids",
                        by="staff:3", **told)  # fmt: skip


@pytest.mark.parametrize(("starts_on", "since"), [(date(2026, 11, 28), "from Nov 28, 2026"), (None, "from the day after it is confirmed")])
def test_a_decision_that_waits_stands_beside_the_dose_it_will_change(
    shown, signed_in, demo_begin, patient_ids, starts_on, since
):
    signed(demo_begin, patient_ids["P-0002"], starts_on=starts_on)
    head, paper = shown("P-0002")
    told = f"Signed: 300 mg {since} · 陈医生 · waits for a second person"
    assert told in head and told.replace(" ", "") in paper
    with demo_begin() as work:
        alert = work.session.exec(select(Alert).where(Alert.patient_id == patient_ids["P-0002"])).first()
    page = signed_in(NURSE).get(f"/alerts/{alert.id}?lang=en").text
    assert told in page


def test_once_the_dose_has_begun_it_is_the_dose_and_no_longer_a_paper(shown, demo_begin, patient_ids, clock):
    with demo_begin() as work:
        record_decision(work, "demo", patient_ids["P-0002"], decision=DecisionKind.OVERRIDDEN, dose_mg=300,
                        reason="eyelids", by="staff:3")  # fmt: skip
    assert "Signed: 300 mg from Nov 25, 2026 · 陈医生<" in shown("P-0002")[0]
    clock.now += timedelta(days=1)
    assert "Signed:" not in shown("P-0002")[0]


@pytest.mark.parametrize(("language", "told"), [
    ("en", ("died Nov 20, 2026", "recurrence Nov 1, 2026", "stopped Nov 10, 2026")),
    ("zh-CN", ("2026年11月20日 死亡", "2026年11月1日 复发或转移", "2026年11月10日 停药")),
])  # fmt: skip
def test_who_died_or_had_a_recurrence_is_not_shown_as_one_who_comes_next_week(
    shown, demo_begin, patient_ids, language, told
):
    ended = {"recurrence_on": date(2026, 11, 1), "stopped_on": date(2026, 11, 10), "died_on": date(2026, 11, 20)}
    with demo_begin() as work:
        record_follow_up(work, "demo", patient_ids["P-0002"], by="staff:2", confirmed=True, **ended)
    head, paper = shown("P-0002", language)
    for words in told:
        assert f'<p class="ended">{words}</p>' in head and words.replace(" ", "") in paper, words
    for alive in ("The rule", "规则建议", "Wed", "周三"):
        assert alive not in head, alive
    assert "AcceptOverrideDefer" not in paper and "采纳不采纳暂缓" not in paper  # nothing is left to sign
    assert "Tue,Nov25" not in paper and "11月25日" not in paper.partition("分级")[0]


def test_once_the_treatment_stopped_the_next_visit_asks_for_no_dose(shown, demo_begin, patient_ids):
    before = next_tile(shown("P-0002")[0])
    assert "Next draw" in before and before.count(":") > 1
    with demo_begin() as work:
        record_follow_up(work, "demo", patient_ids["P-0002"], by="staff:2", stopped_on=date(2026, 11, 20))
    head, paper = shown("P-0002")
    assert "stopped Nov 20, 2026" in head and "Nextvisit" in paper and "Nextdraw" not in paper
    after = next_tile(head)
    assert "Next visit" in after and after.count(":") == 1  # its own time alone
