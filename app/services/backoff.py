"""How long to wait before trying again: a value, and one pure function of it."""

from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True)
class Backoff:
    """Each wait is `factor` times the one before, up to `longest_s`; `jitter` is a share of it."""

    first_s: float
    factor: float
    longest_s: float
    jitter: float

    def wait_s(self, attempts: int, chance: float) -> float:
        """After so many attempts (1 or more); `chance`, 0 to 1, parts those who wait together."""
        most = log(self.longest_s / self.first_s, self.factor)
        plain = self.longest_s
        if attempts - 1 < most:
            plain = self.first_s * self.factor ** (attempts - 1)
        return plain * (1 + self.jitter * (2 * chance - 1))


# [own] A message that a provider does not take now: 2 s, doubling to half an hour.
OF_MESSAGES = Backoff(first_s=2, factor=2, longest_s=1800, jitter=0.25)
# [own] A call to the staff about an alert that is open: it goes soon after its provider is back.
OF_ALERTS = Backoff(first_s=2, factor=2, longest_s=240, jitter=0.25)
# [own] Somebody waits for a reply: a quarter of the time it took so far, so a quarter more each.
OF_REPLIES = Backoff(first_s=1, factor=1.25, longest_s=1800, jitter=0.25)
# [own] A text whose receipt did not come is asked about after 2 min, 6, 18 ... and every 6 h.
OF_RECEIPTS = Backoff(first_s=120, factor=3, longest_s=6 * 3600, jitter=0.1)
