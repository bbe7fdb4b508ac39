"""One phone serves one patient; a patient has one own phone and any number of carers'."""

import random
from dataclasses import replace

import pytest
from sqlmodel import select

from app.delivery import Post, deliver_due
from app.senders import Sent
from app.services.invitations import invite
from app.services.messages import tell
from app.services.reports import list_reports
from app.services.visits import plan_visit
from app.settings import load_settings
from models import Audit, Chat, Clinic, Dose, InboxItem, Message, Patient, Regimen, Sex
from models.columns import new_id

OWN, OTHER = 77, 78


@pytest.fixture
def second(begin) -> Patient:
    """A patient of another clinic, born 1950."""
    with begin() as work:
        work.session.add(Clinic(id="beijing", name="Other clinic"))
        work.session.flush()
        patient = Patient(clinic_id="beijing", id=new_id(work.now), code="P-0009",
                          year_of_birth=1950, sex=Sex.MALE, registered_at=work.now)  # fmt: skip
        work.session.add(patient)
        work.session.flush()
        work.session.add(Regimen(clinic_id="beijing", id=new_id(work.now), patient_id=patient.id,
                                 daily_dose_mg=400, started_on=work.now.date(), recorded_at=work.now))  # fmt: skip
    return patient


@pytest.fixture
def card(begin):
    """A code for a patient, or for a carer of one."""

    def card(patient: Patient, proxy: bool = False) -> str:
        with begin() as work:
            return invite(work, work.session.merge(patient), "bot", proxy=proxy).code

    return card


@pytest.fixture
def deliver(begin):
    """Send what is due; who got which text."""

    def deliver() -> list[tuple[int, str]]:
        got: list[tuple[int, str]] = []

        def say(many):
            got.extend((chat, words.text) for chat, words in many)
            return [Sent("1") for _ in many]

        post = Post(say, lambda *_: Sent("SM"), lambda *_: Sent("SM"))
        deliver_due(begin, post, load_settings({"SANDBOX": "1"}))
        return got

    return deliver


def joins(phone, code, year, consent="link.consent"):
    phone.says(f"/start {code}")
    phone.says(str(year))
    return phone.taps(f"{consent}:agree")


def chat(begin, number=OWN) -> Chat:
    with begin() as work:
        return work.session.get(Chat, number)


def audited(begin, patient):
    with begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.patient_id == patient.id))
        return [(row.clinic_id, row.actor, row.action) for row in rows]


def labels(said):
    return [button.label for row in said.buttons for button in row]


def test_a_code_for_another_patient_is_never_attached_quietly(phone, card, begin, patient, second):
    joins(phone, card(patient), 1966)
    said = phone.says(f"/start {card(second)}")
    assert "一位患者" in said.text and labels(said)[:2] == ["保持现在的绑定", "改为绑定新的"]
    assert chat(begin).patient_id == patient.id
    assert "没有改动" in phone.taps("relink:keep").text
    assert chat(begin).patient_id == patient.id


def test_the_new_one_is_linked_after_its_own_year_and_consent(phone, card, begin, patient, second):
    joins(phone, card(patient), 1966)
    phone.says(f"/start {card(second)}")
    assert "出生年份" in phone.taps("relink:new").text
    assert "不一致" in phone.says("1966").text
    assert "同意" in phone.says("1950").text
    assert chat(begin).patient_id == patient.id
    phone.taps("relink.consent:agree")
    assert (chat(begin).clinic_id, chat(begin).patient_id) == ("beijing", second.id)
    assert ("wuhan", "patient", "link.end") in audited(begin, patient)
    assert ("beijing", "patient", "link") in audited(begin, second)
    assert ("beijing", "patient", "consent") in audited(begin, second)


def test_who_does_not_agree_to_the_new_one_keeps_the_old(phone, card, begin, patient, second):
    joins(phone, card(patient), 1966)
    phone.says(f"/start {card(second)}")
    phone.taps("relink:new")
    phone.says("1950")
    phone.taps("relink.consent:decline")
    assert chat(begin).patient_id == patient.id


def test_three_wrong_years_for_the_new_one_leave_the_phone_as_it_was(phone, card, begin, patient, second):
    joins(phone, card(patient), 1966)
    phone.says(f"/start {card(second)}")
    phone.taps("relink:new")
    for year in ("1951", "1952", "1953"):
        said = phone.says(year)
    assert "还是原来的绑定" in said.text
    assert (chat(begin).patient_id, chat(begin).flow) == (patient.id, None)
    with begin() as work:
        [item] = work.session.exec(select(InboxItem)).all()
    assert (item.clinic_id, item.kind, item.patient_id) == ("beijing", "linking", second.id)


def test_messages_for_the_former_patient_never_reach_the_phone(phone, card, begin, patient, second, deliver):
    joins(phone, card(patient), 1966)
    with begin() as work:
        mine = work.session.merge(patient)
        tell(work, mine, "x", "visit.take_now", about="visit:1")
        tell(work, mine, "y", "nav.paused", about="inbox:1")
    phone.says(f"/start {card(second)}")
    phone.taps("relink:new")
    phone.says("1950")
    phone.taps("relink.consent:agree")
    assert [text for to, text in deliver() if to == OWN] == []
    with begin() as work:
        states = {row.state for row in work.session.exec(select(Message).where(Message.dedupe.in_(["x:77", "y:77"])))}
    assert states == {"cancelled"}


def test_a_message_on_its_way_when_the_phone_changed_hands_is_not_sent_again(phone, card, begin, patient, second, deliver):
    joins(phone, card(patient), 1966)
    with begin() as work:
        tell(work, work.session.merge(patient), "x", "visit.take_now")
        row = work.session.exec(select(Message).where(Message.dedupe == "x:77")).one()
        row.state, row.leased_until = "sending", row.made_at.replace(year=2020)
    phone.says(f"/start {card(second)}")
    phone.taps("relink:new")
    phone.says("1950")
    phone.taps("relink.consent:agree")
    assert deliver() == []


