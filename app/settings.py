"""All that the environment decides. Fails at start, naming what is missing or unsafe."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

SANDBOX_TELEGRAM_TOKEN = "1000000001:sandbox-token-not-a-secret"
SANDBOX_TWILIO_SID = "AC" + "0" * 32
SANDBOX_TWILIO_TOKEN = "sandbox-auth-token-not-a-secret"
SANDBOX_SECRET_KEY = "sandbox-secret-key-not-a-secret-000000"
DISPATCHERS = ("apscheduler", "procrastinate")
_DEFAULT_DATABASE = "sqlite:///var/clinic.db"


class UnsafeSettings(RuntimeError):
    """The settings are missing something or are unsafe."""


@dataclass(frozen=True, slots=True)
class Settings:
    sandbox: bool
    database_url: str
    secret_key: str
    public_url: str
    telegram_token: str
    telegram_base_url: str
    telegram_per_second: float
    chat_per_second: float
    twilio_account_sid: str
    twilio_auth_token: str
    twilio_base_url: str | None
    twilio_from: str
    operator_phone: str
    bot_name: str
    clock_url: str | None
    events_port: int
    seed_path: str
    media_folder: str
    photo_max_bytes: int
    voice_max_bytes: int
    webhook_url: str | None  # unset: the bot polls
    webhook_secret: str
    bot_bind: str
    bot_port: int
    audit_every_s: float  # three times as long without a beat, and somebody is told
    dispatcher: str  # one of DISPATCHERS
    session_idle_minutes: float = 30  # [own] without use, and a person signs in again
    session_hours: float = 12  # [own] after which everybody does
    lease_s: float = 60  # real time, for which a worker has a message to itself


def database_url(environment: Mapping[str, str] | None = None) -> str:
    """The one setting that a migration needs."""
    env = os.environ if environment is None else environment
    url = env.get("DATABASE_URL", _DEFAULT_DATABASE)
    for old in ("postgres://", "postgresql://"):
        if url.startswith(old):
            return "postgresql+psycopg://" + url.removeprefix(old)
    return url


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and check; UnsafeSettings lists every fault with its remedy."""
    env = dict(os.environ if environment is None else environment)
    sandbox = env.get("SANDBOX") == "1"
    filled = {**_SANDBOX_DEFAULTS, **env} if sandbox else env
    faults = [
        *([] if sandbox else _faults(filled)), *_webhook_faults(filled, sandbox),
        *_dispatcher_faults(filled),
    ]  # fmt: skip
    if faults:
        raise UnsafeSettings("Cannot start:\n" + "\n".join(f"- {fault}" for fault in faults))
    return _settings(filled, sandbox)


_SANDBOX_DEFAULTS = {
    "SECRET_KEY": SANDBOX_SECRET_KEY,
    "TELEGRAM_TOKEN": SANDBOX_TELEGRAM_TOKEN,
    "TWILIO_ACCOUNT_SID": SANDBOX_TWILIO_SID,
    "TWILIO_AUTH_TOKEN": SANDBOX_TWILIO_TOKEN,
    "TWILIO_FROM": "+8675500000000",
    "OPERATOR_PHONE": "+8613800000009",
    "TELEGRAM_BOT_NAME": "gist_companion_sandbox_bot",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "TELEGRAM_BASE_URL": "http://127.0.0.1:8081/bot",
    "TWILIO_BASE_URL": "http://127.0.0.1:8081",
    "CLOCK_URL": "http://127.0.0.1:8081/control/clock",
}

_REMEDIES = {
    "SECRET_KEY": "set at least 32 random characters: `python -m app secret`",
    "PUBLIC_URL": "set the https address at which staff and Twilio reach the web process",
    "TELEGRAM_TOKEN": "set the token that BotFather gave",
    "TELEGRAM_BOT_NAME": "set the bot's user name, without @, for links and QR codes",
    "TWILIO_ACCOUNT_SID": "set the Account SID of the Twilio console (AC...)",
    "TWILIO_AUTH_TOKEN": "set the Auth Token of the Twilio console",
    "TWILIO_FROM": "set the sending number in E.164 (+86...)",
    "OPERATOR_PHONE": "set the number, in E.164, that is texted when an alert reaches nobody",
}
_ONLY_SANDBOX = ("CLOCK_URL", "TWILIO_BASE_URL", "SANDBOX_PORT")


def _faults(env: Mapping[str, str]) -> list[str]:
    return [*_missing(env), *_leftovers(env), *_unsafe(env)]


def _missing(env: Mapping[str, str]) -> list[str]:
    return [f"{name} is missing: {how}" for name, how in _REMEDIES.items() if not env.get(name)]


def _leftovers(env: Mapping[str, str]) -> list[str]:
    of_sandbox = [name for name in _REMEDIES if env.get(name) == _SANDBOX_DEFAULTS[name]]
    return [
        *(f"{name} holds the sandbox's value: {_REMEDIES[name]}" for name in of_sandbox),
        *(f"{name} is for the sandbox only: remove it" for name in _ONLY_SANDBOX if name in env),
    ]


