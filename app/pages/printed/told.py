"""What is known of the patient: grades, the last report, SF-36, laboratory, alerts."""

from collections.abc import Iterator, Sequence

from app.pages.printed.part import Line, Part, Table, breakable, said
from app.pages.words import cause, clock, day, level, marked, moment, red_flags, signed, t, word
from app.services.own_words import OwnWords
from app.services.summary_quality import Sf36Scores
from app.services.summary_rows import AlertLine, LabValue, Summary

_SUMS = ("pcs_mean", "mcs_mean", "pcs_t", "mcs_t")
_ALERTS = 4  # the newest; the page has all


def grade_told(grade: int | None) -> str:
    return "–" if grade is None else str(grade)


def grades(seen: Summary) -> Part:
    """Worst and latest since the current dose began, by family."""
    rows = [
        (t(f"family.{one.family}"), grade_told(one.worst), grade_told(one.latest),
         day(one.latest_at) if one.latest_at else "–")
        for one in seen.families
    ]  # fmt: skip
    head = ("", t("page.summary.worst"), t("page.summary.latest"), t("page.summary.on"))
    return Part(t("page.summary.grades"), table=Table(head, rows, (1, 2)))


def report(seen: Summary, photos: Sequence[str], words: OwnWords) -> Part:
    """The last report: what counts in it, and the patient's own words and photos."""
    lines = (*_reported(seen), *_own_words(words))
    return Part(t("page.report"), lines=lines, photos=photos)


def _own_words(words: OwnWords) -> Iterator[Line]:
    """What was written, said or sent of late, the newest first."""
    for item in words.items:
        flags = [t(f"flag.{flag}") for flag in item.triage.get("red_flags", ())]
        told = (moment(item.received_at), t(f"page.inbox.{item.kind}"), *flags)
        yield Line(" · ".join(told), "warn" if flags else "quiet")
        if item.text:
            yield said("".join(part for part, _ in marked(item)))
    if words.more:
        yield Line(t("page.words.more", n=words.more), "quiet")


def _reported(seen: Summary) -> tuple[Line, ...]:
    if seen.report is None:
        return (Line(t("page.grades.none"), "quiet"),)
    one = seen.report
    when = f"{moment(one.reported_at)} · {word('provenance', one.provenance)}"
    graded = [f"{t(f'term.{term.term}')} {term.grade}" for term in one.terms]
    terms = t("page.summary.comma").join(graded)
    flags = [Line(t(f"flag.{flag}"), "warn") for flag in one.red_flags]
    flags += [Line(t("page.intolerable"), "warn")] if one.intolerable else []
    words = [said(one.note)] if one.note else []
    open_ = any(term.status != "confirmed" for term in one.terms)
    words += [Line(t("page.suggested"), "quiet")] if open_ else []
    return (Line(when, "quiet"), *flags, Line(terms or t("page.report.nothing")), *words)


def quality(seen: Summary) -> Part:
    """The first, the last but one and the last questionnaire, with both summaries."""
    forms = forms_of(seen)
    if not forms:
        return Part(t("page.sf36"), lines=(Line(t("page.sf36.none"), "quiet"),))
    names = [*forms[-1].scales, *_SUMS]
    change = seen.quality.change
    rows = [
        (t(f"page.sf36.{name}"), *(level(score_in(form, name)) for form in forms),
         *((signed(change.get(name)),) if len(forms) > 1 else ()))
        for name in names
    ]  # fmt: skip
    head = ["", *(day(form.answered_at) for form in forms)]
    head += [t("page.sf36.since_first")] if len(forms) > 1 else []
    strong = tuple(range(len(names) - len(_SUMS), len(names)))
    note = Line(t("page.sf36.note"), "quiet")
    return Part(
        t("page.sf36"), table=Table(head, rows, tuple(range(1, len(head))), strong), lines=(note,)
    )


def forms_of(seen: Summary) -> list[Sf36Scores]:
    """First, last but one and last, each once, oldest first."""
    found: dict[object, Sf36Scores] = {}
    for form in (seen.quality.first, seen.quality.previous, seen.quality.last):
        if form is not None:
            found.setdefault(form.answered_at, form)
    return list(found.values())


def score_in(form: Sf36Scores, name: str) -> float | None:
    return form.scales[name] if name in form.scales else getattr(form, name)


def labs(seen: Summary) -> Part:
    names = " · ".join(t(f"page.recall.lab.{one}") for one in seen.missing_labs)
    lacking = (Line(f"{t('page.labs.missing')} {names}", "warn"),) if names else ()
    if not seen.labs:
        return Part(t("page.labs"), lines=(Line(t("page.labs.none"), "quiet"), *lacking))
    head = ("", t("page.summary.value"), t("page.summary.range"), t("page.summary.grade"),
            t("page.summary.on"))  # fmt: skip
    rows = [
        (word("analyte", one.analyte), f"{one.comparator or ''}{one.value:g} {one.unit}",
         range_of(one), grade_told(one.grade), day(one.collected_at))
        for one in seen.labs
    ]  # fmt: skip
    return Part(t("page.labs"), table=Table(head, rows, (1, 2, 3)), lines=lacking)


def range_of(one: LabValue) -> str:
    """The laboratory's own limits of a value."""
    if one.lln is None and one.uln is None:
        return "–"
    if one.lln is None:
        return f"≤ {one.uln:g}"
    return f"{one.lln:g}–{one.uln:g}" if one.uln is not None else f"≥ {one.lln:g}"


def alerts(seen: Summary) -> Part:
    lines = [line for one in seen.alerts[:_ALERTS] for line in _alert(one)]
    lines += more_than(_ALERTS, seen.alerts)
    return Part(t("page.alerts"), lines=lines or (Line(t("page.alerts.none_past"), "quiet"),))


def more_than(printed: int, all_of: Sequence[object]) -> list[Line]:
    """How many stand on the page alone."""
    left = len(all_of) - printed
    return [Line(t("page.summary.more", n=left), "quiet")] if left > 0 else []


def medicines(seen: Summary) -> Part:
    """When other medicines were asked for last, and the answer."""
    one = seen.medicines
    if one is None:
        return Part(t("page.medicines"), lines=(Line(t("page.medicines.not_asked"), "warn"),))
    answer = t(f"page.medicines.answer.{one.answer}")
    asked = [Line(f"{day(one.asked_on)} · {answer}", "plain" if one.counts else "warn")]
    asked += [] if one.counts else [Line(t("page.medicines.old"), "warn")]
    kinds = " · ".join(t(f"page.medicines.kind.{kind}") for kind in one.kinds)
    asked += [Line(kinds, "warn")] if kinds else []
    return Part(t("page.medicines"), lines=(*asked, *([said(one.words)] if one.words else ())))


def _alert(one: AlertLine) -> Iterator[Line]:
    raised = f"{day(one.raised_at)} {clock(one.raised_at)}"
    yield Line(" · ".join([raised, *_about(one), word(*_state(one))]))
    if one.note:
        yield Line(breakable(one.note), "quiet")


def _about(one: AlertLine) -> Iterator[str]:
    """Its red flags first; the family where there is none, a grade where one was given."""
    flags = red_flags(one.causes)
    yield from (cause(code) for code in flags)
    if one.grade or not flags:
        yield f"{t(f'family.{one.family}')} {one.grade or ''}".rstrip()
    yield from (cause(code) for code in one.causes if code not in flags)


def _state(one: AlertLine) -> tuple[str, str]:
    """How it was closed, else that it is not."""
    if one.disposition:
        return "disposition", one.disposition
    return "summary.state", one.state
