"""Words and buttons as the Bot API reads them: HTML to entities, keyboards checked."""

import html
import json
import re
from typing import Any

from sandbox.telegram.errors import bad_request

Entities = list[dict[str, Any]]
LONGEST_TEXT = 4096
LONGEST_DATA_BYTES = 64
KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler",
    "a": "text_link",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-z][a-z-]*)\s*(?:href=\"([^\"]*)\")?\s*>", re.IGNORECASE)
_FOUND = re.compile(r"(?P<url>https?://[^\s<>\"，。）]+)|(?:^|(?<=\s))(?P<bot_command>/\w{1,32})")


def units(text: str) -> int:
    """Telegram counts in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def read_text(text: str, parse_mode: str | None, longest: int) -> tuple[str, Entities]:
    if parse_mode:
        text, entities = _parse(text, parse_mode)
    else:
        entities = []
    if not text.strip():
        raise bad_request("message text is empty")
    if len(text) > longest:
        raise bad_request("message is too long")
    return text, entities + found_in(text)


def found_in(text: str) -> Entities:
    """The commands and links that Telegram finds by itself."""
    if "/" not in text:
        return []
    return [
        {"type": hit.lastgroup, "offset": units(text[: hit.start()]), "length": units(hit[0])}
        for hit in _FOUND.finditer(text)
    ]


def _parse(text: str, parse_mode: str) -> tuple[str, Entities]:
    if parse_mode.upper() != "HTML":
        raise bad_request("unsupported parse_mode")
    if "<" not in text:
        return html.unescape(text), []
    return _read_tags(text)


def _read_tags(text: str) -> tuple[str, Entities]:
    plain, length, at = [], 0, 0
    entities: Entities = []
    open_tags: list[tuple[str, int, str]] = []
    for tag in _TAG.finditer(text):
        words = _between(text, at, tag.start())
        plain.append(words)
        length += units(words)
        at = tag.end()
        _meet(tag, length, open_tags, entities)
    if open_tags:
        raise bad_request(f"can't parse entities: Can't find end tag for \"{open_tags[-1][0]}\"")
    plain.append(_between(text, at, len(text)))
    return "".join(plain), sorted(entities, key=lambda entity: entity["offset"])


def _between(text: str, start: int, end: int) -> str:
    if "<" in text[start:end]:
        raise bad_request(f"can't parse entities: Unsupported start tag at byte offset {start}")
    return html.unescape(text[start:end])


def _meet(
    tag: re.Match[str], at: int, open_tags: list[tuple[str, int, str]], entities: Entities
) -> None:
    closing, name, href = tag[1], tag[2].lower(), tag[3]
    if name not in KINDS:
        raise bad_request(f'can\'t parse entities: Unsupported start tag "{name}"')
    if not closing:
        open_tags.append((name, at, html.unescape(href or "")))
        return
    if not open_tags or open_tags[-1][0] != name:
        raise bad_request(f'can\'t parse entities: Unexpected end tag "{name}"')
    _, start, url = open_tags.pop()
    if at > start:
        link = {"url": url} if name == "a" else {}
        entities.append({"type": KINDS[name], "offset": start, "length": at - start} | link)


def read_keyboard(value: Any) -> dict[str, Any]:
    """`reply_markup`, from a form or from JSON."""
    if not value:
        return {}
    try:
        markup = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            _check_button(button)
    return dict(markup)


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must not be empty')
    data = button.get("callback_data")
    if data is None:
        if not button.get("url"):
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed")
    elif not 1 <= len(data.encode()) <= LONGEST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "spoiler": "span",
}  # fmt: skip


def as_html(text: str, entities: Entities) -> str:
    """The words with their entities as safe HTML, for a page."""
    raw = text.encode("utf-16-le")
    marks = sorted(mark for entity in entities for mark in _marks(raw, entity))
    done, at = [], 0
    for position, _, _, tag in marks:
        done += [html.escape(raw[2 * at : 2 * position].decode("utf-16-le")), tag]
        at = position
    return "".join([*done, html.escape(raw[2 * at :].decode("utf-16-le"))])


def _marks(raw: bytes, entity: dict[str, Any]) -> list[tuple[int, int, int, str]]:
    """Where a tag opens and closes, in an order that nests them."""
    start, length = entity["offset"], entity["length"]
    end = start + length
    opening, closing = _tags(entity, raw[2 * start : 2 * end].decode("utf-16-le"))
    if not opening:
        return []
    return [(start, 1, -length, opening), (end, 0, -start, closing)]


def _tags(entity: dict[str, Any], words: str) -> tuple[str, str]:
    url = entity.get("url") or (words if entity["type"] == "url" else "")
    if url.startswith(("http://", "https://", "tg://")):
        link = html.escape(url, quote=True)
        return f'<a href="{link}" target="_blank" rel="noopener noreferrer">', "</a>"
    tag = TAGS.get(entity["type"])
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
