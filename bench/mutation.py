"""Mutation tests of the clinical core: which small changes of the code no test notices.

mutmut makes the mutants and runs, for each, the tests that reach its function. What survives is
tried again in a process of its own, for some functions run while modules are loaded. A survivor
that docs/mutation.md does not explain makes the command fail. Names narrow the run:
`python -m bench.mutation "app.clinical.units.*"`.
"""

import ast
import importlib
import multiprocessing
import os
import re
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import Phase, settings
from mutmut.__main__ import cli
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

EXPLAINED = Path("docs/mutation.md")
MUTANTS = Path("mutants")
TESTS = "tests/clinical"
# Loaded once: what is neither mutated nor a test.
HEAVY = ("alembic.config", "babel", "numpy", "psycopg", "scipy.integrate", "scipy.optimize")
KILLED = ("killed", "timeout", "segfault")
UNCHANGED = "app.clinical.nothing.x_nothing__mutmut_0"
TIMEOUT_S = 120
# A test that failed or could not be loaded, or none that ended in time.
NOTICED = (1, 2, -signal.SIGALRM)


class Survivor(NamedTuple):
    """A mutant that no test noticed: its place, and the lines as they were and as they are."""

    name: str
    path: str
    line: int
    function: str
    change: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What docs/mutation.md holds of it; lines move, so their numbers are left out."""
        return (f"{self.path} {self.function}", *self.change)


def main(names: Sequence[str]) -> int:
    """Make the mutants, run the tests, print what survives; 1 if anything is not explained."""
    settings.register_profile(
        "mutation", derandomize=True, database=None, deadline=None,
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    settings.load_profile("mutation")
    for module in HEAVY:
        importlib.import_module(module)
    shutil.rmtree(MUTANTS, ignore_errors=True)
    if _in_a_child(_mutmut, *names) or _in_a_child(_tests, UNCHANGED):
        return 2
    return _judged(_results(names))


def _mutmut(*names: str) -> None:
    cli(["run", "--max-children", "1", *names], standalone_mode=False)


def _results(names: Sequence[str]) -> dict[str, tuple[Path, str]]:
    """The file and the outcome of each mutant."""
    found: dict[str, tuple[Path, str]] = {}
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            if not names or any(fnmatch(name, wanted) for wanted in names):
                found[name] = path, status_by_exit_code[code]
    return found


def _judged(results: dict[str, tuple[Path, str]]) -> int:
    """Print each survivor that is not explained, and the figures of each file."""
    explained = _explained(EXPLAINED.read_text(encoding="utf-8"))
    counts = {str(path): Counter[str]() for path, _ in results.values()}
    for name, (path, status) in results.items():
        one = None if status in KILLED else _survivor(name, path)
        outcome = _outcome(one, explained)
        counts[str(path)][outcome] += 1
        if one and outcome == "unexplained":
            place = f"\n{one.path}:{one.line} {one.function} ({name})"
            print(place, *one.change, sep="\n", flush=True)
    _print_table(counts)
    return 1 if any(of["unexplained"] for of in counts.values()) or not results else 0


def _outcome(one: Survivor | None, explained: set[tuple[str, ...]]) -> str:
    if one is None:
        return "killed"
    if one.key in explained:
        return "explained"
    return "killed" if _in_a_child(_tests, one.name) in NOTICED else "unexplained"


def _print_table(counts: dict[str, Counter[str]]) -> None:
    print(f"\n{'':44}{'mutants':>8}{'killed':>8}{'explained':>10}{'unexplained':>12}")
    for path, of in (*sorted(counts.items()), ("all", sum(counts.values(), Counter[str]()))):
        figures = of["killed"], of["explained"], of["unexplained"]
        print("{:44}{:8}{:8}{:10}{:12}".format(path, sum(figures), *figures))


def _survivor(name: str, path: Path) -> Survivor:
    """Where the mutant is, and what it changes."""
    function, holder = orig_function_and_class_names_from_key(name)
    diff = get_diff_for_mutant(name, path=path).splitlines()[2:]
    change = tuple(f"{line[0]} {line[1:].strip()}" for line in diff if line[0] in "+-")
    lines = path.read_text(encoding="utf-8").splitlines()
    start = min(
        node.lineno
        for node in ast.walk(ast.parse("\n".join(lines)))
        if isinstance(node, ast.FunctionDef) and node.name == function
    )
    at = next(n for n in range(start, len(lines) + 1) if lines[n - 1].strip() == change[0][2:])
    return Survivor(name, str(path), at, ".".join(filter(None, (holder, function))), change)


def _explained(text: str) -> set[tuple[str, ...]]:
    """The survivors that docs/mutation.md holds: a line may stand over several changes of it."""
    found = set()
    for block in re.findall(r"^```diff\n(.*?)^```$", text, flags=re.M | re.S):
        for one in re.split(r"\n(?=app/)", block.strip()):
            place, *change = one.splitlines()
            old = [line for line in change if line.startswith("-")]
            found |= {(place, *old, line) for line in change if line.startswith("+")}
    return found


def _tests(name: str) -> int:
    """The exit code of the tests with the mutant in place from the start, the nearest first."""
    signal.alarm(TIMEOUT_S)
    chosen = config().pytest_add_cli_args
    os.environ["MUTANT_UNDER_TEST"] = name
    os.chdir(MUTANTS)
    sys.path[:] = [os.getcwd(), *(entry for entry in sys.path if entry)]
    for module in [one for one in sys.modules if one.split(".")[0] in ("app", "bench", "models")]:
        del sys.modules[module]
    files = sorted(map(str, Path(TESTS).glob("test_*.py")))
    near = [file for file in files if name.split(".")[2] in Path(file).read_text("utf-8")]
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        far = [file for file in files if file not in near]
        return _pytest(chosen, near) or _pytest(chosen, far)


def _pytest(chosen: list[str], files: list[str]) -> int:
    return int(pytest.main(["-x", "--rootdir=.", *chosen, *files])) if files else 0


def _in_a_child(function: Callable[..., int | None], *names: str) -> int:
    """Call a function in a process of its own, so that nothing it loads stays; its exit code."""
    child = multiprocessing.get_context("fork").Process(
        target=lambda: sys.exit(function(*names) or 0)
    )
    child.start()
    child.join()
    return child.exitcode or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
