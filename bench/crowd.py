"""Many patients at once, as rows: with a chat, a regimen, doses, visits, reports, alerts."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, insert, text
from sqlmodel import Session, SQLModel

from app import demo
from app.settings import load_settings
from app.work import work_on
from models import (
    Alert,
    Chat,
    ChatState,
    Clinic,
    Dose,
    DoseStatus,
    InboxItem,
    InboxKind,
    Message,
    MessageState,
    Patient,
    Provenance,
    Regimen,
    Sex,
    SymptomReport,
    Visit,
)

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
CLINIC = "demo"  # whose staff can sign in
HOURS = [time(hour, minute) for hour in range(6, 22) for minute in (0, 15, 30, 45)]
SETTINGS = replace(load_settings({"SANDBOX": "1"}), seed_path=os.devnull, clock_url=None)
UNPACED = replace(SETTINGS, telegram_per_second=0.0, chat_per_second=0.0)
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many, and which share of them has what."""

    patients: int
    reminded: bool = False
    doses: int = 0  # each, one a day up to yesterday
    visits: float = 0.0  # of the patients, in the next 60 days
    reports: int = 0  # each
    alerts: float = 0.0  # of the patients, open
    inbox: float = 0.0
    messages: int = 0  # each: one sent, the others planned


def fill(engine: Engine, crowd: Crowd) -> None:
    """A clinic and its patients; the same crowd has the same rows."""
    chance = random.Random(crowd.patients)
    with work_on(engine, lambda: NOW)() as work:
        demo.seed(SETTINGS, work)
        clinic = work.session.get_one(Clinic, CLINIC)
        clinic.quiet_from, clinic.quiet_until, clinic.protocol_from = time(22, 30), time(6), time(5)
    for table, rows in _tables(crowd, chance):
        _pour(engine, table, rows)
        _look_over(engine)


def patient_id(n: int) -> str:
    return f"p{n:09}"


def chat_id(n: int) -> int:
    return 1_000_000 + n


def _tables(crowd: Crowd, chance: random.Random) -> Iterator[tuple[type[SQLModel], Iterator[Any]]]:
    yield Patient, _patients(crowd, chance)
    yield Chat, _chats(crowd)
    yield Regimen, _regimens(crowd)
    yield Dose, _doses(crowd)
    yield Visit, _visits(crowd, chance)
    yield SymptomReport, _reports(crowd)
    yield Alert, _alerts(crowd, chance)
    yield InboxItem, _inbox(crowd, chance)
    yield Message, _messages(crowd)


def _look_over(engine: Engine) -> None:
    """Statistics, and new connections: a plan of when a table was empty reads all of it."""
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _pour(engine: Engine, table: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    chunk: list[dict[str, Any]] = []
    with Session(engine) as session, session.begin():
        for row in rows:
            chunk.append(row)
            if len(chunk) == _CHUNK:
                session.execute(insert(table), chunk)
                chunk = []
        if chunk:
            session.execute(insert(table), chunk)


def _of(n: int, kind: str, nth: int = 0) -> dict[str, Any]:
    return {"clinic_id": CLINIC, "id": f"{kind}{nth:04}{n:09}", "patient_id": patient_id(n)}


def _patients(crowd: Crowd, chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(crowd.patients):
        yield {
            "clinic_id": CLINIC, "id": patient_id(n), "code": f"B-{n:06}", "year_of_birth": 1960,
            "sex": Sex.FEMALE, "registered_at": NOW - timedelta(days=200),
            "dose_reminder": crowd.reminded, "usual_dose_time": chance.choice(HOURS),
        }  # fmt: skip


def _chats(crowd: Crowd) -> Iterator[dict[str, Any]]:
    for n in range(crowd.patients):
        yield {
            "id": chat_id(n), "clinic_id": CLINIC, "patient_id": patient_id(n),
            "state": ChatState.ACTIVE, "consented_at": NOW,
        }  # fmt: skip


def _regimens(crowd: Crowd) -> Iterator[dict[str, Any]]:
    for n in range(crowd.patients):
        yield {**_of(n, "r"), "daily_dose_mg": 400, "started_on": date(2026, 9, 1), "recorded_at": NOW}


def _doses(crowd: Crowd) -> Iterator[dict[str, Any]]:
    for nth in range(1, crowd.doses + 1):
        at = NOW - timedelta(days=nth)
        for n in range(crowd.patients):
            yield {
                **_of(n, "d", nth), "taken_at": at, "dose_mg": 400, "status": DoseStatus.TAKEN,
                "provenance": Provenance.PATIENT_AT_THE_MOMENT, "recorded_at": at,
            }  # fmt: skip


def _visits(crowd: Crowd, chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(crowd.patients):
        if chance.random() < crowd.visits:
            draw_at = NOW + timedelta(minutes=15 * chance.randrange(1, 60 * 96))
            yield {**_of(n, "v"), "draw_at": draw_at, "recorded_at": NOW}


def _reports(crowd: Crowd) -> Iterator[dict[str, Any]]:
    for nth in range(crowd.reports):
        for n in range(crowd.patients):
            yield {
                **_of(n, "s", nth), "reported_at": NOW - timedelta(days=7 * nth + 1),
                "provenance": Provenance.PATIENT_AT_THE_MOMENT, "families": {"edema": 1},
                "answers": {}, "red_flags": [], "intolerable": False,
                "recorded_at": NOW,
            }  # fmt: skip


def _alerts(crowd: Crowd, chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(crowd.patients):
        if chance.random() < crowd.alerts:
            yield {
                **_of(n, "a"), "code": f"{n:06X}", "family": "edema", "causes": ["grade_3"],
                "grade": 3, "raised_at": NOW - timedelta(minutes=chance.randrange(600)),
            }  # fmt: skip


def _inbox(crowd: Crowd, chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(crowd.patients):
        if chance.random() < crowd.inbox:
            yield {
                **_of(n, "i"), "kind": InboxKind.TEXT, "text": "I have a question",
                "received_at": NOW - timedelta(minutes=chance.randrange(6000)),
            }  # fmt: skip


def message(n: int, nth: int, due_at: datetime, **more: Any) -> dict[str, Any]:
    """A message of the daily reminder's kind."""
    row = _of(n, "m", nth)
    return {
        **row, "dedupe": row["id"], "channel": "telegram", "chat_id": chat_id(n),
        "about": f"daily:{row['patient_id']}:{nth}", "key": "dose.daily", "data": {"buttons": []},
        "due_at": due_at, "made_at": NOW, **more,
    }  # fmt: skip


def _messages(crowd: Crowd) -> Iterator[dict[str, Any]]:
    for nth in range(crowd.messages):
        for n in range(crowd.patients):
            state = MessageState.SENT if nth == 0 else MessageState.QUEUED
            at = NOW + timedelta(days=nth - 1, seconds=n % 3600 + 3600 if nth else 0)
            yield message(n, nth, at, state=state)
