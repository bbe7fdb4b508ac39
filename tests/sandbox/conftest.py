"""The phones of the tests."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox_phones import Phones, running


@pytest.fixture(scope="session")
def phones() -> Iterator[Phones]:
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def no_faults(request: pytest.FixtureRequest) -> None:
    if "phones" in request.fixturenames:
        request.getfixturevalue("phones").http.delete("/control/faults")


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    path = tmp_path / "seed.json"
    chat = {"chat_id": 9001, "name": "P1", "code": "P-0001", "language": "zh-CN"}
    path.write_text(json.dumps({"chats": [chat], "clinic": {"phone": "+15005550111"}}))
    return path
