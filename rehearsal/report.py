"""The safety report: what was played, what must be nought, how soon alerts were answered."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from rehearsal.findings import LINES, Findings

_BINS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240)
_SHOWN = 5


@dataclass(slots=True)
class Report:
    """Of one part of the cohort; parts are added up."""

    findings: Findings = field(default_factory=Findings)
    played: Counter[str] = field(default_factory=Counter)
    answered_after: list[timedelta] = field(default_factory=list)

    @property
    def is_red(self) -> bool:
        return any(self.findings.count(line) for line in LINES)

    def add(self, other: "Report") -> None:
        for line, details in other.findings.found.items():
            self.findings.found[line] += details
        self.played += other.played
        self.answered_after += other.answered_after

    def text(self) -> str:
        parts = (self._played(), self._lines(), self._histogram())
        return "\n\n".join("\n".join(part) for part in parts)

    def _played(self) -> list[str]:
        return [f"{count:>9,} {what}" for what, count in self.played.items()]

    def _lines(self) -> list[str]:
        lines = []
        for line in LINES:
            count = self.findings.count(line)
            lines.append(f"{'RED' if count else 'ok':>4} {line:<48} {count:>6}")
            lines += [f"       {detail}" for detail in self.findings.found.get(line, ())[:_SHOWN]]
        return lines

    def _histogram(self) -> list[str]:
        """Minutes from the call to the answer, over all alerts that were answered."""
        minutes = [one.total_seconds() / 60 for one in self.answered_after]
        lines, least = ["minutes from a call to its answer"], 0
        for most in (*_BINS_MIN, None):
            found = [one for one in minutes if one >= least and (most is None or one < most)]
            name = f"{least} to {most}" if most else f"{least} and more"
            bar = "#" * round(40 * len(found) / max(1, len(minutes)))
            lines.append(f"{name:>12} {len(found):>6} {bar}")
            least = most or least
        return lines
