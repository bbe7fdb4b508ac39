"""The pre-visit summary of the fullest patient among 100 000 of one clinic. `python -m bench.summary_page`

Three years of doses, two reports a week, levels and laboratory values: the page as a browser gets it
from the application, signed in, without a network; then its drawing and its print.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event, insert
from sqlmodel import Session, select

from app.database import make_engine
from bench.crowd import CLINIC, NOW, Crowd, fill
from bench.databases import KINDS, fresh
from bench.queue_page import analyze, signed_in_to
from bench.results import Arm, Line, seconds_of, show
from models import Dose, DoseStatus, Lab, Patient, Provenance, Regimen, Sample, SymptomReport

PATIENTS, DAYS = 100_000, 1095
ROUNDS = 100
BOUND_MS = 300
FULL = "P-0003"  # of the demo clinic, who has something of everything


def measure() -> Arm:
    return Arm(
        f"The summary at {PATIENTS:,} patients of one clinic", "python -m bench.summary_page",
        [line for kind in KINDS for line in measured(kind)],
        f"A patient of {DAYS} days: a dose a day, {DAYS * 2 // 7} reports, a level and five laboratory values each "
        f"70 days. The floor is a page that checks the sign-in and reads a word. {ROUNDS} rounds in turn.",
    )  # fmt: skip


def measured(kind: str) -> Iterator[Line]:
    with fresh(kind) as url:
        engine = make_engine(url)
        fill(engine, Crowd(PATIENTS, visits=0.5, reports=2, doses=1, alerts=0.06, inbox=0.06))
        who = _three_years(engine)
        analyze(engine)
        browser = signed_in_to(engine)
        gc.collect()
        gc.freeze()  # as a server does before it answers, which has filled no clinic
        took = _in_turn(browser, f"/patients/{who}")
        yield from _lines(kind, took, _statements(engine, browser, f"/patients/{who}"))
        engine.dispose()


def _lines(kind: str, took: dict[str, list[float]], statements: int) -> Iterator[Line]:
    floor = took["/alerts/none/news"]
    for what, of in (("p50", statistics.median), ("p99", _p99)):
        ms = of(took["page"])
        bound = f"at most {BOUND_MS} ms"
        yield Line(f"{kind}: page, {statements} statements, {what}", f"{ms:.0f} ms", f"{of(floor):.1f} ms", bound, ms <= BOUND_MS)
    busy = took["page, processor"], took["/alerts/none/news, processor"]
    yield Line(f"{kind}: page, processor time of the application, p50", *(f"{statistics.median(one):.0f} ms" for one in busy))
    for path in ("timeline.svg", "summary.pdf"):
        yield Line(f"{kind}: {path}, p50", f"{statistics.median(took[path]):.0f} ms", f"{statistics.median(floor):.1f} ms")


def _p99(took: Sequence[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def _in_turn(browser: FlaskClient, page: str) -> dict[str, list[float]]:
    """Milliseconds of each, one after the other so that noise meets all alike; the first is not counted."""
    paths = {"page": page, "/alerts/none/news": "/alerts/none/news", "timeline.svg": f"{page}/timeline.svg", "summary.pdf": f"{page}/summary.pdf"}
    took: dict[str, list[float]] = {name: [] for name in paths}
    for nth in range(ROUNDS + 1):
        for name, path in paths.items():
            if nth % 5 == 0 or name in ("page", "/alerts/none/news"):
                busy = time.process_time()
                seconds = seconds_of(_getting(browser, path))
                if nth:
                    took[name].append(seconds * 1000)
                    took.setdefault(f"{name}, processor", []).append((time.process_time() - busy) * 1000)
    return took


def _getting(browser: FlaskClient, path: str) -> Callable[[], None]:
    def get() -> None:
        answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")

    return get


def _statements(engine: Engine, browser: FlaskClient, page: str) -> int:
    """How many the page asks of the database, the sign-in's own among them."""
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, told, *_: seen.append(told))
    browser.get(page)
    return len(seen)


def _three_years(engine: Engine) -> str:
    with Session(engine) as session, session.begin():
        who = session.exec(select(Patient).where(Patient.clinic_id == CLINIC, Patient.code == FULL)).one()
        first = session.exec(select(Regimen).where(Regimen.patient_id == who.id)).first()
        first.started_on = (NOW - timedelta(days=DAYS)).date()
        for table, rows in ((Dose, _doses), (SymptomReport, _reports), (Sample, _levels), (Lab, _labs)):
            session.execute(insert(table), [{"clinic_id": CLINIC, "patient_id": who.id, **row} for row in rows()])
        return str(who.id)


def _doses() -> Iterator[dict[str, Any]]:
    for n in range(31, DAYS):
        at = NOW - timedelta(days=n)
        yield {
            "id": f"xd{n:06}", "taken_at": at, "dose_mg": 300, "status": DoseStatus.TAKEN,
            "provenance": Provenance.PATIENT_AT_THE_MOMENT, "recorded_at": at,
        }  # fmt: skip


def _reports() -> Iterator[dict[str, Any]]:
    for n in range(DAYS * 2 // 7):
        at = NOW - timedelta(days=3.5 * n + 1)
        families = {"edema": n % 4, "skin": n % 3, "gi": n % 2, "other": 0}
        yield {
            "id": f"xs{n:06}", "reported_at": at, "provenance": Provenance.PATIENT_AT_THE_MOMENT,
            "families": families, "answers": {}, "red_flags": [], "intolerable": False, "recorded_at": at,
        }  # fmt: skip


def _levels() -> Iterator[dict[str, Any]]:
    for n in range(DAYS // 70):
        at = NOW - timedelta(days=70 * n + 3)
        yield {
            "id": f"xl{n:06}", "drawn_at": at, "concentration": 1200, "unit": "ug/L", "raw_ug_per_l": 1200,
            "last_dose_at": at - timedelta(hours=23.5), "dose_provenance": Provenance.STAFF, "hours_after_dose": 23.5,
            "corrected_ug_per_l": 1176, "low_ug_per_l": 1159, "high_ug_per_l": 1186, "band": "above", "flags": [],
            "ke_per_h": 0.041, "recorded_at": at,
        }  # fmt: skip


def _labs() -> Iterator[dict[str, Any]]:
    for n in range(DAYS // 70):
        at = NOW - timedelta(days=70 * n + 3)
        for analyte, family in (("haemoglobin", "marrow"), ("neutrophils", "marrow"), ("platelets", "marrow"), ("ALT", "liver"), ("creatinine", "kidney")):
            yield {
                "id": f"xb{n:04}{analyte[:2]}", "analyte": analyte, "value": 100, "unit": "g/L", "collected_at": at,
                "term": None, "family": family, "grade": n % 2, "missing": [], "recorded_at": at,
            }  # fmt: skip


if __name__ == "__main__":
    show(measure())
