"""The reader of a page: words, dates and numbers in their language and the clinic's zone."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from flask import Flask, Response, g, request
from flask_login import current_user

from app.clinical.grading import grades_of
from app.pages.marks import marked as marked_in
from app.texts import NoSuchText, Reader, language_of, say
from app.texts.units import shown_unit
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


def word(kind: str, code: str | None) -> str:
    """The word of a code, as page.<kind>.<code>; a code that has no word is shown as it is."""
    try:
        return t(f"page.{kind}.{code}")
    except NoSuchText:
        return str(code)


def day(at: datetime | date) -> str:
    return _format("yMMMd", at)


def moment(at: datetime) -> str:
    return f"{_format('MMMEd', at)} {clock(at)}"


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


def marked(item: InboxItem) -> list[tuple[str, str]]:
    """A line of ours in the reader's language; a patient's own words as they are, marked."""
    if "says" in item.data:
        return [(t(item.data["says"], **item.data["values"]), "")]
    return marked_in(item)


def as_sent(form: str, name: str, otherwise: str = "") -> str:
    """What was typed into a form that was sent to this view and is not right yet."""
    was_sent = request.method == "POST" and request.endpoint == f"pages.{form}"
    return request.form.get(name, "") if was_sent else otherwise


def bind_words(app: Flask) -> None:
    """Give the templates their words, and remember a chosen language."""
    for name, how in (("day", day), ("moment", moment), ("weekday", weekday), ("clock", clock),
                      ("age", age), ("level", level), ("signed", signed),
                      ("marked", marked), ("unit", shown_unit)):  # fmt: skip
        app.add_template_filter(how, name)
    for said in (grades_of, t, word, cause, as_sent):
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
