"""The first words of a summary, on the page and on paper: what they claim, and what stands beside."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Alert, Sample, SymptomReport
from tests.pdf_text import pdf_text

DOCTOR = "doctor@example.com"


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
