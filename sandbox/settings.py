"""All that the environment decides about the sandbox."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    port: int
    state: Path | None  # None: the phones forget everything on a restart
    seed: Path | None
    telegram_token: str
    telegram_username: str
    twilio_account_sid: str
    twilio_auth_token: str
    app_url: str
    worker_events_url: str
    worker_patience_s: float  # how long an absent worker is waited for
    sms_step_s: float  # between queued, sent and delivered


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    return Settings(
        port=int(environ.get("SANDBOX_PORT", "8081")),
        state=_path(environ.get("SANDBOX_STATE", "var/sandbox.json")),
        seed=_path(environ.get("SANDBOX_SEED", "var/seed.json")),
        telegram_token=environ.get("TELEGRAM_TOKEN", "1000000001:sandbox-token-not-a-secret"),
        telegram_username=environ.get("TELEGRAM_BOT_USERNAME", "gist_companion_bot"),
        twilio_account_sid=environ.get("TWILIO_ACCOUNT_SID", "AC" + "0" * 32),
        twilio_auth_token=environ.get("TWILIO_AUTH_TOKEN", "sandbox-auth-token-not-a-secret"),
        app_url=environ.get("APP_URL", "http://127.0.0.1:8000").rstrip("/"),
        worker_events_url=environ.get("WORKER_EVENTS_URL", "http://127.0.0.1:8082/events").rstrip(
            "/"
        ),
        worker_patience_s=float(environ.get("SANDBOX_WORKER_PATIENCE_S", "10")),
        sms_step_s=float(environ.get("SANDBOX_SMS_STEP_S", "0.3")),
    )


def _path(text: str) -> Path | None:
    return Path(text) if text else None
