"""The stand-in of Telegram, met by an unmodified telegram.Bot."""

import asyncio
from typing import Any

import httpx
import pytest
from sandbox_bot import a_patient, all_updates, hear_all, keyboard, patients, send, with_bot
from sandbox_phones import TOKEN, Phones
from telegram import Bot, BotCommand, File
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
)

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


@pytest.fixture(autouse=True)
def heard(phones: Phones) -> None:
    hear_all(phones)


def test_the_bot_knows_itself(phones: Phones) -> None:
    me = with_bot(phones, lambda bot: bot.get_me())
    assert (me.id, me.is_bot) == (1000000001, True)


def test_an_unconfirmed_message_is_told_again(phones: Phones) -> None:
    chat_id = a_patient(phones, "I feel sick")

    async def talk(bot: Bot) -> list[list[int]]:
        first = await bot.get_updates(timeout=0)
        again = await bot.get_updates(timeout=0)
        after = await bot.get_updates(offset=first[-1].update_id + 1, timeout=0)
        assert first[0].message and first[0].message.text == "I feel sick"
        assert first[0].message.chat.id == chat_id
        return [[u.update_id for u in each] for each in (first, again, after)]

    first, again, after = with_bot(phones, talk)
    assert first == again
    assert after == []


def test_a_waiting_poll_hears_at_once(phones: Phones) -> None:
    chat_id = next(patients)

    async def talk(bot: Bot) -> str:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(phones.do, "telegram/messages", chat_id=chat_id, text="hello")
        message = (await asyncio.wait_for(poll, 2))[0].message
        assert message and message.text
        return message.text

    assert with_bot(phones, talk) == "hello"


def test_of_two_listeners_the_older_is_ended(phones: Phones) -> None:
    async def talk(bot: Bot) -> None:
        older = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(httpx.post, f"{phones.url}/bot{TOKEN}/getUpdates")
        with pytest.raises(Conflict):
            await older

    with_bot(phones, talk)


def test_a_tap_is_heard_answered_and_the_question_edited(phones: Phones) -> None:
    chat_id = a_patient(phones)
    send(phones, chat_id, "<b>Swelling?</b> 1 &lt; 2", parse_mode="HTML",
         reply_markup=keyboard("Yes", "No"))  # fmt: skip
    phones.do("telegram/taps", chat_id=chat_id, label="Yes")

    async def talk(bot: Bot) -> None:
        query = (await all_updates(bot))[-1].callback_query
        assert query and query.data == "q:Yes"
        await query.answer("Noted")
        await query.edit_message_text("Thank you", reply_markup=keyboard("Back"))

    with_bot(phones, talk)
    seen = phones.ask(f"telegram/chats/{chat_id}")
    last = seen["messages"][-1]
    assert (last["text"], last["buttons"]) == ("Thank you", [[{"label": "Back", "data": "q:Back"}]])
    assert seen["toast"]["text"] == "Noted"


def test_bold_words_are_shown_bold_and_nothing_else_is_markup(phones: Phones) -> None:
    chat_id = a_patient(phones)
    send(phones, chat_id, "<b>肿🙂</b> 1 &lt; 2", parse_mode="HTML")
    assert phones.messages(chat_id)[-1]["html"] == "<b>肿🙂</b> 1 &lt; 2"


