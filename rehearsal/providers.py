"""Telegram and Twilio, played where the senders stand; each keeps its own ledger."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from app.senders import Blocked, Fate, Receipt, Refused, Sent, Unavailable, Unknown
from app.texts.render import Rendered
from rehearsal.moved import MovedClock
from rehearsal.truth import Nurse, Truth

TIMED_OUT = 0.02  # of texts: taken by Twilio, and its answer lost on the way
UNDELIVERED = 0.07  # of texts: taken, and never shown on the phone
NO_RECEIPT = 0.03  # of texts: nothing is ever told of them
ECHOES = 0.002  # of chat messages: taken by Telegram, and its answer lost
TOO_MANY = 0.002  # of chat messages: 429
_SOON, _LATE = (2, 40), (150, 600)  # seconds until a receipt


class Killed(BaseException):
    """The worker was killed after a provider took something, before that was written down."""


@dataclass(slots=True)
class Accepted:
    """A provider took it, at this moment."""

    at: datetime
    channel: str
    to: str
    body: str
    sid: str
    reference: str = ""
    fails: str = ""  # how it ends where it does not arrive
    failed_at: datetime | None = None  # when that was told


@dataclass(slots=True)
class Providers:
    """What both know: the clock, who is away, and who listens."""

    truth: Truth
    clock: MovedClock
    dice: Random
    ledger: list[Accepted] = field(default_factory=list)
    shown: Callable[[Accepted, Rendered | None], bool] = lambda _one, _words: False
    told: Callable[[Accepted, timedelta, Receipt], None] = lambda _one, _after, _receipt: None
    kills: set[str] = field(default_factory=set)  # channels whose next batch is the worker's last
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def accept(self, channel: str, to: str, body: str, reference: str = "") -> Accepted:
        kind = {"telegram": "", "sms": "SM", "voice": "CA"}[channel]
        sid = f"{kind}{next(self._numbers)}"
        one = Accepted(self.clock.now, channel, to, body, sid, reference)
        self.ledger.append(one)
        return one

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def is_away(self, what: str) -> bool:
        return self.truth.is_away(what, self.clock.now)

    def back_at(self, what: str) -> datetime | None:
        """When one that is away is there again; None while it is there."""
        spells = self.truth.spells
        away = [one.until for one in spells if one.what == what and one.covers(self.clock.now)]
        return max(away, default=None)

    def refusal(self, to: str) -> Fate | None:
        """What Twilio answers while it is away: often nothing at all."""
        if not self.is_away("twilio"):
            return Refused("Twilio 400, code 21211") if to.endswith("000") else None
        silent = self.chance(0.3)
        return Unknown("no answer: ReadTimeout") if silent else Unavailable("not reached: refused")

    def listed(self, made: Sequence[Accepted], since: datetime) -> Fate:
        """What Twilio's list says of some, newest first as it lists them."""
        if self.is_away("twilio"):
            return Unknown("Twilio's list did not answer: ReadTimeout")
        since = since.replace(microsecond=0)
        found = next((one.sid for one in reversed(made) if one.at >= since), None)
        return Sent(found) if found else Unavailable("not at Twilio: sent again", 0)

    def word_on(self, sid: str, good: str) -> Receipt | None:
        """Twilio's word when it is asked."""
        if self.is_away("twilio"):
            return None
        one = next(one for one in reversed(self.ledger) if one.sid == sid)
        if one.fails:
            one.failed_at = min(one.failed_at or self.clock.now, self.clock.now)
        return Receipt(one.fails or good, "30003" if one.fails else None)

    def tell_end(self, one: Accepted, after: timedelta, good: str) -> None:
        if one.fails:
            one.failed_at = one.at + after
        self.told(one, after, Receipt(one.fails or good, "30003" if one.fails else None))

    def die_if_killed(self, channel: str) -> None:
        if channel in self.kills:
            self.kills.remove(channel)
            raise Killed


