"""One module a channel. What became of a message is one of these values.

Sent | Refused (never again) | Blocked (this channel is dead) | Unavailable (try later)
| Unknown (perhaps sent: ask the provider before trying again)
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    provider_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    why: str


@dataclass(frozen=True, slots=True)
class Blocked:
    why: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    why: str
    wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    why: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A provider's word, when asked, on what became of a message; in the provider's words."""

    status: str
    error_code: str | None = None


Fate = Sent | Refused | Blocked | Unavailable | Unknown
