"""Failures that others had: each row of docs/failures.md names tests that are there."""

import ast
import re
from pathlib import Path

import pytest

ROWS = {
    int(number): re.findall(r"`(\w+)`", tests)
    for number, tests in re.findall(
        r"^\| (\d+) \|[^|]*\|(.*)\|$", Path("docs/failures.md").read_text("utf-8"), re.M
    )
}


def written() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in Path("tests").rglob("test_*.py"))
    return {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_failure_of_the_list_is_there():
    assert sorted(ROWS) == list(range(1, 45))


@pytest.mark.parametrize("number", ROWS)
def test_a_failure_has_tests_and_they_are_written(number):
    assert ROWS[number]
    assert set(ROWS[number]) - written() == set()
