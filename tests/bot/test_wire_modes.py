"""Polling and webhook against the stand-in of Telegram: commit, then confirm; nobody is blocked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import col, select
from wire_ears import Ears, Phones, open_phones, settings_for, working

from app.clock import real_now
from app.services.visits import plan_visit
from app.work import work_on
from models import Chat, ChatState, InboxItem, Message, Patient, SymptomReport, TelegramUpdate
from models.columns import new_id
from tests.story.processes import ask_json


@pytest.fixture(scope="module")
def _phones() -> Iterator[Phones]:
    with open_phones() as phones:
        yield phones


@pytest.fixture
def phones(_phones: Phones) -> Phones:
    _phones.clean()
    return _phones


@pytest.fixture
def begin(engine):
    return work_on(engine, real_now)


@pytest.fixture(params=["polling", "webhook"])
def ears(request, phones, begin, database_url) -> Ears:
    return Ears(settings_for(phones, request.param, database_url), begin)


def linked(begin, phones, patient) -> int:
    number = phones.new_chat()
    with begin() as work:
        work.session.add(Chat(
            id=number, clinic_id=patient.clinic_id, patient_id=patient.id,
            state=ChatState.ACTIVE, language="en", consented_at=work.now,
        ))  # fmt: skip
    return number


@pytest.fixture
def well(begin, phones, patient) -> int:
    return linked(begin, phones, patient)


@pytest.fixture
def broken(begin, phones, patient) -> int:
    """The chat of a patient whose zone in the record is none, so that no time can be told."""
    with begin() as work:
        other = Patient(
            clinic_id=patient.clinic_id, id=new_id(work.now), code="P-0002", year_of_birth=1960,
            sex="male", time_zone="Asia/Shanghai", registered_at=work.now,
        )  # fmt: skip
        work.session.add(other)
        work.session.flush()
        plan_visit(work, other, work.now + timedelta(days=3))
        other.time_zone = "Nowhere/None"
    return linked(begin, phones, other)


def rows(begin, table) -> list:
    with begin() as work:
        return list(work.session.exec(select(table)))


def words(begin) -> list[str]:
    """What reached the nurse, in the order of coming."""
    with begin() as work:
        return list(work.session.exec(select(InboxItem.text).order_by(col(InboxItem.id))))


def heard_all(phones, begin, chat_id, answers):
    """All is confirmed, and the chat has so many answers, each written down as sent."""

    def done():
        sent = [one.state for one in rows(begin, Message) if one.chat_id == chat_id]
        all_sent = sent == ["sent"] * answers
        return all_sent and len(phones.heard(chat_id)) >= answers and not phones.waiting()

    return done


def test_an_answer_is_sent_settled_and_confirmed(ears, phones, well, begin):
    phones.say(well, "/help")
    ears.until(heard_all(phones, begin, well, 1))
    [row] = rows(begin, Message)
    assert (row.state, row.sent_body) == ("sent", phones.heard(well)[0])


def test_an_update_that_fails_three_times_is_set_aside_and_blocks_nobody(
    ears, phones, well, broken, begin
):
    phones.say(broken, "/visit")
    phones.say(well, "/help")
    ears.until(lambda: phones.heard(well) and phones.heard(broken) and not phones.waiting())
    assert "did not work" in phones.heard(broken)[0] or "sorry" in phones.heard(broken)[0].lower()
    [aside] = [one for one in rows(begin, TelegramUpdate) if one.set_aside]
    assert (aside.failures, aside.raw["message"]["text"]) == (3, "/visit")
    assert [one.kind for one in rows(begin, InboxItem)] == ["broken_update"]


def test_an_update_that_comes_again_changes_nothing(ears, phones, well, begin):
    repeated = "webhook" if ears.settings.webhook_url else "getUpdates"
    phones.fault("repeat", method=repeated, times=3)
    for text in ("one", "two", "three"):
        phones.say(well, text)
    ears.until(heard_all(phones, begin, well, 3))
    assert words(begin) == ["one", "two", "three"]


def test_the_same_message_under_a_new_update_number_is_not_heard_twice(
    ears, phones, well, begin
):
    told = phones.say(well, "my shoes are tight")
    seen = {"message_id": told["message_id"], "text": "my shoes are tight"}
    phones.send(well, **seen)
    phones.say(well, "that is all")
    ears.until(heard_all(phones, begin, well, 2))
    assert words(begin) == ["my shoes are tight", "that is all"]


def test_updates_that_get_lost_on_their_way_are_heard_later_in_their_order(
    ears, phones, well, begin
):
    phones.fault("drop", method="webhook" if ears.settings.webhook_url else "getUpdates", times=2)
    for number in range(5):
        phones.say(well, f"line {number}")
    ears.until(heard_all(phones, begin, well, 5))
    assert words(begin) == [f"line {number}" for number in range(5)]


def answers_in_order(begin, chat_id) -> list[str]:
    """The replies of a chat as their rows were made."""
    with begin() as work:
        query = select(Message.sent_body).where(Message.chat_id == chat_id)
        return list(work.session.exec(query.order_by(col(Message.id))))


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "status", "status": 500, "times": 3},
        {"kind": "status", "status": 429, "retry_after": 1, "times": 2},
    ],
    ids=["down", "too many"],
)
def test_what_telegram_does_not_take_goes_later_and_in_order(
    ears, phones, well, begin, trouble
):
    phones.fault(**trouble, method="sendMessage")
    with working(ears.settings, begin):
        texts = ["/help", "/more", "/visit", "/language", "/cancel", "/help"]
        for text in texts:
            phones.say(well, text)
        ears.until(heard_all(phones, begin, well, len(texts)))
    assert phones.heard(well) == answers_in_order(begin, well)


def test_a_telegram_that_does_not_answer_for_one_chat_holds_up_no_other(
    ears, phones, well, patient, begin
):
    other = linked(begin, phones, patient)
    phones.fault("timeout", method="sendMessage", to=str(well), times=1)
    phones.say(well, "/help")
    phones.say(other, "/help")
    ears.until(lambda: phones.heard(other), within_s=7)
    with working(ears.settings, begin):
        ears.until(heard_all(phones, begin, well, 1))


def test_a_patient_who_blocks_the_bot_goes_on_the_call_list_at_once(
    ears, phones, well, patient, begin
):
    for status in ("kicked", "member"):
        place = {"id": well, "type": "private"}
        phones.send(well, "my_chat_member", chat=place, new_chat_member={"status": status})
    phones.send(well, "my_chat_member", chat=place, new_chat_member={"status": "kicked"})
    ears.until(lambda: not phones.waiting() and len(rows(begin, TelegramUpdate)) == 3)
    assert [one.state for one in rows(begin, Chat)] == ["blocked"]
    assert [(one.kind, one.patient_id) for one in rows(begin, InboxItem)] == [
        ("unreachable", patient.id)
    ]
    phones.say(well, "/help")
    ears.until(lambda: phones.heard(well) and not phones.waiting())
    assert [one.state for one in rows(begin, Chat)] == ["active"]


def test_a_group_is_told_once_and_left_and_nothing_of_it_is_kept(ears, phones, well, begin):
    group = -phones.new_chat()
    place = {"id": group, "type": "supergroup", "title": "<b>all of us</b>"}
    member = {"status": "member"}
    phones.send(group, "my_chat_member", chat=place, new_chat_member=member)
    for number in range(1, 4):
        phones.send(group, message_id=100 + number, text="hello all", chat=place)
    phones.send(group, "channel_post", chat=place | {"type": "channel"}, text="news")
    phones.say(well, "/help")
    ears.until(lambda: phones.heard(well) and phones.heard(group) and not phones.waiting())
    assert set(phones.heard(group)) == {
        "I can help you in a private chat only. Please write to me there. I am leaving this group now."
    }
    assert [one.chat_id for one in rows(begin, TelegramUpdate)] == [well]
    assert [one.id for one in rows(begin, Chat)] == [well]


FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 9}
PLACE = {"latitude": 30.5, "longitude": 114.3}
KINDS = {
    "text": {"text": "😀 <b>bold</b> & مرحبا"},
    "caption": {"photo": [FILE], "caption": "<i>look</i>"},
    "photo": {"photo": [FILE, FILE | {"file_id": "f2"}]},
    "voice": {"voice": FILE | {"duration": 3}},
    "audio": {"audio": FILE | {"duration": 3}},
    "video": {"video": FILE},
    "video_note": {"video_note": FILE},
    "animation": {"animation": FILE, "document": FILE},
    "sticker": {"sticker": FILE | {"emoji": "😀"}},
    "document": {"document": FILE | {"file_name": "<x>.pdf"}},
    "location": {"location": PLACE},
    "venue": {"venue": {"location": PLACE, "title": "x"}, "location": PLACE},
    "contact": {"contact": {"phone_number": "+861", "first_name": "<b>"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "poll": {"poll": {"id": "1", "question": "?"}},
    "game": {"game": {"title": "x", "photo": [FILE]}},
    "story": {"story": {"id": 4}},
    "paid_media": {"paid_media": {"star_count": 1}},
    "checklist": {"checklist": {"title": "x"}},
    "unheard of": {"a_kind_of_next_year": {}},
    "pinned": {"pinned_message": {"message_id": 1}},
    "nothing": {},
}


def test_every_kind_of_message_is_answered(ears, phones, patient, begin):
    chats = {kind: linked(begin, phones, patient) for kind in KINDS}
    stranger = phones.new_chat()
    for kind, content in KINDS.items():
        phones.send(chats[kind], **content)
    phones.send(stranger, sticker=FILE)
    ears.until(lambda: all(phones.heard(one) for one in (*chats.values(), stranger)))
    assert all(one.set_aside is False for one in rows(begin, TelegramUpdate))


def test_what_is_edited_is_heard_as_it_stands_now(ears, phones, well, begin):
    told = phones.say(well, "my shoes are tigth")
    phones.send(well, "edited_message", message_id=told["message_id"], text="my shoes are tight")
    ears.until(heard_all(phones, begin, well, 2))
    assert words(begin) == ["my shoes are tigth", "my shoes are tight"]


def test_an_edit_that_changes_no_word_and_a_walk_shared_live_are_not_answered(
    ears, phones, well, begin
):
    told = phones.say(well, "my shoes are tight")
    phones.send(well, "edited_message", message_id=told["message_id"], text="my shoes are tight")
    phones.send(well, "edited_message", message_id=900, location=PLACE)
    phones.say(well, "that is all")
    ears.until(heard_all(phones, begin, well, 2))
    assert words(begin) == ["my shoes are tight", "that is all"]


def test_a_double_tap_on_all_as_usual_is_one_report(ears, phones, well, begin):
    phones.say(well, "/help")
    ears.until(heard_all(phones, begin, well, 1))
    for _ in range(2):
        phones.tap(well, "go:well")
    ears.until(heard_all(phones, begin, well, 3))
    assert len(rows(begin, SymptomReport)) == 1


def test_a_thousand_updates_in_a_burst_are_answered_in_the_order_of_each_chat(
    ears, phones, patient, begin
):
    if bool(ears.settings.webhook_url) != ears.settings.database_url.startswith("postgres"):
        pytest.skip("as it is deployed: polling on SQLite, the webhook on PostgreSQL")
    chats = [linked(begin, phones, patient) for _ in range(40)]
    lines = [{"text": f"/{name}"} for name in ("help", "more", "visit", "language", "cancel") * 5]
    body = {"chat_ids": chats, "lines": lines}
    ask_json("POST", f"{phones.url}/control/telegram/burst", body)
    ears.until(lambda: not ask_json("GET", f"{phones.url}/control/telegram/burst")["left"], 120)
    for chat_id in chats:
        assert phones.heard(chat_id) == answers_in_order(begin, chat_id)
        assert len(phones.heard(chat_id)) == 25


def test_sent_late_means_on_the_phone_once(ears, phones, well, begin):
    """An answer of Telegram that gets lost on its way is sent again, and its row says so."""
    phones.fault("drop", method="sendMessage", times=1)
    with working(ears.settings, begin):
        phones.say(well, "/help")
        ears.until(heard_all(phones, begin, well, 1))
    [row] = rows(begin, Message)
    assert (len(phones.heard(well)), row.attempts) == (2, 2)
