"""Taps and seconds of reading for each thing a patient does, by doing it: `make taps`.

Each task is walked through the bot on a fresh database, from home, by the labels of the buttons.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlmodel import SQLModel, select

from app.database import make_engine
from app.services.invitations import invite
from app.services.visits import plan_visit
from app.work import Begin, Work, work_on
from bench.hand import (
    CHARACTERS_A_MINUTE,
    FIRST,
    NUMBERS,
    WORDS_A_MINUTE,
    Hand,
    Walked,
    Want,
    seconds_to_read,
)
from models import (
    Chat,
    ChatState,
    Clinic,
    Dose,
    Patient,
    Prompt,
    PromptKind,
    Questionnaire,
    Regimen,
    Sex,
    SymptomReport,
)
from models.columns import new_id

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in Wuhan
YEAR = "1966"
LANGUAGES = ("en", "zh-CN")

Prepare = Callable[[Work, Patient], None]


class NotDone(RuntimeError):
    """The buttons did not lead to what the task is for."""


def _nothing(_work: Work, _patient: Patient) -> None: ...


@dataclass(frozen=True, slots=True)
class Task:
    """What is wanted in order, until the row that it is for is there.

    A label that is not shown is passed over; where no row is made, each is tapped.
    """

    name: str
    wants: tuple[Want, ...]
    makes: type[SQLModel] | None = None
    before: Prepare = _nothing
    done_already: tuple[str, ...] = ()  # taps before the counting begins


def registered(begin: Begin, language: str) -> str:
    """A new patient's id, in one clinic for all."""
    with begin() as work:
        if work.session.get(Clinic, "taps") is None:
            work.session.add(Clinic(id="taps", name="Taps"))
            work.session.flush()
        patient = Patient(
            clinic_id="taps", id=new_id(work.now), code=f"T-{next(NUMBERS)}",
            year_of_birth=int(YEAR), sex=Sex.FEMALE, language=language, registered_at=work.now,
        )  # fmt: skip
        work.session.add(patient)
        work.session.flush()
        work.session.add(Regimen(
            clinic_id="taps", id=new_id(work.now), patient_id=patient.id, daily_dose_mg=400,
            started_on=(work.now - timedelta(days=60)).date(), recorded_at=work.now,
        ))  # fmt: skip
        return patient.id


def linked(begin: Begin, language: str, task: Task) -> tuple[Hand, str]:
    """A phone that is linked, at home, with what the task needs before it."""
    patient_id, hand = registered(begin, language), Hand(begin, language)
    with begin() as work:
        work.session.add(Chat(
            id=hand.chat_id, clinic_id="taps", patient_id=patient_id, state=ChatState.ACTIVE,
            language=language, consent_version="1", consented_at=work.now,
        ))  # fmt: skip
        work.session.flush()
        task.before(work, work.session.get_one(Patient, ("taps", patient_id)))
    for data in task.done_already:
        hand.taps(data)
    hand.says("/start")
    return hand, patient_id


def walk(begin: Begin, language: str, task: Task) -> Walked:
    """Do the task. Raises NotDone."""
    hand, patient_id = linked(begin, language, task)
    before = _rows(begin, task.makes, patient_id)
    for want in task.wants:
        if not hand.wants(want) and task.makes is None:
            raise NotDone(f"{task.name} ({language}): {want} is not shown")
        if _rows(begin, task.makes, patient_id) > before:
            break
    else:
        if task.makes is not None:
            raise NotDone(f"{task.name} ({language}): {hand.shown.text}")
    hand.walked.read.append(hand.shown.text)
    return hand.walked


