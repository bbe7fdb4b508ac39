"""The demo clinic behind its pages."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from sqlmodel import select
from werkzeug.serving import make_server

from app import demo
from app.clock import real_now
from app.database import make_engine
from app.pages import init_pages
from app.services.calls_kept import settle_calls
from app.settings import Settings, load_settings
from app.work import Begin, work_on
from models import Chat, ChatState, Patient, Staff, Visit
from tests.conftest import HandedClock, database_from, named, whole_file
from tests.one_time import code_shown
from tests.pages.by_browser import sign_in

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a browser shows does not hang on the database: once, on SQLite."""
    again = [one for one in items if _in_a_browser_on_postgres(one)]
    config.hook.pytest_deselected(items=again)
    items[:] = [one for one in items if one not in again]


def _in_a_browser_on_postgres(one: pytest.Item) -> bool:
    call = getattr(one, "callspec", None)
    on_postgres = call is not None and call.params.get("database_url") == "postgres"
    return on_postgres and "browser_page" in getattr(one, "fixturenames", ())


@pytest.fixture(scope="session")
def migrated_sqlite(migrated_sqlite: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """With the demo clinic, which is seeded once for all pages."""
    path = tmp_path_factory.mktemp("seeded") / "clinic.db"
    path.write_bytes(migrated_sqlite)
    _seed(f"sqlite:///{path}")
    return whole_file(path)


@pytest.fixture(scope="session")
def migrated_postgres(migrated_postgres: str) -> Iterator[str]:
    with database_from(migrated_postgres) as name:
        _seed(named(name))
        yield name


def _seed(url: str) -> None:
    engine = make_engine(url)
    with work_on(engine, HandedClock())() as work:
        demo.seed(replace(load_settings({"SANDBOX": "1"}), database_url=url, clock_url=None), work)
    engine.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path) -> Settings:
    sandbox = load_settings({"SANDBOX": "1"})
    return replace(
        sandbox, database_url=database_url, clock_url=None, seed_path=str(tmp_path / "seed.json"),
        media_folder=str(tmp_path / "media"),
    )


@pytest.fixture
def demo_begin(settings: Settings, clock) -> Iterator[Begin]:
    engine = make_engine(settings.database_url)
    yield work_on(engine, clock)
    engine.dispose()


@pytest.fixture
def real_clock() -> HandedClock:
    """The time of sessions and locks, which a test moves on."""
    return HandedClock(real_now())


@pytest.fixture
def app(settings: Settings, demo_begin: Begin, clock, real_clock) -> Flask:
    app = Flask("clinic")
    app.extensions["pages.real_clock"] = real_clock
    app.extensions["clock"] = clock
    init_pages(app, settings)
    return app


@pytest.fixture
def patient_ids(demo_begin: Begin) -> dict[str, str]:
    with demo_begin() as work:
        return {one.code: one.id for one in work.session.exec(select(Patient))}


@pytest.fixture
def code_of(demo_begin: Begin):
    """The code that the app of one of the demo staff shows, as if none had been used yet."""

    def code_of(email: str) -> str:
        with demo_begin() as work:
            work.session.exec(select(Staff).where(Staff.email == email)).one().totp_counter = None
        return code_shown(email)

    return code_of


@pytest.fixture
def signed_in(app: Flask, code_of):
    """A browser in which someone of the demo staff has signed in."""

    def signed_in(email: str):
        browser = app.test_client()
        sent = {"csrf_token": token_in(browser.get("/login").text)}
        asked = browser.post("/login", data={**sent, "email": email, "password": demo.PASSWORD})
        assert "/tf-validate" in asked.location, asked.text
        answer = browser.post("/tf-validate", data={**sent, "code": code_of(email)})
        assert answer.status_code == 302, answer.text
        return browser

    return signed_in


def token_in(page: str) -> str:
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]


@pytest.fixture
def csrf_of():
    """The token that a page's form carries."""
    return token_in


@pytest.fixture
def visit(demo_begin: Begin, patient_ids: dict[str, str]) -> Visit:
    """The planned draw of P-0002, tomorrow."""
    with demo_begin() as work:
        query = select(Visit).where(
            Visit.patient_id == patient_ids["P-0002"], Visit.status == "planned"
        )
        return work.session.exec(query).one()


@pytest.fixture
def browser(app: Flask):
    """One in which nobody has signed in."""
    return app.test_client()


@pytest.fixture
def send(browser):
    """send(path, fields) -> the answer, from a browser in which nobody has signed in."""
    token = token_in(browser.get("/login").text)
    return lambda path, **form: browser.post(path, data={**form, "csrf_token": token})


@pytest.fixture
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture
def browser_page() -> Iterator[Page]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"a browser is needed under CI: {CHROMIUM}")
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


@pytest.fixture
def desk(address, browser_page):
    """The page of someone who has just signed in, in English."""

    def desk(role: str, path: str) -> Page:
        sign_in(browser_page, address, f"{role}@example.com")
        browser_page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
        return browser_page

    return desk


@pytest.fixture
def to_phone(demo_begin, patient_ids):
    """P-0001 has blocked the chat."""
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
        patient.phone = "+86 138 0000 1111"
        work.session.exec(select(Chat).where(Chat.patient_id == patient.id)).one().state = ChatState.BLOCKED
    settle_calls(demo_begin, demo_begin)
    return patient_ids["P-0001"]
