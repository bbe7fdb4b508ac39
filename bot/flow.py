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


@dataclass(frozen=True, slots=True)
class Step:
    """A question: chosen (one or `many`), or typed and read by `read`."""

    code: str
    text: str
    choices: tuple[Choice, ...] = ()
    asked_if: Callable[[Answers], bool] = always
    read: Callable[[str], Any] | None = None
    many: bool = False
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


def advance(flow: Flow, answers: Answers, reply: str) -> dict[str, Any]:
    """Answer the open question by an option's code or by typed text."""
    step = open_step(flow, answers)
    assert step is not None, "a complete flow asks nothing"
    known = {choice.code for choice in step.offered(answers)}
    if step.many:
        return _toggled(step, answers, reply)
    if reply in known:
        return {**answers, step.code: reply}
    if step.read is None:
        raise Unclear("unclear.choice")
    return {**answers, step.code: step.read(reply)}


def back(flow: Flow, answers: Answers) -> dict[str, Any]:
    """Without the answer that was given last, and what is ticked of the open question."""
    given, here = [code for code in answers if flow.step(code)], open_step(flow, answers)
    dropped = {code for last in given[-1:] for code in (last, _draft(last))}
    dropped |= {_draft(here.code)} if here else set()
    return {code: answer for code, answer in answers.items() if code not in dropped}


def drafted(step: Step, answers: Answers) -> list[str]:
    """What is ticked so far of a question that takes many."""
    return list(answers.get(_draft(step.code), []))


def position(flow: Flow, answers: Answers) -> tuple[int, int]:
    """Which question is open, and of how many."""
    answered = sum(step.code in answers for step in flow.steps)
    return answered + 1, len(flow.steps)


def _draft(code: str) -> str:
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
    return {**answers, _draft(step.code): ticked}