def test_a_button_that_is_not_there_cannot_be_tapped(phones: Phones) -> None:
    chat_id = a_patient(phones)
    answer = phones.http.post("/control/telegram/taps", json={"chat_id": chat_id, "label": "No"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_the_newest_of_two_equal_buttons_is_tapped(phones: Phones) -> None:
    chat_id = a_patient(phones)
    older = send(phones, chat_id, "first", reply_markup=keyboard("Yes"))
    newer = send(phones, chat_id, "second", reply_markup=keyboard("Yes"))
    tap = {"chat_id": chat_id, "data": "q:Yes"}
    assert phones.do("telegram/taps", **tap)["message_id"] == newer.message_id
    named = phones.do("telegram/taps", **tap, message_id=older.message_id)
    assert named["message_id"] == older.message_id


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        ("x" * 4097, {}, "too long"),
        ("  ", {}, "empty"),
        ("<b>x", {"parse_mode": "HTML"}, "can't parse entities"),
        ("x", {"reply_markup": keyboard("x" * 63)}, "button_data_invalid"),
    ],
)
def test_what_telegram_would_refuse_is_refused(
    phones: Phones, text: str, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        send(phones, a_patient(phones), text, **more)
    assert words in str(refused.value).lower()


def test_a_chat_that_nobody_has_is_not_found(phones: Phones) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        send(phones, 4, "hello")


def test_an_edit_that_changes_nothing_is_refused(phones: Phones) -> None:
    message = send(phones, a_patient(phones), "same", reply_markup=keyboard("Yes"))

    async def talk(bot: Bot) -> None:
        where = {"chat_id": message.chat.id, "message_id": message.message_id}
        with pytest.raises(BadRequest, match="not modified"):
            await bot.edit_message_text("same", **where, reply_markup=keyboard("Yes"))
        await bot.edit_message_reply_markup(**where)
        await bot.delete_message(**where)
        with pytest.raises(BadRequest, match="not found"):
            await bot.edit_message_text("other", **where)

    with_bot(phones, talk)


def test_a_wrong_token_and_an_unknown_method_are_told_apart(phones: Phones) -> None:
    with pytest.raises(InvalidToken):
        with_bot(phones, lambda bot: bot.get_me(), token="1:wrong")
    unknown = httpx.post(f"{phones.url}/bot{TOKEN}/sendLove").json()
    assert unknown == {"ok": False, "error_code": 404, "description": "Not Found"}


async def content(file: File) -> bytes:
    return bytes(await file.download_as_bytearray())


def test_photos_go_both_ways(phones: Phones) -> None:
    chat_id = a_patient(phones)

    async def talk(bot: Bot) -> tuple[bytes, bytes]:
        sent = await bot.send_photo(chat_id, PNG, caption="A card")
        await bot.send_document(chat_id, PNG, filename="summary.pdf")
        rash = phones.do("telegram/messages", chat_id=chat_id, text="rash", photo=PNG_BASE64)
        update = (await all_updates(bot))[-1]
        assert update.update_id == rash["update_id"]
        assert update.message and update.message.caption == "rash"
        return (
            await content(await bot.get_file(sent.photo[-1].file_id)),
            await content(await bot.get_file(update.message.photo[-1].file_id)),
        )

    assert with_bot(phones, talk) == (PNG, PNG)
    photo, document = phones.messages(chat_id)[-3:-1]
    assert phones.http.get(photo["photo"]).content == PNG
    assert document["document"]["name"] == "summary.pdf"


PNG_BASE64 = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="


def test_commands_are_shown_in_the_language_of_the_phone(phones: Phones) -> None:
    chat_id = next(patients)
    phones.do("telegram/messages", chat_id=chat_id, text="你好", language="zh-CN")

    async def talk(bot: Bot) -> None:
        await bot.set_my_commands([BotCommand("help", "Help")])
        await bot.set_my_commands([BotCommand("help", "帮助")], language_code="zh")
        assert (await bot.get_my_commands())[0].description == "Help"
        user = (await all_updates(bot))[-1].effective_user
        assert user and user.language_code == "zh-hans"
        await bot.send_chat_action(chat_id, "typing")

    with_bot(phones, talk)
    seen = phones.ask(f"telegram/chats/{chat_id}")
    assert seen["commands"] == [{"command": "help", "description": "帮助"}]
    assert seen["typing"] is True


def test_unread_messages_are_counted_until_the_chat_is_opened(phones: Phones) -> None:
    chat_id = a_patient(phones)
    send(phones, chat_id, "one")

    def unread() -> int:
        rows = phones.ask("telegram/chats")["chats"]
        return next(row["unread"] for row in rows if row["chat_id"] == chat_id)

    assert unread() == 1
    phones.do(f"telegram/chats/{chat_id}/read")
    assert unread() == 0


def test_the_page_is_told_when_something_changed(phones: Phones) -> None:
    first = phones.http.get("/control/state")
    tag = {"If-None-Match": first.headers["etag"]}
    assert phones.http.get("/control/state", headers=tag).status_code == 304
    a_patient(phones)
    since = first.json()["version"]
    assert phones.ask(f"state?since={since}")["changed"] is True
