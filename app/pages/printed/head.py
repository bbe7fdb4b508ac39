"""Who it is, on which dose since when, and what is missing."""

from collections.abc import Iterator, Mapping

from app.pages.printed.dose import beside_verdict, signed_lines, verdict
from app.pages.printed.levels import estimated_now
from app.pages.printed.part import Fact, Line, Part
from app.pages.words import clock, day, level, moment, t, word
from app.services.summary_rows import Level, NextVisit, Summary
from models import VisitPurpose


def head(seen: Summary, people: Mapping[str, str]) -> Part:
    died = seen.patient.died_on is not None
    rule = [Line(verdict(seen.dose_rule), "strong")] if seen.dose_rule and not died else []
    asked = seen.medicines is not None and seen.medicines.counts
    unasked = [] if asked else [t("page.medicines.missing")]
    lacking = " · ".join([*(t(f"page.missing.{one}") for one in seen.missing), *unasked])
    missing = (
        [Line(t("page.summary.missing", what=lacking), "warn")] if lacking and not died else []
    )
    lines = [
        Line(_who(seen)),
        *(Line(one, "alarm") for one in ended(seen)),
        *beside_verdict(seen),
        *rule,
        *signed_lines(seen, people),
        *_watch(seen),
        *missing,
    ]
    return Part(seen.patient.code, facts=tuple(_facts(seen)), lines=lines)


def _who(seen: Summary) -> str:
    p = seen.patient
    told = [t("page.age_sex", age=p.age, sex=word("sex", p.sex))] if p.age < 200 else []
    told += [t("page.surgery", on=day(p.surgery_date))] if p.surgery_date else []
    told += [t(f"page.risk.{p.risk}")] if p.risk else []
    return " · ".join(told)


def ended(seen: Summary) -> list[str]:
    """Death, recurrence, and that the treatment is stopped: each with its day."""
    p, dose = seen.patient, seen.current
    told = [t("page.follow.dead", on=day(p.died_on))] if p.died_on else []
    told += [t("page.follow.recurred", on=day(p.recurrence_on))] if p.recurrence_on else []
    stopped = dose is not None and not dose.daily_dose_mg
    return told + ([t("page.follow.stopped", on=day(dose.started_on))] if dose and stopped else [])


def _facts(seen: Summary) -> Iterator[Fact]:
    dose, last = seen.current, seen.levels[-1] if seen.levels else None
    mg = "–" if dose is None else _dose(dose.daily_dose_mg)
    yield Fact(t("page.current_dose"), mg, t("page.since", on=day(dose.started_on)) if dose else "")
    value = f"{level(last.corrected_ug_per_l)} µg/L" if last else "–"
    yield Fact(t("page.last_level"), value, _beside(last, seen) if last else "")
    visit = seen.next_visit
    plain = visit is not None and visit.purpose == VisitPurpose.FOLLOW_UP
    called = t("page.next_visit.follow_up" if plain else "page.next_visit")
    yield Fact(called, moment(visit.draw_at) if visit else "–", _window(visit))
    told = seen.adherence
    rest = t("page.adherence.rest", missed=told.missed, vomited=told.vomited,
             not_told=told.not_told)  # fmt: skip
    yield Fact(t("page.adherence"), f"{told.taken}/{told.days}", rest)


def _beside(last: Level, seen: Summary) -> str:
    """The band of the last level, what was measured, and when; the estimate of now."""
    band = [t(f"page.band.{last.band}")] if last.band else []
    raw = f"{last.comparator or ''}{last.raw_ug_per_l:.0f}"
    measured = t("page.summary.beside", raw=raw, on=day(last.drawn_at))
    return " · ".join([*band, measured, *estimated_now(seen.estimate)])


def _dose(mg: int) -> str:
    return f"{mg} mg" if mg else t("page.decision.stop")


def _window(visit: NextVisit | None) -> str:
    """When to draw, where the dose is told; else when to take it."""
    if visit is None or visit.dose_times is None:
        return ""
    if visit.window is None:
        dose = visit.dose_times
        return t("page.dose_from_to", earliest=moment(dose.earliest), latest=clock(dose.latest))
    opens, closes = clock(visit.window.opens_at), clock(visit.window.closes_at)
    outside = "" if visit.fits else f" · {t('page.outside')}"
    return t("page.window", opens=opens, closes=closes) + outside


def _watch(seen: Summary) -> list[Line]:
    """After a reduction: whether the level that is due then is there."""
    found = seen.watch
    if found is None:
        return []
    told = t(f"page.watch.{found.state}", n=found.due_in_days, late=-found.due_in_days,
             level=level(found.first_level_ug_per_l))  # fmt: skip
    before = t("page.watch", before=found.from_dose_mg, now=found.to_dose_mg)
    low = [Line(t("page.watch.below", level=f"{one:.1f}"), "warn") for one in found.below_ug_per_l]
    return [Line(f"{before} {told}", "quiet"), *low]
