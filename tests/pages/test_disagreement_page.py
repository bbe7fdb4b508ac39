"""Where level and population model disagree, it is said wherever the model's chances are shown."""

import re

import pytest
from sqlmodel import select

from models import Sample
from tests.pdf_text import pdf_text

DOCTOR = "doctor@example.com"


@pytest.fixture
def far_off(demo_begin, patient_ids):
    """P-0002's level lies far above what the model expects."""
    with demo_begin() as work:
        for one in work.session.exec(select(Sample).where(Sample.patient_id == patient_ids["P-0002"])):
            one.raw_ug_per_l, one.corrected_ug_per_l = 4200, 4000


@pytest.mark.parametrize(("language", "told"), [
    ("en", ("level and model disagree", "the estimated chances are uncertain", "Widmer 2006")),
    ("zh-CN", ("浓度与模型不符", "估计的概率不确定", "Widmer 2006")),
])  # fmt: skip
def test_the_chances_of_a_model_that_disagrees_stand_beside_those_of_the_wider_one(
    signed_in, patient_ids, far_off, language, told
):
    browser, path = signed_in(DOCTOR), f"/patients/{patient_ids['P-0002']}"
    page = browser.get(f"{path}?lang={language}").text
    head = page.partition('<section class="head">')[2].partition("</section>")[0]
    box = re.search(r'id="decision">.*?</section>', page, re.S)[0]
    assert told[0] in head and "Widmer 2006" in head
    assert told[1] in box and box.count("(Widmer 2006)") + box.count("（Widmer 2006）") == 2
    paper = pdf_text(browser.get(f"{path}/summary.pdf?lang={language}").data)
    assert told[1].replace(" ", "") in paper and paper.count("Widmer2006") >= 2


def test_where_they_agree_nothing_is_said_of_it(signed_in, patient_ids):
    page = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0003']}?lang=en").text
    assert "Widmer" not in page and "disagree" not in page and "estimated now" in page
