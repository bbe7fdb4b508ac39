"""How the cohort report was made and what it cannot say, in the reader's words."""

from app.pages.cohort_parts import Part
from app.pages.words import t
from app.services.cohort.rows import CohortReport

_TOLD = ("who", "when", "level", "grade", "chi", "t", "fig", "km", "crude", "limits", "names")


def methods(report: CohortReport) -> Part:
    computed = ", ".join(f"{one.computed.statistic:.3f}" for one in report.reproduced.values())
    printed = ", ".join(f"{one.printed:.3f}" for one in report.reproduced.values())
    notes = (
        *(t(f"page.cohort.m.{name}") for name in _TOLD),
        t("page.cohort.m.check", told=computed, printed=printed),
        t("page.cohort.m.source"),
    )
    return Part("methods", t("page.cohort.methods"), notes=notes)
