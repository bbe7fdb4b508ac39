"""The Bot API over HTTP: bodies as clients send them, answers in the real shape."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from sandbox.faults import Fault, hang_up, hold
from sandbox.telegram.errors import Refusal, bad_request, described
from sandbox.telegram.methods import METHODS, read_allowed
from sandbox.telegram.service import Telegram

# A fault hits these only when it names them: they speak to nobody.
PLUMBING = {
    "getupdates", "getme", "setmycommands", "getmycommands", "deletemycommands", "setwebhook",
    "deletewebhook", "getwebhookinfo", "setmyname", "setmydescription", "setmyshortdescription",
    "setchatmenubutton",
}  # fmt: skip
LONGEST_POLL_S = 50
JSON = "application/json"
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def bot_api(telegram: Telegram) -> list[web.RouteDef]:
    async def call(request: web.Request) -> web.Response:
        try:
            _check_token(telegram, request)
            return await _called(telegram, request, request.match_info["method"].lower())
        except Refusal as refusal:
            return refused(refusal)

    async def download(request: web.Request) -> web.Response:
        try:
            _check_token(telegram, request)
        except Refusal as refusal:
            return refused(refusal)
        stored = telegram.files.by_path(request.match_info["path"])
        if stored is None:
            return refused(Refusal("Not Found", 404))
        return web.Response(body=telegram.files.read(stored), content_type=stored.mime)

    return [
        web.route("*", "/bot{token}/{method}", call),
        web.get("/file/bot{token}/{path:.+}", download),
    ]


def _check_token(telegram: Telegram, request: web.Request) -> None:
    if request.match_info["token"] != telegram.token:
        raise Refusal("Unauthorized", 401)


async def _called(telegram: Telegram, request: web.Request, name: str) -> web.Response:
    method = METHODS.get(name)
    if method is None and name != "getupdates":
        raise Refusal("Not Found", 404)
    values = await read_values(request)
    if telegram.faults.active:
        fault = _fault(telegram, name, values)
        if fault:
            return await _suffer(telegram, request, name, values, fault)
    if method is None:
        return await get_updates(telegram, values)
    return answered(_dumps(method(telegram, values)))


def _fault(telegram: Telegram, name: str, values: dict[str, Any]) -> Fault | None:
    kinds = {"status", "timeout"} if name == "getupdates" else {"status", "timeout", "drop"}
    to = str(values.get("chat_id", ""))
    return telegram.faults.take("telegram", kinds, name, to, named=name in PLUMBING)


async def _suffer(
    telegram: Telegram, request: web.Request, name: str, values: dict[str, Any], fault: Fault
) -> web.Response:
    if fault.kind == "timeout":
        return await hold(request)
    if fault.kind == "drop":
        METHODS[name](telegram, values)
        return hang_up(request)
    code = fault.status or fault.error_code or (429 if fault.retry_after else 500)
    raise described(code, fault.retry_after)


async def get_updates(telegram: Telegram, values: dict[str, Any]) -> web.Response:
    read_allowed(telegram, values)
    timeout_s = min(float(values.get("timeout", 0)), LONGEST_POLL_S)
    limit = min(max(int(values.get("limit", 100)), 1), 100)
    found = await telegram.updates.poll(int(values.get("offset", 0)), limit, timeout_s)
    return answered("[" + ",".join(update.text for update in found) + "]")


def answered(result: str) -> web.Response:
    body = ('{"ok":true,"result":' + result + "}").encode()
    return web.Response(body=body, content_type=JSON)


def refused(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.retry_after:
        body["parameters"] = {"retry_after": refusal.retry_after}
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else None
    return web.json_response(body, status=refusal.code, headers=headers)


async def read_values(request: web.Request) -> dict[str, Any]:
    """The parameters, from the query and from a body in any of the three forms."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.body_exists:
        return values
    kind = request.content_type
    if kind == "application/x-www-form-urlencoded":
        values.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    elif kind == "multipart/form-data":
        values.update(_parts(await request.post()))
    elif kind == JSON:
        values.update(_object(await request.read()))
    return values


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    return given if isinstance(given, dict) else {}


def _parts(form: Any) -> dict[str, Any]:
    return {name: _part(part) for name, part in form.items()}


def _part(part: Any) -> Any:
    if isinstance(part, FileField):
        return part.filename, part.content_type, part.file.read()
    return part
