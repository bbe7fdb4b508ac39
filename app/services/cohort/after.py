"""What changed with the dose: levels, adverse events, quality of life; and whom levels go with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from app.clinical.cohort import (
    BANDS,
    independent_t,
    moved_between,
    one_way_anova,
    paired_t,
    pearson_chi_square,
    pearson_r,
    spread,
    stuart_maxwell,
)
from app.clinical.sf36 import SCALES
from app.services.cohort.pairs import FAMILIES, Pair
from app.services.cohort.reading import Case
from app.services.cohort.rows import Associations, Change, FamilyChange, Point, Quality
from app.services.questionnaires import SUMMARIES
from models import Operation, Sex
from models.report import OWN_WORDING

# The chi-square approximation is doubtful where fewer than 5 are expected in a cell (Cochran 1954,
# Biometrics 10:417); that of pairs where fewer than 10 moved is our own choice.
FEW_EXPECTED, FEW_MOVED = 5, 10
ALL = "all"


def levels(lowered: Sequence[Case]) -> dict[str, Change]:
    """The first level that counts before and after, of all and by the dose after, in ug/L."""
    measured = [
        (one.after.dose_mg, case.level_in(one.before), case.level_in(one.after))
        for case in lowered
        if (one := case.reduction)
    ]
    doses = sorted({dose for dose, *_ in measured}, reverse=True)
    found = {ALL: change((before, after) for _, before, after in measured)}
    for mg in doses:
        found[f"{mg}"] = change((b, a) for dose, b, a in measured if dose == mg)
    return found


def change(values: Iterable[tuple[float | None, float | None]]) -> Change:
    """Before and after of each patient, None where there is none."""
    told = list(values)
    pairs = [(b, a) for b, a in told if b is not None and a is not None]
    early, late = [b for b, _ in pairs], [a for _, a in pairs]
    return Change(
        spread([b for b, _ in told if b is not None]),
        spread([a for _, a in told if a is not None]),
        len(pairs), paired_t(early, late), independent_t(early, late),
    )  # fmt: skip


def adverse_events(pairs: Sequence[Pair]) -> dict[str, FamilyChange]:
    """Table 2: the worst grade of each family at the dose before and at the lowered dose."""
    return {family: _family([one.grades for one in pairs], family) for family in FAMILIES}


def _family(
    grades: Sequence[tuple[Mapping[str, int], Mapping[str, int]]], family: str
) -> FamilyChange:
    known = [(b[family], a[family]) for b, a in grades if family in b and family in a]
    moves = moved_between(known)
    before, after = [sum(row) for row in moves], [sum(row) for row in zip(*moves, strict=True)]
    pearson, homogeneity = pearson_chi_square(before, after), stuart_maxwell(moves)
    least = pearson.least_expected
    return FamilyChange(
        len(known), len(grades) - len(known),
        dict(zip(BANDS, before, strict=True)), dict(zip(BANDS, after, strict=True)), moves,
        pearson, least is not None and least < FEW_EXPECTED,
        homogeneity, bool(homogeneity.df) and homogeneity.moved < FEW_MOVED,
    )  # fmt: skip


def quality(pairs: Sequence[Pair]) -> Quality:
    """SF-36: the last before the change, the first after it that is settled."""
    both = [(b, a) for b, a in (one.answered for one in pairs) if b and a]
    return Quality(
        len(both),
        sum(OWN_WORDING in b.wording or OWN_WORDING in a.wording for b, a in both),
        sum(b.wording != a.wording for b, a in both),
        {
            name: change((b.scores.get(name), a.scores.get(name)) for b, a in both)
            for name in (*SCALES, *SUMMARIES)
        },
    )


def points(cases: Iterable[Case]) -> Iterator[Point]:
    for case in cases:
        if (ug_per_l := case.first_level) is not None:
            yield Point(
                ug_per_l, case.age, case.bmi, case.bsa, case.row.sex, case.row.operation
            )


def associations(found: Sequence[Point]) -> Associations:
    """The first level at 400 mg with age, BMI and BSA, and by sex and operation."""
    sex, operation = _by(found, "sex", Sex), _by(found, "operation", Operation)
    pairs = {name: _known(found, name) for name in ("age", "bmi", "bsa")}
    return Associations(
        len(found),
        {name: pearson_r(*known) for name, known in pairs.items()},
        {name: spread(group) for name, group in sex.items()},
        independent_t(sex[Sex.MALE], sex[Sex.FEMALE]),
        {name: spread(group) for name, group in operation.items()},
        one_way_anova(list(operation.values())),
    )


def _known(found: Iterable[Point], name: str) -> tuple[list[float], list[float]]:
    read = attrgetter(name)
    known = [one for one in found if read(one) is not None]
    return [float(read(one)) for one in known], [one.ug_per_l for one in known]


def _by(found: Sequence[Point], name: str, words: Iterable[str]) -> dict[str, list[float]]:
    read = attrgetter(name)
    return {
        str(word): [one.ug_per_l for one in found if read(one) == word] for word in words
    }  # fmt: skip
