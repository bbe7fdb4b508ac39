"""A second reading: how like the project's labelled phrases a sentence is, flag by flag.

Logistic regression on hashed n-grams of words and letters, fitted by `make learn` to the phrases
in bench/phrases that were open while the rules were written [own]. It hears what the rules have
no word for. What they read as denied, over or only feared, it does not overrule.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.clinical.symptoms import FLAGS

# A gain of weight is told in numbers, which are read as numbers alone.
CODES = tuple(flag for flag in FLAGS if flag != "rapid_weight_gain")
BUCKETS = 1 << 15
# From so high a likeness a flag counts; chosen by `python -m bench.learn --left-out`.
COUNTS_FROM = {"zh-CN": 0.5, "en": 0.8}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z0-9']+|[^\sa-z0-9]")
_SENTENCE = re.compile(r"(?:[^.!?。！？;；]|\.(?=\d))+[.!?。！？;；]*")
_SHORTEST = 3  # letters of a sentence that can say something


@dataclass(frozen=True, slots=True)
class Alike:
    """A flag that a sentence, from `start` to before `end`, is like."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Model:
    """A weight of each flag in each bucket, its bias, and which phrases it was fitted to."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    phrases: str


def alike(plain: str) -> Iterator[Alike]:
    """Each flag that the text is like, with the sentence that is most like it."""
    sentences = [m for m in _SENTENCE.finditer(plain) if len(m.group().strip()) >= _SHORTEST]
    if not sentences:
        return
    told = np.stack([likeness(sentence.group()) for sentence in sentences])
    most = np.maximum(told.max(axis=0), likeness(plain))
    enough = COUNTS_FROM[language_of(plain)]
    for at, code in enumerate(CODES):
        if most[at] >= enough:
            sentence = sentences[int(told[:, at].argmax())]
            yield Alike(sentence.start(), sentence.end(), code)


def likeness(plain: str) -> NDArray[np.float32]:
    """Of each flag, how probable it is by the labelled phrases, 0 to 1."""
    model = fitted(language_of(plain))
    at = buckets(plain)
    score: Any = model.weights[at].sum(axis=0) / np.sqrt(max(1, len(at))) + model.bias
    return np.asarray(1 / (1 + np.exp(-score)), dtype=np.float32)


def buckets(plain: str) -> NDArray[np.int64]:
    """The bucket of each n-gram of the text, each bucket once."""
    grams = _of_letters(plain) if _HAN.search(plain) else _of_words(plain)
    return np.unique(np.array([zlib.crc32(one.encode()) % BUCKETS for one in grams], dtype=int))


def language_of(plain: str) -> str:
    return "zh-CN" if _HAN.search(plain) else "en"


@cache
def fitted(language: str) -> Model:
    """The model of a language, as it comes with the product."""
    with files(__package__).joinpath(f"learned.{language}.npz").open("rb") as file:
        kept = np.load(file)
        weights = kept["weights"].astype(np.float32) * kept["scale"]
        return Model(weights, kept["bias"], str(kept["phrases"]))


def _of_words(plain: str) -> Iterator[str]:
    """One to three words, and three to five letters of a word with its edges."""
    words = _WORD.findall(plain)
    yield from _runs(words, (1, 2, 3), " ")
    for word in words:
        yield from (f"_{run}" for run in _runs(f" {word} ", (3, 4, 5), ""))


def _of_letters(plain: str) -> Iterator[str]:
    return _runs("".join(plain.split()), (1, 2, 3), "")


def _runs(parts: str | list[str], lengths: tuple[int, ...], glue: str) -> Iterator[str]:
    for length in lengths:
        for at in range(len(parts) - length + 1):
            yield glue.join(parts[at : at + length])
