"""From the tap that is a grade 3 answer to the text that Twilio took, at 50 answers a second.

The real bot and worker between the stand-ins of Telegram and of Twilio, on each database with its
dispatcher. The floor is a bare request to the stand-in of Twilio. `python -m bench.grade_3`
"""

import base64
import os
import statistics
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import String, column, text
from sqlmodel import Session

from app.clock import real_now
from app.database import make_engine
from app.settings import load_settings
from bench.databases import fresh
from bench.processes import ask, free_port, process, until_ready
from bench.results import Arm, Line, show
from models import Chat, ChatState, Clinic, Message, Patient, Regimen, Rota, Sex, Staff

ANSWERS, A_SECOND, A_CLINIC = 500, 50, 5
BOUND_S = 1.0
LONGEST_S = 60
DISPATCHERS = {"SQLite": "apscheduler", "PostgreSQL": "procrastinate"}
BEFORE = [{"text": "/symptoms"}, *({"data": tap} for tap in (
    "symptoms.which:edema", "symptoms.edema.one:periorbital_edema", "periorbital_edema.swelling:soft",
    "periorbital_edema.also:affected",
))]  # fmt: skip
ANSWER = "periorbital_edema.also:done"
CHATS = range(2_000_001, 2_000_001 + ANSWERS)


def measure() -> Arm:
    return Arm(
        f"Grade 3 answer to accepted text, at {A_SECOND} answers a second", "python -m bench.grade_3",
        [line for kind in DISPATCHERS for line in measured(kind)],
        f"{ANSWERS} patients of {ANSWERS // A_CLINIC} clinics, each with a nurse on call; one bot, one worker, the "
        "stand-ins on the same machine. From the tap at Telegram to the commit of what Twilio answered. The floor "
        "is a bare request to the stand-in of Twilio at the same pace.",
    )  # fmt: skip


def measured(kind: str) -> Iterator[Line]:
    """What each tap waits for: the bot until its transaction begins, then the text."""
    told, took, floor = _taken(kind)
    (t50, t99), (p50, p99), (f50, f99) = percentiles(told), percentiles(took), percentiles(floor)
    name = f"{kind}, {DISPATCHERS[kind]}"
    yield Line(f"{name}: p50", f"{p50 * 1000:.0f} ms", f"{f50 * 1000:.1f} ms")
    yield Line(f"{name}: p99", f"{p99 * 1000:.0f} ms", f"{f99 * 1000:.1f} ms", f"under {BOUND_S:g} s", p99 < BOUND_S)
    yield Line(f"{name}: of it until the alert, p50 and p99", f"{t50 * 1000:.0f} and {t99 * 1000:.0f} ms")


