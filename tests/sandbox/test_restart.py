"""Phones keep what they know; a webhook is told in order; the process stops quietly."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from sandbox_listeners import Answer, Heard, listening
from sandbox_phones import TOKEN, Phones, running
from telegram import Bot


def until(holds: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 5
    while not (found := holds()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return found


def call(phones: Phones, method: str, **params: Any) -> Any:
    return httpx.post(f"{phones.url}/bot{TOKEN}/{method}", json=params).json()["result"]


def test_a_restart_forgets_nothing(tmp_path: Path, seed: Path) -> None:
    kept = {"SANDBOX_STATE": str(tmp_path / "sandbox.json"), "SANDBOX_SEED": str(seed)}
    kept["WORKER_EVENTS_URL"] = "http://127.0.0.1:9/events"
    with running(**kept) as phones:
        phones.do("telegram/messages", chat_id=9001, text="before")
        call(phones, "sendMessage", chat_id=9001, text="question")
        phones.do("clock", advance="P1D")
        heard = [update["update_id"] for update in call(phones, "getUpdates")]
    with running(**kept) as phones:
        assert [m["text"] for m in phones.messages(9001)] == ["before", "question"]
        assert [update["update_id"] for update in call(phones, "getUpdates")] == heard
        assert 86_300 < phones.ask("clock")["offset_seconds"] < 86_500
        row = phones.ask("telegram/chats")["chats"][0]
        assert (row["code"], row["language"], row["unread"]) == ("P-0001", "zh-CN", 1)


def test_a_change_is_on_disk_within_a_second(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    with running(SANDBOX_STATE=str(state)) as phones:
        phones.do("telegram/messages", chat_id=1, text="keep me")
        assert until(lambda: state.exists() and "keep me" in state.read_text())


def test_a_seed_that_changes_is_read_again(seed: Path) -> None:
    with running(SANDBOX_SEED=str(seed)) as phones:
        content = json.loads(seed.read_text())
        content["chats"].append({"chat_id": 9002, "name": "P2", "code": "P-0002"})
        seed.write_text(json.dumps(content))
        assert len(phones.ask("seed")["chats"]) == 2
        assert [c["code"] for c in phones.ask("telegram/chats")["chats"]] == ["P-0001", "P-0002"]


def test_a_webhook_hears_in_order_with_its_secret_and_again_until_it_agrees(seed: Path) -> None:
    refusals = iter([500, 502])

    def answer(heard: Heard) -> Answer:
        return next(refusals, 200), "text/plain", ""

    async def listen_at(phones: Phones, url: str) -> None:
        async with Bot(TOKEN, base_url=f"{phones.url}/bot") as bot:
            await bot.set_webhook(url, secret_token="hush", allowed_updates=["message"])
            assert (await bot.get_webhook_info()).url == url

    with listening(answer) as bot, running(SANDBOX_SEED=str(seed)) as phones:
        asyncio.run(listen_at(phones, f"{bot.url}/hook"))
        for text in ("one", "two"):
            phones.do("telegram/messages", chat_id=9001, text=text)
        until(lambda: call(phones, "getWebhookInfo")["pending_update_count"] == 0)
        assert [h.json["message"]["text"] for h in bot.heard] == ["one", "one", "one", "two"]
        assert {h.headers["X-Telegram-Bot-Api-Secret-Token"] for h in bot.heard} == {"hush"}
        refused = httpx.post(f"{phones.url}/bot{TOKEN}/getUpdates")
        assert refused.status_code == 409
        call(phones, "deleteWebhook")
        assert call(phones, "getUpdates") == []


def start_process(port: int) -> subprocess.Popen[str]:
    environ = os.environ | {"SANDBOX_PORT": str(port), "SANDBOX_STATE": "", "SANDBOX_SEED": ""}
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox"],
        env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/control/clock").is_success
    except httpx.TransportError:
        return False


def test_the_process_stops_quietly_and_says_when_its_port_is_taken() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    first = start_process(port)
    assert until(lambda: answers(port))
    second = start_process(port)
    out, err = second.communicate(timeout=10)
    assert (out, err.count("\n"), second.returncode) == ("", 1, 1)
    assert f"port {port} is taken" in err
    first.send_signal(signal.SIGTERM)
    assert (*first.communicate(timeout=10), first.returncode) == ("", "", 0)
