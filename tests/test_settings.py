"""What the environment must say before real patients are served."""

import pytest

from app.settings import (
    SANDBOX_SECRET_KEY,
    SANDBOX_TELEGRAM_TOKEN,
    SANDBOX_TWILIO_SID,
    SANDBOX_TWILIO_TOKEN,
    UnsafeSettings,
    database_url,
    load_settings,
)

REAL = {
    "SECRET_KEY": "k" * 40,
    "PUBLIC_URL": "https://clinic.example.org/",
    "TELEGRAM_TOKEN": "42:real",
    "TELEGRAM_BOT_NAME": "clinic_bot",
    "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
    "TWILIO_AUTH_TOKEN": "real",
    "TWILIO_FROM": "+8675511111111",
    "OPERATOR_PHONE": "+8613900000000",
}


def faults(**changes: str | None) -> str:
    wanted = {name: value for name, value in (REAL | changes).items() if value is not None}
    with pytest.raises(UnsafeSettings) as refused:
        load_settings(wanted)
    return str(refused.value)


def test_the_sandbox_needs_no_settings():
    settings = load_settings({"SANDBOX": "1"})
    assert settings.sandbox
    assert settings.clock_url
    assert settings.telegram_base_url.startswith("http://127.0.0.1:")
    assert settings.twilio_base_url


def test_real_settings_reach_telegram_and_twilio_and_no_clock_but_the_machines():
    settings = load_settings(REAL)
    assert (settings.sandbox, settings.clock_url, settings.twilio_base_url) == (False, None, None)
    assert settings.telegram_base_url == "https://api.telegram.org/bot"
    assert settings.public_url == "https://clinic.example.org"


def test_every_missing_setting_is_named_at_once_with_what_to_do():
    with pytest.raises(UnsafeSettings) as refused:
        load_settings({})
    lines = str(refused.value).splitlines()[1:]
    assert len(lines) == len(REAL)
    for name, line in zip(sorted(REAL), sorted(lines), strict=True):
        assert line.startswith(f"- {name} is missing: set ")


@pytest.mark.parametrize("name", sorted(REAL))
def test_an_empty_setting_is_a_missing_one(name):
    assert f"{name} is missing" in faults(**{name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", SANDBOX_SECRET_KEY),
        ("TELEGRAM_TOKEN", SANDBOX_TELEGRAM_TOKEN),
        ("TWILIO_ACCOUNT_SID", SANDBOX_TWILIO_SID),
        ("TWILIO_AUTH_TOKEN", SANDBOX_TWILIO_TOKEN),
        ("TWILIO_FROM", "+8675500000000"),
    ],
)
def test_what_everybody_can_read_in_the_sandbox_is_refused(name, value):
    assert f"{name} holds the sandbox's value" in faults(**{name: value})


@pytest.mark.parametrize("name", ["CLOCK_URL", "TWILIO_BASE_URL", "SANDBOX_PORT"])
def test_what_is_for_the_sandbox_is_refused(name):
    assert f"{name} is for the sandbox only" in faults(**{name: "http://127.0.0.1:1"})


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("PUBLIC_URL", "http://clinic.example.org", "not https"),
        ("PUBLIC_URL", "https://a-very-long-name-of-a.clinic.example.org", "over 40 characters"),
        ("SECRET_KEY", "short", "under 32 characters"),
        ("TWILIO_ACCOUNT_SID", "SK" + "1" * 32, "does not start with AC"),
        ("TWILIO_FROM", "075511111111", "E.164"),
    ],
)
def test_what_is_unsafe_is_refused(name, value, why):
    assert why in faults(**{name: value})


HOOK = {"WEBHOOK_URL": "https://clinic.example.org/telegram", "WEBHOOK_SECRET": "w" * 32}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("WEBHOOK_URL", "http://clinic.example.org/telegram", "WEBHOOK_URL is not https"),
        ("WEBHOOK_URL", "http://127.0.0.1:8443/telegram", "WEBHOOK_URL is not https"),
        ("WEBHOOK_SECRET", None, "WEBHOOK_SECRET is not of 32 to 256 letters"),
        ("WEBHOOK_SECRET", "w" * 31, "`python -m app secret` makes one"),
        ("WEBHOOK_SECRET", "w" * 31 + " ", "WEBHOOK_SECRET is not of 32"),
    ],
)
def test_a_webhook_is_reached_by_https_and_knows_telegram_by_a_long_secret(name, value, why):
    assert why in faults(**{**HOOK, name: value})


def test_without_a_webhook_address_the_bot_polls():
    assert load_settings(REAL).webhook_url is None
    assert load_settings(REAL | HOOK).webhook_url == HOOK["WEBHOOK_URL"]


def test_in_the_sandbox_a_webhook_may_be_on_loopback_and_still_needs_its_secret():
    url = {"SANDBOX": "1", "WEBHOOK_URL": "http://127.0.0.1:8443/telegram"}
    assert load_settings({**url, "WEBHOOK_SECRET": "w" * 32}).webhook_url
    with pytest.raises(UnsafeSettings):
        load_settings(url)


@pytest.mark.parametrize("written", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_a_database_url_as_hosts_write_it_is_understood(written):
    assert database_url({"DATABASE_URL": written}) == "postgresql+psycopg://u@h/d"


def test_photos_and_voice_notes_have_a_folder_and_a_limit():
    settings = load_settings({**REAL, "MEDIA_FOLDER": "/srv/media", "VOICE_MAX_BYTES": "9"})
    assert (settings.media_folder, settings.voice_max_bytes) == ("/srv/media", 9)
    assert settings.photo_max_bytes == 10 * 1024 * 1024


def test_the_worker_ticks_unless_it_is_told_to_be_woken():
    assert load_settings(REAL).dispatcher == "apscheduler"
    woken = load_settings(REAL | {"DISPATCHER": "procrastinate", "DATABASE_URL": "postgres://db/clinic"})
    assert woken.dispatcher == "procrastinate"


def test_a_dispatcher_that_the_database_cannot_carry_is_refused_with_its_remedy():
    assert "needs PostgreSQL: set DATABASE_URL" in faults(DISPATCHER="procrastinate")
    assert "DISPATCHER is none of apscheduler, procrastinate" in faults(DISPATCHER="celery")


def test_the_sandbox_too_refuses_a_dispatcher_that_the_database_cannot_carry():
    with pytest.raises(UnsafeSettings, match="needs PostgreSQL"):
        load_settings({"SANDBOX": "1", "DISPATCHER": "procrastinate"})
