"""What the bot says: intents of the catalogue, with their buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.flow import DONE, Answers, Choice, Flow, Step, drafted, open_step

Rows = list[list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Reply:
    """An intent: a key of the catalogue and its values (see app.texts.render)."""

    key: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opens:
    """Instead of a reply: the flow to open, what is answered in it already, and a word before."""

    flow: str
    answers: Answers = field(default_factory=dict)
    note: Mapping[str, Any] | None = None


def button(label: str, data: str) -> dict[str, Any]:
    return {"label": label, "data": data}


def ask(flow: Flow, answers: Answers, note: Mapping[str, Any] | None = None) -> Reply:
    """The open question of a flow, with its options and the way back."""
    step = open_step(flow, answers)
    assert step is not None, "a complete flow asks nothing"
    buttons = [*_options(step, answers), _way_back(flow, answers)]
    asked = {**step.params, "buttons": buttons}
    if note is None:
        return Reply(step.text, asked)
    again = {"key": step.text, "params": dict(step.params)}
    lines = [*note.get("lines", ()), again]
    return Reply(note["key"], {**note.get("params", {}), "lines": lines, "buttons": buttons})


def _options(step: Step, answers: Answers) -> Rows:
    ticked = drafted(step, answers) if step.many else []
    options = [_option(step, choice, choice.code in ticked) for choice in step.offered(answers)]
    if ticked:
        options = [one for one in options if not one["data"].endswith(":none")]
        options.append(button("nav.done", f"{step.code}:{DONE}"))
    if step.paired:
        return [[{**one, "paired": True} for one in options]]
    return [options[i : i + step.columns] for i in range(0, len(options), step.columns)]


def _option(step: Step, choice: Choice, ticked: bool) -> dict[str, Any]:
    shown = button(choice.label, f"{step.code}:{choice.code}")
    if choice.params:
        shown["params"] = dict(choice.params)
    return {**shown, "chosen": True} if ticked else shown


def _way_back(flow: Flow, answers: Answers) -> list[dict[str, Any]]:
    row = [button("nav.back", "nav:back")] if answers else []
    leave = "pause" if flow.can_pause else "cancel"
    return [*row, button(f"nav.{leave}", f"nav:{leave}")]
