"""Ten thousand random things said to the bot: it always answers, and there is always a way on.

WALK_SEED and WALK_STEPS walk another way, or further.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine, delete, event
from sqlmodel import col, select

from app.database import make_engine
from app.services.consent import set_consent_version
from app.services.invitations import invite
from app.services.visits import plan_visit
from app.texts.render import Rendered
from app.work import Begin, Work, work_on
from bot.acts import COMMANDS, GO
from bot.chats import Media, Said
from bot.conversation import hear
from bot.flow import DONE, Answers, Flow, Step, Unclear, advance, can_read, open_step
from bot.flows import FLOW_OF_STEP, FLOWS
from bot.home import MOST
from models import Chat, ChatState, Clinic, Message, Patient, Regimen, Sex
from models.columns import new_id

SEED = os.environ.get("WALK_SEED", "a patient of sixty")
STEPS = int(os.environ.get("WALK_STEPS", "10000"))
LINKED, UNLINKED = (1, 2, 3, 4, 5), (6, 7)
NAVIGATION = {"back", "pause", "cancel"}
TYPED = (
    "8:10", "８点", "25:99", "1966", "1960", "好的", "谢谢", "可以喝茶吗？", "我吐了", "胸口疼得厉害", "没有吐血",
    "can I take ibuprofen with it", "no chest pain", "🙂", "", "   ", "<b>x</b>", "\u202eright to left", "a" * 5000,
    "/start", "/start WRONGCODE", "/nothing", "/cancel@somebot", "/ ", "/Start", "K7M2P9QX",
)  # fmt: skip
KINDS = ("photo", "voice", "sticker", "location", "video", "document", "contact", "other")
CLOSED = ("nav:nothing", "go:nothing", "nothing:at_all", "nothing", "", ":", "dose:", "symptoms.last:nothing")


@pytest.fixture
def begin(sqlite_url: str, clock) -> Iterator[Begin]:
    """One SQLite file for all chats; it need not outlive a power cut."""
    engine: Engine = make_engine(sqlite_url)

    @event.listens_for(engine, "connect")
    def _fast(connection, _record) -> None:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA temp_store=MEMORY")

    yield work_on(engine, clock)
    engine.dispose()


def register(work: Work, number: int) -> Patient:
    patient = Patient(
        clinic_id="walk", id=new_id(work.now), code=f"W-{number:04}", year_of_birth=1966,
        sex=Sex.FEMALE, language=("zh-CN", "en")[number % 2], registered_at=work.now,
    )  # fmt: skip
    work.session.add(patient)
    work.session.flush()
    work.session.add(Regimen(
        clinic_id="walk", id=new_id(work.now), patient_id=patient.id, daily_dose_mg=400,
        started_on=date(2026, 9, 20), recorded_at=work.now,
    ))  # fmt: skip
    return patient


def code_for(begin: Begin, number: int) -> str:
    with begin() as work:
        return invite(work, register(work, number), "walk").code


@dataclass
class Walker:
    """One chat, and all that was ever shown in it."""

    begin: Begin
    chat_id: int
    dice: random.Random
    numbers: count
    code: str
    shown: Rendered = Rendered("")
    buttons: list[str] = field(default_factory=list)

    def step(self) -> None:
        moves = (self.tap_shown, self.tap_old, self.navigate, self.type, self.command, self.go, self.send, self.invent)
        self.dice.choices(moves, weights=(60, 8, 7, 8, 4, 6, 3, 4))[0]()

    def tap_shown(self) -> None:
        now = [one.data for row in self.shown.buttons for one in row]
        self.hears(tap=self.dice.choice(now)) if now else self.type()

    def tap_old(self) -> None:
        """A button of any earlier message, a second tap included."""
        self.hears(tap=self.dice.choice(self.buttons)) if self.buttons else self.type()

    def navigate(self) -> None:
        self.hears(tap=f"nav:{self.dice.choice(sorted(NAVIGATION))}")

    def type(self) -> None:
        self.hears(text=self.dice.choice((*TYPED, self.code, "1966")))

    def command(self) -> None:
        name = self.dice.choice(["start", "cancel", f"start {self.code}", *sorted(COMMANDS)])
        self.hears(text=f"/{name}")

    def go(self) -> None:
        self.hears(tap=f"go:{self.dice.choice(sorted(GO))}")

    def send(self) -> None:
        self.hears(media=Media(self.dice.choice(KINDS), "file", 100))

    def invent(self) -> None:
        """Of a release that is gone, or any step at any time."""
        step = self.dice.choice([one for flow in FLOWS.values() for one in flow.steps])
        codes = [choice.code for choice in step.choices] or ["x"]
        self.hears(tap=self.dice.choice([f"{step.code}:{self.dice.choice(codes)}", *CLOSED]))

    def hears(self, **said) -> None:
        with self.begin() as work:
            told = Said(next(self.numbers), self.chat_id, language=("zh-hans", "en")[self.chat_id % 2], **said)
            heard = hear(work, told)
            assert heard is not None, f"unanswered: {told}"
            self.shown = heard.words
            chat = work.session.get_one(Chat, self.chat_id)
            flow, answers = FLOWS.get(chat.flow or ""), dict(chat.answers)
            is_linked = chat.patient_id is not None
        self.buttons = [*self.buttons, *(one.data for row in self.shown.buttons for one in row)][-400:]
        self.check(flow, answers, is_linked, str(said))

    def check(self, flow: Flow | None, answers: Answers, is_linked: bool, said: str) -> None:
        rows = self.shown.buttons
        assert self.shown.text.strip(), said
        step = open_step(flow, answers) if flow else None
        assert flow is None or step is not None, f"a complete flow stays open after {said}"
        asks_for_text = step is not None and step.read is not None
        assert rows or asks_for_text or not is_linked, f"a dead end after {said}: {self.shown.text}"
        for row in rows:
            for one in row:
                assert one.label.strip() and len(one.data.encode()) <= 64
                assert does_something(one.data), f"{one.data} does nothing, shown after {said}"
        if flow is None:
            assert len(rows) <= MOST or not is_home(rows), said

    def leaves(self) -> None:
        """Whatever is open, /cancel leaves it and /start is home; a consent that is due comes first."""
        self.hears(text="/cancel")
        if any(one.data.startswith("consent:") for row in self.shown.buttons for one in row):
            self.hears(tap="consent:agree")
            self.hears(text="/cancel")
        self.hears(text="/start")
        with self.begin() as work:
            chat = work.session.get_one(Chat, self.chat_id)
            assert chat.patient_id is None or chat.flow is None
        if is_home(self.shown.buttons):
            assert len(self.shown.buttons) <= MOST


def is_home(rows) -> bool:
    return any(one.data == "go:more" for row in rows for one in row)


def does_something(data: str) -> bool:
    step_code, _, option = data.rpartition(":")
    if step_code == "nav":
        return option in NAVIGATION
    if step_code == "go":
        return option in GO
    if data == "consent:see":  # answered before any flow: see bot/acts/consent.py
        return True
    step = FLOW_OF_STEP[step_code].step(step_code)
    return step.has(option) or can_read(step, option) or (step.many and option == DONE)


@pytest.fixture
def walkers(begin) -> list[Walker]:
    """Five who are linked, one of them for another person and one in another zone, and two who are not."""
    numbers, dice = count(1), random.Random(SEED)
    with begin() as work:
        work.session.add(Clinic(id="walk", name="Walk"))
        work.session.flush()
        for number in LINKED:
            patient = register(work, number)
            patient.time_zone = "America/New_York" if number == 3 else patient.time_zone
            if number == 5:  # whose daily dose is not entered yet
                work.session.execute(delete(Regimen).where(col(Regimen.patient_id) == patient.id))
            if number != 4:
                plan_visit(work, patient, work.now + timedelta(hours=10 * number))
            work.session.add(Chat(
                id=number, clinic_id="walk", patient_id=patient.id, state=ChatState.ACTIVE,
                language=patient.language, proxy=number == 2, consent_version="1", consented_at=work.now,
            ))  # fmt: skip
    return [Walker(begin, one, dice, numbers, code_for(begin, 100 + one)) for one in (*LINKED, *UNLINKED)]


def test_whatever_is_said_in_any_order_there_is_an_answer_and_a_way_on(walkers, clock):
    dice = walkers[0].dice
    for step in range(STEPS):
        walker = dice.choice(walkers)
        walker.step()
        clock.now += timedelta(seconds=dice.choice((0, 1, 30, 600)))
        if step % 97 == 0:
            walker.leaves()
        if step % 2500 == 2499:  # a restart, a week later
            clock.now += timedelta(days=7)
        if step == STEPS // 2:
            with walkers[0].begin() as work:
                set_consent_version(work, "walk", "2")
    with walkers[0].begin() as work:
        keys = [row.dedupe for row in work.session.exec(select(Message)) if row.dedupe.startswith("reply:")]
    assert len(keys) == len(set(keys)) == next(walkers[0].numbers) - 1


def ways_through(flow: Flow, dice: random.Random) -> int:
    """Answer at random until the flow is over; how many answers that took."""
    answers, said = {}, 0
    while (step := open_step(flow, answers)) is not None:
        offered = [choice.code for choice in step.offered(answers)]
        if step.many:
            ticks = dice.sample(offered, dice.randint(1, len(offered)))
            for one in (*ticks, *([] if "none" in ticks else [DONE])):
                if open_step(flow, answers) is step:
                    answers, said = advance(flow, answers, one), said + 1
            continue
        reply = dice.choice(offered) if offered else typed_for(step)
        answers, said = advance(flow, answers, reply), said + 1
    return said


def typed_for(step: Step) -> str:
    """What this step can read."""
    for text in ("08:10", "K7M2P9QX", "1966", "2026-11-24", "80", "Tokyo", "0" * 22, "ok"):
        try:
            step.read(text)
        except Unclear:
            continue
        return text
    raise AssertionError(f"nothing that could be typed answers {step.code}")


@pytest.mark.parametrize("name", FLOWS)
def test_every_flow_ends_within_its_steps_and_ticks(name):
    flow, dice = FLOWS[name], random.Random(SEED)
    most = sum(len(step.choices) + 1 if step.many else 1 for step in flow.steps)
    assert max(ways_through(flow, dice) for _ in range(300)) <= most


@pytest.mark.parametrize("name", FLOWS)
def test_every_question_of_a_flow_offers_a_choice_or_reads_what_is_typed(name):
    for step in FLOWS[name].steps:
        assert step.choices or step.read
