"""One rehearsal: a cohort from a seed is registered and played; what it leaves is judged."""

import gc
import random
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event

from app.database import make_engine
from app.settings import load_settings
from app.texts.render import Rendered
from rehearsal.clinics import Clinics
from rehearsal.cohort import cohort
from rehearsal.moved import in_turn, real_time_is
from rehearsal.patients import Patients
from rehearsal.providers import Accepted
from rehearsal.register import register
from rehearsal.staff import StaffPlayed
from rehearsal.stage import Stage

_SETTINGS = {"SANDBOX": "1", "PUBLIC_URL": "https://clinic.example"}


def fresh(url: str) -> Engine:
    """A migrated database; a file of SQLite need not outlive a power cut here."""
    config = Config("alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    engine = make_engine(url)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", lambda one, _: one.execute("PRAGMA synchronous=OFF"))
    return engine


def in_folder(folder: Path) -> Engine:
    return fresh(f"sqlite:///{folder}/rehearsal.db")


def play(engine: Engine, seed: str, numbers: Sequence[int], days: int) -> Stage:
    """The play of these patients, on a database that is migrated and empty."""
    random.seed(seed)  # the waits between attempts are drawn by the product
    truth = cohort(seed, numbers, days)
    stage = Stage(engine, truth, load_settings(_SETTINGS), seed)
    people, staff = Patients(stage), StaffPlayed(stage)
    desks, by_chat = Clinics(stage, people), {str(one.chat_id): one for one in truth.people}

    def shown(one: Accepted, words: Rendered | None) -> bool:
        """A text, a call or a message has come; whether somebody takes it up."""
        if words is None:
            return staff.reads(one)
        if one.to in by_chat:
            people.sees(by_chat[one.to], words)
        return True

    stage.providers.shown = shown
    gc.freeze()
    with real_time_is(stage.clock), in_turn():
        register(stage)
        for part in (people, desks, staff):
            part.begin()
        stage.play()
    return stage
