"""Runs migrations on the database that the settings name."""

from alembic import context
from sqlmodel import SQLModel

import models  # noqa: F401
from app.database import make_engine
from app.settings import database_url


def migrate() -> None:
    engine = make_engine(context.config.attributes.get("url") or database_url())
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


migrate()
