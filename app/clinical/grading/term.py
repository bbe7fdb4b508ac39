"""A CTCAE term, and a grade of it."""

from collections.abc import Mapping
from dataclasses import dataclass

CTCAE_VERSION = "5.0"

# The order in which families are shown; a report of symptoms holds the first four.
SYMPTOM_FAMILIES = ("edema", "skin", "gi", "other")
FAMILIES = (*SYMPTOM_FAMILIES, "marrow", "liver", "kidney")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of CTCAE v5.0: its MedDRA code, its family here, its criteria by grade."""

    code: str
    name: str
    meddra: str
    family: str
    grades: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Grade:
    """A suggested grade: 0 is no criterion met, None is that it cannot be told.

    `missing` names what could still change it: with a grade, that grade is the least there is.
    """

    term: str | None
    grade: int | None
    criterion: str | None
    family: str
    meddra: str | None = None
    missing: tuple[str, ...] = ()
    ctcae_version: str = CTCAE_VERSION
