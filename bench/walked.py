"""What follows on each answer of a flow, found by answering it."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.flow import DONE, Answers, Flow, Step, Unclear, advance, open_step

END = "end"
TYPED = "typed"  # instead of an option, where text answers
_SAMPLES = ("08:10", "K7M2P9QX", "1966", "2026-11-24", "80", "Tokyo", "ok", "0" * 22)
_WAYS = 24  # to one question, that are followed


@dataclass(frozen=True, slots=True)
class Edge:
    """From a question, by an option (or what is typed), to a question or the end."""

    start: str
    option: str
    to: str


def edges_of(
    flow: Flow, begun: Answers, box: Callable[[Step], str | None] = lambda _step: None
) -> list[Edge]:
    """Every edge that is found by answering from `begun`, each question in up to 24 ways.

    A question for which `box` has a name is not drawn: END stops there, and any other name
    stands for all questions of that name, through which the way goes on.
    """
    found: dict[Edge, None] = {}
    ways: defaultdict[str, int] = defaultdict(int)
    waiting: deque[Answers] = deque([begun])
    while waiting:
        answers = waiting.popleft()
        step = open_step(flow, answers)
        if step is None or box(step) == END or ways[step.code] >= _WAYS:
            continue
        ways[step.code] += 1
        for option, then in _answered(flow, step, answers):
            name = _name(flow, then, box)
            found[Edge(step.code, option, name)] = None
            beyond = _beyond(flow, then, box)
            if beyond is not then:
                found[Edge(name, "", _name(flow, beyond, box))] = None
            waiting.append(beyond)
    return list(found)


def _name(flow: Flow, answers: Answers, box: Callable[[Step], str | None]) -> str:
    step = open_step(flow, answers)
    return END if step is None else box(step) or step.code


def _beyond(flow: Flow, answers: Answers, box: Callable[[Step], str | None]) -> Answers:
    """The answers at the next question that is drawn, the boxed ones answered by their first."""
    while (step := open_step(flow, answers)) is not None and box(step) not in (None, END):
        _, answers = next(_answered(flow, step, answers))
    return answers


def _answered(flow: Flow, step: Step, answers: Answers) -> Iterator[tuple[str, Answers]]:
    """Each option of a question, and the answers with it; of many, each ticked alone."""
    for choice in step.offered(answers):
        then = advance(flow, answers, choice.code)
        ticked = step.many and choice.code != "none"
        yield choice.code, advance(flow, then, DONE) if ticked else then
    if step.read is not None:
        yield TYPED, advance(flow, answers, _sample(step))


def _sample(step: Step) -> str:
    assert step.read is not None
    for text in _SAMPLES:
        try:
            step.read(text)
        except Unclear:
            continue
        return text
    raise LookupError(f"{step.code} reads none of the samples; add one")


def by_target(edges: Iterable[Edge]) -> dict[tuple[str, str], list[str]]:
    """The options that lead from one question to another."""
    grouped: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in edges:
        grouped[edge.start, edge.to].append(edge.option)
    return dict(grouped)