def walk_link(begin: Begin, language: str) -> Walked:
    """From the link on the card: Telegram's own start button, year of birth, consent."""
    patient_id, hand = registered(begin, language), Hand(begin, language)
    with begin() as work:
        code = invite(work, work.session.get_one(Patient, ("taps", patient_id)), "taps").code
    hand.walked.taps += 1
    hand.says(f"/start {code}")
    hand.types(YEAR)
    hand.wants("link.consent.agree")
    with begin() as work:
        if work.session.get_one(Chat, hand.chat_id).patient_id != patient_id:
            raise NotDone(f"link ({language}): {hand.shown.text}")
    hand.walked.read.append(hand.shown.text)
    return hand.walked


def _rows(begin: Begin, table: type[SQLModel] | None, patient_id: str) -> int:
    if table is None:
        return 0
    with begin() as work:
        mine = select(table).where(table.patient_id == patient_id)  # type: ignore[attr-defined]
        return len(work.session.exec(mine).all())


def _visit_in(days: int) -> Prepare:
    def plan(work: Work, patient: Patient) -> None:
        plan_visit(work, patient, work.now + timedelta(days=days))

    return plan


def _questionnaire_due(work: Work, patient: Patient) -> None:
    work.session.add(Prompt(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        kind=PromptKind.SF36, why="baseline", due_at=work.now, made_at=work.now,
        closes_at=work.now + timedelta(days=14),
    ))  # fmt: skip


_EARLIER: tuple[Want, ...] = (
    "home.dose_earlier", ("time.hour", {"hour": "07"}), ("time.minute", {"minute": "10"}),
)  # fmt: skip
ALL_WELL = Task("all well", ("home.well",), SymptomReport)
ONE_SYMPTOM = Task("one symptom: eyelids swollen, grade 1", (
    "home.symptoms", "family.edema", "term.periorbital_edema",
    "o.periorbital_edema.swelling.soft", "symptoms.none_of_these", "symptoms.last.ok",
), SymptomReport)  # fmt: skip
DOSE_NOW = Task("dose now", ("home.dose_taken",), Dose)
DOSE_EARLIER = Task("dose earlier today", _EARLIER, Dose, done_already=("go:well",))
VISIT = Task("next visit", ("home.visit",), None, _visit_in(21), ("go:well", "dose:taken_now"))
QUESTIONNAIRE = Task(
    "questionnaire of 36, when it is due", ("home.sf36", *[FIRST] * 60), Questionnaire,
    _questionnaire_due, ("go:well", "dose:taken_now"),
)  # fmt: skip
TASKS = (ALL_WELL, ONE_SYMPTOM, DOSE_NOW, DOSE_EARLIER, VISIT, QUESTIONNAIRE)
LINK = "link a phone, from the card"


def measured(begin: Begin) -> dict[str, dict[str, Walked]]:
    """Each task in each language."""
    walked = {task.name: {one: walk(begin, one, task) for one in LANGUAGES} for task in TASKS}
    return {**walked, LINK: {one: walk_link(begin, one) for one in LANGUAGES}}


def fresh(folder: Path) -> Begin:
    url = f"sqlite:///{folder}/taps.db"
    config = Config("alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    return work_on(make_engine(url), lambda: NOW)


def table(walked: Mapping[str, Mapping[str, Walked]]) -> str:
    lines = [f"{'task':<40} {'taps':>5} {'typed':>6} {'read en':>9} {'read zh':>9}"]
    for name, by_language in walked.items():
        english, chinese = (by_language[one] for one in LANGUAGES)
        seconds = [seconds_to_read(one.read[:-1], language) for language, one in by_language.items()]
        taps = str(english.taps) if english.taps == chinese.taps else f"{english.taps}/{chinese.taps}"
        lines.append(f"{name:<40} {taps:>5} {english.typed:>6} {seconds[0]:>7.0f} s {seconds[1]:>7.0f} s")
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(table(measured(fresh(Path(folder)))))
    print("\nFrom home. Read is each screen down to the button tapped, without the answer to the last tap:"
          f" English\nat {WORDS_A_MINUTE} words a minute, Chinese at {CHARACTERS_A_MINUTE} characters a minute,"
          " both [own].")  # fmt: skip


if __name__ == "__main__":
    main()
