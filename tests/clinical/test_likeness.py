"""How like the labelled phrases a text is: its n-grams, their weights, and the sentence that counts."""

import zlib
from math import exp, sqrt

import numpy as np
import pytest

from app.clinical.triage import LANGUAGES, likeness
from app.clinical.triage.likeness import (
    BUCKETS,
    CODES,
    COUNTS_FROM,
    Alike,
    Model,
    alike,
    buckets,
    fitted,
)


def at(gram):
    return zlib.crc32(gram.encode()) % BUCKETS


def model(bias=0.0, **weights):
    """A model in which an n-gram, "_" for a space, weighs so much for chest pain."""
    table = np.zeros((BUCKETS, len(CODES)), dtype=np.float32)
    for gram, weight in weights.items():
        table[at(gram.replace("_", " ")), CODES.index("chest_pain")] = weight
    return Model(table, np.full(len(CODES), bias, dtype=np.float32), "")


@pytest.fixture
def use(monkeypatch):
    def take(english, chinese=None):
        models = {"en": english, "zh-CN": chinese}
        monkeypatch.setattr(likeness, "fitted", lambda language: models[language])

    return take


def heard(text):
    """The sentence that is like a chest pain, or None."""
    found = [text[one.start : one.end] for one in alike(text) if one.code == "chest_pain"]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("a", ["a", "_ a "]),
        ("it's 5!", [
            "it's", "5", "!", "it's 5", "5 !", "it's 5 !", "_ it", "_it'", "_t's", "_'s ", "_ it'", "_it's", "_t's ",
            "_ it's", "_it's ", "_ 5 ", "_ ! ",
        ]),
        ("a b c d", [
            "a", "b", "c", "d", "a b", "b c", "c d", "a b c", "b c d", "_ a ", "_ b ", "_ c ", "_ d ",
        ]),
        ("a a", ["a", "a a", "_ a "]),
        ("肚 疼了a", ["肚", "疼", "了", "a", "肚疼", "疼了", "了a", "肚疼了", "疼了a"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_falls_apart_into_runs_of_words_and_letters(text, grams):
    assert buckets(text).tolist() == sorted({at(gram) for gram in grams})


def test_the_weights_of_a_text_are_summed_over_the_root_of_their_number(use):
    use(model(bias=-1, a=3, b=4), model(bias=-2))
    by_words = likeness.likeness("a b")  # a, b, a b, and two words of letters
    expected = [-1.0] * len(CODES)
    expected[CODES.index("chest_pain")] = 7 / sqrt(5) - 1
    assert by_words.tolist() == pytest.approx([1 / (1 + exp(-one)) for one in expected])
    assert by_words.dtype == np.float32
    assert likeness.likeness("疼").tolist() == pytest.approx([1 / (1 + exp(2))] * len(CODES))
    assert likeness.likeness(" ").tolist() == pytest.approx([1 / (1 + exp(1))] * len(CODES))


def test_each_flag_is_heard_with_the_sentence_that_is_most_like_it(use):
    use(model(bias=-3, ache=100))
    said = "fine here. an ache now! so so."
    assert list(alike(said)) == [Alike(10, 23, "chest_pain")]
    assert said[10:23] == " an ache now!"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a long ache of 38.5 and no more.", "a long ache of 38.5 and no more."),
        ("so ache? yes", "so ache?"),
        ("so ache; yes", "so ache;"),
        ("so ache...yes", "so ache..."),
        ("well. ach", None),
    ],
)
def test_a_sentence_ends_with_its_stops(use, text, sentence):
    use(model(bias=-3, ache=100))
    assert heard(text) == sentence


def test_words_of_two_sentences_together_count_for_the_text(use):
    use(model(bias=-3, **{"arm_._jaw": 100}))
    assert heard("my arm. jaw too") == "my arm."
    assert heard("my arm, jaw too") is None


def test_one_sentence_among_many_counts_as_if_it_were_alone(use):
    use(model(bias=-3, ache=20))
    assert heard("ache. " + "nothing else to tell today. " * 20) == "ache."


@pytest.mark.parametrize(("text", "sentence"), [("ow", None), (" ow ", None), ("owe", "owe"), ("owe. ow", "owe.")])
def test_less_than_three_letters_say_nothing(use, text, sentence):
    use(model(bias=-3, ow=100, owe=90))
    assert heard(text) == sentence


@pytest.mark.parametrize(("off", "counts"), [(-0.01, False), (0.01, True)])
@pytest.mark.parametrize(("text", "language"), [("mild or not", "en"), ("有一点", "zh-CN")])
def test_a_flag_counts_from_its_limit(use, text, language, off, counts):
    limit = COUNTS_FROM[language]
    even = model(bias=float(np.log(limit / (1 - limit))) + off)
    use(even, even)
    assert [one.code for one in alike(text)] == (list(CODES) if counts else [])


def test_a_likeness_that_meets_the_limit_counts(use):
    use(None, model())
    assert [one.code for one in alike("有一点")] == list(CODES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_of_a_language_has_a_weight_for_each_flag(language):
    of = fitted(language)
    assert of.weights.shape == (BUCKETS, len(CODES)) and of.bias.shape == (len(CODES),)
    assert of.weights.dtype == np.float32 and 0.1 < np.abs(of.weights).max() < 30
    assert len(of.phrases) == 64
    assert "rapid_weight_gain" not in CODES
