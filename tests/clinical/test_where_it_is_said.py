"""Where in a patient's own words a symptom is named, letter by letter, and which of two counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.triage import triage
from app.clinical.triage.read import OFTEN, normal, plain_text


def spans(text):
    """Each span as its place, its words, its kind and its code."""
    found = triage(text, "en").spans
    assert all(text[span.start : span.end] == span.text for span in found)
    return [f"{span.start} {span.text}: {span.kind} {span.code}" for span in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have stomach cramps", ["7 stomach cramps: category gi"]),
        ("red and sore palms", ["8 sore palms: category skin"]),
        ("palms are red and sore", ["0 palms are red: category skin"]),
        ("soles of my feet are red and sore", ["0 soles of my feet are red: category skin"]),
        ("mouth like sandpaper", ["0 mouth like sandpaper: category other"]),
        ("累肿", ["0 累: category other", "1 肿: category edema"]),
        ("肿累", ["0 肿: category edema", "1 累: category other"]),
        ("肿了", ["0 肿: category edema"]),
        ("blood in my stool", ["0 blood in my stool: red_flag gi_bleeding"]),
        ("I saw blood in my stool", ["6 blood in my stool: red_flag gi_bleeding"]),
        ("my eyes are yellow", ["3 eyes are yellow: red_flag jaundice"]),
        ("vomiting blood", ["0 vomiting: category gi", "0 vomiting blood: red_flag gi_bleeding"]),
        ("这周胖3公斤", ["3 3公斤: category other", "3 3公斤: red_flag rapid_weight_gain"]),
        ("chest pain", ["0 chest pain: red_flag chest_pain"]),
        (
            "temp 101.8 f",
            ["0 temp: category other", "0 temp 101: red_flag fever", "5 101.8 f: red_flag fever", "5 101.8 f: category other"],
        ),
        ("一嘴血糊糊的烂", ["1 嘴血糊糊的烂: red_flag severe_skin", "1 嘴血糊糊的烂: category skin"]),
        ("gained 2 kg in 4 days", ["0 gained 2 kg: category other", "7 2 kg: red_flag rapid_weight_gain"]),
        ("up to the loo five times a night to pee", ["10 loo five times a night to pee: category other"]),
        (
            "the thermometer said 102",
            ["4 thermometer said 102: red_flag fever", "21 102: category other"],
        ),
    ],
)
def test_of_two_that_name_the_same_the_fuller_one_counts(text, expected):
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my swolen legs, very itchy", ["3 swolen: category edema", "21 itchy: category skin"]),
        (
            "I was dizy and vomitting, bleading",
            ["6 dizy: category other", "15 vomitting: category gi", "26 bleading: red_flag bleeding"],
        ),
        ("nausa again", ["0 nausa: category gi"]),
        ("my back aches", ["3 back aches: category other"]),
        ("it hurts", ["3 hurts: category other"]),
        ("dizzy 肿 very dizzy", ["0 dizzy: category other", "6 肿: category edema", "13 dizzy: category other"]),
        ("ok 肿", ["3 肿: category edema"]),
        ("拉肚子,muscle pain", ["0 拉肚: category gi", "4 muscle pain: category other"]),
    ],
)
def test_a_mended_word_is_shown_as_it_was_typed(text, expected):
    assert spans(text) == expected


@pytest.mark.parametrize("text", ["no 38.5 c", "没有38度5", "not gained 3 kg this week", "这周没有胖3公斤"])
def test_a_number_is_denied_in_the_language_of_its_text(text):
    read = triage(text, "en")
    assert (read.red_flags, read.categories, read.understood) == ((), (), True)
    assert {span.status for span in read.spans} == {"negated"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("食药", "吃药"),
        ("食堂", "食堂"),
        ("饮水", "喝水"),
        ("饮料", "饮料"),
        ("胸囗痛", "胸口痛"),
        ("臉腫", "脸肿"),
        ("ＣＨＥＳＴ", "chest"),
        ("It‘s ʼn` ’", "it's 'n' '"),
        ("one\ntwo\rthree", "one.two.three"),
        ("ﬁx ㎏", "ﬁx ㎏"),
    ],
)
def test_letters_are_read_alike_and_each_keeps_its_place(typed, read):
    assert normal(typed) == read


@given(st.text(max_size=60))
def test_a_text_keeps_its_length_when_it_is_read(text):
    assert len(normal(text)) == len(text)


@pytest.mark.parametrize(
    ("said", "code", "times"),
    [
        ("nausea. ", "gi", OFTEN),
        ("38.5 c. ", "fever", OFTEN // 2),
        ("gained 3 kg this week. ", "rapid_weight_gain", OFTEN // 2),
    ],
)
def test_what_is_named_very_often_is_looked_for_only_so_often(said, code, times):
    found = [span.code for span in triage(said * (OFTEN + 5), "en").spans]
    assert found.count(code) == times


def test_the_text_that_is_learned_from_is_the_text_as_it_is_read():
    assert plain_text("My ＳＷＯＬＥＮ legs, 臉腫") == "my swollen legs, 脸肿"
