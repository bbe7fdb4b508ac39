"""Any update of the Bot API, as a test or a curious person writes it."""

from typing import Any

from aiohttp import web

from sandbox.problems import Problem, control, read_body, whole
from sandbox.telegram.bot import Bot


class RawControl:
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/control/telegram/updates", control(self.add))]

    async def add(self, request: web.Request) -> web.Response:
        """{chat_id, kind, payload}: what the payload lacks of a message is filled in.

        A message that has an id is not new: it is shown as it was changed.
        """
        body = await read_body(request, {"chat_id", "kind", "payload"}, set())
        number, payload = whole(body, "chat_id"), body["payload"]
        if not isinstance(payload, dict):
            raise Problem(422, "payload is an object.", "/payload")
        chat = self.bot.chats.open(number)
        if body["kind"] in ("message", "edited_message"):
            payload = self._message(chat, payload)
        key = payload.get("message_id", 0)
        update = self.bot.updates.add(str(body["kind"]), payload, number, key)
        self.bot.disk.touch()
        return web.json_response({"update_id": update, "message_id": key})

    def _message(self, chat: Any, payload: dict[str, Any]) -> dict[str, Any]:
        if "message_id" not in payload:
            return chat.heard(self.bot.clock.timestamp(), payload)
        message = chat.messages.setdefault(payload["message_id"], {})
        head = {"from": chat.who, "chat": chat.place, "date": self.bot.clock.timestamp()}
        message |= head | payload
        return message
