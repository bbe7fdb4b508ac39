"""The web process over a clean database, with a key of the clinic."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from app.services.keys import make_key
from app.settings import load_settings
from app.web import create_app
from app.work import Begin
from models import Clinic

Api = Callable[..., Any]


@pytest.fixture
def web(engine: Engine, clock, database_url: str) -> FlaskClient:
    settings = load_settings({"SANDBOX": "1", "DATABASE_URL": database_url})
    return create_app(settings, engine, clock).test_client()


@pytest.fixture
def bearer(begin: Begin, clinic: Clinic) -> str:
    with begin() as work:
        return f"Bearer {make_key(work, clinic.id, 'tests')}"


@pytest.fixture
def api(web: FlaskClient, bearer: str) -> Api:
    """api(method, path, body, expected status) -> the answer's JSON."""

    def call(method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        sent = {"Authorization": bearer, **headers}
        answer = web.open(f"/api/v1{path}", method=method, json=body, headers=sent)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    return call
