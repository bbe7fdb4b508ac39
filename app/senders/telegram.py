"""Telegram: says a rendered text in a chat. What the Bot API answers becomes a fate."""

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from app.senders import Blocked, Fate, Refused, Sent, Unavailable
from app.senders.parts import parts_of, units
from app.senders.rate import bot_rate, chat_rate
from app.senders.telegram_http import AiohttpRequest, Form
from app.senders.throttle import SharedThrottle, Take
from app.settings import Settings
from app.texts.render import Attachment, Rendered

_LONGEST_CAPTION = 1024
START_WITHIN_S = 30.0  # with two calls of 8 s each: less than the lease of a delivery
_ANSWER_S = 8.0  # within which Telegram takes a message, or it is tried later
_CONNECTIONS = 40  # of the webhook at once, in all processes
HEARD = ("message", "edited_message", "callback_query", "my_chat_member")  # kinds of updates


class Telegram:
    """A bot, and its rate budget, which it shares with other processes by `take`."""

    def __init__(self, settings: Settings, take: Take | None = None) -> None:
        base = settings.telegram_base_url
        self._requests = (AiohttpRequest(), AiohttpRequest(read_timeout_s=40))
        self.bot = Bot(
            settings.telegram_token, base_url=base, base_file_url=base.replace("/bot", "/file/bot"),
            request=self._requests[0], get_updates_request=self._requests[1],
        )  # fmt: skip
        self._budget = SharedThrottle(bot_rate(settings), take)
        self.chat_rate = chat_rate(settings)

    async def open(self) -> None:
        """Open the connections; nothing is asked of Telegram yet."""
        for request in self._requests:
            await request.initialize()

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    async def send(
        self,
        chat_id: int,
        words: Rendered,
        instead_of: int | None = None,
        before: float = float("inf"),
    ) -> Fate:
        """Say it, or write it over a message of ours that was tapped.

        Waits for the rate budget, and gives up when its turn comes not `before` a moment of
        the monotonic clock; never raises for what Telegram answers.
        """
        await self._budget.turn()
        if time.monotonic() > before:
            return Unavailable("its turn came too late", 0)
        try:
            return Sent(str(await self._say(chat_id, words, instead_of)))
        except BadRequest as error:
            if instead_of is None:
                return fate_of(error)
            return await self._write_over_failed(chat_id, words, instead_of, before, error)
        except TelegramError as error:
            return fate_of(error)

    async def _say(self, chat_id: int, words: Rendered, instead_of: int | None) -> int:
        if words.attachment is not None:
            return await self._hand_over(chat_id, words, words.attachment)
        *first, last = parts_of(words.text)
        for part in first:
            await self._put(chat_id, part, "", instead_of)
            instead_of = None
        return await self._put(chat_id, last, keyboard(words) if words.buttons else "", instead_of)

    async def _put(self, chat_id: int, text: str, markup: str, instead_of: int | None) -> int:
        """One message: a new one, or written over one of ours."""
        said = {"chat_id": str(chat_id), "text": text}
        if markup:
            said["reply_markup"] = markup
        if instead_of is None:
            return int((await self._call("sendMessage", said))["message_id"])
        await self._call("editMessageText", {**said, "message_id": str(instead_of)})
        return instead_of

    async def _hand_over(self, chat_id: int, words: Rendered, file: Attachment) -> int:
        """A picture or a document, with the words under it, or before it when they are long."""
        short = units(words.text) <= _LONGEST_CAPTION
        if not short:
            await self._say(chat_id, Rendered(words.text), None)
        sent = InputFile(file.content, filename=file.name)
        markup = json.loads(keyboard(words)) if words.buttons else None
        how = {"caption": words.text if short else None, "reply_markup": markup}
        if file.content_type.startswith("image/"):
            return (await self.bot.send_photo(chat_id, sent, **how)).message_id
        return (await self.bot.send_document(chat_id, sent, **how)).message_id

    async def download(self, file_id: str, at_most: int) -> bytes | Refused | Unavailable:
        """A file that a patient sent, of so many bytes at most. Raises nothing."""
        too_large = Refused(f"more than {at_most} bytes")
        try:
            file = await self._call("getFile", {"file_id": file_id})
            if file.get("file_size", 0) > at_most:
                return too_large
            url = f"{self.bot.base_file_url}/{file['file_path']}"
            content = await self._requests[0].read_at_most(url, at_most)
        except TelegramError as error:
            fate = fate_of(error)
            return fate if isinstance(fate, Refused) else Unavailable(str(error))
        return too_large if content is None else content

    async def updates(self, offset: int, at_most: int, within_s: int) -> list[dict[str, Any]]:
        """What was said since `offset`, which confirms all before it. Raises TelegramError."""
        asked = {
            "offset": str(offset), "limit": str(at_most), "timeout": str(within_s),
            "allowed_updates": json.dumps(HEARD),
        }  # fmt: skip
        polling = self._requests[1]
        return await polling.post(f"{self.bot.base_url}/getUpdates", Form(asked))

    async def listen_at(self, url: str, secret: str) -> None:
        """Have updates pushed to an address, with our secret. Raises TelegramError."""
        await self.bot.set_webhook(
            url, secret_token=secret, allowed_updates=HEARD, max_connections=_CONNECTIONS
        )

    async def stop_spinner(self, query_id: str) -> str | None:
        """Tell Telegram that a tap was heard; why not, where it will not hear it."""
        try:
            await self._call("answerCallbackQuery", {"callback_query_id": query_id})
        except TelegramError as error:
            return f"{type(error).__name__}: {error.message}"
        return None

    async def leave(self, chat_id: int, words: Rendered) -> Fate:
        """Say a last word in a group, and leave it."""
        fate = await self.send(chat_id, words)
        try:
            await self._call("leaveChat", {"chat_id": str(chat_id)})
        except TelegramError as error:
            return fate_of(error)
        return fate

    async def _call(self, method: str, fields: dict[str, str]) -> Any:
        """One method of the Bot API; its result as plain JSON, which is all that we need."""
        url = f"{self.bot.base_url}/{method}"
        return await self._requests[0].post(url, Form(fields), read_timeout=_ANSWER_S)

    async def _write_over_failed(
        self,
        chat_id: int,
        words: Rendered,
        instead_of: int,
        before: float,
        error: BadRequest,
    ) -> Fate:
        """Unchanged is as good as said; a message too old to be changed is said anew."""
        if "not modified" in error.message:
            return Sent(str(instead_of))
        return await self.send(chat_id, words, before=before)

    async def send_all(self, many: Sequence[tuple[int, Rendered]]) -> list[Fate]:
        """Many chats side by side, each begun while its lease holds."""
        before = time.monotonic() + START_WITHIN_S
        return await asyncio.gather(*(self.send(chat, words, None, before) for chat, words in many))


def keyboard(words: Rendered) -> str:
    """The inline buttons, as the Bot API takes them."""
    rows = [[{"text": b.label, "callback_data": b.data} for b in row] for row in words.buttons]
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False)


def fate_of(error: TelegramError) -> Fate:
    """What an error of the Bot API means for the message."""
    if isinstance(error, RetryAfter):
        wait = error._retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return Unavailable(f"429: wait {seconds:.0f} s", seconds)
    return _FATES.get(type(error), Unavailable)(f"{type(error).__name__}: {error.message}")


_FATES: dict[type[TelegramError], type[Blocked] | type[Refused] | type[Unavailable]] = {
    Forbidden: Blocked,
    BadRequest: Refused,
    InvalidToken: Unavailable,
    TimedOut: Unavailable,
    NetworkError: Unavailable,
}
