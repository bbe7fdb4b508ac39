"""Each fact that must call a nurse: is it there, was somebody called in time, and until when?"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import Alert
from rehearsal.findings import (
    AFTER_ANSWER,
    FORGOTTEN,
    LATE,
    LOST,
    RECOVERY_OF_CALLS,
    SLACK,
    Findings,
    is_excused,
)
from rehearsal.matched import Seen
from rehearsal.on_call import (
    ROUND_PAUSE,
    first_reachable,
    longest_wait,
    steps_of,
    wait_after,
)
from rehearsal.truth import Alarm, Fact, Person, Site, Truth

_AT_ONCE = timedelta(seconds=60)
_SAME = timedelta(seconds=1)
_OLD = timedelta(hours=24)  # what is older comes back when the clinic is staffed
_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Calling:
    """A time in which people must be called: from a fact or a return, until it is answered."""

    since: datetime
    until: datetime
    why: str  # fact, returned or reopened
    raised_at: datetime  # when it last was told or opened again


def _round_of(one: Seen) -> int:
    """Of "alert:ID:ROUND:CHANNEL:PERSON"."""
    return int(one.row.dedupe.split(":")[2])


class AlertsJudged:
    """By the facts that were told, the answers that were given, and who was on call."""

    def __init__(
        self, truth: Truth, findings: Findings, alerts: Sequence[Alert],
        raised: Mapping[str, datetime], seen: Sequence[Seen],
    ) -> None:  # fmt: skip
        self._truth, self._findings, self._raised = truth, findings, raised
        self._alerts = sorted(alerts, key=lambda one: raised[one.id])
        self._people = {person.id: person for person in truth.people}
        self._calls: defaultdict[str, list[Seen]] = defaultdict(list)
        self._answers: defaultdict[str, list[Alarm]] = defaultdict(list)
        self._alarms: defaultdict[str, list[datetime]] = defaultdict(list)
        self.answered_after: list[timedelta] = []
        for one in seen:
            self._sort(one)
        for answer in truth.answered:
            self._answers[answer.alert_id].append(answer)

    def _sort(self, one: Seen) -> None:
        about = str(one.row.about)
        if about.startswith("operator:"):
            self._alarms[one.row.clinic_id].append(one.one.at)
        elif about.startswith("alert:") and one.row.staff_id is not None:
            self._calls[about.removeprefix("alert:")].append(one)

    def judge(self) -> None:
        facts: defaultdict[str, list[Fact]] = defaultdict(list)
        for person in self._truth.people:
            for fact in person.facts:
                alert = self._alert_of(fact)
                if alert is None:
                    why = f"{fact.kind}, {fact.family}: no alert"
                    self._findings.add(LOST, person, fact.at, why)
                else:
                    facts[alert.id].append(fact)
        for alert in self._alerts:
            self._judge(alert, facts[alert.id])

    def _alert_of(self, fact: Fact) -> Alert | None:
        """The alert that is open for a fact: a red flag's own, else the latest of the family."""
        found = [
            alert for alert in self._alerts
            if alert.patient_id == fact.person.id and alert.family == fact.family
            and self._raised[alert.id] <= fact.at + _SAME
            and (alert.red_flag or not fact.is_flag) and not self._is_closed(alert, fact.at)
        ]  # fmt: skip
        return found[-1] if found else None

    def _is_closed(self, alert: Alert, at: datetime) -> bool:
        before = [one.what for one in self._answers[alert.id] if one.at < at]
        return bool(before) and before[-1] == "closed"

    def _judge(self, alert: Alert, facts: Sequence[Fact]) -> None:
        person = self._people[alert.patient_id]
        spans = list(self._spans(alert, facts, person.site))
        calls = sorted(self._calls[alert.id], key=lambda one: one.one.at)
        for span in spans:
            mine = [one for one in calls if span.since <= one.one.at < span.until]
            self._judge_span(person, span, mine)
        for one in calls:
            if not any(span.since <= one.one.at < span.until for span in spans):
                detail = f"{one.row.channel} to staff {one.row.staff_id}"
                self._findings.add(AFTER_ANSWER, person, one.one.at, detail)
        if alert.state != "closed" and alert.next_step_at is None:
            self._findings.add(LOST, person, alert.raised_at, "open, and nothing will be done")

    def _spans(self, alert: Alert, facts: Sequence[Fact], site: Site) -> Iterator[Calling]:
        """Starts by facts that are new or worse, returns and reopenings; an answer ends each."""
        answers, starts = self._answers[alert.id], dict(self._starts(alert, facts, site))
        for at in sorted(starts):
            later = [one.at for one in answers if one.at > at and one.what != "reopened"]
            ends = [*later, *(one for one in starts if one > at), self._truth.end]
            if later and starts[at] == "fact" and min(ends) == later[0]:
                self.answered_after.append(later[0] - at)
            raised = [one for one in starts if one <= at and starts[one] != "returned"]
            yield Calling(at, min(ends), starts[at], max(raised, default=at))

    def _starts(
        self, alert: Alert, facts: Sequence[Fact], site: Site
    ) -> Iterator[tuple[datetime, str]]:
        grade = -1
        for fact in sorted(facts, key=lambda one: one.at):
            is_first = abs(self._raised[alert.id] - fact.at) <= _SAME
            if is_first or fact.grade > grade:
                yield fact.at, "fact"
            grade = max(grade, fact.grade)
        yield from self._returns(alert, site)

    def _returns(self, alert: Alert, site: Site) -> Iterator[tuple[datetime, str]]:
        """What was taken and not closed in time, or was opened again."""
        answers = self._answers[alert.id]
        for n, one in enumerate(answers):
            back = one.at + timedelta(minutes=site.close_within_min)
            following = answers[n + 1].at if n + 1 < len(answers) else self._truth.end
            if one.what == "reopened":
                yield one.at, "reopened"
            elif one.what == "acknowledged" and back < following:
                yield back, "returned"

    def _judge_span(self, person: Person, span: Calling, calls: Sequence[Seen]) -> None:
        """Somebody at once, and the next after each wait."""
        due, last, tried, in_round = span.since + _AT_ONCE, None, set(), 0
        for one in calls:
            if _round_of(one) < in_round:
                continue  # of a round that is over: it had to wait for Twilio
            if _round_of(one) > in_round:
                in_round, tried = _round_of(one), set()
            self._judge_gap(person, span, due, one.one.at, last)
            due, last = self._next_due(person.site, one), one
            tried.add((one.row.staff_id, str(one.row.channel)))
            asked = due - _AT_ONCE if one.one.failed_at else due  # when the next is looked for
            if not steps_of(person.site, asked) - tried:
                due, tried = due + ROUND_PAUSE, set()
        if due + SLACK < span.until:
            self._judge_gap(person, span, due, span.until, last)

    def _next_due(self, site: Site, one: Seen) -> datetime:
        if one.one.failed_at is not None:
            return one.one.failed_at + _AT_ONCE
        return one.one.at + wait_after(site, one.row.staff_id, str(one.row.channel), one.one.at)

    def _judge_gap(
        self, person: Person, span: Calling, due: datetime, at: datetime, last: Seen | None
    ) -> None:
        if at <= due + SLACK or self._had_to_wait(person.site, span, due, at, last):
            return
        detail = f"{span.why} of {span.since:%d %H:%M:%S}: a call was due {due:%d %H:%M:%S}"
        self._findings.add(self._line(span, last, at), person, at, detail)

    def _line(self, span: Calling, last: Seen | None, at: datetime) -> str:
        if span.why == "returned" and last is None:
            return FORGOTTEN
        never = last is None and at == span.until == self._truth.end
        return LOST if never else LATE

    def _had_to_wait(
        self, site: Site, span: Calling, due: datetime, at: datetime, last: Seen | None
    ) -> bool:
        """Twilio or the worker was away; nobody can be reached, and the operator knows."""
        since = last.one.at if last else span.since
        if is_excused(self._truth, since, at, "twilio", RECOVERY_OF_CALLS):
            return True
        if span.why == "returned" and last is None and span.since - span.raised_at > _OLD:
            return at <= due + 3 * _OLD
        asked = due - _AT_ONCE  # when the product looked for somebody
        again = self._first_chance(site, asked, at)
        seen = timedelta(minutes=site.waits_min["call"]) + SLACK
        return again > asked and at <= again + seen and self._operator_knows(site, due)

    def _first_chance(self, site: Site, since: datetime, until: datetime) -> datetime:
        """From when on somebody can be called, by a worker that is there."""
        at = first_reachable(site, since, until)
        while at < until and self._truth.is_away("worker", at):
            spells = self._truth.spells_in(at, at + _SAME, "worker")
            at = first_reachable(site, max(spell.until for spell in spells), until)
        return at

    def _operator_knows(self, site: Site, at: datetime) -> bool:
        alarms = sorted(self._alarms[site.id])
        n = bisect_right(alarms, at + longest_wait(site))
        return n > 0 and alarms[n - 1] >= at - _AN_HOUR or is_excused(
            self._truth, at, at + _AN_HOUR, "twilio"
        )
