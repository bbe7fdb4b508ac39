"""A patient's own words and photos stand where they are needed: alert, summary and its print."""

from datetime import timedelta

import pytest

from app.services.both_sides import both_sides
from app.services.free_text import hear_words
from app.services.media import receive
from app.services.messages import tell
from models import Alert, Chat, InboxKind, MediaKind, Patient, Visit, VisitStatus
from models.columns import new_id
from tests.pdf_text import pdf_text

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"
EYES, FAINTED = "昨晚开始眼睛肿得只剩一条缝", "刚才晕倒了"


@pytest.fixture
def says(demo_begin, patient_ids, clock):
    """says(words, code) -> the item; what P-0001 wrote five minutes later than the last."""

    def says(words: str, code: str = "P-0001", kind: InboxKind = InboxKind.TEXT):
        clock.now += timedelta(minutes=5)
        with demo_begin() as work:
            patient = work.session.get_one(Patient, ("demo", patient_ids[code]))
            item = hear_words(work, patient, words, kind).item
            if kind != InboxKind.TEXT:
                receive(work, patient, MediaKind(kind.value), "file", inbox_id=item.id)
        return item

    return says


def open_alert_of(begin, patient_id):
    with begin() as work:
        rows = work.session.query(Alert).filter_by(patient_id=patient_id, state="open")
        return rows.order_by(Alert.raised_at.desc()).first()


def test_the_alert_shows_the_words_that_raised_it_and_those_of_the_day_before(
    signed_in, says, demo_begin, patient_ids
):
    says(EYES)
    says("", kind=InboxKind.PHOTO)
    says(FAINTED)
    says("这是另一个人的话", code="P-0002")
    alert = open_alert_of(demo_begin, patient_ids["P-0001"])
    page = signed_in(NURSE).get(f"/alerts/{alert.id}?lang=en").text
    words = page.partition('id="own-words"')[2].partition("</section>")[0]
    assert words.index("晕倒") < words.index(EYES[:4]) and "Fainted" in words
    assert "Photo: " in words  # not fetched yet
    assert "另一个人" not in page and "page." not in words


def test_an_open_alert_page_says_that_there_is_something_new_to_read(
    signed_in, says, demo_begin, patient_ids
):
    alert = open_alert_of(demo_begin, says(FAINTED).patient_id)
    browser = signed_in(NURSE)
    before = browser.get(f"/alerts/{alert.id}/news").text
    says("这是另一个人的话", code="P-0002")
    assert browser.get(f"/alerts/{alert.id}/news").text == before
    says("现在坐着呢")
    assert browser.get(f"/alerts/{alert.id}/news").text != before


def test_what_was_said_long_before_an_alert_or_after_its_end_is_not_of_it(
    signed_in, says, demo_begin, clock
):
    says("三天以前的话")
    clock.now += timedelta(days=3)
    patient_id = says(FAINTED).patient_id
    alert = open_alert_of(demo_begin, patient_id)
    with demo_begin() as work:
        row = work.session.get_one(Alert, ("demo", alert.id))
        row.state, row.closed_at, row.disposition = "closed", work.now, "call"
    says("后来好多了")
    page = signed_in(NURSE).get(f"/alerts/{alert.id}").text
    words = page.partition('id="own-words"')[2].partition("</section>")[0]
    assert "晕倒" in words and "三天以前" not in words and "后来好多了" not in words


def test_the_summary_and_its_print_hold_the_newest_words_and_say_how_many_more(
    signed_in, says, patient_ids
):
    for words in ("第一句", "第二句", EYES, FAINTED):
        says(words)
    browser, path = signed_in(DOCTOR), f"/patients/{patient_ids['P-0001']}"
    page = browser.get(f"{path}?lang=en").text
    report = page.partition('id="report"')[2].partition("</section>")[0]
    assert "晕倒" in report and "只剩一条缝" in report and "第二句" in report
    assert "第一句" not in report and "1 more." in report and f'href="{path}/messages"' in report
    printed = pdf_text(browser.get(f"{path}/summary.pdf?lang=en").data)
    assert EYES in printed and FAINTED in printed and "Fainted" in printed and "1more." in printed
    assert "第一句" not in printed


def test_a_long_text_is_printed_by_its_beginning(signed_in, says, patient_ids):
    says("始" + "很" * 4000 + "末")
    path = f"/patients/{patient_ids['P-0001']}"
    printed = pdf_text(signed_in(DOCTOR).get(f"{path}/summary.pdf?lang=en").data)
    assert "始很很" in printed and "…" in printed and "很末" not in printed and "1/2" in printed


