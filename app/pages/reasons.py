"""Why a message or file did not go or arrive, in plain words; what has none is shown as it is."""

import re

from app.pages.words import t
from app.texts import NoSuchText

# Beginnings of a reason, and the text that says it; groups are its values.
_SAID = (
    (re.compile(r"429: wait (?P<n>\d+) s"), "page.why.slow_down"),
    (re.compile(r"gave up after (?P<n>\d+) attempts"), "page.why.gave_up"),
    (re.compile(r"stopped: the same words (?P<n>\d+) times in an hour"), "page.why.same_words"),
    (re.compile(r"stopped: (?P<n>\d+) messages in a day"), "page.why.too_many"),
    (re.compile(r"Twilio did not answer|Twilio's list did not answer"), "page.why.no_answer"),
    (re.compile(r"Twilio not reached"), "page.why.not_connected"),
    (re.compile(r"no words: "), "page.why.no_words"),
    (re.compile(r"not a picture: |too many points"), "page.why.no_picture"),
    (re.compile(r"more than (?P<n>\d+) bytes"), "page.why.too_large"),
)
_CODE = re.compile(r"code (?P<code>\d+)")
_STATUS = re.compile(r"(?P<status>[a-z-]+): provider's code not given")


def why(reason: str) -> str:
    """The reason of a message's state, for people."""
    return _text(f"page.why.{reason}") or _with_values(reason) or _by_code(reason) or reason


def _with_values(reason: str) -> str | None:
    for pattern, key in _SAID:
        found = pattern.match(reason)
        if found:
            return t(key, **found.groupdict())
    return None


def _by_code(reason: str) -> str | None:
    """A provider's code as its documentation explains it; one that is not known is told."""
    found = _CODE.search(reason)
    if found:
        code = found["code"]
        return _text(f"page.why.code.{code}", code=code) or t("page.why.code", code=code)
    status = _STATUS.match(reason)
    return _text(f"page.why.status.{status['status']}") if status else None


def _text(key: str, **values: str) -> str | None:
    try:
        return t(key, **values)
    except NoSuchText:
        return None
