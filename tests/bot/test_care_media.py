"""Photos go with the report, voice notes to the nurse, and all else gets a kind sentence."""

from datetime import timedelta
from itertools import count

import pytest
from sqlmodel import select

from bot.chats import Media as Sent
from bot.updates import said_in
from models import Alert, Chat, InboxItem, Media, SymptomReport

RASH = ("go:symptoms", "symptoms.which:skin",
        "symptoms.skin.one:dry_skin")  # fmt: skip
_FILES = count(1)


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def sends(phone, kind: str, text: str | None = None):
    has_file = kind in ("photo", "voice", "video", "document")
    media = Sent(kind, f"file-{next(_FILES)}" if has_file else None, 1000)
    return phone._hear(None, media=media, text=text)


def report(begin) -> SymptomReport:
    [one] = every(begin, SymptomReport)
    return one


def finished(linked, begin):
    """Tap the first option of what is open until nothing is."""
    while True:
        with begin() as work:
            if work.session.get_one(Chat, 77).flow is None:
                return
        offered = [one.data for row in linked.taps("nav:nothing").buttons for one in row]
        linked.taps(next((one for one in offered if one.endswith(":ok")), offered[0]))


def test_a_photo_after_a_report_goes_with_it(linked, begin):
    linked.taps("go:well")
    assert "已附在您的报告里" in sends(linked, "photo").text
    [photo] = every(begin, Media)
    assert (photo.report_id, photo.kind, photo.state) == (report(begin).id, "photo", "waiting")
    assert every(begin, InboxItem) == []


def test_a_photo_while_the_report_is_open_is_kept_for_it(linked, begin):
    asked = linked.taps(*RASH)
    said = sends(linked, "photo")
    assert "会附在这次报告里" in said.text and said.buttons == asked.buttons
    finished(linked, begin)
    [photo], [item] = every(begin, Media), every(begin, InboxItem)
    assert photo.report_id == report(begin).id
    assert item.handled_by == "system"


def test_a_photo_kept_for_a_report_that_is_given_up_stays_with_the_nurse(linked, begin):
    linked.taps(*RASH)
    sends(linked, "photo")
    linked.taps("nav:cancel")
    [photo], [item] = every(begin, Media), every(begin, InboxItem)
    assert (photo.report_id, photo.inbox_id, item.kind, item.handled_at) == (None, item.id, "photo", None)


@pytest.mark.parametrize("before", [("go:well",), RASH])
def test_a_fourth_photo_is_answered_kindly_and_not_kept(linked, begin, before):
    linked.taps(*before)
    answers = [sends(linked, "photo").text for _ in range(4)]
    assert ["最多三张" in one for one in answers] == [False, False, False, True]
    assert len(every(begin, Media)) == 3


@pytest.mark.parametrize("hours", [None, 24])
def test_a_photo_without_a_report_goes_to_the_nurse(linked, begin, clock, hours):
    if hours:
        linked.taps("go:well")
        clock.now += timedelta(hours=hours)
    assert "已转给护士" in sends(linked, "photo").text
    [photo], [item] = every(begin, Media), every(begin, InboxItem)
    assert (photo.inbox_id, item.kind, item.chat_id) == (item.id, "photo", 77)


def test_photos_go_along_when_their_report_is_corrected(linked, begin):
    linked.taps("go:well")
    sends(linked, "photo")
    linked.taps("go:correct")
    assert "已附在您的报告里" in sends(linked, "photo").text
    linked.taps("symptoms.which:none")
    now = next(one for one in every(begin, SymptomReport) if one.replaced_by is None)
    assert [one.report_id for one in every(begin, Media)] == [now.id, now.id]


@pytest.mark.parametrize("before", [(), ("go:well",), RASH])
@pytest.mark.parametrize("kind", ["photo", "voice", "video"])
def test_a_red_flag_in_a_caption_is_answered_at_once(linked, begin, before, kind):
    if before:
        linked.taps(*before)
    assert "120" in sends(linked, kind, "昨天大便发黑").text.splitlines()[0]
    assert every(begin, Alert)[0].causes == ["red_flag:gi_bleeding"]
    assert "昨天大便发黑" in [one.text for one in every(begin, InboxItem)]


def test_a_caption_that_looks_like_a_command_loses_no_photo(linked, begin):
    sends(linked, "photo", "/help")
    assert len(every(begin, Media)) == 1


def test_a_voice_note_reaches_the_nurse(linked, begin):
    assert "听不了语音" in sends(linked, "voice").text
    [voice], [item] = every(begin, Media), every(begin, InboxItem)
    assert (voice.kind, voice.inbox_id, item.kind) == ("voice", item.id, "voice")


@pytest.mark.parametrize(("kind", "words", "line"), [
    ("sticker", "谢谢您", None), ("location", "120", "location"), ("video", "视频", "video"),
    ("contact", "联系人", "contact"), ("document", "文件", "document"), ("other", "文件", "other"),
])
def test_what_cannot_be_read_gets_a_kind_sentence_and_a_line_for_the_nurse(
    linked, begin, kind, words, line
):
    assert words in sends(linked, kind).text
    assert [one.data.get("sent") for one in every(begin, InboxItem)] == ([line] if line else [])


def test_a_place_is_answered_with_the_clinics_number(linked, begin, clinic):
    with begin() as work:
        work.session.merge(clinic).phone = "+862785726114"
    assert "+862785726114" in sends(linked, "location").text


def test_a_sticker_in_the_middle_of_a_question_keeps_it_open(linked):
    asked = linked.taps(*RASH)
    said = sends(linked, "sticker")
    assert said.text.endswith(asked.text) and said.buttons == asked.buttons


@pytest.mark.parametrize(("message", "kind"), [
    ({"photo": [{"file_id": "s"}, {"file_id": "large", "file_size": 9}]}, "photo"),
    ({"document": {"file_id": "large", "mime_type": "image/jpeg", "file_size": 9}}, "photo"),
    ({"document": {"file_id": "large", "mime_type": "application/pdf", "file_size": 9}}, "document"),
    ({"voice": {"file_id": "large", "file_size": 9}}, "voice"),
])
def test_what_telegram_sends_is_told_apart(message, kind):
    chat = {"chat": {"id": 1, "type": "private"}, "from": {"id": 1}}
    said = said_in({"update_id": 1, "message": {**chat, **message}})
    assert said.media == Sent(kind, "large", 9)


def test_a_stranger_who_sends_a_photo_is_asked_for_the_code(phone, begin, clinic):
    assert "绑定码" in sends(phone, "photo").text
    assert every(begin, Media) == []
