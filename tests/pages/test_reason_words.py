"""Each reason that the code gives for ending or holding back a message has words, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.pages.reasons import why
from models import VisitStatus

ROOT = Path(__file__).parents[2]
FILES = [
    path for folder in ("app", "bot") for path in sorted((ROOT / folder).rglob("*.py"))
    if not path.name.startswith("demo")
]  # fmt: skip
# Reasons with a value in them, as they come.
SAMPLES = {
    "visit {}": [f"visit {one}" for one in VisitStatus if one != VisitStatus.PLANNED],
    "{}: provider's code {}": ["undelivered: provider's code 30003"],
    "gave up after {} attempts": ["gave up after 8 attempts"],
}  # fmt: skip
OF_FILES = ["not a picture: UnidentifiedImageError", "too many points", "not a voice note",
            "more than 10485760 bytes", "gave up after 8 attempts"]  # fmt: skip


class Reasons:
    """The words that are given for a parameter, a keyword or a column named "reason"."""

    def __init__(self) -> None:
        trees = {path: ast.parse(path.read_text()) for path in FILES}
        nodes = [(path, node) for path, tree in trees.items() for node in ast.walk(tree)]
        self._constants = {
            node.targets[0].id: node.value
            for _, node in nodes
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        self._takes: dict[tuple[str, Path | None], int] = {}
        for path, node in nodes:
            if isinstance(node, ast.FunctionDef):
                self._learn(path, node)
        self.found = {text for path, node in nodes for text in self._given(path, node) if text}

    def _learn(self, path: Path, node: ast.FunctionDef) -> None:
        names = [one.arg for one in node.args.args]
        if "reason" in names:
            its_own = path if node.name.startswith("_") else None
            self._takes[node.name, its_own] = names.index("reason")

    def _given(self, path: Path, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            place = self._takes.get((name, path if name.startswith("_") else None))
            values = node.args[place : place + 1] if place is not None else []
            values = [*values, *(one.value for one in node.keywords if one.arg == "reason")]
        elif isinstance(node, ast.Assign):
            values = list(_into_reason(node))
        else:
            values = []
        for value in values:
            yield from self._texts(value)

    def _texts(self, value: ast.AST) -> Iterator[str]:
        if isinstance(value, ast.Name) and value.id in self._constants:
            value = self._constants[value.id]
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
        elif isinstance(value, ast.JoinedStr):
            yield "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in value.values)
        elif isinstance(value, ast.IfExp):
            yield from (text for one in (value.body, value.orelse) for text in self._texts(one))


def _into_reason(node: ast.Assign) -> Iterator[ast.AST]:
    for target in node.targets:
        both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
        pairs = zip(target.elts, node.value.elts, strict=False) if both else [(target, node.value)]
        yield from (value for one, value in pairs if getattr(one, "attr", "") == "reason")


FOUND = sorted(Reasons().found)


def test_the_reasons_are_found_where_they_are_given():
    assert {"rescheduled", "the visits have changed", "the patient stopped reminders",
            "erased", "its worker died", "visit {}", "answered"} <= set(FOUND)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_reason_has_words(app, language):
    unknown = [one for one in FOUND if "{}" in one and one not in SAMPLES]
    assert unknown == [], "name in SAMPLES what they look like"
    given = [one for reason in FOUND for one in SAMPLES.get(reason, [reason])]
    with app.test_request_context(f"/?lang={language}"):
        said = {one: why(one) for one in [*given, *OF_FILES]}
    assert [one for one, words in said.items() if _is_chinese(words) != (language == "zh-CN")] == []
    assert language == "en" or [one for one, words in said.items() if words == one] == []


def _is_chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)
