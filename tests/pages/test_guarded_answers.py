"""What a browser is told to load and keep of every answer, of the API too."""

from dataclasses import replace

import pytest
from flask import Flask

from app.pages.guard import guard
from app.settings import load_settings


def answer_of(public_url: str):
    app = Flask("guarded")
    guard(app, replace(load_settings({"SANDBOX": "1"}), public_url=public_url))
    app.add_url_rule("/api/v1/patients", view_func=lambda: {"items": []}, endpoint="patients")
    return app.test_client().get("/api/v1/patients")


def test_an_answer_of_the_api_runs_nothing_and_is_kept_by_no_browser():
    headers = answer_of("http://localhost").headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


@pytest.mark.parametrize(("public_url", "told"), [
    ("https://clinic.example", "max-age=31536000"), ("http://localhost:8000", None),
])  # fmt: skip
def test_over_https_the_browser_asks_by_nothing_else(public_url, told):
    assert answer_of(public_url).headers.get("Strict-Transport-Security") == told
