"""`make run`: migrate, seed the demo clinic, and start everything under honcho."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PORTS = {"PORT": "8000", "SANDBOX_PORT": "8081", "EVENTS_PORT": "8082"}


def settled() -> dict[str, str]:
    """The environment of the sandbox: its ports, and the addresses that follow from them."""
    env = {**PORTS, **os.environ, "SANDBOX": "1", "PYTHONUNBUFFERED": "1"}
    phones = f"http://127.0.0.1:{env['SANDBOX_PORT']}"
    return env | {
        "WEB_PORT": env["PORT"],  # honcho gives each process a PORT of its own
        "PUBLIC_URL": f"http://127.0.0.1:{env['PORT']}",
        "APP_URL": f"http://127.0.0.1:{env['PORT']}",
        "TELEGRAM_BASE_URL": f"{phones}/bot",
        "TWILIO_BASE_URL": phones,
        "CLOCK_URL": f"{phones}/control/clock",
        "WORKER_EVENTS_URL": f"http://127.0.0.1:{env['EVENTS_PORT']}/events",
    }


def taken(env: dict[str, str]) -> str | None:
    """One line about the first port that something else holds."""
    for name in PORTS:
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", int(env[name])))
            except OSError:
                return f"Port {env[name]} is taken: stop what uses it, or set {name} to another."
    return None


def ready(url: str, within_s: float = 30) -> bool:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return True
        except OSError:
            time.sleep(0.2)
    return False


def main() -> int:
    env = settled()
    if line := taken(env):
        print(line, file=sys.stderr)
        return 1
    Path("var").mkdir(exist_ok=True)
    for step in (["-m", "alembic", "-q", "upgrade", "head"], ["-m", "app.demo"]):
        subprocess.run([sys.executable, *step], env=env, check=True)
    honcho = [sys.executable, "-m", "honcho", "-f", "Procfile.dev", "start"]
    processes = subprocess.Popen(honcho, env=env)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # honcho gets it too, and ends its children
    signal.signal(signal.SIGTERM, lambda *_: processes.terminate())
    if ready(f"{env['PUBLIC_URL']}/healthz") and ready(env["CLOCK_URL"]):
        subprocess.run([sys.executable, "-m", "app.demo", "--banner"], env=env, check=False)
    processes.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
