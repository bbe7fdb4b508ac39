"""What a text is only like: it is heard where the rules have no word for it. And what explains what."""

import pytest

from app.clinical.triage import read, triage
from app.clinical.triage.likeness import Alike
from app.clinical.triage.read import OFTEN, Span


@pytest.fixture
def like(monkeypatch):
    """Make every text like the flag from its fourth letter to before its ninth."""

    def takes(code):
        monkeypatch.setattr(read, "alike", lambda plain: [Alike(3, 8, code)])

    return takes


@pytest.mark.parametrize(("text", "code", "heard"), [
    ("it weighs on me", "chest_pain", True), ("it weighs, no chest pain", "chest_pain", False), ("it weighs, no chest pain", "syncope", True),
    ("it is 37.2 today", "fever", False), ("it is 37.2 today", "syncope", True), ("it is hot today", "fever", True), ("刚才说过了，没有胸口疼", "chest_pain", False),
])  # fmt: skip
def test_what_a_text_is_like_counts_where_the_rules_have_no_word_for_it(like, text, code, heard):
    like(code)
    now = triage(text, "en")
    assert (code in now.red_flags) is heard
    assert [(one.start, one.text) for one in now.spans if one.status == "alike"] == ([(3, text[3:8])] if heard else [])
    assert code not in triage(text, "en", by_rules_only=True).red_flags


def test_what_a_text_is_like_stands_in_order_with_what_it_names(like):
    like("dyspnoea")
    now = triage("I am laid low by a rash, and itchy", "en")
    assert now.spans[0] == Span(3, 8, "red_flag", "dyspnoea", "alike", "m lai")
    assert [span.text for span in now.spans] == ["m lai", "rash", "itchy"]
    assert (now.categories, now.red_flags, now.understood) == (("edema", "skin"), ("dyspnoea",), True)


@pytest.mark.parametrize(("text", "red_flags"), [
    ("出血，黑便", {"gi_bleeding"}), ("黑便，出血", {"gi_bleeding"}), ("黑便。出血", {"gi_bleeding", "bleeding"}), ("出血。黑便", {"gi_bleeding", "bleeding"}),
    ("牙龈出血，黑便", {"gi_bleeding", "bleeding"}), ("黑便，牙龈出血", {"gi_bleeding", "bleeding"}), ("出血，眼睛发黄", {"bleeding", "jaundice"}),
    ("出血", {"bleeding"}),
])  # fmt: skip
def test_one_bleed_is_another_said_more_fully_unless_it_has_a_place_or_a_sentence_of_its_own(text, red_flags):
    assert set(triage(text, "zh-CN", by_rules_only=True).red_flags) == red_flags


@pytest.mark.parametrize(("said", "code"), [("体温38.5。", "fever"), ("这周胖3公斤。", "rapid_weight_gain")])
def test_a_number_in_chinese_that_is_told_very_often_is_looked_for_only_so_often(said, code):
    found = [span.code for span in triage(said * (OFTEN + 5), "zh-CN").spans]
    assert found.count(code) == OFTEN // 2
