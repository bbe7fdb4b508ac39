"""Blood drawn for a test calls nobody; blood that comes by itself does."""

import pytest

from app.clinical.triage import triage
from app.clinical.triage.drawn import as_samples


@pytest.mark.parametrize("said", [
    "血昨天九点抽的", "血抽了", "血是八点抽的", "昨天抽的血", "血已经抽好了", "血还没抽", "血今天早上8点半抽的",
    "Blood was drawn at nine", "My blood was taken yesterday", "my blood has just been drawn",
])
def test_a_blood_test_calls_nobody(said):
    assert triage(said, "zh-CN").red_flags == ()


@pytest.mark.parametrize(("said", "flag"), [
    ("吐血了，昨天抽的血", "gi_bleeding"), ("便血还没抽", "gi_bleeding"), ("血一直流，昨天抽的血", "bleeding"),
    ("抽血的针眼一直出血", "bleeding"), ("大便有血，还抽筋", "gi_bleeding"),
    ("blood was drawn and it keeps bleeding", "bleeding"),
    ("blood in my stool, my blood was taken yesterday", "gi_bleeding"),
])
def test_blood_beside_a_blood_test_is_still_heard(said, flag):
    assert flag in triage(said, "zh-CN").red_flags


@pytest.mark.parametrize("said", ["血昨天抽的，昨天抽的血", "my blood was drawn, blood is taken"])
def test_each_letter_keeps_its_place(said):
    read = as_samples(said)
    assert len(read) == len(said) and "血" not in read and "blood" not in read
