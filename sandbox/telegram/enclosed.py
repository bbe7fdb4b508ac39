"""What a patient sends that is no text: a photo, a voice note, a sticker, a place, a file."""

import base64
from typing import Any

from sandbox.problems import Problem
from sandbox.telegram.bodies import Upload
from sandbox.telegram.files import Files, as_photo

ENCLOSED = ("photo", "voice", "sticker", "location", "document")
_SHORT = ("file_id", "file_unique_id", "file_size")


def enclosed_in(body: dict[str, Any], files: Files) -> dict[str, Any]:
    """The part of a message that holds it, as the Bot API has it."""
    if body.get("photo"):
        return {"photo": as_photo(files.keep(_upload(body, "photo", _picture(body)), "photos"))}
    if body.get("voice"):
        return {"voice": _voice(files.keep(_upload(body, "voice", "audio/ogg"), "voice"))}
    if body.get("document"):
        return {"document": _document(files.keep(_upload(body, "document", _FILE), "documents"))}
    if body.get("sticker"):
        return {"sticker": _sticker(str(body["sticker"]))}
    return {"location": _place(body["location"])}


def shown_as(message: dict[str, Any]) -> str:
    """What a phone writes in the place of a text."""
    if "location" in message:
        place = message["location"]
        return f"📍 {place['latitude']}, {place['longitude']}"
    return str(message.get("sticker", {}).get("emoji", ""))


_FILE = "application/octet-stream"


def _picture(body: dict[str, Any]) -> str:
    head = str(body["photo"]).rpartition(",")[0]
    return "image/png" if "image/png" in head else "image/jpeg"


def _upload(body: dict[str, Any], name: str, kind: str) -> Upload:
    """Base64, with or without a data: prefix."""
    ending = {"audio/ogg": "oga", "image/png": "png", "image/jpeg": "jpe"}.get(kind, "bin")
    content = str(body[name]).rpartition(",")[2]
    try:
        return Upload(f"{name}.{ending}", kind, base64.b64decode(content, validate=True))
    except ValueError:
        raise Problem(422, f"{name} is base64.", f"/{name}") from None


def _voice(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in (*_SHORT, "mime_type")} | {"duration": 3}


def _document(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in (*_SHORT, "mime_type")} | {"file_name": "file"}


def _sticker(emoji: str) -> dict[str, Any]:
    known = {"file_id": f"sticker-{ord(emoji[0])}", "file_unique_id": emoji, "file_size": 1}
    shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
    return known | shape | {"type": "regular", "emoji": emoji}


def _place(place: Any) -> dict[str, float]:
    try:
        return {name: float(place[name]) for name in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError):
        raise Problem(422, "location is {latitude, longitude}.", "/location") from None
