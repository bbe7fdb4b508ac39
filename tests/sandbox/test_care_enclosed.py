"""Voice notes, stickers, places and files are sent on the phones of the sandbox."""

import base64

import pytest
from sandbox_bot import all_updates, hear_all, patients, with_bot
from sandbox_phones import Phones
from telegram import Bot

VOICE = b"OggS and OpusHead"


@pytest.fixture(autouse=True)
def heard(phones: Phones) -> None:
    hear_all(phones)


def sent(phones: Phones, **what):
    chat_id = next(patients)
    phones.do("telegram/messages", chat_id=chat_id, **what)

    async def hear(bot: Bot):
        return (await all_updates(bot))[-1].message

    return chat_id, with_bot(phones, hear)


def test_a_voice_note_reaches_the_bot_with_its_file(phones: Phones) -> None:
    chat_id, message = sent(phones, voice=base64.b64encode(VOICE).decode())
    assert (message.voice.mime_type, message.voice.file_size) == ("audio/ogg", len(VOICE))

    async def fetched(bot: Bot) -> bytes:
        file = await bot.get_file(message.voice.file_id)
        return bytes(await file.download_as_bytearray())

    assert with_bot(phones, fetched) == VOICE
    assert phones.http.get(phones.messages(chat_id)[-1]["voice"]).content == VOICE


def test_a_sticker_and_a_place_are_shown_as_such(phones: Phones) -> None:
    chat_id, message = sent(phones, sticker="👍")
    assert message.sticker.emoji == phones.messages(chat_id)[-1]["text"] == "👍"
    chat_id, message = sent(phones, location={"latitude": 30.5, "longitude": 114})
    assert (message.location.latitude, message.location.longitude) == (30.5, 114)
    assert "30.5" in phones.messages(chat_id)[-1]["text"]


def test_a_file_keeps_its_words(phones: Phones) -> None:
    _, message = sent(phones, document=base64.b64encode(b"%PDF").decode(), text="my report")
    assert (message.document.file_size, message.caption) == (4, "my report")


@pytest.mark.parametrize("wrong", [{"voice": "%%%"}, {"location": {"latitude": 1}}, {"sticker": ""}])
def test_what_is_not_whole_is_refused_by_name(phones: Phones, wrong) -> None:
    body = {"chat_id": next(patients), **wrong}
    assert phones.http.post("/control/telegram/messages", json=body).status_code == 422
