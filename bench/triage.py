"""How well free text is read, on phrases labelled apart from the rules.

`written` phrases were open while the rules were written, so their figures show only that nothing
got worse; `held` ones, where there are any, were not. `--misses` lists what the rules get wrong in
the written ones.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.clinical.triage import LANGUAGES, triage

PHRASES = Path(__file__).parent / "phrases"
HALVES = ("written", "held")


def halves(language: str) -> list[str]:
    """Which sets of phrases there are."""
    return [half for half in HALVES if (PHRASES / f"{language}.{half}.tsv").exists()]


@dataclass(frozen=True)
class Phrase:
    text: str
    categories: frozenset[str]
    red_flags: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How often the labels and what was read agree, over all codes of all phrases."""

    hits: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra)

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / (2 * self.hits + self.extra + self.missed)


def phrases(language: str, half: str) -> list[Phrase]:
    lines = (PHRASES / f"{language}.{half}.tsv").read_text("utf-8").splitlines()
    return [_phrase(line) for line in lines if line.strip()]


def _phrase(line: str) -> Phrase:
    text, categories, red_flags = line.split("\t")
    return Phrase(text, _codes(categories), _codes(red_flags))


def _codes(column: str) -> frozenset[str]:
    return frozenset(column.strip().split(",")) - {"-", ""}


def scores(said: Iterable[Phrase], language: str) -> tuple[Score, Score]:
    """Of the families, and of the red flags."""
    pairs = [(phrase, triage(phrase.text, language)) for phrase in said]
    return (
        score_of((phrase.categories, set(read.categories)) for phrase, read in pairs),
        score_of((phrase.red_flags, set(read.red_flags)) for phrase, read in pairs),
    )


def score_of(pairs: Iterable[tuple[frozenset[str], set[str]]]) -> Score:
    counted = [(len(meant & read), len(read - meant), len(meant - read)) for meant, read in pairs]
    return Score(*(sum(column) for column in zip(*counted, strict=True)))


def misses(language: str, half: str) -> list[str]:
    found = []
    for phrase in phrases(language, half):
        read = triage(phrase.text, language)
        if (phrase.categories, phrase.red_flags) != (set(read.categories), set(read.red_flags)):
            meant = sorted(phrase.categories) + sorted(phrase.red_flags)
            found.append(f"{phrase.text}\n    meant {meant}, read {[*read.categories, *read.red_flags]}")
    return found


def main() -> None:
    print(f"{'':16}{'phrases':>8}{'flag recall':>13}{'precision':>11}{'family F1':>11}")
    for language in LANGUAGES:
        for half in halves(language):
            said = phrases(language, half)
            families, flags = scores(said, language)
            print(
                f"{language + ' ' + half:16}{len(said):>8}{flags.recall:>13.1%}"
                f"{flags.precision:>11.1%}{families.f1:>11.3f}"
            )
    if "--misses" in sys.argv:
        print("\n".join(line for language in LANGUAGES for line in misses(language, "written")))


if __name__ == "__main__":
    main()