def _taken(kind: str) -> tuple[list[float], list[float], list[float]]:
    with ExitStack() as stack:
        url = stack.enter_context(fresh(kind))
        seed(url)
        port = free_port()
        phones = f"http://127.0.0.1:{port}"
        env = {
            "SANDBOX": "1", "SANDBOX_PORT": str(port), "SANDBOX_STATE": "", "SANDBOX_SEED": os.devnull,
            "CLOCK_URL": f"{phones}/control/clock", "DATABASE_URL": url, "DISPATCHER": DISPATCHERS[kind],
            "TELEGRAM_BASE_URL": f"{phones}/bot", "TWILIO_BASE_URL": phones, "EVENTS_PORT": str(free_port()),
            "TELEGRAM_PER_SECOND": "0", "CHAT_PER_SECOND": "0",
        }  # fmt: skip
        stack.enter_context(process(["-m", "sandbox"], **env))
        until_ready(f"{phones}/control/clock")
        floor = paced(ANSWERS, lambda _: _bare(phones))
        with process(["-m", "app.dispatch"], **env) as release:
            release.wait(60)
        stack.enter_context(process(["-m", "bot"], **env))
        stack.enter_context(process(["-m", "app.worker"], **env))
        _answer_all_but_the_last(phones)
        return (*_answered(phones, url), floor)


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 99th."""
    cut = statistics.quantiles(seconds, n=100)
    return cut[49], cut[98]


def seed(url: str) -> None:
    """Linked patients, five a clinic, and a nurse for each clinic at any hour."""
    with Session(make_engine(url)) as session, session.begin():
        for nth in range(ANSWERS // A_CLINIC):
            session.add(Clinic(id=f"c{nth}", name="Clinic"))
            session.flush()
            _add_nurse(session, nth)
        for n, chat_id in enumerate(CHATS):
            _add_patient(session, f"c{n // A_CLINIC}", chat_id)


def _add_nurse(session: Session, nth: int) -> None:
    nurse = Staff(
        clinic_id=f"c{nth}", name="Nurse", email=f"n{nth}@example.com", password="x",
        phone=f"+86138{nth:08}", fs_uniquifier=f"n{nth}",
    )  # fmt: skip
    session.add(nurse)
    session.flush()
    for weekday in range(7):
        session.add(Rota(clinic_id=f"c{nth}", id=f"r{weekday}", staff_id=nurse.id, weekday=weekday))


def _add_patient(session: Session, clinic_id: str, chat_id: int) -> None:
    now = real_now()
    patient = Patient(
        clinic_id=clinic_id, id=f"p{chat_id}", code=f"P-{chat_id}", year_of_birth=1960, sex=Sex.FEMALE,
        registered_at=now, check_weekday=(now.astimezone(ZoneInfo("Asia/Shanghai")).weekday() + 3) % 7,
    )  # fmt: skip
    session.add(patient)
    session.flush()
    mine = {"clinic_id": clinic_id, "patient_id": patient.id}
    since = (now - timedelta(days=60)).date()
    session.add(Regimen(id=f"g{chat_id}", daily_dose_mg=400, started_on=since, recorded_at=now, **mine))
    session.add(Chat(id=chat_id, state=ChatState.ACTIVE, consent_version="1", consented_at=now, **mine))


def _answer_all_but_the_last(phones: str) -> None:
    time.sleep(5)  # the bot polls
    ask("POST", f"{phones}/control/telegram/burst", {"chat_ids": list(CHATS), "lines": BEFORE})
    end = time.monotonic() + LONGEST_S * 5
    while (report := ask("GET", f"{phones}/control/telegram/burst"))["left"] > 0:
        if time.monotonic() > end:
            raise TimeoutError(report)
        time.sleep(0.5)
    if report["missing"]:
        raise RuntimeError(f"buttons were missing: {report}")
    time.sleep(1)


def _answered(phones: str, url: str) -> tuple[list[float], list[float]]:
    """Seconds from each tap to its alert and to its text."""
    tapped: dict[str, datetime] = {}

    def tap(n: int) -> None:
        tapped[f"p{CHATS[n]}"] = real_now()
        ask("POST", f"{phones}/control/telegram/taps", {"chat_id": CHATS[n], "data": ANSWER})

    paced(ANSWERS, tap)
    texts = _texts(url)
    made, sent = ([(texts[one][n] - at).total_seconds() for one, at in tapped.items()] for n in (0, 1))
    return made, sent


def _texts(url: str) -> Mapping[str, tuple[datetime, datetime]]:
    """When the first text of each patient's alert was made, and when it was taken."""
    moment = Message.__table__.c.sent_at.type
    query = text(
        "SELECT alert.patient_id, min(message.made_at) AS made_at, min(message.sent_at) AS sent_at FROM alert JOIN message ON message.clinic_id = alert.clinic_id "
        "AND message.about = 'alert:' || alert.id WHERE message.channel = 'sms' AND message.sent_at IS NOT NULL "
        "GROUP BY alert.patient_id"
    ).columns(column("patient_id", String), column("made_at", moment), column("sent_at", moment))
    engine, end = make_engine(url), time.monotonic() + LONGEST_S
    while True:
        with engine.connect() as connection:
            sent = {row[0]: (row[1], row[2]) for row in connection.execute(query)}
        if len(sent) == ANSWERS:
            return sent
        if time.monotonic() > end:
            raise TimeoutError(f"{len(sent)} of {ANSWERS} texts were taken")
        time.sleep(0.5)


def paced(times: int, act: Callable[[int], None]) -> list[float]:
    """Do it so many times a second, whether or not the last one is done; seconds of each."""
    start = time.perf_counter() + 0.1

    def one(n: int) -> float:
        time.sleep(max(0.0, start + n / A_SECOND - time.perf_counter()))
        began = time.perf_counter()
        act(n)
        return time.perf_counter() - began

    with ThreadPoolExecutor(16) as hands:
        return list(hands.map(one, range(times)))


def _bare(phones: str) -> None:
    settings = load_settings({"SANDBOX": "1"})
    form = urllib.parse.urlencode({"To": "+8613800000001", "From": settings.twilio_from, "Body": "P-0001 AB3D"})
    account = settings.twilio_account_sid
    signed = base64.b64encode(f"{account}:{settings.twilio_auth_token}".encode()).decode()
    where = f"{phones}/2010-04-01/Accounts/{account}/Messages.json"
    asked = urllib.request.Request(where, form.encode(), {"Authorization": f"Basic {signed}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        answer.read()


if __name__ == "__main__":
    show(measure())
