"""Databases for a bench: a SQLite file, and PostgreSQL where a server answers; dropped after."""

import os
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from alembic import command
from alembic.config import Config

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
KINDS = ("SQLite", "PostgreSQL")


def migrated(url: str) -> str:
    config = Config("alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    return url


@contextmanager
def fresh(kind: str) -> Iterator[str]:
    """The address of a new database with every table."""
    with (_sqlite if kind == "SQLite" else _postgres)() as url:
        yield migrated(url)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def _postgres() -> Iterator[str]:
    name = f"gist_bench_{uuid.uuid4().hex[:8]}"
    server = POSTGRES.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://")
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def versions() -> str:
    """The versions of both databases."""
    with psycopg.connect(POSTGRES) as admin:
        told = str(admin.execute("SHOW server_version").fetchone()[0]).split(" ")[0]
    return f"SQLite {sqlite3.sqlite_version}, PostgreSQL {told}"
