"""What is tapped twice, late, from two devices or after a new release breaks nothing."""

from dataclasses import replace
from itertools import count

import pytest
from sqlmodel import select

from bot.chats import Media, Said
from bot.conversation import hear
from bot.flows import FLOWS
from models import Alert, Chat, InboxItem, Message, SymptomReport

CHAT = 77
FIRST = "symptoms.which"


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def chat(begin) -> Chat:
    with begin() as work:
        return work.session.get(Chat, CHAT)


def leave_in(begin, flow, answers, paused=None):
    """A chat as another release of the bot left it."""
    with begin() as work:
        one = work.session.get(Chat, CHAT)
        one.flow, one.answers, one.paused = flow, answers, paused or {}


def data_of(said) -> list[str]:
    return [button.data for row in said.buttons for button in row]


class Bubble:
    """Taps as Telegram tells them: each with its own number, and how the bubble looked."""

    numbers = count(9000)

    def __init__(self, begin) -> None:
        self.begin = begin

    def tapped(self, data, looks="1", told=None):
        number = next(self.numbers)
        with self.begin() as work:
            heard = hear(work, Said(
                number, CHAT, tap=data, told=told or f"tap:{number}", pressed=f"{looks}:{data}"
            ))  # fmt: skip
            return heard.words if heard else None


@pytest.fixture
def bubble(linked, begin):
    return Bubble(begin)


def test_all_as_usual_tapped_twice_is_one_report_and_shows_home(bubble, begin):
    bubble.tapped("go:well")
    assert "您想做什么" in bubble.tapped("go:well").text
    assert len(every(begin, SymptomReport)) == 1


def test_a_second_tap_does_not_take_back_a_tick(bubble, begin):
    bubble.tapped("go:symptoms")
    bubble.tapped("symptoms.which:several")
    bubble.tapped("symptoms.families:edema", "2")
    bubble.tapped("symptoms.families:edema", "2")
    assert chat(begin).answers["symptoms.families*"] == ["edema"]
    bubble.tapped("symptoms.families:edema", "2 with its tick")
    assert chat(begin).answers["symptoms.families*"] == []


def test_a_second_tap_on_back_goes_back_once(bubble, linked, begin):
    linked.taps("go:symptoms", "symptoms.which:edema", "symptoms.edema.one:periorbital_edema")
    bubble.tapped("nav:back", "3")
    bubble.tapped("nav:back", "3")
    assert chat(begin).answers == {"symptoms.which": "edema"}


def test_the_same_button_later_or_after_other_words_is_a_new_wish(bubble, linked, begin, clock):
    bubble.tapped("go:well")
    linked.says("/help")
    bubble.tapped("go:well")
    clock.now = clock.now.replace(hour=5)
    bubble.tapped("go:well")
    assert len(every(begin, SymptomReport)) == 3


def test_a_tap_or_message_that_comes_again_under_a_new_number_acts_once(bubble, begin):
    bubble.tapped("go:well", told="tap:1")
    assert bubble.tapped("go:well", looks="another bubble", told="tap:1") is None
    assert len(every(begin, SymptomReport)) == 1


def test_updates_out_of_their_order_are_all_heard_once(linked, begin):
    for number in (12, 11, 14, 13, 11, 12):
        linked.says(f"line {number}", update_id=number)
    assert [one.text for one in every(begin, InboxItem)] == [
        f"line {number}" for number in (12, 11, 14, 13)
    ]


def test_two_devices_in_one_chat_answer_each_question_once(linked, begin):
    linked.taps("go:symptoms")
    for step in ("symptoms.which:edema", "symptoms.edema.one:periorbital_edema",
                 "periorbital_edema.swelling:soft", "periorbital_edema.also:none",
                 "symptoms.last:ok"):  # fmt: skip
        linked.taps(step, step)
    assert len(every(begin, SymptomReport)) == 1


def test_a_report_of_an_older_release_is_gone_on_with_and_asks_what_no_longer_fits(linked, begin):
    leave_in(begin, "symptoms", {
        "symptoms.families": ["edema", "a family of before"],
        "symptoms.edema": ["periorbital_edema"],
        "symptoms.gone": "yes",
        "periorbital_edema.swelling": "an option of before",
    })  # fmt: skip
    said = linked.says("hello")
    assert "periorbital_edema.swelling:soft" in data_of(said)
    linked.taps("periorbital_edema.swelling:soft", "periorbital_edema.also:none", "symptoms.last:ok")
    [report] = every(begin, SymptomReport)
    assert report.families["edema"] >= 1


def test_a_flow_that_lost_its_last_question_asks_the_one_before_again(linked, begin):
    leave_in(begin, "dose", {"dose": "missed"})
    assert "dose:missed" in data_of(linked.says("hello"))


@pytest.mark.parametrize("answers", [{}, {"old.step": "x"}, {"old.step*": ["x"]}])
def test_a_flow_that_is_no_more_leads_home(linked, begin, answers):
    leave_in(begin, "a flow of before", answers, {"another": {"x": "y"}})
    assert "go:more" in data_of(linked.says("hello"))
    assert "go:more" in data_of(linked.taps("old.step:x"))
    assert chat(begin).flow is None


@pytest.mark.parametrize("name", sorted(FLOWS))
@pytest.mark.parametrize("tapped", ["{step}:gone", "gone.step:x", "nav:gone", "go:gone", "", ":", "x"])
def test_a_button_of_another_release_is_answered_and_changes_nothing(linked, begin, name, tapped):
    leave_in(begin, name, {})
    data = tapped.format(step=FLOWS[name].steps[0].code)
    assert linked.taps(data).text
    assert not [step.code for step in FLOWS[name].steps if step.code in chat(begin).answers]
    assert every(begin, SymptomReport) == every(begin, Alert) == []


def test_a_paused_questionnaire_of_another_release_is_resumed(linked, begin):
    step = FLOWS["sf36"].steps[0].code
    leave_in(begin, None, {}, {"sf36": {step: "gone", "sf36.gone": "1"}})
    assert any(one.startswith(step) for one in data_of(linked.taps("go:sf36")))


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b> & <script>", "😀👨‍👩‍👧", "مرحبا بكم في العيادة", "‮txet desrever", "x" * 10_000,
     "长话" * 5_000, "{name} {0} %s", "/", "/@", "//", "\n\n"],
    ids=["html", "emoji", "arabic", "override", "long", "long chinese", "braces", "slash", "at",
         "slashes", "blank"],
)  # fmt: skip
def test_whatever_is_written_is_answered_and_kept_whole(linked, begin, text):
    assert linked.says(text).text
    if not text.startswith("/"):
        assert [one.text.strip() for one in every(begin, InboxItem)] in ([text.strip()], ["(no text)"])


@pytest.mark.parametrize("kind", ["sticker", "location", "dice", "other", "video_note"])
def test_what_is_no_text_is_answered_wherever_the_chat_stands(linked, begin, kind):
    for number, name in enumerate((None, *FLOWS)):
        leave_in(begin, name, {})
        with begin() as work:
            assert hear(work, Said(500 + number, CHAT, media=Media(kind))).words.text


def test_a_stranger_is_answered_whatever_they_send(phone, begin, clinic):
    stranger = replace(phone, chat_id=78)
    assert stranger.says("hello").text
    assert stranger.taps("go:well", "nav:back", "dose:taken_now", "link.consent:agree").text
    with begin() as work:
        assert hear(work, Said(1, 78, media=Media("sticker"))).words.text
    assert {one.chat_id for one in every(begin, Message)} == {78}
