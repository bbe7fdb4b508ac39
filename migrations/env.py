"""Runs migrations on the database that the settings name."""

from alembic import context
from sqlalchemy import Connection, Engine, event
from sqlmodel import SQLModel

import models  # noqa: F401
from app.database import make_engine
from app.settings import database_url


class BrokenReference(RuntimeError):
    """A migration would leave rows that refer to nothing; nothing of it was kept."""


def migrate() -> None:
    engine = make_engine(context.config.attributes.get("url") or database_url())
    on_sqlite = engine.dialect.name == "sqlite"
    if on_sqlite:
        let_tables_be_remade(engine)
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            include_name=is_ours,
            render_as_batch=on_sqlite,
        )
        with context.begin_transaction():
            context.run_migrations()
        if on_sqlite:
            check_references(connection)
    engine.dispose()


def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """Procrastinate makes its own tables, at a release."""
    return not (name or "").startswith("procrastinate_")


def let_tables_be_remade(engine: Engine) -> None:
    """SQLite changes a table by dropping it; inside a transaction this pragma does nothing."""
    event.listen(engine, "connect", lambda one, _: one.execute("PRAGMA foreign_keys=OFF"))


def check_references(connection: Connection) -> None:
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if found:
        raise BrokenReference(f"rows that refer to nothing: {[tuple(row) for row in found[:20]]}")


migrate()
