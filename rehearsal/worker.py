"""The worker's rounds as it makes them: deliver, plan, escalate, poll; and Twilio's receipts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.delivery import Post, Way, deliver_due, poll_receipts
from app.senders import Receipt
from app.services.closing import close_missed
from app.services.daily import plan_daily
from app.services.escalation import escalate_due
from app.services.messages import receipt
from app.services.planning import BATCH, plan_prompts
from app.services.reaching import text_failed
from app.services.unattended import note_undrawn
from app.settings import Settings
from app.work import Begin
from models import Channel
from rehearsal.peek import CHATS, TEXTS, Peek
from rehearsal.providers import Accepted, Killed, PlayedTelegram, PlayedTwilio

PLAN_EVERY = timedelta(hours=24)  # in production 30 s; here also after what changes a plan
_AGAIN = timedelta(seconds=1)  # what is due and was not taken up is looked at again so soon,
_AT_MOST = timedelta(minutes=5)  # then twice as late each time
_TRIED_EVERY_S = 600  # while its provider is away; in production by the waits of each message
_PROVIDERS = {**dict.fromkeys(CHATS, "telegram"), **dict.fromkeys(TEXTS, "twilio")}


class _ChatsOnly(Post):
    """For a delivery while no text and no call is due."""

    def ways(self) -> Mapping[Channel, Way]:
        return {}


class PlayedWorker:
    """Calls what the worker's ticks call, when there is something to do."""

    def __init__(
        self, begin: Begin, telegram: PlayedTelegram, twilio: PlayedTwilio, settings: Settings,
        peek: Peek,
    ) -> None:  # fmt: skip
        self._begin, self._settings, self._peek = begin, settings, peek
        self._providers, texts, calls = twilio.providers, twilio.texts, twilio.calls
        self._post = Post(
            telegram.send_all, texts.send, texts.look_up, texts.fetch,
            Way(calls.send, calls.look_up, calls.fetch),
        )
        self._chats_only = _ChatsOnly(telegram.send_all, texts.send, texts.look_up)
        self.plan_at: datetime | None = None
        self._due: dict[str, datetime] = {}
        self._is_looked = False  # since anything was changed
        self._again = _AGAIN
        self.rounds = 0

    def next_at(self, now: datetime) -> datetime:
        """When there is something to do; what is due and could not be done is tried again."""
        if not self._is_looked:
            self._due = self._looked()
        self._is_looked = False
        least = min([self.plan_at or now, *self._due.values()])
        if least > now:
            self._again = _AGAIN
            return least
        later = [at for at in (self.plan_at or now, *self._due.values()) if at > now]
        self._again = min(2 * self._again, _AT_MOST)
        return min([now + self._again, *later])

    def _looked(self) -> dict[str, datetime]:
        """While a provider is away, what waits for it is tried together, every ten minutes."""
        due = self._peek()
        for kind in _PROVIDERS.keys() & due.keys():
            back = self._providers.back_at(_PROVIDERS[kind])
            if back is not None:
                due[kind] = max(due[kind], min(back, _together(due[kind])))
        return due

    def work(self, now: datetime) -> bool:
        """All that is due; False when the worker was killed in the middle of it."""
        if self.plan_at is None or now >= self.plan_at:
            self.plan(now)
        if self._is_due(now, "closes_at"):
            with self._begin() as work:
                close_missed(work, BATCH)
        self.escalate(now)
        try:
            self._deliver(now)
        except Killed:
            return False
        self._is_looked = True
        return True

    def _is_due(self, now: datetime, *kinds: str) -> bool:
        found = [self._due[kind] for kind in kinds if kind in self._due]
        return any(at <= now for at in found)

    def plan(self, now: datetime) -> None:
        self.plan_at = now + PLAN_EVERY
        plan_prompts(self._begin)
        with self._begin() as work:
            plan_daily(work)
            note_undrawn(work)

    def escalate(self, now: datetime) -> None:
        if not self._is_due(now, "step_at"):
            return
        due = True
        while due:
            with self._begin() as work:
                due = bool(escalate_due(work))

    def plan_soon(self) -> None:
        """Something has changed that is planned by: production looks every 30 s."""
        self.plan_at = None

    def _deliver(self, now: datetime) -> None:
        self._due = self._looked()
        if self._is_due(now, "poll_at"):
            poll_receipts(self._begin, self._post)
            self._due = self._looked()
        while self._is_due(now, *CHATS, *TEXTS):
            self.rounds += 1
            post = self._post if self._is_due(now, *TEXTS) else self._chats_only
            done = deliver_due(self._begin, post, self._settings)
            self._due = self._looked()
            if not done:
                break

    def receipt(self, one: Accepted, told: Receipt) -> None:
        """As the web process takes it."""
        with self._begin() as work:
            failed = receipt(work, one.sid, told.status, told.error_code, one.reference)
            if failed:
                text_failed(work, failed)


def _together(due: datetime) -> datetime:
    """The full ten minutes at or after a moment."""
    late = due.timestamp() % _TRIED_EVERY_S
    return due + timedelta(seconds=_TRIED_EVERY_S - late) if late else due
