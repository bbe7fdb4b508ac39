"""A rate as a value: places in time, given in the order of asking."""

from dataclasses import dataclass

from app.settings import Settings

_BOT_BURST, _CHAT_BURST = 5, 5  # [own]


@dataclass(frozen=True, slots=True)
class Rate:
    """So many places a second, `burst` of them at once; zero means no limit."""

    per_second: float
    burst: int

    def __bool__(self) -> bool:
        return self.per_second > 0

    @property
    def gap_s(self) -> float:
        return 1 / self.per_second

    def first(self, free_at: float, now: float) -> float:
        """The moment of the next place, which may be past; the others follow a gap apart.

        `free_at` is that of a row or a clock: the moment after all places that were given.
        """
        return max(free_at, now - self.gap_s * (self.burst - 1))


def bot_rate(settings: Settings) -> Rate:
    """What all chats of the bot may get together."""
    return Rate(settings.telegram_per_second, _BOT_BURST)


def chat_rate(settings: Settings) -> Rate:
    return Rate(settings.chat_per_second, _CHAT_BURST)
