"""The levels as measured, corrected and estimated side by side, and the estimate by dose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from app.pages.printed.part import Line, Part, Table
from app.pages.words import clock, day, level, t, word
from app.services.summary_rows import Level, Summary

if TYPE_CHECKING:
    from app.clinical.bayes import AtDose, Estimate

_LEVELS = 6  # the newest; the page has all


def estimated_by_level(seen: Summary) -> Mapping[str, float]:
    """What the estimate has for the moment of each draw that it rests on; ug/L by level."""
    if seen.estimate is None:
        return {}
    usable = [one.id for one in seen.levels if one.corrected_ug_per_l is not None]
    fitted = seen.estimate.levels
    told = zip(usable[-len(fitted) :], fitted, strict=True)
    return {name: one.fitted_ug_per_l for name, one in told}


def levels(seen: Summary) -> Part:
    """The newest first."""
    if not seen.levels:
        return Part(t("page.levels"), lines=(Line(t("page.levels.none"), "quiet"),))
    estimated = estimated_by_level(seen)
    head = (t("page.level.drawn"), t("page.level.dose"), t("page.level.hours"), t("page.level.raw"),
            t("page.level.corrected"), t("page.level.estimated"), "")  # fmt: skip
    rows = [_row(one, estimated) for one in reversed(seen.levels[-_LEVELS:])]
    unit = Line(t("page.summary.levels_note"), "quiet")
    return Part(t("page.levels"), table=Table(head, rows, (2, 3, 4, 5)), lines=(unit,))


def _row(one: Level, estimated: Mapping[str, float]) -> tuple[str, ...]:
    return (
        _when(one.drawn_at, one.drawn_provenance), _when(one.last_dose_at, one.dose_provenance),
        "–" if one.hours_after_dose is None else f"{one.hours_after_dose:.1f}",
        f"{one.comparator or ''}{one.raw_ug_per_l:.0f}", _corrected(one),
        level(estimated.get(one.id)), _said_of(one),
    )  # fmt: skip


def _when(at: datetime | None, provenance: str | None) -> str:
    """A moment, and who told it."""
    return f"{day(at)} {clock(at)} · {word('provenance', provenance)}" if at else "–"


def _corrected(one: Level) -> str:
    if one.corrected_ug_per_l is None or one.low_ug_per_l is None:
        return level(one.corrected_ug_per_l)
    return f"{level(one.corrected_ug_per_l)} ({level(one.low_ug_per_l)}–{level(one.high_ug_per_l)})"


def _said_of(one: Level) -> str:
    told = [t(f"page.band.{one.band}")] if one.band else []
    told += [t("page.level.first", mg=one.dose_mg)] if one.first_at_dose else []
    return " · ".join([*told, *(word("level_flag", flag) for flag in one.flags)])


def chances_at(mg: int, found: Estimate | None) -> list[str]:
    """The chances at a dose; where level and model disagree, those of the wider model too."""
    if found is None:
        return []
    told = [_chances("page.rule.chances", one) for one in found.doses if one.dose_mg == mg]
    wider = found.wider.doses if found.disagrees and found.wider else ()
    return told + [_chances("page.rule.chances_wider", one) for one in wider if one.dose_mg == mg]


def estimated_now(found: Estimate | None) -> list[str]:
    """The estimate in short, and that it is not to be leaned on where it disagrees."""
    if found is None:
        return []
    told = [t("page.summary.estimated", trough=level(found.current.trough_ug_per_l))]
    told += [t("page.summary.disagrees")] if found.disagrees else []
    wider = found.wider if found.disagrees else None
    trough = level(wider.current.trough_ug_per_l) if wider else ""
    return told + ([t("page.summary.wider", trough=trough)] if wider else [])


def _chances(key: str, one: AtDose) -> str:
    """How likely the true trough on a dose is in, under and far over the expected range."""
    return t(key, expected=f"{one.p_760_to_1100 * 100:.0f}",
             below=f"{one.p_below_760 * 100:.0f}",
             high=f"{one.p_at_or_above_1500 * 100:.0f}")  # fmt: skip


def _disagreement(found: Estimate) -> Iterator[str]:
    if found.disagrees:
        yield t("page.estimate.disagrees")
    if found.disagrees and found.wider:
        at = found.wider.current
        yield t("page.estimate.wider", trough=level(at.trough_ug_per_l), low=level(at.low_ug_per_l),
                high=level(at.high_ug_per_l))  # fmt: skip


def estimate(seen: Summary) -> Part | None:
    """Trough and chance of each band by daily dose; None without an estimate."""
    found = seen.estimate
    if found is None:
        return None
    rows = [
        (f"{one.dose_mg} mg", f"{level(one.trough_ug_per_l)} ({level(one.low_ug_per_l)}–"
         f"{level(one.high_ug_per_l)})",
         *(f"{p * 100:.0f} %" for p in (one.p_below_760, one.p_760_to_1100, one.p_1100_to_1500,
                                        one.p_at_or_above_1500)))
        for one in found.doses
    ]  # fmt: skip
    head = (t("page.estimate.dose"), t("page.estimate.trough"), "< 760", "760–1100", "1100–1500",
            "≥ 1500")  # fmt: skip
    warned = [Line(one, "warn") for one in _disagreement(found)]
    source = Line(t("page.summary.estimate_note", prior=t(f"page.prior.{found.prior}")), "quiet")
    by_dose = Table(head, rows, (1, 2, 3, 4, 5))
    return Part(t("page.estimate"), table=by_dose, lines=(*warned, source))