def test_what_is_told_after_the_change_is_the_new_patients(phone, card, begin, patient, second):
    joins(phone, card(patient), 1966)
    phone.says(f"/start {card(second)}")
    phone.taps("relink:new")
    phone.says("1950")
    phone.taps("relink.consent:agree", "go:well")
    with begin() as work:
        assert len(list_reports(work, work.session.merge(second))) == 1
        assert list_reports(work, work.session.merge(patient)) == []


def test_the_own_card_once_more_is_answered_kindly(phone, card, begin, patient):
    code = card(patient)
    joins(phone, code, 1966)
    for again in (code, card(patient)):
        assert "已经绑定好了" in phone.says(f"/start {again}").text
    assert "没有改动" in phone.says("/start NOSUCH23").text
    assert chat(begin).patient_id == patient.id


def test_a_code_may_be_the_first_thing_said(phone, code):
    assert "出生年份" in phone.says(f"{code[:4]} {code[4:].lower()}").text


def test_the_second_phone_of_two_with_one_code_is_refused_at_consent(phone, card, begin, patient):
    code = card(patient)
    other = replace(phone, chat_id=OTHER)
    for one in (phone, other):
        one.says(f"/start {code}")
        one.says("1966")
    phone.taps("link.consent:agree")
    assert "失效" in other.taps("link.consent:agree").text
    assert chat(begin, OTHER).patient_id is None


def test_a_red_flag_from_a_phone_without_a_record_gets_the_emergency_text(phone, clinic):
    assert "120" in phone.says("我吐血了").text
    assert "120" in phone.says("胸口很痛，喘不上气").text


def test_a_new_phone_of_the_patient_ends_the_lost_one(phone, card, begin, patient, deliver, clock):
    joins(phone, card(patient), 1966)
    with begin() as work:
        plan_visit(work, work.session.merge(patient), clock.now.replace(day=28))
    new = replace(phone, chat_id=OTHER)
    joins(new, card(patient), 1966)
    assert (chat(begin, OTHER).patient_id, chat(begin).patient_id) == (patient.id, None)
    with begin() as work:
        waiting = work.session.exec(select(Message).where(Message.state == "queued")).all()
    assert {row.chat_id for row in waiting} == {OTHER} and waiting
    assert "不再和医院绑定" in phone.says("你好").text
    assert ("wuhan", "patient", "link.end") in audited(begin, patient)


def test_a_button_on_the_lost_phone_changes_nothing(phone, card, begin, patient):
    joins(phone, card(patient), 1966)
    joins(replace(phone, chat_id=OTHER), card(patient), 1966)
    assert "不再和医院绑定" in phone.taps("dose:taken_now").text
    with begin() as work:
        assert work.session.exec(select(Dose)).all() == []


def test_carers_stand_beside_the_patient_and_are_marked(phone, card, begin, patient):
    joins(phone, card(patient), 1966)
    carer = replace(phone, chat_id=OTHER)
    assert "请输入患者的出生年份" in carer.says(f"/start {card(patient, proxy=True)}").text
    assert "家属" in carer.says("1966").text
    assert "家属" in carer.taps("link.consent_carer:agree").text
    assert (chat(begin).patient_id, chat(begin, OTHER).patient_id) == (patient.id, patient.id)
    assert (chat(begin).proxy, chat(begin, OTHER).proxy) == (False, True)
    carer.taps("go:well")
    with begin() as work:
        assert [one.provenance for one in list_reports(work, work.session.merge(patient))] == ["proxy"]


def test_a_new_own_phone_leaves_the_carers(phone, card, begin, patient):
    carer = replace(phone, chat_id=OTHER)
    joins(carer, card(patient, proxy=True), 1966, "link.consent_carer")
    joins(phone, card(patient), 1966)
    assert chat(begin, OTHER).patient_id == patient.id


def test_a_visit_planned_before_the_phone_was_linked_is_reminded_of(phone, card, begin, patient, clock):
    with begin() as work:
        plan_visit(work, work.session.merge(patient), clock.now.replace(day=28))
    joins(phone, card(patient), 1966)
    with begin() as work:
        keys = {row.key for row in work.session.exec(select(Message).where(Message.state == "queued"))}
    assert {"visit.eve", "visit.dose", "visit.hold", "visit.drawn_ask"} <= keys


WORDS = ("/start", "hello", "1966", "1967", "1950", "2001", "/start ABCD2345", "ZZZZ9999", "吐血了", "/cancel", "/language")
TAPS = ("link.consent:agree", "relink:new", "relink.consent:agree", "relink.consent_carer:agree",
        "link.consent_carer:agree", "nav:back", "nav:cancel", "consent:agree", "go:well", "language:en")  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_stranger_types_links_no_phone_without_code_and_year(phone, card, begin, patient, second, seed):
    chance = random.Random(seed)
    code = card(patient)
    theirs = replace(phone, chat_id=OTHER)
    joins(theirs, card(second), 1950)
    for _ in range(80):
        one = chance.choice((phone, theirs))
        if chance.random() < 0.5:
            one.taps(chance.choice(TAPS))
        else:
            # the right code comes with wrong years only
            words = [*(word for word in WORDS if word != "1966"), f"/start {code}", code]
            one.says(chance.choice([*words, str(chance.randrange(1900, 1966))]))
        assert (chat(begin).patient_id if chat(begin) else None) is None
        assert chat(begin, OTHER).patient_id == second.id
