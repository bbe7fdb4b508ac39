"""A clean database for each test: SQLite always, PostgreSQL where a server answers."""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from app.database import make_engine
from app.work import Begin, work_on
from models import Clinic, Language, Patient, Regimen, Sex
from models.columns import new_id

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def _postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


HAS_POSTGRES = _postgres_answers()


def pytest_report_header() -> str:
    return "databases: SQLite" + (" and PostgreSQL" if HAS_POSTGRES else "; no PostgreSQL answers")


def pytest_sessionstart() -> None:
    if os.environ.get("CI") == "true" and not HAS_POSTGRES:
        pytest.exit("PostgreSQL must be reachable under CI: set TEST_POSTGRES", returncode=3)


def migrate(url: str) -> None:
    config = Config("alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("migrated") / "clinic.db"
    migrate(f"sqlite:///{path}")
    return whole_file(path)


def whole_file(path: Path) -> bytes:
    """A SQLite database with what its log still holds."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """The name of a migrated database, which tests copy."""
    with database_from("template1") as name:
        migrate(named(name))
        yield name


@contextmanager
def database_from(template: str) -> Iterator[str]:
    """The name of a copy of a database, which is dropped afterwards."""
    name = f"gist_test_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def named(name: str) -> str:
    server = POSTGRES.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://")
    return f"{server}/{name}"


@pytest.fixture
def sqlite_url(tmp_path, migrated_sqlite: bytes) -> str:
    path = tmp_path / "clinic.db"
    path.write_bytes(migrated_sqlite)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(migrated_postgres: str) -> Iterator[str]:
    with database_from(migrated_postgres) as name:
        yield named(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    if request.param == "postgres" and not HAS_POSTGRES:
        pytest.skip("no PostgreSQL answers")
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


class HandedClock:
    """The moment that a test hands in; it moves only when told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> HandedClock:
    return HandedClock()


@pytest.fixture
def begin(engine: Engine, clock: HandedClock) -> Begin:
    return work_on(engine, clock)


@pytest.fixture
def clinic(begin: Begin) -> Clinic:
    with begin() as work:
        clinic = Clinic(id="wuhan", name="GIST clinic")
        work.session.add(clinic)
    return clinic


@pytest.fixture
def patient(begin: Begin, clinic: Clinic) -> Patient:
    """Born 1966, Shanghai time, Chinese, on 400 mg since two months."""
    with begin() as work:
        patient = Patient(
            clinic_id=clinic.id, id=new_id(work.now), code="P-0001", year_of_birth=1966,
            sex=Sex.FEMALE, language=Language.CHINESE, registered_at=work.now,
        )  # fmt: skip
        work.session.add(patient)
        work.session.flush()
        work.session.add(Regimen(
            clinic_id=clinic.id, id=new_id(work.now), patient_id=patient.id, daily_dose_mg=400,
            started_on=date(2026, 9, 20), recorded_at=work.now,
        ))  # fmt: skip
    return patient
