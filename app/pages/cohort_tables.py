"""The flow and the tables of the cohort report in the reader's words."""

from collections.abc import Iterator

from app.clinical.cohort import BANDS, Spread
from app.clinical.cohort import paper as printed
from app.pages.cohort_numbers import (
    NONE,
    chi,
    difference,
    mean_sd,
    mean_sd_n,
    median_range,
    p_value,
    percent,
    share,
)
from app.pages.cohort_parts import FlowBox, Part, Row, Table
from app.pages.words import t
from app.services.cohort.rows import (
    Baseline,
    Change,
    CohortReport,
    FamilyChange,
    Survival,
)


def flow(report: CohortReport) -> Part:
    boxes = tuple(
        FlowBox(
            t(f"page.cohort.flow.{step.name}"), step.patients,
            tuple(f"{t(f'page.cohort.left.{why}')}  {n}" for why, n in step.left.items()),
        )
        for step in report.flow
    )  # fmt: skip
    notes = (t("page.cohort.flow.note"),)
    return Part("flow", t("page.cohort.flow"), flow=boxes, notes=notes)


def table_1(report: CohortReport) -> Part:
    both = (report.baseline["eligible"], report.baseline["lowered"])
    head = (
        t("page.cohort.t1.head"), t("page.cohort.t1.eligible", n=both[0].patients),
        t("page.cohort.t1.lowered", n=both[1].patients),
        t("page.cohort.paper_n", n=printed.PATIENTS),
    )  # fmt: skip
    rows = (*_counted(both, ("sex",)), *_spreads(both), *_counted(both, _AFTER_SEX))
    notes = (t("page.cohort.t1.note"),)
    return Part("table1", t("page.cohort.table1"), Table(head, rows), notes=notes)


_AFTER_SEX = ("site", "operation", "diameter", "mitoses", "risk", "mutation", "preoperative")


def _counted(both: tuple[Baseline, Baseline], names: tuple[str, ...]) -> Iterator[Row]:
    for name in names:
        yield Row((t(f"page.cohort.t1.{name}"), "", "", ""), "head")
        paper = printed.BASELINE.get(name, {})
        of = [one.counted[name] for one in both]
        for word in of[0].counts:
            own = tuple(share(one.counts[word], one.known) for one in of)
            whole = printed.BASELINE_OF.get(name, printed.PATIENTS)
            theirs = share(paper[word], whole) if word in paper else NONE
            yield Row((t(f"page.cohort.{name}.{word}"), *own, theirs))
        if any(one.unknown for one in of):
            yield Row((t("page.cohort.unknown"), *(str(one.unknown) for one in of), NONE))


def _spreads(both: tuple[Baseline, Baseline]) -> Iterator[Row]:
    median, least, most = printed.AGE_MEDIAN_LEAST_MOST
    ages = (median_range(one.spreads["age"]) for one in both)
    yield Row((t("page.cohort.t1.age"), *ages, f"{median} ({least}–{most})"), "head")
    for name in ("bmi", "bsa"):
        own = (mean_sd(one.spreads[name], 1) for one in both)
        yield Row((t(f"page.cohort.t1.{name}"), *own, mean_sd(printed.MEANS[name], 1)), "head")


def levels(report: CohortReport) -> Part:
    head = (
        t("page.cohort.levels.dose"), t("page.cohort.levels.before"),
        t("page.cohort.levels.after"), t("page.cohort.pairs"), t("page.cohort.difference"),
        t("page.cohort.p_paired"), t("page.cohort.p_independent"), t("page.cohort.paper"),
    )  # fmt: skip
    rows = tuple(_level(dose, one) for dose, one in report.levels.items())
    months = {name: median_range(one, 1) for name, one in report.months_on_dose.items()}
    theirs = {f"paper_{name}": one for name, one in printed.MONTHS_ON_DOSE.items()}
    notes = (t("page.cohort.levels.note"), t("page.cohort.levels.months", **months, **theirs))
    return Part("levels", t("page.cohort.levels"), Table(head, rows), notes=notes)


def _level(dose: str, one: Change) -> Row:
    if dose == "all":
        before = t("page.cohort.levels.paper_before", v=mean_sd_n(printed.LEVEL_BEFORE))
        return Row((t("page.cohort.levels.all"), *_change(one, 0), before))
    theirs = printed.LEVELS_AFTER.get(int(dose))
    after = t("page.cohort.levels.paper_after", v=mean_sd_n(theirs)) if theirs else NONE
    return Row((f"{dose} mg", *_change(one, 0), after))


def _change(one: Change, digits: int) -> tuple[str, ...]:
    return (
        mean_sd_n(one.before, digits), mean_sd_n(one.after, digits), str(one.pairs),
        difference(one.paired, digits), p_value(one.paired and one.paired.p),
        p_value(one.independent and one.independent.p),
    )  # fmt: skip


