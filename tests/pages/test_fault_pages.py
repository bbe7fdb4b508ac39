"""What a person is shown when a page cannot be: in words, and never a bare line of the server."""

from dataclasses import replace

import pytest
from flask import Flask

from app import demo
from app.clock import Clock
from app.database import make_engine
from app.settings import Settings
from app.web import create_app

NOBODY_LISTENS = "postgresql+psycopg://root@127.0.0.1:1/none"


@pytest.fixture
def app(settings: Settings, demo_begin, clock: Clock) -> Flask:
    """The whole web process, with one page that is broken."""
    app = create_app(settings, make_engine(settings.database_url), clock)
    app.add_url_rule("/broken", view_func=lambda: str(1 / 0))
    return app


@pytest.mark.parametrize(
    ("language", "said"), [("en", "There is no such page"), ("zh-CN", "没有这个页面")]
)
def test_an_address_that_is_nobodys_says_so(app, language, said):
    answer = app.test_client().get(f"/nowhere?lang={language}")
    assert answer.status_code == 404
    assert said in answer.text and f'lang="{language}"' in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_form_that_was_open_too_long_says_what_to_do(app, signed_in):
    answer = signed_in("doctor@example.com").post("/patients/x/decisions?lang=en")
    assert answer.status_code == 400
    assert "copy what you wrote" in answer.text


def test_an_address_of_a_form_cannot_be_opened_by_itself(app, signed_in):
    answer = signed_in("doctor@example.com").get("/alerts/x/acknowledge?lang=en")
    assert answer.status_code == 405
    assert "It takes what a form sends" in answer.text


def test_what_breaks_says_that_nothing_was_kept_and_offers_another_try(app):
    answer = app.test_client().get("/broken?lang=en")
    assert answer.status_code == 500
    assert "Nothing was kept" in answer.text and 'href="/broken?lang=en"' in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_page_that_is_not_there_is_not_tried_again(app):
    page = app.test_client().get("/nowhere?lang=en").text
    assert "Try again" not in page and "Back to the visits" in page


def test_the_buttons_of_a_fault_stand_side_by_side_at_one_height(address, browser_page):
    browser_page.goto(f"{address}/broken?lang=en")
    both = [one.bounding_box() for one in browser_page.locator(".answer .btn").all()]
    assert len(both) == 2 and both[0]["y"] == both[1]["y"] and both[0]["height"] == both[1]["height"]


def test_while_the_database_is_away_pages_say_so_in_words_and_the_api_in_json(
    app, signed_in, settings, clock
):
    session = signed_in("doctor@example.com").get_cookie("session")
    away = create_app(
        replace(settings, database_url=NOBODY_LISTENS), make_engine(NOBODY_LISTENS), clock
    )
    browser = away.test_client()
    browser.set_cookie("session", session.value)
    desk = browser.get("/?lang=zh-CN")
    assert (desk.status_code, "系统正忙" in desk.text) == (503, True)
    machine = browser.get("/api/v1/queue", headers={"Authorization": f"Bearer {demo.API_KEY}"})
    assert (machine.status_code, machine.headers["Retry-After"]) == (503, "5")
    assert machine.content_type == "application/problem+json"