def _unsafe(env: Mapping[str, str]) -> list[str]:
    checks = {
        "SECRET_KEY is under 32 characters: `python -m app secret` makes one":
            0 < len(env.get("SECRET_KEY", "")) < 32,
        "PUBLIC_URL is not https: patients' data must not travel in the clear":
            env.get("PUBLIC_URL", "https").partition(":")[0] != "https",
        "PUBLIC_URL is over 40 characters: the nurse's SMS would take two; use a shorter address":
            len(env.get("PUBLIC_URL", "").rstrip("/")) > 40,
        "TWILIO_ACCOUNT_SID does not start with AC: copy it from the Twilio console":
            not env.get("TWILIO_ACCOUNT_SID", "AC").startswith("AC"),
        "TWILIO_FROM is not in E.164: start with + and the country code":
            not env.get("TWILIO_FROM", "+").startswith("+"),
        "OPERATOR_PHONE is not in E.164: start with + and the country code":
            not env.get("OPERATOR_PHONE", "+").startswith("+"),
    }  # fmt: skip
    return [fault for fault, found in checks.items() if found]


_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")  # what Telegram takes in its header, and how long
_LOOPBACK = ("http://127.0.0.1", "http://localhost")


def _webhook_faults(env: Mapping[str, str], sandbox: bool) -> list[str]:
    url, secret = env.get("WEBHOOK_URL", ""), env.get("WEBHOOK_SECRET", "")
    if not url:
        return []
    safe = url.startswith("https://") or (sandbox and url.startswith(_LOOPBACK))
    checks = {
        "WEBHOOK_URL is not https: set the address at which Telegram reaches the bot, or leave it "
        "out, and the bot polls": not safe,
        "WEBHOOK_SECRET is not of 32 to 256 letters, digits, - and _: "
        "`python -m app secret` makes one": not _SECRET.fullmatch(secret),
    }  # fmt: skip
    return [fault for fault, found in checks.items() if found]


def _dispatcher_faults(env: Mapping[str, str]) -> list[str]:
    chosen = env.get("DISPATCHER", DISPATCHERS[0])
    on_sqlite = database_url(env).startswith("sqlite")
    checks = {
        f"DISPATCHER is none of {', '.join(DISPATCHERS)}: leave it out, and the worker ticks":
            chosen not in DISPATCHERS,
        "DISPATCHER=procrastinate needs PostgreSQL: set DATABASE_URL to postgresql://..., or leave "
        "DISPATCHER out, and the worker ticks": chosen == "procrastinate" and on_sqlite,
    }  # fmt: skip
    return [fault for fault, found in checks.items() if found]


def _settings(env: Mapping[str, str], sandbox: bool) -> Settings:
    return Settings(
        sandbox=sandbox,
        database_url=database_url(env),
        secret_key=env["SECRET_KEY"],
        public_url=env["PUBLIC_URL"].rstrip("/"),
        telegram_token=env["TELEGRAM_TOKEN"],
        telegram_base_url=env.get("TELEGRAM_BASE_URL", "https://api.telegram.org/bot"),
        telegram_per_second=float(env.get("TELEGRAM_PER_SECOND", "30")),
        chat_per_second=float(env.get("CHAT_PER_SECOND", "1")),
        twilio_account_sid=env["TWILIO_ACCOUNT_SID"],
        twilio_auth_token=env["TWILIO_AUTH_TOKEN"],
        twilio_base_url=env.get("TWILIO_BASE_URL"),
        twilio_from=env["TWILIO_FROM"],
        operator_phone=env["OPERATOR_PHONE"],
        bot_name=env["TELEGRAM_BOT_NAME"],
        clock_url=env.get("CLOCK_URL"),
        events_port=int(env.get("EVENTS_PORT", "8082")),
        seed_path=env.get("SANDBOX_SEED", "var/seed.json"),
        media_folder=env.get("MEDIA_FOLDER", "var/media"),
        photo_max_bytes=int(env.get("PHOTO_MAX_BYTES", str(10 * 1024 * 1024))),
        voice_max_bytes=int(env.get("VOICE_MAX_BYTES", str(5 * 1024 * 1024))),
        webhook_url=env.get("WEBHOOK_URL") or None,
        webhook_secret=env.get("WEBHOOK_SECRET", ""),
        bot_bind=env.get("BOT_BIND", "127.0.0.1"),
        bot_port=int(env.get("BOT_PORT", "8443")),
        dispatcher=env.get("DISPATCHER", DISPATCHERS[0]),
        audit_every_s=float(env.get("AUDIT_EVERY_S", "60")),
        session_idle_minutes=float(env.get("SESSION_IDLE_MINUTES", "30")),
        session_hours=float(env.get("SESSION_HOURS", "12")),
    )
