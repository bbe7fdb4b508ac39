"""Single cells: a result, a limit, a range, a moment on the clinic's clock."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.services.lab_list.faults import Misread
from app.services.lab_list.names import is_unit
from models import Comparator

EARLIEST_YEAR = 2000  # imatinib is older than no list [own]
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+")
_SIGNS = {"<": "<", ">": ">", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">="}
_MARKS = re.compile(r"\s*[↑↓⇧⇩]+\s*$|\s+[HL]\s*$")
_UNDER = re.compile(
    r"(?:<=?|≤)?(?:b?lloq|loq|lod|blq|bql|bloq|bld|定量下限|定量限|检测下限|检测限|检出限|"
    r"低于(?:定量|检测|检出)下?限|未检出|未检测到|检测不到|notdetected|undetectable)"
    r"(?:\((?:<=?|≤)?([\d.,]+)\)|[=:]([\d.,]+))?", re.I,
)  # fmt: skip
_OVER = re.compile(
    r"(?:>=?|≥)?(?:uloq|auloq|aloq|定量上限|高于定量上限)"
    r"(?:\((?:>=?|≥)?([\d.,]+)\)|[=:]([\d.,]+))?", re.I,
)  # fmt: skip
_NOT_DONE = re.compile(r"n\.?d\.?|n/d", re.I)  # not detected, or not done
_WITH_UNIT = re.compile(r"[<>=≤≥]*[\d.,]+\s*(\D.*)")
_DASHES = re.compile(r"\s*(?:-{1,2}|–|—|~|～|至|to)\s*")
_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_CLOCK = r"(上午|下午|AM|PM)?\s*(\d{1,2})[:时点](\d{1,2})分?(?::(\d{1,2})(?:\.\d+)?秒?)?\s*(AM|PM)?"
_SPOKEN = re.compile(rf"{_DAY}(?:[T\s]*{_CLOCK})?\s*(Z|[+-]\d\d:?\d\d)?", re.I)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T\s]*(\d\d):?(\d\d)(?::?(\d\d))?)?")
ONLY_CLOCK = re.compile(rf"(?:{_CLOCK})", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A result: a number, or with a comparator the limit that it lies beyond."""

    value: float
    comparator: Comparator | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC; `whole_day` where no time of day was written: it is that day's first."""

    at: datetime
    whole_day: bool


def plain(cell: str) -> str:
    """Of one width, without blanks around; a formula is refused. Raises Misread."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if text.startswith(("=", "#")):
        raise Misread("", "formula")
    return text


def number(cell: str) -> float | None:
    """A number of zero or above, None where nothing is written. Raises Misread."""
    text = plain(cell)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise Misread("", _why_no_number(text))
    return float(text.replace(",", ""))


def _why_no_number(text: str) -> str:
    """What is told of a cell that holds no number."""
    close = text.replace(" ", "")
    if re.fullmatch(r"\d+,\d+", text):
        return "comma"
    if _NUMBER.fullmatch(close):
        return "blank"
    if re.fullmatch(r"[-–—−]\d.*", close):
        return "negative"
    if _NOT_DONE.fullmatch(close):
        return "not_done"
    unit = _WITH_UNIT.fullmatch(text)
    if unit and is_unit(unit[1]):
        return "with_unit"
    return "number" if re.search(r"\d", text) else "no_digit"


def result(cell: str, lloq: float | None = None, uloq: float | None = None) -> Told:
    """A result like 1,234.5 or <10 or <LLOQ, which takes its limit. Raises Misread."""
    text = _MARKS.sub("", plain(cell))
    if not text:
        raise Misread("", "missing")
    for pattern, limit, sign in ((_UNDER, lloq, Comparator.BELOW), (_OVER, uloq, Comparator.ABOVE)):
        found = pattern.fullmatch(text.replace(" ", ""))
        if found:
            own = next((number(one) for one in found.groups() if one), None)
            return _limit(limit if own is None else own, sign)
    sign_text, rest = _parted(text)
    value = number(rest)
    if value is None:
        raise Misread("", "number")
    return Told(value, Comparator(_SIGNS[sign_text]) if sign_text else None)


def tells_limit(text: str) -> bool:
    """Whether a result is a word for what lies beyond a limit, like BQL."""
    close = text.replace(" ", "")
    return any(one.fullmatch(close) for one in (_UNDER, _OVER, _NOT_DONE))


def _limit(limit: float | None, sign: Comparator) -> Told:
    if limit is None:
        raise Misread("", "no_limit")
    return Told(limit, sign)


def _parted(text: str) -> tuple[str, str]:
    """The sign in front of a number, and the number."""
    found = re.match(r"<=|>=|[<>≤≥≦≧]", text)
    return (found[0], text[found.end() :].strip()) if found else ("", text)


def limits(cell: str) -> tuple[float | None, float | None]:
    """The lower and upper limit of a range like 3.5-9.5, <40 or >=90. Raises Misread."""
    text = plain(cell)
    if not text:
        return None, None
    sign, rest = _parted(text)
    if sign:
        bound = number(rest)
        return (None, bound) if _SIGNS[sign].startswith("<") else (bound, None)
    ends = _DASHES.split(text)
    if len(ends) != 2:
        raise Misread("", "range")
    return number(ends[0]), number(ends[1])


def moment(cell: str, zone: ZoneInfo) -> Moment | None:
    """A moment on the clock of a zone, None where nothing is written. Raises Misread."""
    text = plain(cell)
    if not text:
        return None
    spoken, digits = _SPOKEN.fullmatch(text), _DIGITS.fullmatch(text)
    if spoken:
        *_, offset = spoken.groups()
        wall, whole_day = _spoken(spoken)
    elif digits:
        wall, whole_day, offset = *_of_digits(digits), None
    else:
        raise Misread("", _why_no_moment(text))
    return Moment(_offset(wall, offset) if offset else on_the_clock(wall, zone), whole_day)


def _why_no_moment(text: str) -> str:
    if re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d", text):
        return "day_order"
    return "serial" if re.fullmatch(r"\d{5}(?:\.\d+)?", text) else "time"


def _spoken(found: re.Match[str]) -> tuple[datetime, bool]:
    year, month, day, before, hour, minute, second, after, _ = found.groups()
    half = (before or after or "").upper()
    told = int(hour or 0)
    if half in ("下午", "PM") and told < 12:
        told += 12
    elif half == "AM" and told == 12:
        told = 0
    return _wall(year, month, day, told, minute, second), hour is None


def _of_digits(found: re.Match[str]) -> tuple[datetime, bool]:
    year, month, day, hour, minute, second = found.groups()
    return _wall(year, month, day, hour, minute, second), hour is None


def _wall(*parts: str | int | None) -> datetime:
    if int(parts[0] or 0) < EARLIEST_YEAR:
        raise Misread("", "year", earliest=EARLIEST_YEAR)
    try:
        return datetime(*(int(part or 0) for part in parts))  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        raise Misread("", "time") from None


def _offset(wall: datetime, offset: str) -> datetime:
    told = datetime.fromisoformat(wall.isoformat() + offset)
    return told.astimezone(UTC)


def on_the_clock(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment of a wall clock's time. Raises Misread in the hour that is left out or twice."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        raise Misread("", "hour_not_there")
    if second - first > timedelta(0):
        raise Misread("", "hour_twice")
    return first