class PlayedTelegram:
    """Takes messages to chats, unless it is away or the person has blocked the bot."""

    def __init__(self, providers: Providers) -> None:
        self._all = providers
        self._people = {person.chat_id: person for person in providers.truth.people}

    def send_all(self, many: Sequence[tuple[int, Rendered]]) -> list[Fate]:
        fates = [self.say(chat_id, words) for chat_id, words in many]
        if any(isinstance(fate, Sent) for fate in fates):
            self._all.die_if_killed("telegram")
        return fates

    def say(self, chat_id: int, words: Rendered) -> Fate:
        refused = self._refusal(chat_id)
        if refused is not None:
            return refused
        one = self._all.accept("telegram", str(chat_id), words.text)
        self._all.shown(one, words)
        if self._all.chance(ECHOES):
            return Unavailable("TimedOut: Timed out")
        return Sent(one.sid)

    def _refusal(self, chat_id: int) -> Fate | None:
        if self._all.is_away("telegram"):
            return Unavailable("NetworkError: connection refused")
        person = self._people.get(chat_id)
        if person is not None and person.blocked.now:
            return Blocked("Forbidden: bot was blocked by the user")
        return Unavailable("429: wait 3 s", 3.0) if self._all.chance(TOO_MANY) else None


class PlayedTexts:
    """Takes texts to phones, tells of them later, out of order at times, and lists them."""

    def __init__(self, providers: Providers) -> None:
        self._all = providers
        self._sent: defaultdict[str, list[Accepted]] = defaultdict(list)

    def send(self, to: str, body: str, reference: str) -> Fate:
        refused = self._all.refusal(to) or self._opted_out(to)
        if refused is not None:
            return refused
        one = self._all.accept("sms", to, body, reference)
        self._sent[to].append(one)
        is_last, is_lost = "sms" in self._all.kills, self._all.chance(TIMED_OUT)
        self._tell(one, _LATE if is_last or is_lost else _SOON)
        self._all.die_if_killed("sms")
        if is_lost:
            return Unknown("Twilio did not answer: ReadTimeout")
        return Sent(one.sid)

    def _opted_out(self, to: str) -> Fate | None:
        stopped = any(nurse.phone.now == to and nurse.texts_stopped.now for nurse in self._nurses())
        return Blocked("Twilio 400, code 21610") if stopped else None

    def _nurses(self) -> Iterator[Nurse]:
        return (nurse for site in self._all.truth.sites for nurse in site.nurses)

    def look_up(self, to: str, body: str, since: datetime) -> Fate:
        same = [one for one in self._sent[to] if one.body == body]
        return self._all.listed(same, since)

    def fetch(self, sid: str) -> Receipt | None:
        return self._all.word_on(sid, "delivered")

    def _tell(self, one: Accepted, within: tuple[int, int]) -> None:
        """Of what is in doubt late, so that it must be looked up."""
        if self._all.chance(UNDELIVERED):
            one.fails = "undelivered"
        else:
            self._all.shown(one, None)
        if self._all.chance(NO_RECEIPT):
            return
        delays = [timedelta(seconds=self._all.dice.randint(*within)) for _ in range(2)]
        first, last = delays if self._all.chance(0.1) else sorted(delays)
        self._all.told(one, first, Receipt("sent"))
        self._all.tell_end(one, last, "delivered")


class PlayedCalls:
    """Rings phones up; whether somebody picks up is known a minute later."""

    def __init__(self, providers: Providers) -> None:
        self._all = providers
        self._made: defaultdict[str, list[Accepted]] = defaultdict(list)

    def send(self, to: str, words: str, reference: str) -> Fate:
        refused = self._all.refusal(to)
        if refused is not None:
            return refused
        one = self._all.accept("voice", to, words, reference)
        self._made[to].append(one)
        one.fails = "" if self._all.shown(one, None) else "no-answer"
        self._all.tell_end(one, timedelta(minutes=1), "completed")
        return Sent(one.sid)

    def look_up(self, to: str, _words: str, since: datetime) -> Fate:
        return self._all.listed(self._made[to], since)

    def fetch(self, sid: str) -> Receipt | None:
        return self._all.word_on(sid, "completed")


class PlayedTwilio:
    """Both ways to a phone."""

    def __init__(self, providers: Providers) -> None:
        self.providers = providers
        self.texts, self.calls = PlayedTexts(providers), PlayedCalls(providers)
