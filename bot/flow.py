"""Flows as data, and the functions that move along them. Pure.

The next question is the first unanswered one that applies: no transitions to draw, no
dead ends. "Back" removes an answer; a new version of a flow asks only what is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Answers = Mapping[str, Any]
DONE = "done"


class Unclear(Exception):
    """The reply does not answer the open question; `key` says why, in the catalogue."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = key, params
        super().__init__(key)


def always(_answers: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its code in the answer, and its label in the catalogue."""

    code: str
    label: str
    params: Mapping[str, Any] | None = None
    offered_if: Callable[[Answers], bool] = always
    wide: bool = False  # in a row of its own, whatever the columns


@dataclass(frozen=True, slots=True)
class Step:
    """A question: chosen (one or `many`), or typed and read by `read`."""

    code: str
    text: str
    choices: tuple[Choice, ...] = ()
    asked_if: Callable[[Answers], bool] = always
    read: Callable[[str], Any] | None = None
    many: bool = False
    words: bool = False  # typed in any words, so that no word by itself is meant for a person
    columns: int = 1
    paired: bool = False  # two to a row where both labels are short
    params: Mapping[str, Any] = field(default_factory=dict)

    def has(self, code: str) -> bool:
        """Whether one of the choices has this code."""
        return any(choice.code == code for choice in self.choices)

    def offered(self, answers: Answers) -> tuple[Choice, ...]:
        """The choices that fit the earlier answers."""
        return tuple(choice for choice in self.choices if choice.offered_if(answers))


@dataclass(frozen=True, slots=True)
class Flow:
    """A name and its steps, in the order of asking."""

    name: str
    steps: tuple[Step, ...]
    can_pause: bool = False

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)


def open_step(flow: Flow, answers: Answers) -> Step | None:
    """The first unanswered step that applies; None when the flow is complete."""
    return next((s for s in flow.steps if s.code not in answers and s.asked_if(answers)), None)


def known(flow: Flow, answers: Answers) -> dict[str, Any]:
    """The answers that still stand: without those that another version of the flow took."""
    kept = dict(answers)
    for step in flow.steps:
        if step.many:
            _keep_known(step, kept)
        elif step.code in kept and step.read is None and not step.has(kept[step.code]):
            del kept[step.code]
    return kept


def reopened(flow: Flow, answers: Answers) -> dict[str, Any] | None:
    """The answers that still stand, with a question open; None when the flow asks nothing now."""
    kept = known(flow, answers)
    while open_step(flow, kept) is None:
        fewer = back(flow, kept)
        if fewer == kept:
            return None
        kept = fewer
    return kept


def _keep_known(step: Step, kept: dict[str, Any]) -> None:
    for code in (step.code, drafted_as(step.code)):
        given = kept.get(code)
        if given and not all(step.has(one) for one in given):
            kept[code] = [one for one in given if step.has(one)]
            if not kept[code]:
                del kept[code]


def advance(flow: Flow, answers: Answers, reply: str) -> dict[str, Any]:
    """Answer the open question by an option's code or by typed text."""
    step = open_step(flow, answers)
    assert step is not None, "a complete flow asks nothing"
    known = {choice.code for choice in step.offered(answers)}
    if step.many:
        return _toggled(step, answers, reply)
    if reply not in known and step.read is None:
        raise Unclear("unclear.choice")
    told = reply if reply in known else step.read(reply)  # type: ignore[misc]
    return {**_without(answers, drafted_as(step.code)), step.code: told}


def can_read(step: Step, text: str) -> bool:
    """Whether a typed text answers a step that is typed."""
    try:
        return step.read is not None and step.read(text) is not None
    except Unclear:
        return False


def back(flow: Flow, answers: Answers) -> dict[str, Any]:
    """Without the answer given last, and the ticks of the open question.

    A question that is asked again keeps the answer that it had.
    """
    again, here = asked_again(flow, answers), open_step(flow, answers)
    if again is not None:
        return {**_without(answers, drafted_as(again)), again: answers[drafted_as(again)]}
    given = [code for code in answers if flow.step(code)]
    dropped = [code for last in given[-1:] for code in (last, drafted_as(last))]
    return _without(answers, *dropped, *([drafted_as(here.code)] if here else []))


def as_if_just_told(flow: Flow, answers: Answers) -> dict[str, Any]:
    """The same answers, those before the open question told last: "back" leads to them."""
    step = open_step(flow, answers)
    before = flow.steps[: flow.steps.index(step)] if step else flow.steps
    last = [one.code for one in before if one.code in answers]
    return {**_without(answers, *last), **{code: answers[code] for code in last}}


def ask_again(flow: Flow, answers: Answers, code: str) -> dict[str, Any]:
    """Open an answered question once more; its answer is kept aside until there is another."""
    again = asked_again(flow, answers)
    before = back(flow, answers) if again else answers
    return {**_without(before, code), drafted_as(code): before[code]}


def asked_again(flow: Flow, answers: Answers) -> str | None:
    """The open question, if it is asked once more."""
    step = open_step(flow, answers)
    return step.code if step and not step.many and drafted_as(step.code) in answers else None


def kept_aside(answers: Answers, code: str) -> Any:
    """What was answered to a question that is asked once more."""
    return answers[drafted_as(code)]


def drafted(step: Step, answers: Answers) -> list[str]:
    """What is ticked so far of a question that takes many."""
    return list(answers.get(drafted_as(step.code), []))


def position(flow: Flow, answers: Answers) -> tuple[int, int]:
    """Which question is open, and of how many."""
    answered = sum(step.code in answers for step in flow.steps)
    return answered + 1, len(flow.steps)


def _without(answers: Answers, *codes: str) -> dict[str, Any]:
    return {code: answer for code, answer in answers.items() if code not in codes}


def drafted_as(code: str) -> str:
    """Where the ticks stand of an open question, or the answer of one that is asked again."""
    return f"{code}*"


def _toggled(step: Step, answers: Answers, reply: str) -> dict[str, Any]:
    ticked = drafted(step, answers)
    if reply == "none":
        return {**answers, step.code: []}
    if reply == DONE:
        if not ticked:
            raise Unclear("unclear.tick_one")
        return {**answers, step.code: ticked}
    if reply not in {choice.code for choice in step.offered(answers)}:
        raise Unclear("unclear.choice")
    ticked = [one for one in ticked if one != reply] if reply in ticked else [*ticked, reply]
    return {**answers, drafted_as(step.code): ticked}
