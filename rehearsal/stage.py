"""The play: the least of all next moments, what happens at it, and the worker's rounds."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import Engine

from app.senders import Fate, Receipt
from app.services.replies import take_place
from app.settings import Settings
from app.texts.render import Rendered
from app.work import Begin, work_on
from bot.chats import Heard, Said
from bot.conversation import hear
from bot.sending import settle_all
from rehearsal.moved import MovedClock
from rehearsal.peek import Peek
from rehearsal.providers import Accepted, PlayedTelegram, PlayedTwilio, Providers
from rehearsal.truth import Person, Spell, Truth
from rehearsal.worker import PlayedWorker

Act = Callable[[], None]
_RESTARTED = timedelta(seconds=30)
_LAPSED = timedelta(seconds=70)  # after which what a killed worker held is taken up again
_SILENT_BOT = 0.002  # of replies: the bot is killed before it writes down that it replied


class Stage:
    """Everything that a rehearsal plays with."""

    def __init__(self, engine: Engine, truth: Truth, settings: Settings, seed: str) -> None:
        self.truth, self.clock, self.dice = truth, MovedClock(truth.start), Random(seed)
        self.begin: Begin = work_on(engine, self.clock)
        self.peek = Peek(engine)
        self.providers = Providers(truth, self.clock, Random(f"{seed} providers"))
        self.telegram, self.twilio = PlayedTelegram(self.providers), PlayedTwilio(self.providers)
        self.providers.told = self._tell
        self.worker = PlayedWorker(self.begin, self.telegram, self.twilio, settings, self.peek)
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers = count(1)
        self._behind: set[int] = set()
        self.moments = 0

    def at(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (moment, next(self._numbers), act))

    def after(self, wait: timedelta, act: Act) -> None:
        self.at(self.clock.now + wait, act)

    def _kill_at_times(self) -> None:
        """Each ten days the worker dies with something in its hand, by turns of the channels."""
        for n in range((self.truth.end - self.truth.start).days // 10):
            channel = ("sms", "telegram")[n % 2]
            moment = self.truth.start + timedelta(days=10 * n + 4, hours=self.dice.randrange(24))
            self.at(moment, partial(self.providers.kills.add, channel))

    def play(self) -> None:
        """From the start to the end, event by event."""
        self._kill_at_times()
        while (moment := self._next()) < self.truth.end:
            self.clock.move(moment)
            self.moments += 1
            self._act()
            self._work()

    def _next(self) -> datetime:
        worker = self.worker.next_at(self.clock.now)
        away = [spell for spell in self.truth.spells if spell.what == "worker"]
        for spell in away:
            if spell.covers(worker):
                worker = spell.until
        return min(worker, self._acts[0][0]) if self._acts else worker

    def _act(self) -> None:
        while self._acts and self._acts[0][0] <= self.clock.now:
            heapq.heappop(self._acts)[2]()

    def _work(self) -> None:
        now = self.clock.now
        if self.truth.is_away("worker", now):
            return
        if self.worker.work(now):
            return
        self.truth.spells.append(Spell("worker", now, now + _RESTARTED))
        self.truth.spells.append(Spell("lease", now, now + _LAPSED))

    def _tell(self, one: Accepted, after: timedelta, told: Receipt) -> None:
        self.after(after, lambda: self.worker.receipt(one, told))

    def says(self, person: Person, **said: Any) -> Rendered:
        """A patient writes or taps; the bot answers at once, where Telegram takes it."""
        with self.begin() as work:
            told = Said(next(self._numbers), person.chat_id, language=person.language, **said)
            heard = hear(work, told)
            assert heard is not None, "each update has a number of its own"
            waits = person.chat_id in self._behind and take_place(
                work, heard.clinic_id, heard.message_id, heard.chat_id
            )
        self._behind.discard(person.chat_id)
        if not waits:
            self._reply(heard)
        return heard.words

    def _reply(self, heard: Heard) -> None:
        fate = self.telegram.say(heard.chat_id, heard.words)
        if self.providers.chance(_SILENT_BOT):
            now = self.clock.now
            self.truth.spells.append(Spell("lease", now, now + _LAPSED))
            self._behind.add(heard.chat_id)
            return
        with self.begin() as work:
            settle_all(work, [(heard, fate)])
        if not _is_sent(fate):
            self._behind.add(heard.chat_id)


def _is_sent(fate: Fate) -> bool:
    return type(fate).__name__ == "Sent"
