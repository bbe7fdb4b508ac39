"""The worker dies, and the bot tells the operator; the bot dies, and the worker does."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.story.processes import Clinic, until

pytestmark = pytest.mark.story
NO_WORKER, NO_BOT = "后台进程没有响应", "机器人进程没有响应"


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    monkeypatch.setenv("AUDIT_EVERY_S", "2")  # so that six seconds of silence are too long
    clinic = Clinic(tmp_path)
    try:
        clinic.open()
        yield clinic
    finally:
        clinic.close()


def readyz(clinic: Clinic) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"{clinic.web}/readyz", timeout=20) as answer:
            return answer.status, json.load(answer)["checks"]
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["checks"]


EVERYBODY = {"auditor", "bot", "deliver", "escalate", "fetch", "plan", "poll", "prune"}


def missing(clinic: Clinic) -> set[str]:
    """Who has not beaten yet."""
    with urllib.request.urlopen(f"{clinic.web}/metrics", timeout=20) as answer:
        text = answer.read().decode()
    return EVERYBODY - {
        one.labels["name"]
        for family in text_string_to_metric_families(text)
        for one in family.samples
        if one.name == "gist_heartbeat_age_seconds"
    }


def in_time(what: Callable[[], Any]) -> Any:
    return until(what, within_s=120)  # a machine may be busy with other tests


def hours_of(clinic: Clinic, words: str) -> list[str]:
    return [one["at"][:13] for one in clinic.texts(words)]


def test_a_dead_worker_or_bot_is_told_once_and_all_is_well_when_it_is_back(clinic: Clinic) -> None:
    in_time(lambda: missing(clinic) == set())
    in_time(lambda: readyz(clinic)[0] == 200)
    clinic.kill("worker")
    in_time(lambda: clinic.texts(NO_WORKER))
    status, checks = readyz(clinic)
    assert status == 503 and checks["auditor"].startswith("silent for")
    clinic.start("worker")
    in_time(lambda: readyz(clinic)[0] == 200)
    clinic.kill("bot")
    in_time(lambda: clinic.texts(NO_BOT))
    in_time(lambda: readyz(clinic)[1]["findings"] == "bot_silent 1")
    clinic.start("bot")
    in_time(lambda: readyz(clinic)[0] == 200)
    for words in (NO_WORKER, NO_BOT):
        hours = hours_of(clinic, words)
        assert len(hours) == len(set(hours)), "once an hour"
    assert {one["to"] for one in clinic.texts("【随访】")} == {"+8613800000009"}
