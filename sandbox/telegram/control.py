"""What people and tests do with the patients' phones."""

import uuid
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from sandbox.clock import rfc3339
from sandbox.problems import Problem, control, read_body, whole
from sandbox.telegram.bot import Bot
from sandbox.telegram.chats import Chat, Message, said
from sandbox.telegram.enclosed import ENCLOSED, enclosed_in, shown_as
from sandbox.telegram.markup import LONGEST_TEXT, as_html


class TelegramControl:
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    def routes(self) -> list[web.RouteDef]:
        at = "/control/telegram"
        return [
            web.post(f"{at}/messages", control(self.say)),
            web.post(f"{at}/taps", control(self.tap)),
            web.get(f"{at}/chats", control(self.chats)),
            web.get(f"{at}/chats/{{chat_id}}", control(self.chat)),
            web.post(f"{at}/chats/{{chat_id}}/read", control(self.read)),
            web.get(f"{at}/files/{{file_id}}", control(self.file)),
        ]

    async def say(self, request: web.Request) -> web.Response:
        body = await read_body(request, {"chat_id"}, {"text", "name", "language", *ENCLOSED})
        number = whole(body, "chat_id")
        content = self._content(body)
        chat = self.bot.chats.open(number, name=body.get("name"), language=body.get("language"))
        return web.json_response(self.hear(chat, content))

    def hear(self, chat: Chat, content: Message) -> dict[str, Any]:
        message = chat.heard(self.bot.clock.timestamp(), content)
        key = message["message_id"]
        update = self.bot.updates.add("message", message, chat.chat_id, key)
        self.bot.disk.touch()
        return {"message_id": key, "update_id": update}

    def _content(self, body: dict[str, Any]) -> dict[str, Any]:
        text = body.get("text") or ""
        enclosed = any(body.get(name) for name in ENCLOSED)
        if not isinstance(text, str) or not (text.strip() or enclosed):
            raise Problem(422, "text is what the patient writes.", "/text")
        if len(text) > LONGEST_TEXT:
            raise Problem(422, f"text is of {LONGEST_TEXT} characters at most.", "/text")
        if not enclosed:
            return said(text)
        return enclosed_in(body, self.bot.files) | ({"caption": text} if text else {})

    async def tap(self, request: web.Request) -> web.Response:
        body = await read_body(request, {"chat_id"}, {"label", "data", "message_id"})
        chat = self._chat(body["chat_id"])
        if "label" not in body and "data" not in body:
            raise Problem(422, "label or data names the button.", "/label")
        found = _button(chat, body)
        if found is None:
            return self._key(chat, body)
        message, button = found
        if "callback_data" not in button:
            return web.json_response({"url": button.get("url")})
        return web.json_response(self.touch(chat, message, button["callback_data"]))

    def touch(self, chat: Chat, message: Message, data: str) -> dict[str, Any]:
        number = str(uuid.uuid4().int >> 65)
        self.bot.tapped(number, chat.chat_id)
        chat.read_id, chat.toast = chat.last_id, None
        query = {"id": number, "from": chat.who, "message": message}
        query |= {"chat_instance": str(chat.chat_id), "data": data}
        key = message["message_id"]
        update = self.bot.updates.add("callback_query", query, chat.chat_id, key)
        self.bot.disk.touch()
        return {"message_id": key, "data": data, "update_id": update}

    def _key(self, chat: Chat, body: dict[str, Any]) -> web.Response:
        """A key of the reply keyboard writes its own label."""
        label = str(body.get("label", ""))
        if not any(label in row for row in chat.keyboard):
            raise Problem(404, f"There is no such button: {label or body.get('data')}.")
        return web.json_response(self.hear(chat, said(label)))

    async def chats(self, request: web.Request) -> web.Response:
        rows = [_summary(chat) for chat in list(self.bot.chats.by_id.values())]
        return web.json_response({"chats": rows})

    async def chat(self, request: web.Request) -> web.Response:
        chat = self._chat(request.match_info["chat_id"])
        return web.json_response(
            {
                "messages": [_seen(message) for message in chat.messages.values()],
                "typing": chat.typing,
                "commands": self.bot.commands_for(chat),
                "keyboard": chat.keyboard,
                "toast": chat.toast,
                "unconfirmed": sorted(self.bot.updates.waiting_of(chat.chat_id)),
            }
        )

    async def read(self, request: web.Request) -> web.Response:
        """All that there is, or up to the message that was seen last."""
        chat = self._chat(request.match_info["chat_id"])
        body = await read_body(request, set(), {"message_id"}) if request.can_read_body else {}
        seen = whole(body, "message_id") if "message_id" in body else chat.last_id
        if chat.read_id < min(seen, chat.last_id):
            chat.read_id = min(seen, chat.last_id)
            self.bot.disk.touch()
        return web.json_response({"unread": chat.unread()})

    async def file(self, request: web.Request) -> web.Response:
        row = self.bot.files.known.get(request.match_info["file_id"])
        if row is None:
            raise Problem(404, "There is no such file.")
        content = self.bot.files.content(row["file_id"])
        return web.Response(body=content, content_type=row["mime_type"])

    def _chat(self, number: Any) -> Chat:
        try:
            return self.bot.chats.by_id[int(number)]
        except (KeyError, TypeError, ValueError):
            raise Problem(404, f"There is no phone with the chat {number}.") from None


def _button(chat: Chat, body: dict[str, Any]) -> tuple[Message, dict[str, Any]] | None:
    """The newest button with this label or data, of this message if one is named."""
    name, wanted = ("text", body["label"]) if "label" in body else ("callback_data", body["data"])
    number = whole(body, "message_id") if body.get("message_id") is not None else None
    found = chat.buttons(number)
    return next((pair for pair in found if pair[1].get(name) == wanted), None)


def _summary(chat: Chat) -> dict[str, Any]:
    last = chat.messages[max(chat.messages)] if chat.messages else None
    return {
        "chat_id": chat.chat_id,
        "name": chat.name,
        "code": chat.code,
        "language": chat.language,
        "unread": chat.unread(),
        "last_at": _at(last["date"]) if last else None,
    }


def _seen(message: Message) -> dict[str, Any]:
    """A message as a phone shows it."""
    by_bot = message["from"]["is_bot"]
    text = message.get("text") or message.get("caption") or shown_as(message)
    entities = message.get("entities") or message.get("caption_entities") or []
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    seen = {
        "id": message["message_id"],
        "from": "bot" if by_bot else "patient",
        "text": text,
        "html": as_html(text, entities),
        "at": _at(message["date"]),
        "buttons": [[_shown(button) for button in row] for row in rows],
        "edited": "edit_date" in message,
    }
    return seen | _enclosed(message)


def _enclosed(message: Message) -> dict[str, Any]:
    at = "/control/telegram/files"
    if "photo" in message:
        return {"photo": f"{at}/{message['photo'][-1]['file_id']}"}
    if "voice" in message:
        return {"voice": f"{at}/{message['voice']['file_id']}"}
    if "document" in message:
        document = message["document"]
        name = document.get("file_name", "document")
        return {"document": {"name": name, "url": f"{at}/{document['file_id']}"}}
    return {}


def _shown(button: dict[str, Any]) -> dict[str, Any]:
    shown = {"label": button["text"], "data": button.get("callback_data")}
    return shown | {"url": button["url"]} if button.get("url") else shown


def _at(timestamp: int) -> str:
    return rfc3339(datetime.fromtimestamp(timestamp, UTC))
