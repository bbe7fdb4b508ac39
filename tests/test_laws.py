"""Laws of the source that no reviewer should have to remember."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from babel.messages.pofile import read_po

import models

SOURCES = sorted(path for name in ("app", "bot", "models") for path in Path(name).rglob("*.py"))
MAY_SPEAK_TELEGRAM = {
    "app/senders/telegram.py", "app/senders/telegram_http.py", "bot/telegram.py", "bot/__main__.py",
}  # fmt: skip
MAY_READ_TIME = {"app/clock.py"}


def test_only_work_commits():
    found = {str(path) for path in SOURCES if ".commit(" in path.read_text("utf-8")}
    assert found <= {"app/work.py"}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)


def importing(package: str) -> set[str]:
    return {
        str(path)
        for path in SOURCES
        for name in _imported(path)
        if name.split(".")[0] == package
    }


def test_only_the_bot_and_its_sender_speak_telegram():
    assert importing("telegram") <= MAY_SPEAK_TELEGRAM


def test_the_product_imports_nothing_of_the_sandbox_the_rehearsal_or_the_tests():
    assert importing("sandbox") | importing("tests") | importing("rehearsal") == set()


def test_only_the_clock_reads_the_time():
    reads = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|\btime\.time\(")
    found = {str(path) for path in SOURCES if reads.search(path.read_text("utf-8"))}
    assert found <= MAY_READ_TIME


FILES = sorted(path.name for path in Path("app/texts/en").glob("*.po"))


def _texts(language: str, name: str) -> dict[str, str]:
    with (Path("app/texts") / language / name).open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def _values(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)", text))


def test_both_languages_have_the_same_files():
    assert sorted(path.name for path in Path("app/texts/zh_CN").glob("*.po")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_there_in_both_languages_with_the_same_values(name):
    english, chinese = _texts("en", name), _texts("zh_CN", name)
    assert english.keys() == chinese.keys()
    assert [key for key in english if not english[key] or not chinese[key]] == []
    assert [key for key in english if _values(english[key]) != _values(chinese[key])] == []


def test_no_text_is_written_in_two_files():
    keys = [key for name in FILES for key in _texts("en", name)]
    assert len(keys) == len(set(keys))


def test_the_migrations_have_one_head():
    assert len(ScriptDirectory.from_config(Config("alembic.ini")).get_heads()) == 1


def test_the_migrations_make_the_tables_that_the_models_describe(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, models.Patient.metadata) == []
