"""The editions of CTCAE for laboratory terms: v5.0, the default, and v6.0."""

from collections.abc import Mapping

from app.clinical.errors import UnknownCtcaeVersion, UnknownTerm
from app.clinical.grading.counts import FALLING_V5, FALLING_V6
from app.clinical.grading.creatinine import Creatinine
from app.clinical.grading.criteria import laboratory_v6
from app.clinical.grading.measurement import Rules
from app.clinical.grading.ratios import RISING_V5, RISING_V6
from app.clinical.grading.term import CTCAE_VERSION, Term
from app.clinical.grading.terms import TERMS

# How each edition grades an analyte.
RULES: dict[str, Rules] = {
    "5.0": {**FALLING_V5, **RISING_V5, "creatinine": Creatinine(below_lln=False)},
    "6.0": {**FALLING_V6, **RISING_V6, "creatinine": Creatinine(below_lln=True)},
}
VERSIONS: tuple[str, ...] = tuple(RULES)

_TERMS_V6 = {term.code: term for term in laboratory_v6.TERMS}


def known_version(version: str) -> str:
    """The version itself. Raises UnknownCtcaeVersion."""
    if version not in RULES:
        raise UnknownCtcaeVersion("ctcae_version")
    return version


def laboratory_terms(version: str) -> Mapping[str, Term]:
    """The terms by which laboratory values are graded in an edition. Raises as known_version."""
    graded = {rule.term for rule in RULES[known_version(version)].values()}
    terms = _TERMS_V6 if version == "6.0" else TERMS
    return {code: terms[code] for code in terms if code in graded}


def printed_term(code: str, version: str = CTCAE_VERSION) -> Term:
    """A term as an edition prints it. Raises UnknownTerm; symptoms are of v5.0 alone."""
    terms = TERMS if known_version(version) == "5.0" else laboratory_terms(version)
    if code not in terms:
        raise UnknownTerm("term", f"CTCAE v{version} has no term {code} here.")
    return terms[code]


def grades_of(code: str, version: str = CTCAE_VERSION) -> tuple[int, ...]:
    """The grades that a term has in an edition, with 0 for none of them met."""
    return (0, *sorted(printed_term(code, version).grades))
