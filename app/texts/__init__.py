"""The catalogue: every word that a person reads, in Chinese and English.

Each language is a folder of gettext .po files, read once. A message's data may hold
values of these shapes, which take the reader's language and zone:
`*_at` an RFC 3339 moment, `*_on` an ISO date, `*_key` another key of the catalogue;
`{start_at:time}`, `{start_at:day}` and `{start_at:moment}` choose what is shown of it, and
`{code:spelled}` is read aloud letter by letter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.messages.pofile import read_po

_FOLDERS = {"zh-CN": "zh_CN", "en": "en"}
_HERE = Path(__file__).parent


Key = str | Mapping[str, str]  # a key of the catalogue, or {"words": a clinic's own words}


class NoSuchText(KeyError):
    """The catalogue has no text under this key."""


def _nothing_own(_key: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language and zone a person reads, and what their clinic says in its own words."""

    language: str
    time_zone: str
    own: Callable[[str], str | None] = field(default=_nothing_own, compare=False)  # by key


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Key to text, of all .po files of a language."""
    texts: dict[str, str] = {}
    for path in sorted((_HERE / _FOLDERS[language]).glob("*.po")):
        with path.open("rb") as file:
            texts.update({str(m.id): str(m.string) for m in read_po(file) if m.id})
    return texts


def say(key: Key, reader: Reader, data: Mapping[str, Any] | None = None) -> str:
    """The text of a key, with its values in the reader's language and zone.

    A clinic's own words stand for themselves, in the place of a key or of its text.
    """
    if not isinstance(key, str):
        return key["words"]
    if (own := reader.own(key)) is not None:
        return own
    try:
        text = catalogue(reader.language)[key]
    except KeyError:
        raise NoSuchText(f"{key} ({reader.language})") from None
    return text.format(**_localised(data, reader)) if data else text


def language_of(wanted: str | None) -> str:
    """The nearest language that we have: zh-hans, zh-CN and zh are zh-CN, all else en."""
    return "zh-CN" if (wanted or "").lower().startswith("zh") else "en"


def _localised(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    return {name: _value(name, value, reader) for name, value in data.items()}


def _value(name: str, value: Any, reader: Reader) -> Any:
    if name.endswith("_at") and value:
        return _Moment(datetime.fromisoformat(value), reader)
    if name.endswith("_on") and value:
        return format_date(date.fromisoformat(value), "long", locale=_locale(reader))
    if name.endswith("_key"):
        return say(value, reader)
    return _Word(value) if isinstance(value, str) else value


def _locale(reader: Reader) -> str:
    return _FOLDERS[reader.language]


class _Word(str):
    __slots__ = ()

    def __format__(self, how: str) -> str:
        return ", ".join(filter(str.isalnum, self)) if how == "spelled" else format(str(self), how)


class _Moment:
    def __init__(self, at: datetime, reader: Reader) -> None:
        self._at = at.astimezone(ZoneInfo(reader.time_zone))
        self._locale = _locale(reader)

    def __format__(self, how: str) -> str:
        shown = {"time": self._time, "day": self._day}
        return shown[how]() if how in shown else f"{self._day()} {self._time()}"

    def _time(self) -> str:
        return format_time(self._at, "HH:mm", tzinfo=self._at.tzinfo, locale=self._locale)

    def _day(self) -> str:
        return format_skeleton("MMMEd", self._at, tzinfo=self._at.tzinfo, locale=self._locale)
