"""The bot process: `python -m bot` polls, or listens where WEBHOOK_URL is set, until told."""

import asyncio
import signal

import structlog
from telegram.error import TelegramError

from app.clock import clock_from, real_now
from app.database import make_engine
from app.dispatch import begin_of
from app.senders.rate import bot_rate
from app.senders.sms import Sms
from app.senders.telegram import Telegram
from app.services.budgets import shared_by
from app.settings import load_settings
from app.watchdog import Watchdog, watch
from bot.telegram import Poller, tell_commands
from bot.webhook import Webhook

_log = structlog.get_logger("bot")


async def serve() -> None:
    settings = load_settings()
    clock = clock_from(settings.clock_url)
    begin = begin_of(settings, make_engine(settings.database_url), clock)
    telegram = Telegram(settings, shared_by(begin, bot_rate(settings)))
    ears: Poller | Webhook = Poller(telegram, begin)
    if settings.webhook_url:
        ears = Webhook(telegram, begin, settings)
    stopping = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    dog = Watchdog(begin, Sms(settings).send, settings, real_now())
    watching = asyncio.create_task(watch(dog, settings.audit_every_s))
    await telegram.open()
    await _announce(ears, telegram, stopping)
    _log.info("bot ready", listens_at=settings.webhook_url)
    await ears.run(stopping)
    watching.cancel()
    await telegram.close()


async def _announce(ears: Poller | Webhook, telegram: Telegram, stopping: asyncio.Event) -> None:
    """Until Telegram answers: it may be down when we start."""
    while not stopping.is_set():
        try:
            await tell_commands(telegram)
            await ears.announce()
            break
        except TelegramError as error:
            _log.warning("telegram does not answer", error=type(error).__name__)
            await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(serve())
