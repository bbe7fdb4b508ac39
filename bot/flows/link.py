"""Linking a phone: one-time code, year of birth, consent."""

import re
import unicodedata

from bot.flow import Choice, Flow, Step, Unclear


def _code(text: str) -> str:
    plain = re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", text).upper())
    if len(plain) < 6:
        raise Unclear("unclear.code")
    return plain


def _year(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
    if not re.fullmatch(r"(19|20)\d\d", plain):
        raise Unclear("unclear.year")
    return plain


_CONSENT = (Choice("agree", "link.consent.agree"), Choice("decline", "link.consent.decline"))

LINK = Flow("link", (
    Step("link.code", "link.code", read=_code),
    Step("link.year", "link.year", read=_year),
    Step("link.consent", "link.consent", _CONSENT),
))  # fmt: skip
