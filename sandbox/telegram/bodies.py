"""What a bot sends, read in each of the three forms that the Bot API takes."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from sandbox.telegram.errors import bad_request

Params = dict[str, Any]


async def read_params(request: web.Request) -> Params:
    kind = request.content_type
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    if kind == "application/json":
        return _from_json(await request.read())
    if kind.startswith("multipart/"):
        return {name: _part(value) for name, value in (await request.post()).items()}
    return dict(request.query)


def _from_json(body: bytes) -> Params:
    try:
        params = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(params, dict):
        raise bad_request("a JSON object is expected")
    return params


def _part(value: Any) -> Any:
    if isinstance(value, FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value


class Upload:
    """A file sent along."""

    def __init__(self, name: str, content_type: str, content: bytes) -> None:
        self.name, self.content_type, self.content = name, content_type, content


def upload_of(params: Params, name: str) -> Upload | str:
    """The file under this name, or the text (a file_id or an address) that stands for it."""
    value = params.get(name) or ""
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"), "")
    if not value:
        raise bad_request(f"there is no {name} in the request")
    return value


def parsed(params: Params, name: str) -> Any:
    """A field that is JSON inside a form, and itself inside JSON."""
    value = params.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None


def integer(params: Params, name: str, default: int = 0) -> int:
    try:
        return int(params.get(name) or default)
    except (TypeError, ValueError):
        raise bad_request(f"{name} is not a number") from None
