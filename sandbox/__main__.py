"""`python -m sandbox`: the phones and the clock, until it is told to stop."""

import asyncio
import errno
import signal
import sys

from sandbox.server import start
from sandbox.settings import Settings, read_settings


async def serve(settings: Settings) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    runner, _ = await start(settings)
    await stopped.wait()
    await runner.cleanup()


def main() -> None:
    settings = read_settings()
    try:
        asyncio.run(serve(settings))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"sandbox: port {settings.port} is taken; set SANDBOX_PORT to another one.")


if __name__ == "__main__":
    main()
