"""Many patients at once, for measuring; and updates pushed side by side."""

import asyncio
import threading
from itertools import groupby

import pytest
from sandbox_bot import all_updates, keyboard, with_bot
from sandbox_listeners import Answer, Heard, listening
from sandbox_phones import Phones, running
from telegram import Bot


@pytest.fixture
def phones():
    with running() as found:
        yield found


def test_each_patient_of_a_burst_goes_on_when_the_bot_has_answered(phones: Phones) -> None:
    lines = [{"text": "hello"}, {"data": "q:yes"}, {"data": "never offered"}]
    phones.do("telegram/burst", chat_ids=[1, 2, 3], lines=lines)

    async def answer(bot: Bot) -> list[str]:
        heard, offset = [], None
        while updates := await bot.get_updates(offset=offset, timeout=0):
            for update in updates:
                chat = update.effective_chat
                heard.append("tap" if update.callback_query else "text")
                await bot.send_message(chat.id, "Well?", reply_markup=keyboard("yes"))
            offset = updates[-1].update_id + 1
        return heard

    assert with_bot(phones, answer) == ["text"] * 3 + ["tap"] * 3
    report = phones.ask("telegram/burst")
    assert (report["left"], report["missing"]) == (0, 3)
    assert report["seconds"] > 0


def test_a_patient_whose_update_is_stuck_holds_up_nobody_else() -> None:
    stuck = threading.Event()

    def answer(heard: Heard) -> Answer:
        if heard.json["message"]["chat"]["id"] == 1:
            stuck.wait(5)
        return 200, "text/plain", ""

    with listening(answer) as hook, running() as phones:
        with_bot(phones, lambda bot: bot.set_webhook(hook.url))
        for chat_id, text in ((1, "a"), (1, "b"), (2, "c"), (2, "d")):
            phones.do("telegram/messages", chat_id=chat_id, text=text)
        asyncio.run(arrived(hook.heard, 3))
        assert [h.json["message"]["text"] for h in hook.heard] == ["a", "c", "d"]
        stuck.set()
        asyncio.run(arrived(hook.heard, 4))
        assert hook.heard[-1].json["message"]["text"] == "b"


async def arrived(heard: list[Heard], number: int) -> None:
    for _ in range(200):
        if len(heard) >= number:
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"{len(heard)} of {number} arrived")


def test_updates_come_in_the_order_in_which_they_were_made(phones: Phones) -> None:
    for number in range(6):
        phones.do("telegram/messages", chat_id=number % 2, text=str(number))
    updates = with_bot(phones, all_updates)
    assert [u.message.text for u in updates if u.message] == list("012345")
    assert [len(list(same)) for _, same in groupby(u.update_id for u in updates)] == [1] * 6
