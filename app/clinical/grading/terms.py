"""Every term of CTCAE v5.0 that this project knows, by its code."""

from app.clinical.grading.criteria import edema, gi, liver_kidney, marrow, other, skin
from app.clinical.grading.term import Term

TERMS: dict[str, Term] = {
    term.code: term
    for family in (edema, skin, gi, other, marrow, liver_kidney)
    for term in family.TERMS
}
