"""What goes wrong between the bot and Telegram."""

from typing import Any

import pytest
from sandbox_bot import a_patient, all_updates, hear_all, send, with_bot
from sandbox_phones import Phones
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut


@pytest.fixture(autouse=True)
def heard(phones: Phones) -> None:
    hear_all(phones)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "status", "status": 429, "retry_after": 7}, RetryAfter),
        ({"kind": "status", "status": 403}, Forbidden),
        ({"kind": "status", "status": 502}, NetworkError),
    ],
)
def test_a_fault_is_met_once_and_then_all_is_well(
    phones: Phones, fault: dict[str, Any], error: type[Exception]
) -> None:
    chat_id = a_patient(phones)
    phones.do("faults", service="telegram", method="sendMessage", times=1, **fault)
    with pytest.raises(error):
        send(phones, chat_id, "one")
    assert len(phones.messages(chat_id)) == 1
    send(phones, chat_id, "two")
    assert phones.messages(chat_id)[-1]["text"] == "two"


def test_a_timeout_applies_nothing_and_a_drop_applies_without_an_answer(phones: Phones) -> None:
    chat_id = a_patient(phones)
    phones.do("faults", service="telegram", method="sendMessage", kind="timeout", times=1)
    with pytest.raises(TimedOut):
        send(phones, chat_id, "held", read_timeout=0.2)
    assert len(phones.messages(chat_id)) == 1
    phones.do("faults", service="telegram", method="sendMessage", kind="drop", times=1)
    with pytest.raises(NetworkError):
        send(phones, chat_id, "dropped")
    assert phones.messages(chat_id)[-1]["text"] == "dropped"


def test_a_dropped_update_comes_later_and_a_repeated_one_twice(phones: Phones) -> None:
    phones.do("faults", service="telegram", method="getUpdates", kind="drop", times=1)
    a_patient(phones, "once")

    async def talk(bot: Bot) -> list[list[int]]:
        dropped = await all_updates(bot)
        heard = await all_updates(bot)
        await bot.get_updates(offset=heard[-1].update_id + 1, timeout=0)
        phones.do("faults", service="telegram", kind="repeat", times=1)
        repeated = await bot.get_updates(offset=heard[-1].update_id + 1, timeout=5)
        return [[u.update_id for u in each] for each in (dropped, heard, list(repeated))]

    dropped, heard, repeated = with_bot(phones, talk)
    assert dropped == []
    assert heard == repeated
