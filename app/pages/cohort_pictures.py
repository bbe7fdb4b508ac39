"""The drawings of the cohort report with their titles and what they say in words."""

from collections.abc import Iterator

from app.clinical.cohort import Anova, Correlation, MeanTest
from app.pages.cohort_figures import curves, scatter, strips
from app.pages.cohort_numbers import number, p_told
from app.pages.cohort_parts import Part, Picture
from app.pages.cohort_tables import survival_note, survival_table
from app.pages.words import t
from app.services.cohort.rows import CohortReport


def figures(report: CohortReport) -> Part:
    """Figures 2 to 4: the first level at 400 mg."""
    pictures = (*_scatters(report), _by_sex(report), _by_operation(report))
    notes = (t("page.cohort.figures.note"),)
    return Part("figures", t("page.cohort.figures"), pictures=pictures, notes=notes)


def _scatters(report: CohortReport) -> Iterator[Picture]:
    level = t("page.cohort.axis.level")
    for name, found in report.associations.correlations.items():
        svg = scatter(report.points, name, t(f"page.cohort.axis.{name}"), level)
        n = sum(getattr(point, name) is not None for point in report.points)
        yield _picture(f"page.cohort.fig.{name}", _correlated(found, n), svg)


def _correlated(found: Correlation | None, n: int) -> str:
    if found is None:
        return t("page.cohort.fig.no_r", n=n)
    return t("page.cohort.fig.r", r=number(found.r, 3), p=p_told(found.p), n=found.n)


def _by_sex(report: CohortReport) -> Picture:
    test: MeanTest | None = report.associations.sex_test
    told = (
        t("page.cohort.fig.t", t=number(test.t, 3), p=p_told(test.p))
        if test else t("page.cohort.fig.no_test")
    )  # fmt: skip
    groups = {
        t(f"page.cohort.sex.{sex}"): [p.ug_per_l for p in report.points if p.sex == sex]
        for sex in report.associations.sex
    }
    return _picture("page.cohort.fig.sex", told, strips(groups, t("page.cohort.axis.level")))


def _by_operation(report: CohortReport) -> Picture:
    test: Anova | None = report.associations.operation_test
    told = (
        t("page.cohort.fig.f", f=number(test.f, 3), p=p_told(test.p))
        if test else t("page.cohort.fig.no_test")
    )  # fmt: skip
    groups = {
        t(f"page.cohort.short.{one}"): [p.ug_per_l for p in report.points if p.operation == one]
        for one in report.associations.operation
    }
    return _picture("page.cohort.fig.operation", told, strips(groups, t("page.cohort.axis.level")))


def _picture(title: str, told: str, svg: str | None) -> Picture:
    if svg is None:
        told = t("page.cohort.figures.few")
    what = t(title)
    alt = t("page.cohort.fig.alt", what=what, told=told)
    return Picture(what, told, alt, svg)


def survival(report: CohortReport) -> Part:
    found = report.survival
    drawings = (
        ("os", {t("page.cohort.km.all"): found["os"]}),
        ("rfs", {
            t("page.cohort.km.all"): found["rfs"], t("page.cohort.km.high"): found["rfs_high_risk"],
        }),
    )  # fmt: skip
    pictures, longest = [], max(one.curve.longest_months for one in found.values())
    for name, named in drawings:
        title, one = t(f"page.cohort.km.{name}"), found[name]
        labels = (t("page.cohort.km.months"), t(f"page.cohort.km.axis_{name}"))
        svg = curves(named, labels, t("page.cohort.km.at_risk"), longest)
        alt = t("page.cohort.km.alt", what=title, n=one.patients, events=one.curve.events)
        pictures.append(Picture(title, "" if svg else t("page.cohort.km.none"), alt, svg))
    return Part(
        "survival", t("page.cohort.km"), survival_table(report), pictures=tuple(pictures),
        notes=(t("page.cohort.km.ticks"), survival_note(report)),
    )  # fmt: skip
