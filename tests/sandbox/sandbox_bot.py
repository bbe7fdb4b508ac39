"""An unmodified telegram.Bot at the sandbox, and patients to talk to."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any, TypeVar

import httpx
from sandbox_phones import TOKEN, Phones
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.request import HTTPXRequest

T = TypeVar("T")
patients = count(5001)
TRUST = httpx.create_ssl_context()  # made once: it costs more than all that a test does


def with_bot(phones: Phones, talk: Callable[[Bot], Awaitable[T]], token: str = TOKEN) -> T:
    async def run() -> T:
        asking, polling = (HTTPXRequest(httpx_kwargs={"verify": TRUST}) for _ in "12")
        bot = Bot(
            token, f"{phones.url}/bot", f"{phones.url}/file/bot",
            request=asking, get_updates_request=polling,
        )  # fmt: skip
        async with bot:
            return await talk(bot)

    return asyncio.run(run())


def a_patient(phones: Phones, text: str = "/start") -> int:
    chat_id = next(patients)
    phones.do("telegram/messages", chat_id=chat_id, text=text)
    return chat_id


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(x, callback_data=f"q:{x}") for x in labels]])


def send(phones: Phones, chat_id: int, text: str, **more: Any) -> Any:
    return with_bot(phones, lambda bot: bot.send_message(chat_id, text, **more))


async def all_updates(bot: Bot) -> list[Update]:
    return list(await bot.get_updates(timeout=0))


def hear_all(phones: Phones) -> None:
    """Leave nothing to hear from an earlier story."""

    async def hear(bot: Bot) -> None:
        updates = await bot.get_updates(offset=-1)
        if updates:
            await bot.get_updates(offset=updates[-1].update_id + 1)

    with_bot(phones, hear)
