"""What the bot says: intents of the catalogue, with their buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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


def ask(
    flow: Flow, answers: Answers, note: Mapping[str, Any] | None = None,
    offered: Sequence[Choice] | None = None,
) -> Reply:  # fmt: skip
    """The open question of a flow, with its options (or those `offered` now) and the way back."""
    step = open_step(flow, answers)
    assert step is not None, "a complete flow asks nothing"
    step = step if offered is None else replace(step, choices=tuple(offered))
    buttons = [*_options(step, answers), _way_back(flow, answers)]
    asked = {**step.params, "buttons": buttons}
    if note is None:
        return Reply(step.text, asked)
    again = {"key": step.text, "params": dict(step.params)}
    lines = [*note.get("lines", ()), again]
    return Reply(note["key"], {**note.get("params", {}), "lines": lines, "buttons": buttons})


def without_buttons(data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a text alone, for where it is said above a question."""
    return {name: one for name, one in data.items() if name not in ("buttons", "lines")}


def led_by(first: Reply, reply: Reply) -> Reply:
    """Both, the first above; the buttons and the file are those of the second."""
    own = {name: one for name, one in reply.data.items() if name in ("buttons", "attachment")}
    values = without_buttons({n: one for n, one in reply.data.items() if n != "attachment"})
    line = {"key": reply.key, "params": values}
    lines = [*first.data.get("lines", ()), line, *reply.data.get("lines", ())]
    return Reply(first.key, {**without_buttons(first.data), **own, "lines": lines})


def _options(step: Step, answers: Answers) -> Rows:
    ticked = drafted(step, answers) if step.many else []
    choices = step.offered(answers)
    options = [_option(step, one, one.code in ticked) for one in choices if not one.wide]
    if ticked:
        options = [one for one in options if not one["data"].endswith(":none")]
        options.append(button("nav.done", f"{step.code}:{DONE}"))
    if step.paired:
        return [[{**one, "paired": True} for one in options]]
    rows = [options[i : i + step.columns] for i in range(0, len(options), step.columns)]
    return [*rows, *([_option(step, one, False)] for one in choices if one.wide)]


def _option(step: Step, choice: Choice, ticked: bool) -> dict[str, Any]:
    shown = button(choice.label, f"{step.code}:{choice.code}")
    if choice.params:
        shown["params"] = dict(choice.params)
    return {**shown, "chosen": True} if ticked else shown


def _way_back(flow: Flow, answers: Answers) -> list[dict[str, Any]]:
    given = any(step.code in answers for step in flow.steps)
    row = [button("nav.back", "nav:back")] if given else []
    leave = "pause" if flow.can_pause else "cancel"
    return [*row, button(f"nav.{leave}", f"nav:{leave}")]
