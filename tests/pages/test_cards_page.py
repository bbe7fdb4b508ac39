"""Cards for whoever has no phone linked: chosen together, one code each, printed once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.services.linking import find_invitation, link
from app.services.patients import register_patient
from app.services.unlinked import MOST_CARDS, make_cards, unlinked
from models import Audit, Chat, ChatState, Clinic, Invitation, Patient, Sex, Staff

NURSE = "nurse@example.com"


@pytest.fixture
def nurse(signed_in):
    return signed_in(NURSE)


@pytest.fixture
def unlinked_of(demo_begin):
    def unlinked_of(**asked) -> list[str]:
        with demo_begin() as work:
            return [one.patient.code for one in unlinked(work, "demo", **asked)[0]]

    return unlinked_of


@pytest.fixture
def registered(demo_begin):
    """registered(n, ...) -> the ids of that many new patients."""

    def registered(count: int, **more) -> list[str]:
        with demo_begin() as work:
            fields = {"year_of_birth": 1960, "sex": Sex.MALE, **more}
            return [register_patient(work, "demo", fields).id for _ in range(count)]

    return registered


@pytest.fixture
def sheets(nurse, csrf_of):
    def sheets(*patient_ids: str, **kept: str):
        token = csrf_of(nurse.get("/cards").text)
        return nurse.post("/cards?lang=en", data={"patient_id": list(patient_ids), "csrf_token": token, **kept})

    return sheets


def codes(page) -> list[str]:
    return [one.replace(" ", "") for one in re.findall(r'class="code">([A-Z2-9 ]{9})<', page.text)]


def test_who_has_no_phone_of_their_own_stands_there_and_nobody_else(
    demo_begin, unlinked_of, registered, patient_ids, clock
):
    new = registered(5)
    states = {"erased_at": clock.now, "died_on": clock.now.date()}
    with demo_begin() as work:
        rows = [work.session.get_one(Patient, ("demo", one)) for one in new]
        for row, (name, value) in zip(rows, states.items(), strict=False):
            setattr(row, name, value)
        for number, proxy in ((2, True), (3, False)):
            work.session.add(Chat(id=9000 + number, clinic_id="demo", patient_id=new[number], proxy=proxy, state=ChatState.ACTIVE))
        ours = {row.code for row in (rows[2], rows[4])}
        linked = set(work.session.exec(select(Chat.patient_id).where(Chat.clinic_id == "demo", ~Chat.proxy)))
    before = {code for code, one in patient_ids.items() if one not in linked}
    assert set(unlinked_of()) == ours | before


def test_a_card_has_a_code_that_links_one_phone_once(sheets, registered, demo_begin):
    first, second = registered(2, language="en")
    page = sheets(first, second)
    assert page.status_code == 200 and len(set(codes(page))) == 2
    with demo_begin() as work:
        chat = Chat(id=4711)
        work.session.add(chat)
        assert link(work, chat, codes(page)[0]).id == first
        assert find_invitation(work, codes(page)[1]).patient_id == second
    with demo_begin() as work:
        used = work.session.exec(select(Invitation).where(Invitation.patient_id == first)).one()
        noted = work.session.exec(select(Audit.about).where(Audit.action == "patient.invite").order_by(Audit.id)).all()
        assert used.used_at is not None and used.expires_at - used.used_at == timedelta(days=14)
        assert noted[0] == used.id and len(noted) == 2


def test_a_card_speaks_the_patients_language_and_names_the_bot_and_the_last_day(sheets, registered):
    [chinese], [english] = registered(1, language="zh-CN"), registered(1, language="en")
    page = sheets(chinese, english).text
    first, second = page.split('<article class="to-cut"')[1:]
    assert 'lang="zh-CN"' in first and "输入您的出生年份" in first and "2026年12月8日" in first
    assert 'lang="en"' in second and "Type your year of birth" in second and "December 8, 2026" in second
    assert first.count("@") == second.count("@") == 1 and "<svg" in first
    assert "1960" not in page.replace("1958", "")  # the year that links is on no card
    assert "page." not in page.replace("/clinic-static", "")


@pytest.mark.parametrize(("count", "sheets_of"), [(1, [1]), (8, [8]), (9, [8, 1])])
def test_eight_stand_on_a_sheet(sheets, registered, count, sheets_of):
    page = sheets(*registered(count)).text
    assert [one.count('<article class="to-cut"') for one in page.split('<section class="sheet"')[1:]] == sheets_of


def test_with_nobody_chosen_or_too_many_nothing_is_made(sheets, registered, demo_begin):
    for chosen in ([], registered(MOST_CARDS + 1)):
        answer = sheets(*chosen, code="P-", after="x")
        assert answer.status_code == 302 and answer.location == "/cards?code=P-&after=x"
    with demo_begin() as work:
        assert work.session.exec(select(Audit).where(Audit.action == "patient.invite")).all() == []


def test_for_whom_a_phone_was_linked_meanwhile_there_is_no_card_and_that_is_said(sheets, registered, demo_begin):
    first, second = registered(2)
    with demo_begin() as work:
        work.session.add(Chat(id=5, clinic_id="demo", patient_id=first, state=ChatState.ACTIVE))
    page = sheets(first, second)
    assert len(codes(page)) == 1 and "For 1 of those chosen there is no card" in page.text
    assert sheets(first).location == "/cards"


def test_another_clinics_patient_gets_no_card_and_neither_do_those_beside_it(sheets, registered, demo_begin):
    [mine] = registered(1)
    with demo_begin() as work:
        work.session.add(Clinic(id="other", name="Other"))
        work.session.flush()
        theirs = register_patient(work, "other", {"year_of_birth": 1960, "sex": Sex.MALE}).id
    assert sheets(mine, theirs).status_code == 404
    with demo_begin() as work:
        assert work.session.exec(select(Invitation).where(Invitation.patient_id.in_([mine, theirs]))).all() == []


def test_they_are_read_a_page_at_a_time_by_part_of_a_code(nurse, registered, unlinked_of, demo_begin):
    registered(MOST_CARDS)
    first = nurse.get("/cards").text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    both = [set(re.findall(r"<b>(P-\d+)</b>", page)) for page in (first, nurse.get(following).text)]
    assert not both[0] & both[1] and both[0] | both[1] == set(unlinked_of(limit=1000))
    assert unlinked_of(q="p-0041") == ["P-0041"]
    assert "card until" not in nurse.get("/cards?lang=en&code=P-0041").text
    with demo_begin() as work:
        one = work.session.exec(select(Patient).where(Patient.code == "P-0041")).one()
        make_cards(work, "demo", [one.id], "bot", "staff:1")
        work.session.exec(select(Invitation).where(Invitation.patient_id == one.id)).one().expires_at = datetime(2026, 12, 1, 4, tzinfo=UTC)
    assert "card until Dec 1, 2026" in nurse.get("/cards?lang=en&code=P-0041").text


def test_a_clinic_without_patients_is_not_told_that_all_have_a_phone(nurse, demo_begin):
    with demo_begin() as work:
        work.session.add(Clinic(id="new", name="New"))
        work.session.flush()
        work.session.exec(select(Staff).where(Staff.email == "nurse@example.com")).one().clinic_id = "new"
    page = nurse.get("/cards?lang=en").text
    assert "No patient is registered yet" in page and "Every patient has a phone" not in page
