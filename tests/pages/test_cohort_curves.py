"""The survival curves of the report, told apart without colour."""

import re
from base64 import b64decode

import pytest

from app import demo
from tests.cohort_patients import the_papers_70


@pytest.mark.parametrize(("language", "names"), [("en", ["all", "high risk"]), ("zh-CN", ["全部", "高危"])])
def test_the_second_curve_is_dashed_and_its_numbers_at_risk_are_named(signed_in, demo_begin, language, names):
    with demo_begin() as work:
        the_papers_70(work, demo.CLINIC)
    page = signed_in("doctor@example.com").get(f"/cohort?lang={language}").text
    drawn = [b64decode(one).decode() for one in re.findall(r'base64,([^"]+)"', page)]
    [both] = [one for one in drawn if f"<!-- {names[1]} -->" in one]
    assert [both.count(f"<!-- {one} -->") for one in names] == [2, 2]  # in the legend, and before the numbers
    dashed = re.findall(r'style="([^"]*stroke-dasharray[^"]*)"', both)
    assert [one for one in dashed if "#b4761a" in one] and not [one for one in dashed if "#1f5f8b" in one]
