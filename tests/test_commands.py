"""The operator's commands, as typed."""

import os
import subprocess
import sys

import pytest

LIVE = {
    "SECRET_KEY": "x" * 40, "PUBLIC_URL": "https://clinic.example.org", "TELEGRAM_TOKEN": "1:x",
    "TELEGRAM_BOT_NAME": "bot", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t",
    "TWILIO_FROM": "+8613800000000", "OPERATOR_PHONE": "+8613800000008",
}  # fmt: skip


@pytest.fixture
def app(sqlite_url):
    env = {k: v for k, v in os.environ.items() if k != "SANDBOX"} | LIVE
    env["DATABASE_URL"] = sqlite_url

    def run(*arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments], env=env | more, input=typed,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_a_clinic_its_key_and_its_nurse_are_made(app):
    assert app("clinic", "wuhan", "GIST clinic").returncode == 0
    assert len(app("key", "wuhan", "laboratory").stdout.strip()) > 40
    nurse = ("staff", "wuhan", "n@example.com", "Li", "nurse", "+8613800000001")
    short = app(*nurse, typed="pass-9\n")
    assert (short.returncode, "at least 12 characters" in short.stderr) == (1, True)
    made = app(*nurse, typed="lantern-over-quiet-water\n")
    assert (made.returncode, "sets up an authenticator app" in made.stdout) == (0, True)


def test_somebody_who_cannot_sign_in_is_let_in_again(app):
    app("clinic", "wuhan", "GIST clinic")
    app("staff", "wuhan", "n@example.com", "Li", "admin", "", typed="lantern-over-quiet-water\n")
    told = app("readmit", "wuhan", "n@example.com")
    assert (told.returncode, "https://clinic.example.org/s/" in told.stdout) == (0, True)
    refused = app("readmit", "wuhan", "x@example.com")
    assert (refused.returncode, "Nobody of clinic wuhan" in refused.stderr) == (1, True)


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("key", "nowhere", "x"), 1, "There is no clinic nowhere"),
    (("key", "nowhere"), 2, ""),
    (("fly",), 2, ""),
])
def test_a_command_that_cannot_be_done_says_why(app, arguments, code, said):
    told = app(*arguments)
    assert (told.returncode, said in told.stderr, "Traceback" in told.stderr) == (code, True, False)


def test_a_clinic_chooses_its_edition_of_ctcae(app):
    app("clinic", "wuhan", "GIST clinic")
    told = app("ctcae", "wuhan", "6.0")
    assert (told.returncode, "CTCAE 6.0" in told.stdout) == (0, True)
    refused = app("ctcae", "wuhan", "4.03")
    assert (refused.returncode, "one of 5.0, 6.0" in refused.stderr) == (1, True)


def test_a_clinic_chooses_the_population_model_of_its_estimates(app):
    app("clinic", "wuhan", "GIST clinic")
    told = app("prior", "wuhan", "widmer_2006")
    assert (told.returncode, "widmer_2006" in told.stdout) == (0, True)
    refused = app("prior", "wuhan", "average")
    assert (refused.returncode, "one of jiang_2023, widmer_2006" in refused.stderr) == (1, True)


def test_a_clinic_asks_for_consent_to_a_newer_text(app):
    app("clinic", "wuhan", "GIST clinic")
    told = app("consent", "wuhan", "2026-11")
    assert (told.returncode, "version 2026-11" in told.stdout) == (0, True)
    refused = app("consent", "wuhan", "the new one")
    assert (refused.returncode, "A version has" in refused.stderr) == (1, True)


def test_half_a_configuration_is_refused_by_name(app):
    told = app("clinic", "wuhan", "x", TWILIO_FROM="")
    assert told.returncode == 1 and "TWILIO_FROM is missing" in told.stderr


def test_a_licensed_wording_is_checked_loaded_and_given_up_again(app, tmp_path):
    app("clinic", "wuhan", "GIST clinic")
    file = tmp_path / "sf36.json"
    file.write_text(app("wording-template", "zh-CN").stdout, "utf-8")
    empty = app("wording", "wuhan", str(file))
    assert (empty.returncode, "source: name the licence" in empty.stderr) == (1, True)
    file.write_text(file.read_text("utf-8").replace('"source": ""', '"source": "Holder, no. 7"'), "utf-8")
    assert "can be loaded: zh-CN, Holder, no. 7" in app("wording-check", str(file)).stdout
    assert app("wording-own", "wuhan", "zh-CN").returncode == 1
    assert "Holder, no. 7" in app("wording", "wuhan", str(file)).stdout
    assert app("wording-own", "wuhan", "zh-CN").returncode == 0


@pytest.mark.parametrize(("arguments", "said"), [
    (("wording-template", "fr"), "language: one of zh-CN, en"),
    (("wording-check", "nowhere.json"), "nowhere.json cannot be read"),
])
def test_a_wording_that_cannot_be_read_says_why(app, arguments, said):
    told = app(*arguments)
    assert (told.returncode, said in told.stderr, "Traceback" in told.stderr) == (1, True, False)
