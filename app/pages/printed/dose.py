"""The dose rule with its inputs, and the decision: as recorded, or boxes to write it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.clinical.trough import EXPECTED_FROM_UG_PER_L
from app.pages.printed.levels import chances_at
from app.pages.printed.part import Fact, Line, Part, breakable
from app.pages.printed.told import grade_told, more_than
from app.pages.words import cause, day, level, moment, t, word
from app.services.summary_rows import DecisionLine, Rule, Summary
from models import DecisionKind

if TYPE_CHECKING:
    from app.clinical.bayes import Estimate

_ON_A_DOSE = (DecisionKind.ACCEPTED, DecisionKind.OVERRIDDEN)
_DECISIONS = 3  # the newest; the page has all


def verdict(rule: Rule) -> str:
    doses = rule.proposal.proposed_doses_mg
    if doses:
        return t("page.rule.proposes", doses=" / ".join(map(str, doses)))
    return t(f"page.branch.{rule.proposal.branch}")


def beside_verdict(seen: Summary) -> Iterator[Line]:
    """What the rule does not weigh: alerts that are not closed, a last level below the range."""
    unclosed = [one for one in seen.alerts if one.closed_at is None]
    if unclosed:
        what = ", ".join(
            " · ".join([t(f"family.{one.family}"), *map(cause, one.causes)]) for one in unclosed
        )
        yield Line(f"{t('page.verdict.alerts', n=len(unclosed))} ({breakable(what)})", "warn")
    if low := low_level(seen):
        yield Line(low, "warn")


def low_level(seen: Summary) -> str:
    """That the last level is below the expected range, by its value or by its limit; else ""."""
    last = seen.levels[-1] if seen.levels else None
    if last is None:
        return ""
    limit = f"{last.comparator}{level(last.raw_ug_per_l)}" if last.comparator else None
    under = last.comparator in ("<", "<=") and last.raw_ug_per_l < EXPECTED_FROM_UG_PER_L
    if last.band != "below" and not under:
        return ""
    told = limit if last.corrected_ug_per_l is None else level(last.corrected_ug_per_l)
    return t("page.verdict.low", level=told, on=day(last.drawn_at))


def rule(seen: Summary) -> Part:
    """Branch, inputs with their dates, what is missing, projections."""
    found = seen.dose_rule
    if found is None:
        missing = "page.missing.regimen" if seen.current is None else "page.decision.stop"
        return Part(t("page.rule"), lines=(Line(t(missing), "quiet"),))
    reasons = [Line(word("reason", one)) for one in found.proposal.reasons]
    missing = [Line(word("rule_missing", one), "warn") for one in found.proposal.missing]
    off = seen.estimate is not None and seen.estimate.disagrees
    warned = [Line(t("page.rule.disagrees"), "warn")] if off else []
    lines = (Line(verdict(found), "strong"), *reasons, *missing, *warned,
             Line(t("page.rule.source"), "quiet"))  # fmt: skip
    return Part(t("page.rule"), facts=tuple(_facts(found, seen.estimate)), lines=lines)


def _facts(found: Rule, estimate: Estimate | None) -> Iterator[Fact]:
    put, proposal = found.inputs, found.proposal
    yield Fact(t("page.rule.worst", since=day(put.reported_since)), grade_told(put.worst_grade),
               t("page.intolerable") if put.intolerable else "")  # fmt: skip
    at = day(put.first_trough_at) if put.first_trough_at else ""
    yield Fact(t("page.rule.trough"), f"{level(put.first_trough_ug_per_l)} µg/L", at)
    yield Fact(t("page.rule.days"),
               t("page.rule.days_told", n=put.days_at_dose, mg=put.current_dose_mg))  # fmt: skip
    for mg, value in proposal.projections.items():
        if mg < put.current_dose_mg:
            mean = proposal.paper_means[mg]
            seen = t("page.rule.seen", mean=level(mean.mean_ug_per_l), sd=level(mean.sd_ug_per_l),
                     n=mean.patients)  # fmt: skip
            yield Fact(t("page.rule.projected", mg=mg), f"{level(value)} µg/L",
                       " · ".join([seen, *chances_at(mg, estimate)]))  # fmt: skip


def decision(seen: Summary, people: Mapping[str, str]) -> Part:
    """What was decided, the newest first; boxes where no dose was decided on today."""
    zone = ZoneInfo(seen.patient.time_zone)
    today = seen.at.astimezone(zone).date()
    days = {
        one.decided_at.astimezone(zone).date() for one in seen.decisions
        if one.decision in _ON_A_DOSE and one.status != "replaced"
    }  # fmt: skip
    weighed = in_force(seen.decisions)
    lines = [line for one in seen.decisions[:_DECISIONS] for line in _decided(one, people, weighed)]
    lines += more_than(_DECISIONS, seen.decisions)
    kinds = ("accepted", "overridden", "deferred")
    closed = today in days or seen.patient.died_on is not None
    boxes = () if closed else tuple(t(f"page.decision.{one}") for one in kinds)
    return Part(t("page.decision"), lines=lines, boxes=boxes)


def in_force(entries: Sequence[DecisionLine]) -> set[str]:
    """Of entries, the newest first, those that a dose rests on, now or when it starts."""
    found = set()
    for one in entries:
        if one.status == "replaced" or one.decision == DecisionKind.WITHDRAWN:
            continue
        found.add(one.id)
        if one.decision in _ON_A_DOSE and one.status not in ("waiting", "planned"):
            break
    return found


def _decided(one: DecisionLine, people: Mapping[str, str], weighed: set[str]) -> Iterator[Line]:
    dose = "" if one.dose_mg is None else f" · {_dose(one.dose_mg)}"
    who = _who(one.decided_by, people)
    on = day(one.starts_on) if one.starts_on else ""
    stands = f" · {t(f'page.decision.status.{one.status}', on=on)}" if one.status in _STANDS else ""
    told = f"{day(one.decided_at)} · {t(f'page.decision.{one.decision}')}{dose}{stands} · {who}"
    yield Line(" · ".join([told, *_followed(one, people)]))
    for kind in one.corrected_since if one.id in weighed else ():
        yield Line(t(f"page.decision.corrected_since.{kind}"), "warn")
    if one.reason:
        yield Line(breakable(one.reason), "quiet")


def _followed(one: DecisionLine, people: Mapping[str, str]) -> Iterator[str]:
    """Who confirmed it, and whether the patient knows."""
    if one.confirmed_by and one.confirmed_at:
        who = _who(one.confirmed_by, people)
        yield t("page.decision.confirmed_by", who=who, on=day(one.confirmed_at))
    if one.told_at:
        how = "seen" if one.told_by in ("patient", "carer") else "told"
        yield t(f"page.decision.{how}", at=moment(one.told_at))
    elif one.status in ("planned", "begun"):
        yield t("page.decision.untold")


def signed_lines(seen: Summary, people: Mapping[str, str]) -> Iterator[Line]:
    """What is signed and does not hold yet."""
    for one in seen.decisions:
        if one.status in ("waiting", "planned"):
            yield Line(signed_told(one, people), "warn")


def signed_told(one: DecisionLine, people: Mapping[str, str]) -> str:
    """A dose that was decided: from when, by whom, and whether a second person is waited for."""
    dose = t("page.signed", dose=_dose(one.dose_mg or 0))
    since = t("page.signed.from", on=day(one.starts_on)) if one.starts_on else ""
    waits = one.status == "waiting"
    since = since or (t("page.signed.after") if waits else "")
    second = t("page.decision.status.waiting") if waits else ""
    who = _who(one.decided_by, people)
    return " · ".join(filter(None, [" ".join(filter(None, [dose, since])), who, second]))


def _who(actor: str, people: Mapping[str, str]) -> str:
    return people.get(actor) or (t("page.who.key") if actor.startswith("key:") else actor)


_STANDS = ("waiting", "planned", "begun", "replaced")


def _dose(mg: int) -> str:
    return f"{mg} mg" if mg else t("page.decision.stop")
