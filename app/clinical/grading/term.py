"""A CTCAE term, and a grade of it."""

from collections.abc import Mapping
from dataclasses import dataclass

CTCAE_VERSION = "5.0"  # the default of this project, and of every symptom term

# The order in which families are shown; a report of symptoms holds the first four.
SYMPTOM_FAMILIES = ("edema", "skin", "gi", "other")
FAMILIES = (*SYMPTOM_FAMILIES, "marrow", "liver", "kidney")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of CTCAE: its MedDRA code, its family here, its criteria by grade.

    The code is this project's and the same in both editions; the name is the edition's own. A
    name that v6.0 made new has no MedDRA code here, for its machine-readable form carries none.
    """

    code: str
    name: str
    meddra: str | None
    family: str
    grades: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Grade:
    """A suggested grade: 0 is no criterion met, None is that it cannot be told.

    `missing` names what could still change it: with a grade, that grade is the least there is.
    `criterion` among it says that the edition prints nothing for such a value: a clinician judges.
    `name` is the term as the edition prints it.
    """

    term: str | None
    grade: int | None
    criterion: str | None
    family: str
    meddra: str | None = None
    missing: tuple[str, ...] = ()
    ctcae_version: str = CTCAE_VERSION
    name: str | None = None
