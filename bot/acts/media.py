"""What is no text: photos for the report, voice notes for the nurse, kind words for the rest."""

from collections.abc import Callable, Mapping
from typing import Any

from app.services.free_text import hear_words
from app.services.media import MOST_PHOTOS, has_room, receive, report_to_show
from bot.chats import Said, Talk
from bot.flows.symptoms import CORRECTS, PHOTOS
from bot.replies import Reply
from models import Clinic, InboxKind, Media, MediaKind


def hear_other(talk: Talk, said: Said) -> Reply:
    """A kind sentence that fits; a caption is heard like any other words."""
    assert said.media is not None
    hears = _HEARS.get(said.media.kind, _unreadable)
    lost = hears in (_photo, _voice) and said.media.file_id is None
    return _unreadable(talk, said) if lost else hears(talk, said)


def _photo(talk: Talk, said: Said) -> Reply:
    """With the report that is open or was just told, three at most; else to the nurse."""
    assert talk.patient is not None
    report_id = _report_of(talk)
    if report_id is not None:
        if not has_room(talk.work, talk.patient.clinic_id, report_id):
            return _enough(talk, said)
        return _of_report(talk, said, report_id)
    if talk.chat.flow != "symptoms":
        return _to_nurse(talk, said, InboxKind.PHOTO, "photo.to_nurse")[0]
    held = talk.chat.answers.get(PHOTOS, [])
    if len(held) >= MOST_PHOTOS:
        return _enough(talk, said)
    reply, media = _to_nurse(talk, said, InboxKind.PHOTO, "photo.held")
    talk.chat.answers = {**talk.chat.answers, PHOTOS: [*held, media.id]}
    return reply


def _report_of(talk: Talk) -> str | None:
    """The report being corrected, or the last one while none is open."""
    assert talk.patient is not None
    if talk.chat.flow == "symptoms":
        return talk.chat.answers.get(CORRECTS)
    report = report_to_show(talk.work, talk.patient)
    return report.id if report else None


def _of_report(talk: Talk, said: Said, report_id: str) -> Reply:
    assert talk.patient is not None
    media = receive(talk.work, talk.patient, MediaKind.PHOTO, _file(said), report_id=report_id)
    if not said.text:
        return Reply("photo.attached")
    item, reply = _heard(talk, said, InboxKind.PHOTO, "photo.attached")
    media.inbox_id = item
    return reply


def _enough(talk: Talk, said: Said) -> Reply:
    """The photo is not kept, and that is said; its words are."""
    key = "photo.enough"
    return _heard(talk, said, InboxKind.TEXT, key)[1] if said.text else Reply(key)


def _to_nurse(talk: Talk, said: Said, kind: InboxKind, key: str) -> tuple[Reply, Media]:
    assert talk.patient is not None
    item, reply = _heard(talk, said, kind, key)
    media = receive(talk.work, talk.patient, MediaKind(kind.value), _file(said), inbox_id=item)
    return reply, media


def _heard(
    talk: Talk, said: Said, kind: InboxKind, key: str, sent: str | None = None
) -> tuple[str, Reply]:
    """The inbox item of what was said, and the answer: at a red flag what to do comes first."""
    assert talk.patient is not None
    words = said.text or ""
    heard = hear_words(talk.work, talk.patient, words, kind, chat_id=talk.chat.id, sent=sent)
    if heard.flags:
        return heard.item.id, Reply("symptoms.emergency", {"lines": [{"key": key}]})
    return heard.item.id, Reply(key)


def _file(said: Said) -> str:
    assert said.media is not None and said.media.file_id is not None
    return said.media.file_id


def _voice(talk: Talk, said: Said) -> Reply:
    return _to_nurse(talk, said, InboxKind.VOICE, "voice.passed_on")[0]


def _sticker(_talk: Talk, _said: Said) -> Reply:
    return Reply("sticker.kindly")


def _place(talk: Talk, said: Said) -> Reply:
    """Perhaps a call for help: the number to call, and a line for the nurse."""
    reply = _heard(talk, said, InboxKind.TEXT, "location.kindly", "location")[1]
    phone = talk.work.session.get_one(Clinic, talk.chat.clinic_id).phone
    lines = [{"key": "clinic.phone", "params": {"phone": phone}}] if phone else []
    return Reply(reply.key, {**reply.data, "lines": lines})


def _unreadable(talk: Talk, said: Said) -> Reply:
    """A film, a file, a contact: the nurse is told that it was sent."""
    assert said.media is not None
    kind = said.media.kind
    key: Mapping[str, Any] = {"video": "video.kindly", "contact": "contact.kindly"}
    return _heard(talk, said, InboxKind.TEXT, key.get(kind, "file.kindly"), kind)[1]


_HEARS: Mapping[str, Callable[[Talk, Said], Reply]] = {
    "photo": _photo, "voice": _voice, "sticker": _sticker, "location": _place,
}  # fmt: skip
