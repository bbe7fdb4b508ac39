"""Draws each flow of the bot as Mermaid, in words, for a clinic to review: `make diagram`.

The arrows are found by answering the flow itself, so that they cannot differ from it. What is
asked of one symptom has a diagram of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from app.clinical.symptoms import TERMS_ASKED
from app.texts import Reader, say
from bench.walked import END, TYPED, Edge, by_target, edges_of
from bot.flow import Flow, Step
from bot.flows import FLOWS
from bot.flows.symptoms import SYMPTOMS, WHICH

FOLDER = Path("docs/flows")
LANGUAGES = {"en": "en", "zh-CN": "zh"}
_MOST = 12  # questions in one diagram
_NAMED = 3  # options named on an arrow, before it says "any other"
_WORDS = {
    "en": {
        "title": "What the bot asks: {flow}", "typed": "typed", "other": "any other", "end": "done",
        "many": "several may be ticked", "start": "start", "elsewhere": "goes on", "read": "may be typed",
        "about": "Drawn by `make diagram` from the flow itself: do not edit. A box is a question with"
                 " its buttons; an arrow without words is taken whatever the answer.",
        "frame": "From the first tap to the last screen", "asks": "the questions of that symptom",
    },
    "zh-CN": {
        "title": "机器人怎么问：{flow}", "typed": "输入文字", "other": "其他回答", "end": "结束",
        "many": "可多选", "start": "开始", "elsewhere": "接着", "read": "也可以输入",
        "about": "由 `make diagram` 根据流程本身画出，请勿手改。方框是问题和按钮；没有文字的箭头表示怎么回答都走这里。",
        "frame": "从第一步到最后一步", "asks": "这个症状的问题",
    },
}  # fmt: skip


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.md"):
        old.unlink()
    for name, text in pages():
        (FOLDER / name).write_text(text, "utf-8")
    print(f"{FOLDER}: {len(list(FOLDER.glob('*.md')))} pages")


def pages() -> Iterator[tuple[str, str]]:
    """Each page's file name and text."""
    for flow in FLOWS.values():
        for language, short in LANGUAGES.items():
            yield f"{flow.name}.{short}.md", Page(flow, language).text()


class Page:
    """A flow in one language."""

    def __init__(self, flow: Flow, language: str) -> None:
        self._flow, self._reader = flow, Reader(language, "UTC")
        self._words = _WORDS[language]
        self._steps = {step.code: step for step in flow.steps}

    def text(self) -> str:
        title = self._words["title"].format(flow=f"`{self._flow.name}`")
        parts = [f"# {title}", self._words["about"], *self._diagrams()]
        return "\n\n".join(parts) + "\n"

    def _diagrams(self) -> Iterator[str]:
        if self._flow is SYMPTOMS:
            yield from self._of_symptoms()
            return
        edges, codes = edges_of(self._flow, {}), list(self._steps)
        for at in range(0, len(codes), _MOST):
            yield self._drawn(edges, set(codes[at : at + _MOST]))

    def _of_symptoms(self) -> Iterator[str]:
        """The frame, in which a symptom's questions are one box; then each symptom's."""
        yield f"## {self._words['frame']}"
        frame = {step.code for step in self._flow.steps if not _is_clinical(step)}
        yield self._drawn(edges_of(self._flow, {}, _in_one_box), {*frame, "asks"})
        for term in TERMS_ASKED.values():
            yield f"## {self._say(f'family.{term.family}')}: {self._say(f'term.{term.code}')}"
            begun = {WHICH: term.family, f"symptoms.{term.family}.one": term.code}
            edges = edges_of(self._flow, begun, _of_term(term.code))
            yield self._drawn(edges, {edge.start for edge in edges})

    def _say(self, key: str, params: Mapping[str, object] | None = None) -> str:
        return say(key, self._reader, params)

    def _drawn(self, edges: list[Edge], codes: set[str]) -> str:
        mine = [edge for edge in edges if edge.start in codes]
        lines = [self._box(step) for code, step in self._steps.items() if code in codes]
        targets = dict.fromkeys(edge.to for edge in mine if edge.to not in codes or edge.to == "asks")
        lines += [self._stub(code) for code in targets]
        lines += [
            self._arrow(start, to, options, mine) for (start, to), options in by_target(mine).items()
        ]
        return "\n".join(["```mermaid", "flowchart TD", *(f"  {line}" for line in lines), "```"])

    def _box(self, step: Step) -> str:
        head = [self._say(step.text, step.params).replace("\n\n", " · ")]
        notes = [self._words["many"]] if step.many else []
        notes += [self._words["read"]] if step.read and step.choices else []
        head += [f"<i>{note}</i>" for note in notes]
        options = [f"• {self._say(one.label, one.params)}" for one in step.choices]
        return f'{_id(step.code)}["{_quoted("<br/>".join([*head, *options]))}"]'

    def _stub(self, code: str) -> str:
        if code in self._steps:
            step = self._steps[code]
            words = f"{self._words['elsewhere']}: {self._say(step.text, step.params)}"
            return f'{_id(code)}(["{_quoted(words.replace(chr(10), " "))}"])'
        return f'{_id(code)}(["{self._words[code]}"])'

    def _arrow(self, start: str, to: str, options: list[str], edges: list[Edge]) -> str:
        words = self._on_arrow(start, options, {edge.to for edge in edges if edge.start == start})
        return f'{_id(start)} -->{f"|{chr(34)}{_quoted(words)}{chr(34)}|" if words else ""} {_id(to)}'

    def _on_arrow(self, start: str, options: list[str], targets: set[str]) -> str:
        """Nothing where all answers go the same way; a few options by name, else "any other"."""
        if len(targets) == 1 or start not in self._steps:
            return ""
        if len(options) > _NAMED and len(options) * 2 > len(self._steps[start].choices):
            return self._words["other"]
        return "<br/>".join(self._option(start, one) for one in options)

    def _option(self, start: str, option: str) -> str:
        if option == TYPED:
            return self._words["typed"]
        choice = next(one for one in self._steps[start].choices if one.code == option)
        return self._say(choice.label, choice.params)


def _is_clinical(step: Step) -> bool:
    return step.code.partition(".")[0] in TERMS_ASKED


def _of_term(term: str) -> Callable[[Step], str | None]:
    return lambda step: None if step.code.partition(".")[0] == term else END


def _in_one_box(step: Step) -> str | None:
    return "asks" if _is_clinical(step) else None


def _id(code: str) -> str:
    return "n_" + "".join(one if one.isalnum() else "_" for one in code)


def _quoted(text: str) -> str:
    return text.replace('"', "#quot;")


if __name__ == "__main__":
    main()