def test_of_a_patient_who_was_erased_no_words_are_shown(signed_in, says, demo_begin, patient_ids):
    says(EYES)
    path = f"/patients/{patient_ids['P-0001']}"
    with demo_begin() as work:
        work.session.get_one(Patient, ("demo", patient_ids["P-0001"])).erased_at = work.now
    browser = signed_in(DOCTOR)
    assert "只剩一条缝" not in browser.get(path).text
    assert "From: patient" not in browser.get(f"{path}/messages?lang=en").text


def test_words_since_the_last_visit_count_also_when_that_was_weeks_ago(
    signed_in, says, demo_begin, patient_ids, clock
):
    with demo_begin() as work:
        for visit in work.session.query(Visit).filter_by(patient_id=patient_ids["P-0001"]):
            visit.status = VisitStatus.CANCELLED
        visit = Visit(
            clinic_id="demo", id=new_id(work.now), patient_id=patient_ids["P-0001"],
            draw_at=work.now - timedelta(days=1), status=VisitStatus.ATTENDED, recorded_at=work.now,
        )  # fmt: skip
        work.session.add(visit)
    says(EYES)
    clock.now += timedelta(days=40)
    path = f"/patients/{patient_ids['P-0001']}"
    assert "只剩一条缝" in signed_in(DOCTOR).get(path).text
    with demo_begin() as work:
        work.session.merge(visit).draw_at = clock.now - timedelta(days=20)
    assert "只剩一条缝" not in signed_in(DOCTOR).get(path).text


def test_what_a_report_says_so_far_stands_on_the_alert_while_it_is_being_filled_in(
    signed_in, says, demo_begin
):
    patient_id = says(FAINTED).patient_id
    with demo_begin() as work:
        chat = work.session.query(Chat).filter_by(patient_id=patient_id).one()
        chat.flow, chat.answers = "symptoms", {
            "symptoms.which": "edema", "symptoms.edema.one": "periorbital_edema",
            "periorbital_edema.swelling": "firm", "periorbital_edema.also": ["affected"],
        }  # fmt: skip
    path = f"/alerts/{open_alert_of(demo_begin, patient_id).id}?lang=en"
    browser = signed_in(NURSE)
    words = browser.get(path).text.partition('id="own-words"')[2].partition("</section>")[0]
    assert "not sent yet" in words and "Firm, or a dent stays when pressed" in words
    assert "Sight blurred, or lids in the way" in words
    with demo_begin() as work:
        work.session.get_one(Chat, chat.id).answers = {**chat.answers, "corrects*": "a report"}
    assert "not sent yet" not in browser.get(path).text


def test_the_history_of_messages_holds_both_sides_in_the_order_they_were_said(
    signed_in, says, demo_begin, patient_ids, clock
):
    says("可以吃西柚吗")
    clock.now += timedelta(minutes=5)
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
        tell(work, patient, "later", "alert.seen")
        clock.now += timedelta(minutes=5)
    with demo_begin() as work:
        receive(work, patient, MediaKind.PHOTO, "file", report_id="of a report")
    says(FAINTED)
    path = f"/patients/{patient_ids['P-0001']}/messages?lang=en"
    page = signed_in(NURSE).get(path).text
    photo = page.index("Photo: being fetched")
    told = page.index("To: patient", photo)
    assert page.index("晕倒") < photo < told < page.index("可以吃西柚吗")
    assert page.count("From: patient") == 3


def test_the_history_goes_on_page_by_page_and_loses_nothing(demo_begin, says, patient_ids, clock):
    for n in range(7):
        says(f"第{n}句")
        clock.now += timedelta(minutes=1)
        with demo_begin() as work:
            patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
            tell(work, patient, f"note:{n}", "alert.seen")
    seen, after = [], None
    with demo_begin() as work:
        while True:
            page = both_sides(work, "demo", patient_ids["P-0001"], after=after, limit=4)
            seen += page.items
            after = page.next
            if after is None:
                break
    assert [one.item.text for one in seen if one.item] == [f"第{n}句" for n in reversed(range(7))]
    assert len([one for one in seen if one.told and one.told.key == "alert.seen"]) == 7
    assert [one.id for one in seen] == sorted((one.id for one in seen), reverse=True)
