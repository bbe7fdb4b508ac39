"""Claim, send, settle. Nothing is held open while a provider is asked."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta

from app.clock import real_now
from app.delivery.claiming import LEASE, claim
from app.delivery.doubts import reconcile
from app.delivery.post import Outgoing, Post, Way
from app.delivery.preparing import ATTEMPTS
from app.delivery.receipts import poll_receipts
from app.senders import Fate, Refused, Sent, Unavailable
from app.senders.rate import bot_rate
from app.services.messages import reference_to
from app.services.settling import Told, settle, settle_sent
from app.settings import Settings
from app.work import Begin
from models import Channel

__all__ = ["ATTEMPTS", "LEASE", "Post", "Way", "deliver_due", "poll_receipts", "settle"]

_BATCH = 500
_TEXTS_AT_ONCE, _TEXTS_A_CLAIM = 8, 16
_ROUNDS_OF_TEXTS = 3  # at once again: who cannot be reached has made another text due
_GLANCE_S = 0.25
_SENDING = timedelta(seconds=25)  # a text is begun only while so much of its lease is left


def deliver_due(
    begin: Begin, post: Post, settings: Settings, lease: timedelta | None = None
) -> int:
    """Deliver a round of what is due in each channel; how many messages were taken up.

    The channels work side by side: while one waits for its provider, the others go on.
    """
    desk = _Desk(begin, post, settings, lease or timedelta(seconds=settings.lease_s))
    rounds: list[Callable[[], int]] = [desk.chats]
    rounds += [desk.texts_of(channel, way) for channel, way in post.ways().items()]
    side_by_side = _SideBySide(len(rounds))
    with ThreadPoolExecutor(len(rounds)) as lines:
        return sum(lines.map(side_by_side.run, rounds))


@dataclass(slots=True)
class _SideBySide:
    """Each line does one round, and further ones for as long as another is still at its first."""

    at_first: int
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, one_round: Callable[[], int]) -> int:
        try:
            done = total = one_round()
        finally:
            self._first_is_done()
        while not self.over.wait(0 if done else _GLANCE_S):
            done = one_round()
            total += done
        return total

    def _first_is_done(self) -> None:
        with self.lock:
            self.at_first -= 1
            if not self.at_first:
                self.over.set()


@dataclass(frozen=True, slots=True)
class _Desk:
    begin: Begin
    post: Post
    settings: Settings
    lease: timedelta

    def chats(self) -> int:
        """A batch to Telegram; under a rate no more than goes in a second."""
        rate = bot_rate(self.settings)
        taken, claimed = self._claim(Channel.TELEGRAM, int(rate.per_second) + 1 if rate else _BATCH)
        going = [one for one in claimed if one.refused is None]
        said = self.post.telegram([(int(one.to), one.words) for one in going]) if going else []
        fates = dict(zip((one.id for one in going), said, strict=True))
        self._settled([(one.told, fates.get(one.id) or _unsent(one)) for one in claimed])
        return taken

    def _settled(self, many: list[tuple[Told, Fate]]) -> None:
        """What was sent is written down at once, whatever follows from the rest."""
        sent = [(one, fate) for one, fate in many if isinstance(fate, Sent)]
        if sent:
            with self.begin() as work:
                settle_sent(work, sent)
        for one, fate in many:
            if not isinstance(fate, Sent):
                with self.begin() as work:
                    settle(work, one.clinic_id, one.id, fate, one.attempts)

    def texts_of(self, channel: Channel, way: Way) -> Callable[[], int]:
        """Rounds of texts or calls, a few at the same time, settled as soon as they are known."""

        def some_rounds() -> int:
            with ThreadPoolExecutor(_TEXTS_AT_ONCE) as senders:
                reconcile(self.begin, channel, way, self.lease, senders)
                return self._texts(channel, way, senders)

        return some_rounds

    def _texts(self, channel: Channel, way: Way, senders: ThreadPoolExecutor) -> int:
        total = 0
        for _ in range(_ROUNDS_OF_TEXTS):
            taken, claimed = self._claim(channel, _TEXTS_A_CLAIM)
            self._settle_as_known([senders.submit(self._told, one, way) for one in claimed])
            total += taken
            if not taken:
                break
        return total

    def _settle_as_known(self, sending: Sequence[Future[tuple[Told, Fate]]]) -> None:
        """What is known at one moment together; what a sender raised, when all is written."""
        going = set(sending)
        while going:
            done, going = wait(going, return_when=FIRST_COMPLETED)
            self._settled([one.result() for one in done if one.exception() is None])
        for one in sending:
            one.result()

    def _told(self, one: Outgoing, way: Way) -> tuple[Told, Fate]:
        return one.told, _unsent(one) if one.refused is not None else self._handed_over(one, way)

    def _handed_over(self, one: Outgoing, way: Way) -> Fate:
        if one.leased_until is not None and real_now() > one.leased_until - self._sending():
            return Unavailable("its lease ran out before it was sent", 0)
        return way.send(one.to, one.words.text, reference_to(one.clinic_id, one.id))

    def _sending(self) -> timedelta:
        return min(_SENDING, self.lease / 2)

    def _claim(self, channel: Channel, at_most: int) -> tuple[int, list[Outgoing]]:
        with self.begin() as work:
            return claim(work, channel, at_most, self.settings, self.lease)


def _unsent(one: Outgoing) -> Fate:
    return Refused(str(one.refused))
