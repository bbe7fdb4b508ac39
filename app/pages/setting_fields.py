"""The clinic's settings as they stand on the page: in groups, each with its kind and source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any, Literal

from app.clinical import trough
from app.clinical.alerts import ALERT_RISE
from app.clinical.dose_rule import TRIGGER_GRADE
from app.services.clinic_change import ClinicChange
from models import CheckPace, CtcaeVersion, MissedDose, OnForget, Prior

Kind = Literal["text", "tel", "time", "minutes", "number", "area", "words", "weekdays"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: how it is asked, where its default or limit comes from ("": a plain fact)."""

    name: str
    kind: Kind
    source: str = "own"
    words: tuple[str, ...] = ()

    @property
    def remedy(self) -> str:
        """What to do about one that cannot be: its own words, else those of its kind."""
        return self.name if self.kind in ("text", "number") else self.kind

    @property
    def default(self) -> Any:
        return ClinicChange.model_fields[self.name].default

    @property
    def may_be_empty(self) -> bool:
        return self.default is None


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    settings: tuple[Setting, ...]


_PACES = tuple(CheckPace)
GROUPS = (
    Group("clinic", (
        Setting("name", "text", ""), Setting("phone", "tel", ""),
        Setting("night_phone", "tel", ""), Setting("time_zone", "text"),
        Setting("staffed_weekdays", "weekdays"),
        Setting("staffed_from", "time"), Setting("staffed_until", "time"),
    )),
    Group("emergency", (
        Setting("emergency_zh_cn", "area", ""), Setting("emergency_en", "area", ""),
    )),
    Group("reminders", (
        Setting("quiet_from", "time"), Setting("quiet_until", "time"),
        Setting("protocol_from", "time"), Setting("evening_at", "time"),
    )),
    Group("checks", (
        Setting("checks_usual", "words", words=_PACES),
        Setting("checks_after_change", "words", words=_PACES),
        Setting("checks_when_stable", "words", words=_PACES),
    )),
    Group("alerts", (
        Setting("alert_from_grade", "words", "grade", words=("3", "2")),
        Setting("nurse_wait_min", "minutes"), Setting("next_wait_min", "minutes"),
        Setting("doctor_wait_min", "minutes"), Setting("call_wait_min", "minutes"),
        Setting("close_within_min", "minutes"),
    )),
    Group("levels", (
        Setting("ke_per_h", "number", "wang"),
        Setting("prior", "words", "priors", words=tuple(Prior)),
        Setting("ctcae_version", "words", "ctcae", words=tuple(CtcaeVersion)),
    )),
    Group("doses", (
        Setting("missed_dose", "words", "labels", words=tuple(MissedDose)),
        Setting("second_confirmation", "words", words=("no", "yes")),
    )),
    Group("privacy", (
        Setting("consent_version", "text"),
        Setting("on_forget", "words", words=tuple(OnForget)),
    )),
)  # fmt: skip
SETTINGS = {one.name: one for group in GROUPS for one in group.settings}
# What is kept only after its meaning was read: it changes what clinicians or patients are told.
CLINICAL = (
    "ke_per_h", "prior", "ctcae_version", "alert_from_grade", "missed_dose", "consent_version",
    "emergency_zh_cn", "emergency_en",
)  # fmt: skip
# What no clinic sets: the bounds of the protocol, with their sources.
FIXED = (
    ("expected", f"{trough.EXPECTED_FROM_UG_PER_L:g}–{trough.EXPECTED_TO_UG_PER_L:g} µg/L",
     "bouchet_demetri"),
    ("rule_line", f"{trough.RULE_LINE_UG_PER_L:g} µg/L", "chen"),
    ("window", "{:g}–{:g} h".format(*trough.WINDOW_HOURS), "chen"),
    ("valid", "{:g}–{:g} h".format(*trough.VALID_HOURS), "own"),
    ("ke_range", f"{trough.KE_LOW:g}–{trough.KE_HIGH:g} /h", "wang"),
    ("trigger", str(TRIGGER_GRADE), "chen"),
    ("rise", str(ALERT_RISE), "own"),
)  # fmt: skip


def shown(value: Any) -> list[str]:
    """A value as the page's fields hold it: one word, several weekdays, or none."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, time):
        return [f"{value:%H:%M}"]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [f"{value:g}" if isinstance(value, float) else str(value)]


def told(sent: Any) -> dict[str, Any]:
    """What a form tells of each setting that stands on it; an empty one may mean none."""
    return dict(_told(sent))


def _told(sent: Any) -> Iterator[tuple[str, Any]]:
    for one in SETTINGS.values():
        if one.name in sent:
            values = [word for word in sent.getlist(one.name) if word.strip()]
            empty = None if one.may_be_empty else ""
            several = one.kind == "weekdays"
            yield one.name, values if several else values[0].strip() if values else empty
