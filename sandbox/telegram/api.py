"""The Bot API over HTTP: /bot{token}/{method} and /file/bot{token}/{path}."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from sandbox.faults import Fault, hang_up, hold
from sandbox.telegram.bodies import Params, integer, parsed, read_params
from sandbox.telegram.bot import Bot
from sandbox.telegram.errors import Refusal, described
from sandbox.telegram.webhook import Webhook

Method = Callable[[Params], Any]
FAULTS = {"status", "timeout", "drop"}
LONGEST_POLL_S = 50
encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: hot path
PROFILE = ("setmyname", "setmydescription", "setmyshortdescription", "setchatmenubutton")
# A fault hits these only when it names them: they speak to nobody.
PLUMBING = {
    *PROFILE, "getme", "getfile", "setmycommands", "getmycommands", "deletemycommands",
    "setwebhook", "deletewebhook", "getwebhookinfo",
}  # fmt: skip


def methods_of(bot: Bot, webhook: Webhook) -> Mapping[str, Method]:
    """By name in lower case: Telegram does not mind the case."""
    return {
        "getme": bot.get_me,
        "sendmessage": bot.send_message,
        "sendphoto": bot.send_photo,
        "senddocument": bot.send_document,
        "editmessagetext": bot.edit_message_text,
        "editmessagecaption": bot.edit_message_caption,
        "editmessagereplymarkup": bot.edit_message_reply_markup,
        "deletemessage": bot.delete_message,
        "answercallbackquery": bot.answer_callback_query,
        "sendchataction": bot.send_chat_action,
        "leavechat": bot.leave_chat,
        "getfile": bot.get_file,
        "setmycommands": bot.set_my_commands,
        "getmycommands": bot.get_my_commands,
        "deletemycommands": bot.delete_my_commands,
        "setwebhook": webhook.set,
        "deletewebhook": webhook.delete,
        "getwebhookinfo": webhook.info,
        **dict.fromkeys(PROFILE, bot.accept),
    }


class Api:
    def __init__(self, bot: Bot, webhook: Webhook) -> None:
        self.bot = bot
        self.methods = methods_of(bot, webhook)

    async def call(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._call(request)
        except Refusal as refusal:
            return _refused(refusal)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        if request.match_info["token"] != self.bot.token:
            raise Refusal("Unauthorized", 401)
        if name == "getupdates":
            return await self._updates(request)
        method = self.methods.get(name)
        if method is None:
            raise Refusal("Not Found", 404)
        params = await read_params(request)
        if self.bot.faults.active:
            to = str(params.get("chat_id", ""))
            fault = self.bot.faults.take("telegram", FAULTS, name, to, name in PLUMBING)
            if fault:
                return await self._go_wrong(request, fault, method, params)
        return _answer(encoded(method(params)))

    async def _go_wrong(
        self, request: web.Request, fault: Fault, method: Method, params: Params
    ) -> web.StreamResponse:
        if fault.kind == "timeout":
            return await hold(request)
        if fault.kind == "status":
            raise described(fault.status or _status_of(fault), fault.retry_after)
        method(params)
        return hang_up(request)

    async def _updates(self, request: web.Request) -> web.StreamResponse:
        params = await read_params(request)
        fault = self.bot.faults.take("telegram", {"status", "timeout"}, "getUpdates", named=True)
        if fault:
            return await self._go_wrong(request, fault, self.bot.get_me, params)
        allowed = parsed(params, "allowed_updates")
        if allowed is not None:
            self.bot.updates.allowed = set(allowed)
        limit = min(max(integer(params, "limit", 100), 1), 100)
        wait_s = min(float(params.get("timeout") or 0), LONGEST_POLL_S)
        found = await self.bot.updates.poll(integer(params, "offset"), limit, wait_s)
        return _answer(f"[{','.join(update.text for update in found)}]")

    async def file(self, request: web.Request) -> web.StreamResponse:
        row = self.bot.files.at_path(request.match_info["path"])
        if request.match_info["token"] != self.bot.token or row is None:
            return _refused(Refusal("Not Found", 404))
        content = self.bot.files.content(row["file_id"])
        return web.Response(body=content, content_type=row["mime_type"])


def _status_of(fault: Fault) -> int:
    return 429 if fault.retry_after else fault.error_code or 500


def _answer(result: str) -> web.Response:
    body = f'{{"ok":true,"result":{result}}}'.encode()
    return web.Response(body=body, headers={"Content-Type": "application/json"})


def _refused(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.retry_after:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return web.json_response(body, status=refusal.code)