def table_2(report: CohortReport) -> Part:
    head = tuple(
        t(f"page.cohort.t2.{name}") for name in ("head", "before", "after", "chi", "sm", "paper")
    )
    rows = tuple(
        row for family, one in report.adverse_events.items() for row in _family(family, one)
    )
    unknown = ", ".join(
        f"{t(f'family.{family}')} {one.not_known}"
        for family, one in report.adverse_events.items() if one.not_known
    )  # fmt: skip
    notes = [t("page.cohort.t2.note")]
    if unknown:
        notes.append(t("page.cohort.t2.unknown", told=unknown))
    return Part("table2", t("page.cohort.table2"), Table(head, rows), notes=tuple(notes))


def _family(family: str, one: FamilyChange) -> Iterator[Row]:
    paper = printed.ADVERSE_EVENTS[family]
    title = t("page.cohort.t2.family", family=t(f"family.{family}"), n=one.patients)
    tags = tuple(
        t(f"page.cohort.t2.{name}") for name in ("few_expected", "few_moved") if getattr(one, name)
    )
    statistic = f"χ² {paper.statistic:.3f}"
    yield Row((title, "", "", chi(one.pearson), chi(one.stuart_maxwell), statistic), "head", tags)
    for place, band in enumerate(BANDS):
        own = (share(one.before[band], one.patients), share(one.after[band], one.patients))
        theirs = f"{paper.before[place]} → {paper.after[place]}"
        yield Row((t(f"page.cohort.band.{band}"), *own, "", "", theirs))


def quality(report: CohortReport) -> Part:
    head = (
        *(t(f"page.cohort.sf36.{name}") for name in ("head", "before", "after")),
        t("page.cohort.pairs"), t("page.cohort.difference"), t("page.cohort.p_paired"),
        t("page.cohort.p_independent"), t("page.cohort.sf36.paper"),
    )  # fmt: skip
    rows = tuple(_scale(name, one) for name, one in report.quality.scales.items())
    warnings = tuple(
        t(f"page.cohort.sf36.{name}", n=n)
        for name, n in (("own", report.quality.own_wording), ("two", report.quality.two_wordings))
        if n
    )
    notes = (t("page.cohort.sf36.note", n=report.quality.pairs),)
    title = t("page.cohort.sf36")
    return Part("sf36", title, Table(head, rows), notes=notes, warnings=warnings)


def _scale(name: str, one: Change) -> Row:
    theirs = printed.SF36.get(name)
    paper = " → ".join(mean_sd(mean) for mean in theirs) if theirs else NONE
    own = (mean_sd(one.before, 1), mean_sd(one.after, 1), *_change(one, 1)[2:])
    kind = "head" if name in ("pcs_mean", "pcs_t", "mcs_mean", "mcs_t") else ""
    return Row((t(f"page.sf36.{name}"), *own, paper), kind)


def survival_table(report: CohortReport) -> Table:
    """A row a curve, a column a time; the paper's own and the crude share under 36 months."""
    points = report.survival["os"].points
    head = (t("page.cohort.km.head"), *(f"{point.months:.0f}" for point in points))
    rows = [
        row for name, one in report.survival.items()
        for row in _curve(name, one)
    ]  # fmt: skip
    return Table(head, tuple(rows), paper=False)


_CRUDE_MONTHS = 36  # of the paper's shares


def _curve(name: str, one: Survival) -> Iterator[Row]:
    yield Row((t(f"page.cohort.km.{name}"), *map(_point, one.points)), "head")
    risks = (t("page.cohort.km.risk", n=point.at_risk) for point in one.points)
    yield Row((f"n = {one.patients}", *risks))
    paper = percent(printed.SURVIVAL_36_MONTHS[name])
    if name == "os" or one.curve.longest_months < _CRUDE_MONTHS:
        told = t("page.cohort.km.paper", paper=paper)
    else:
        told = t("page.cohort.km.crude", s=percent(one.crude[f"{_CRUDE_MONTHS}"]), paper=paper)
    yield Row((told, *("",) * len(one.points)), "told")


def _point(point: object) -> str:
    survival, low, high = (getattr(point, name) for name in ("survival", "low", "high"))
    if survival is None:
        return NONE
    if low is None:
        return t("page.cohort.km.cell_bare", s=percent(survival))
    return t("page.cohort.km.cell", s=percent(survival), low=percent(low), high=percent(high))


def survival_note(report: CohortReport) -> str:
    os, rfs = report.survival["os"], report.survival["rfs"]
    follow: Spread = os.follow_up_months
    return t(
        "page.cohort.km.note", n=os.patients, left=os.left_out, deaths=os.curve.events,
        recurrences=rfs.curve.events, follow=median_range(follow),
    )  # fmt: skip
