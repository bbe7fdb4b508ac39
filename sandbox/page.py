"""The page with both phones, and all that it shows in one answer."""

from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.clock import real_now, rfc3339
from sandbox.problems import control
from sandbox.sandbox import Sandbox
from sandbox.telegram.chats import Chat
from sandbox.telegram.control import shown, shown_chat
from sandbox.twilio.texts import Call, Text, shown_call, shown_text

STATIC = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def pages(sandbox: Sandbox) -> list[web.AbstractRouteDef]:
    view = View(sandbox)

    async def index(request: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "index.html", headers=HEADERS)

    return [
        web.get("/", index),
        web.get("/t.me/{username}", index),  # an invitation link, opened on a new phone
        web.get("/control/page", control(view.show)),
        web.static("/static", STATIC),
    ]


class View:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def show(self, request: web.Request) -> web.Response:
        """What changes each second, and the rest when it changed since `version`."""
        body = self._ticking(request)
        if request.query.get("version") != str(self.sandbox.disk.version):
            body |= self._all(request)
        return web.json_response(body)

    def _ticking(self, request: web.Request) -> dict[str, Any]:
        chat = self._chat(request)
        return {
            "version": self.sandbox.disk.version,
            "now": rfc3339(self.sandbox.clock.now()),
            "busy": self.sandbox.stepper.busy,
            "typing": bool(chat and chat.typing),
            "seed": self.sandbox.seed.shown(real_now().timestamp()),
        }

    def _all(self, request: web.Request) -> dict[str, Any]:
        telegram = self.sandbox.telegram
        chat, phone = self._chat(request), request.query.get("phone", "")
        chats = telegram.chats.by_id.values()
        return {
            "bot": telegram.bot,
            "chats": [shown_chat(other) for other in chats],
            "chat": self._phone_of(chat) if chat else None,
            "nurses": self._nurses(),
            "texts": [shown_text(text) for text in self._texts_of(phone)],
            "calls": [shown_call(c) for c in self.sandbox.twilio.calls.values() if c.to == phone],
            "faults": self.sandbox.faults.listed(),
        }

    def _chat(self, request: web.Request) -> Chat | None:
        chat_id = request.query.get("chat_id", "")
        digits = chat_id.removeprefix("-").isdigit()
        return self.sandbox.telegram.chats.by_id.get(int(chat_id)) if digits else None

    def _phone_of(self, chat: Chat) -> dict[str, Any]:
        telegram = self.sandbox.telegram
        return shown_chat(chat) | {
            "messages": [shown(message) for message in chat.messages.values()],
            "keyboard": chat.keyboard,
            "commands": telegram.commands_for(chat),
            "toast": chat.toast,
            "busy": telegram.busy_buttons(chat.chat_id),
            "unconfirmed": sorted(telegram.updates.waiting_of(chat.chat_id)),
        }

    def _nurses(self) -> list[dict[str, Any]]:
        """The seeded ones, and every other phone that was written to or called."""
        rows: dict[str, dict[str, Any]] = {}
        for nurse in self.sandbox.seed.told.get("nurses", ()):
            rows[nurse["phone"]] = {"name": nurse.get("name", ""), "phone": nurse["phone"]}
        known: list[Text | Call] = [*self.sandbox.twilio.texts.values()]
        known += self.sandbox.twilio.calls.values()
        for row in known:
            phone = row.phone if isinstance(row, Text) else row.to
            rows.setdefault(phone, {"name": "", "phone": phone})
        return [row | {"unread": self._unread(row["phone"])} for row in rows.values()]

    def _texts_of(self, phone: str) -> list[Text]:
        return [text for text in self.sandbox.twilio.texts.values() if text.phone == phone]

    def _unread(self, phone: str) -> int:
        mine = [text for text in self._texts_of(phone) if arrived(text)]
        read = self.sandbox.twilio.read_until.get(phone)
        seen = [n for n, text in enumerate(self._texts_of(phone)) if text.sid == read]
        unseen = self._texts_of(phone)[seen[-1] + 1 :] if seen else mine
        return sum(arrived(text) and text.direction != "inbound" for text in unseen)


def arrived(text: Text) -> bool:
    return text.status in {"sent", "delivered", "received"}
