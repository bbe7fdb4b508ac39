"""The reader of a page: words, dates and numbers in their language and the clinic's zone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from flask import Flask, Response, g, request
from flask_login import current_user

from app.clinical.grading import grades_of
from app.pages.marks import marked as marked_in
from app.texts import NoSuchText, Reader, language_of, say
from models import InboxItem

COOKIE = "lang"
# Made once: to name one costs Babel 2 ms, and a summary has hundreds of dates.
_LOCALES = {"zh-CN": Locale.parse("zh_CN"), "en": Locale.parse("en")}


def reader() -> Reader:
    """By ?lang=, then the cookie, then the staff's own setting, then the browser."""
    wanted = request.args.get(COOKIE) or request.cookies.get(COOKIE) or _own_language()
    return Reader(language_of(wanted), getattr(g, "time_zone", "Asia/Shanghai"))


def _own_language() -> str | None:
    if not g.get("unread") and current_user and current_user.is_authenticated:
        return str(current_user.language)
    return request.accept_languages.best_match(["zh-CN", "zh", "en"]) or "zh-CN"


def t(key: str, **data: Any) -> str:
    return say(key, reader(), data or None)


def word(kind: str, code: str | None, **data: Any) -> str:
    """The word of a code, as page.<kind>.<code>; a code that has no word is shown as it is."""
    try:
        return t(f"page.{kind}.{code}", **data)
    except NoSuchText:
        return str(code)


def day(at: datetime | date) -> str:
    return _format("yMMMd", at)


def moment(at: datetime) -> str:
    """Day and time; with the year where it is not that of the page."""
    year = at.astimezone(ZoneInfo(reader().time_zone)).year
    told = _format("MMMEd" if g.get("year", year) == year else "yMMMEd", at)
    return f"{told} {clock(at)}"


def weekday(on: date) -> str:
    return _format("MMMEd", on)


def clock(at: datetime) -> str:
    return at.astimezone(ZoneInfo(reader().time_zone)).strftime("%H:%M")


def _format(skeleton: str, at: datetime | date) -> str:
    local = at.astimezone(ZoneInfo(reader().time_zone)) if isinstance(at, datetime) else at
    return str(format_skeleton(skeleton, local, locale=_LOCALES[reader().language]))


def age(span: timedelta) -> str:
    """How long ago, in the largest whole unit."""
    minutes = max(0, int(span.total_seconds() // 60))
    for unit, length in (("days", 1440), ("hours", 60)):
        if minutes >= length:
            return t(f"page.age.{unit}", n=minutes // length)
    return t("page.age.minutes", n=minutes)


def level(ug_per_l: float | None) -> str:
    return "–" if ug_per_l is None else f"{ug_per_l:.0f}"


def signed(change: float | None) -> str:
    return "–" if change is None else f"{change:+.0f}".replace("-", "−")


def cause(code: str) -> str:
    """Why an alert was raised; a red flag is named."""
    kind, _, flag = code.partition(":")
    return t(f"flag.{flag}") if kind == "red_flag" else word("cause", kind)


def red_flags(causes: Sequence[str]) -> list[str]:
    """Those of an alert's causes that are red flags."""
    return [one for one in causes if one.startswith("red_flag:")]


def marked(item: InboxItem) -> list[tuple[str, str]]:
    """A line of ours in the reader's language; a patient's own words as they are, marked."""
    if "says" in item.data:
        return [(t(item.data["says"], **item.data["values"]), "")]
    return marked_in(item)


def as_sent(form: str, name: str, otherwise: str = "") -> str:
    """What was typed into a form that was sent to this view and is not right yet."""
    was_sent = request.method == "POST" and request.endpoint == f"pages.{form}"
    return request.form.get(name, "") if was_sent else otherwise


def in_other_language() -> str | None:
    """The address of this page in the other language, with all that it was asked for.

    None on a page that answers what was sent: it holds what was typed, or what is shown this
    once, and its address gives neither. A sign-in that failed asks for everything again.
    """
    if request.method != "GET" and request.endpoint != "security.login":
        return None
    asked = [one for one in request.args.items(multi=True) if one[0] != COOKIE]
    other = "zh-CN" if reader().language == "en" else "en"
    return "?" + urlencode([*asked, (COOKIE, other)])


def bind_words(app: Flask) -> None:
    """Give the templates their words, and remember a chosen language."""
    for name, how in (("day", day), ("moment", moment), ("weekday", weekday), ("clock", clock),
                      ("age", age), ("level", level), ("signed", signed),
                      ("marked", marked), ("cause", cause)):  # fmt: skip
        app.add_template_filter(how, name)
    for said in (grades_of, t, word, cause, red_flags, as_sent, in_other_language):
        app.add_template_global(said)
    app.context_processor(lambda: {"language": reader().language})
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    chosen = request.args.get(COOKIE)
    if chosen:
        response.set_cookie(
            COOKIE, language_of(chosen), max_age=31_536_000, httponly=True, samesite="Lax",
            secure=request.is_secure,
        )  # fmt: skip
    return response
