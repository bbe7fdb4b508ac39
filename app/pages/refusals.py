"""Why something was not taken, in words; of a decision with what it would have to be instead."""

from app.pages.printed.dose import verdict
from app.pages.words import level, t, word
from app.services.decisions import DoseNotProposed
from app.services.errors import DomainError
from app.services.seen import ChangedSince
from app.services.summary_rows import Summary


def said_of(error: DomainError) -> str:
    if isinstance(error, ChangedSince):
        what = "".join(_now(part, error.now) for part in error.changed)
        return t("page.decision.changed", what=what)
    if isinstance(error, DoseNotProposed) and error.proposed:
        doses = " / ".join(map(str, error.proposed))
        return t("page.error.DoseNotProposed.of", doses=doses)
    return word("error", type(error).__name__, **error.told)


def _now(part: str, seen: Summary) -> str:
    """What a part of the summary is by now."""
    key = f"page.decision.changed.{part}"
    if part == "rule":
        return t(key, verdict=verdict(seen.dose_rule) if seen.dose_rule else "–")
    if part == "dose":
        return t(key, dose=f"{seen.current.daily_dose_mg} mg" if seen.current else "–")
    if part == "levels":
        return t(key, first=_first(seen), last=_last(seen))
    if part == "alerts":
        return t(key, n=sum(one.closed_at is None for one in seen.alerts))
    if part == "grades":
        return t(key, grade=_worst(seen))
    return t(key)


def _first(seen: Summary) -> str:
    return level(seen.dose_rule.inputs.first_trough_ug_per_l if seen.dose_rule else None)


def _last(seen: Summary) -> str:
    return level(seen.levels[-1].corrected_ug_per_l if seen.levels else None)


def _worst(seen: Summary) -> str:
    put = seen.dose_rule.inputs if seen.dose_rule else None
    if put is None:
        return "–"
    worst = "–" if put.worst_grade is None else str(put.worst_grade)
    return f"{worst} · {t('page.intolerable')}" if put.intolerable else worst
