"""At a red flag a patient reads the clinic's own words where it has some, else ours."""

import pytest

from app.delivery.preparing import prepare
from app.services.clinics import change_clinic
from app.services.consent import set_consent_version
from app.settings import load_settings
from bot.chats import Said
from bot.conversation import hear
from models import Chat, Message

OWN = {
    "emergency_zh_cn": "请马上打 027-8366 2688（急诊，24 小时），或拨打 120。{不是占位符}",
    "emergency_en": "Call 027-8366 2688 (24 hours) or 120 now. <b>Not markup</b>",
}
BREATH = ("go:symptoms", "symptoms.which:edema", "symptoms.edema.one:pulmonary_edema")


@pytest.fixture
def own(begin, clinic):
    with begin() as work:
        change_clinic(work, clinic.id, OWN, "staff:1")


def reads_english(begin) -> None:
    with begin() as work:
        work.session.get_one(Chat, 77).language = "en"


def test_words_of_a_red_flag(linked, own):
    assert linked.says("我吐血了").text.startswith(OWN["emergency_zh_cn"])


def test_in_the_language_of_the_chat(linked, begin, own):
    reads_english(begin)
    assert linked.says("I am vomiting blood").text.startswith(OWN["emergency_en"])


def test_without_words_of_the_clinic_ours_are_said(linked):
    assert linked.says("我吐血了").text.startswith("请不要等：现在就拨打 120")


def test_above_an_open_question(linked, own):
    said = linked.taps(*BREATH, "pulmonary_edema.breath:gasping")
    assert said.text.startswith(OWN["emergency_zh_cn"] + "\n\n") and len(said.buttons) > 1


def test_after_a_whole_report(linked, own):
    said = linked.taps(*BREATH, "pulmonary_edema.breath:gasping", "pulmonary_edema.also:none", "symptoms.last:ok")
    assert said.text.startswith(OWN["emergency_zh_cn"])


def test_while_a_newer_consent_is_due(linked, begin, own):
    with begin() as work:
        set_consent_version(work, "wuhan", "2")
    linked.taps("consent:decline")
    assert linked.says("我吐血了").text == OWN["emergency_zh_cn"]


def test_after_a_command(linked, own):
    assert linked.says("/help 吐血").text.startswith(OWN["emergency_zh_cn"])


def test_who_is_not_linked_reads_ours_because_no_clinic_is_known(phone, own):
    assert phone.says("我吐血了").text.startswith("请不要等：现在就拨打 120")


def test_a_reply_that_a_worker_sends_later_has_the_words_of_that_moment(linked, begin, own):
    with begin() as work:
        heard = hear(work, Said(5, 77, text="我吐血了"))
    with begin() as work:
        change_clinic(work, "wuhan", {"emergency_zh_cn": "请拨打 120。"}, "staff:1")
    with begin() as work:
        row = work.session.get_one(Message, (heard.clinic_id, heard.message_id))
        assert row.key == "symptoms.emergency"
        said = prepare(work, row, 2, load_settings({"SANDBOX": "1"}))
    assert said.words.text.startswith("请拨打 120。")
