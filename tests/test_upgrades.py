"""A database in use is migrated with all that stands in it, forwards, back, and forwards again."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    Table,
    Time,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSON as POSTGRES_JSON
from sqlalchemy.exc import IntegrityError

from app.database import make_engine
from tests.conftest import HAS_POSTGRES, POSTGRES, named

BEFORE = "0003"
VALUES: tuple[tuple[Any, Any], ...] = (
    ((JSON, POSTGRES_JSON), {}), (Boolean, True), (Integer, 1), (Float, 1.5), (Date, date(2026, 9, 20)),
    (DateTime, datetime(2026, 11, 24, 2, tzinfo=UTC)), (Time, time(8)),
)  # fmt: skip
# Where only some words may stand; all else is made up by its type.
WORDS = {
    "language": "en", "sex": "female", "prior": "jiang_2023", "ctcae_version": "5.0", "channel": "telegram",
    "clinic_id": "wuhan", "decision": "accepted", "provenance": "staff", "actor": "chat:7001",
}  # fmt: skip
STATES = {"chat": "active", "message": "sent", "alert": "closed"}
STATUSES = {"dose": "taken", "symptom_grade": "suggested", "visit": "planned"}
IDS = {"clinic": "wuhan", "chat": 7001}


def value_of(table: Table, column: Any) -> Any:
    known = {**WORDS, "state": STATES.get(table.name), "status": STATUSES.get(table.name)}
    if known.get(column.name):
        return known[column.name]
    if (table.name, column.name) == ("inbox_item", "kind"):
        return "text"
    if column.name == "id" and table.name in IDS:
        return IDS[table.name]
    return next((value for kinds, value in VALUES if isinstance(column.type, kinds)), "1")


@pytest.fixture(params=["sqlite", "postgres"])
def old(request, tmp_path) -> Iterator[str]:
    """The address of a database as it was before, with a row in each table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/old.db"
        return
    if not HAS_POSTGRES:
        pytest.skip("no PostgreSQL answers")
    name = f"gist_old_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield named(name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def to(old) -> Callable[[str], None]:
    config = Config("alembic.ini")
    config.attributes["url"] = old

    def to(revision: str) -> None:
        (command.downgrade if revision == BEFORE else command.upgrade)(config, revision)

    command.upgrade(config, BEFORE)
    return to


@pytest.fixture
def engine(old) -> Iterator[Engine]:
    engine = make_engine(old)
    yield engine
    engine.dispose()


def tables_of(connection: Connection) -> list[Table]:
    tables = MetaData()
    tables.reflect(connection)
    return [table for table in tables.sorted_tables if table.name != "alembic_version"]


def fill(connection: Connection) -> None:
    for table in tables_of(connection):
        values = {column.name: value_of(table, column) for column in table.columns}
        connection.execute(table.insert().values(values))


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables_of(connection)
        }


def test_an_upgrade_keeps_every_row_and_so_does_the_way_back(to, engine):
    with engine.begin() as connection:
        fill(connection)
    before = counted(engine)
    assert min(before.values()) == 1
    for revision in ("head", BEFORE, "head"):
        to(revision)
        after = counted(engine)
        assert {name: after[name] for name in before} == before
        with engine.connect() as connection:
            told = connection.execute(text("SELECT code, usual_dose_time FROM patient")).one()
            assert (told[0], str(told[1])[:5]) == ("1", "08:00")


@pytest.mark.parametrize(("carer", "actor"), [(False, "patient"), (True, "carer")])
def test_the_audit_of_before_names_no_account_of_telegram(to, engine, carer, actor):
    with engine.begin() as connection:
        fill(connection)
        connection.execute(text("UPDATE chat SET proxy = :carer"), {"carer": carer})
    to("head")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT actor FROM audit")).scalar_one() == actor


def test_after_an_upgrade_a_row_that_refers_to_nothing_is_refused(to, engine):
    with engine.begin() as connection:
        fill(connection)
    to("head")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE dose SET patient_id = 'nobody'"))


def test_an_upgrade_that_finds_a_broken_reference_keeps_nothing_of_itself(to, engine, old):
    if not old.startswith("sqlite"):
        pytest.skip("PostgreSQL checks each statement")
    with engine.begin() as connection:
        fill(connection)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.connection.driver_connection.execute("UPDATE dose SET patient_id = 'nobody'")
    with pytest.raises(RuntimeError, match="refer to nothing"):
        to("head")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == BEFORE
