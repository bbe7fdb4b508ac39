"""Photos and voice for the clinic's own staff only, the nurse's answer, and the advice page."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

from app.clinical.advice import ADVICE
from app.media_files import path_of, write_file
from app.pages import init_pages
from app.services.corrections import correct_report
from app.services.free_text import hear_words
from app.services.media import receive
from app.services.reports import report_symptoms
from models import (
    AcceptedAdvice,
    Audit,
    Chat,
    ChatState,
    Clinic,
    InboxItem,
    InboxKind,
    Media,
    MediaKind,
    MediaState,
    Message,
    Patient,
    Provenance,
)
from models.columns import new_id

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"
JPEG, OGG = b"\xff\xd8\xff" + b"x" * 50, b"OggS" + b"x" * 200
ANSWERS = {"nausea.eating": "less", "nausea.consequences": "no", "red_flags.now": "chest_pain"}


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "media"


@pytest.fixture
def app(settings, demo_begin, clock, folder) -> Flask:
    app = Flask("clinic")
    app.extensions["clock"] = clock
    init_pages(app, replace(settings, media_folder=str(folder)))
    return app


def of(work, code: str) -> Patient:
    return work.session.exec(select(Patient).where(Patient.code == code)).one()


def stored(work, folder: Path, media: Media, content: bytes) -> Media:
    media.state = MediaState.STORED
    media.content_type = "image/jpeg" if media.kind == MediaKind.PHOTO else "audio/ogg"
    write_file(path_of(str(folder), media), content)
    return media


@pytest.fixture
def shown(demo_begin, folder, clock) -> dict[str, str]:
    """A report that was corrected, with a photo; a voice note and a question in the inbox."""
    with demo_begin() as work:
        patient = of(work, "P-0001")
        work.session.merge(Chat(
            id=7001, clinic_id="demo", patient_id=patient.id, state=ChatState.ACTIVE,
        ))  # fmt: skip
        told = dict(intolerable=False, provenance=Provenance.PATIENT_AT_THE_MOMENT)
        first = report_symptoms(work, patient, answers=ANSWERS, **told).report
        photo = receive(work, patient, MediaKind.PHOTO, "p", report_id=first.id)
        now = {**ANSWERS, "red_flags.now": "none"}
        correct_report(work, patient, first.id, answers=now, by="chat:7001", **told)
        note = hear_words(work, patient, "", InboxKind.VOICE, chat_id=7001).item
        voice = receive(work, patient, MediaKind.VOICE, "v", inbox_id=note.id)
        asked = hear_words(work, patient, "可以喝茶吗？", chat_id=7001).item
        stored(work, folder, photo, JPEG)
        stored(work, folder, voice, OGG)
        return {"photo": photo.id, "voice": voice.id, "question": asked.id, "patient": patient.id}


def actions(begin) -> list[str]:
    with begin() as work:
        return [one.action for one in work.session.exec(select(Audit))]


@pytest.mark.parametrize(("what", "kind", "content"), [
    ("photo", "image/jpeg", JPEG), ("voice", "audio/ogg", OGG),
])
def test_staff_open_a_photo_and_a_voice_note_and_it_is_audited(
    signed_in, shown, demo_begin, what, kind, content
):
    answer = signed_in(NURSE).get(f"/media/{shown[what]}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, kind, content)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert actions(demo_begin).count("media.read") == 1


def test_who_is_signed_out_gets_no_photo(app, shown):
    answer = app.test_client().get(f"/media/{shown['photo']}")
    assert (answer.status_code, "/login" in answer.location) == (302, True)


def test_another_clinics_photo_is_not_found(signed_in, shown, demo_begin, folder, clock):
    with demo_begin() as work:
        work.session.add(Clinic(id="other", name="Another"))
        work.session.flush()
        theirs = Patient(
            clinic_id="other", id=new_id(work.now), code="P-0001", year_of_birth=1960, sex="male",
            registered_at=work.now,
        )  # fmt: skip
        work.session.add(theirs)
        work.session.flush()
        media = stored(work, folder, receive(work, theirs, MediaKind.PHOTO, "p"), JPEG)
        media_id = media.id
    browser = signed_in(NURSE)
    assert browser.get(f"/media/{media_id}").status_code == 404
    assert browser.get("/media/unknown").status_code == 404
    assert "media.read" not in actions(demo_begin)


def test_what_is_not_yet_fetched_or_was_refused_is_not_found(signed_in, shown, demo_begin):
    with demo_begin() as work:
        work.session.get_one(Media, ("demo", shown["photo"])).state = MediaState.REFUSED
    assert signed_in(NURSE).get(f"/media/{shown['photo']}").status_code == 404


def test_a_photo_of_an_earlier_report_is_still_found(signed_in, shown, demo_begin, clock):
    clock.now += timedelta(days=7)
    with demo_begin() as work:
        patient = of(work, "P-0001")
        report_symptoms(work, patient, answers={}, intolerable=False, provenance=Provenance.PROXY)
    page = signed_in(NURSE).get(f"/patients/{shown['patient']}?lang=en").text
    earlier = page.partition("Earlier photos")[2].partition("</details>")[0]
    assert f'src="/media/{shown["photo"]}"' in earlier


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_summary_shows_the_photo_and_both_versions(signed_in, shown, language):
    page = signed_in(NURSE).get(f"/patients/{shown['patient']}?lang={language}").text
    assert f'src="/media/{shown["photo"]}"' in page and "page." not in page
    folded = re.findall('<details class="versions">.*?</details>', page, re.S)
    assert any({"en": "Chest pain", "zh-CN": "胸"}[language] in one for one in folded)


def test_the_alert_page_says_that_the_patient_corrected_it(signed_in, shown, demo_begin):
    browser = signed_in(NURSE)
    code = browser.get("/").text.partition('href="/alerts/')[2].partition('"')[0]
    page = browser.get(f"/alerts/{code}?lang=en").text
    assert "the patient corrected the report" in page and f"/media/{shown['photo']}" in page


def test_a_voice_note_is_played_in_the_inbox(signed_in, shown):
    answer = signed_in(NURSE).get("/")
    assert f'<audio controls preload="none" src="/media/{shown["voice"]}"' in answer.text
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_nurse_answers_a_question_in_the_chat(signed_in, shown, demo_begin, csrf_of):
    browser = signed_in(NURSE)
    form = {"answer": "<i>可以</i>", "csrf_token": csrf_of(browser.get("/").text)}
    where = f"/inbox/{shown['question']}/answer"
    assert "回复正在发给患者" in browser.post(where, data=form, follow_redirects=True).text
    assert "无法在聊天中回复" in browser.post(where, data=form, follow_redirects=True).text
    with demo_begin() as work:
        [told] = work.session.exec(select(Message).where(Message.key == "nurse.answer")).all()
        item = work.session.get_one(InboxItem, ("demo", shown["question"]))
    assert (told.chat_id, told.data) == (7001, {"words": "<i>可以</i>"})
    assert item.handled_at is not None


def test_an_answer_without_a_token_is_refused(signed_in, shown):
    where = f"/inbox/{shown['question']}/answer"
    assert signed_in(NURSE).post(where, data={"answer": "x"}).status_code == 400


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_advice_page_lists_every_text_in_both_languages_with_its_source(signed_in, language):
    page = signed_in(NURSE).get(f"/advice?lang={language}").text
    assert page.count('class="advice-text"') == 2 * len(ADVICE)
    assert "27(11):1149" in page and "page." not in page and "<form method=\"post\" action=\"/advice" not in page


def test_a_doctor_accepts_a_text_and_takes_it_back(signed_in, demo_begin, csrf_of):
    browser = signed_in(DOCTOR)
    page = browser.get("/advice?lang=en").text
    sha256 = page.partition('action="/advice/advice.drink/en/accept"')[2]
    sha256 = sha256.partition('name="sha256" value="')[2].partition('"')[0]
    form = {"csrf_token": csrf_of(page), "sha256": sha256}
    page = browser.post("/advice/advice.drink/en/accept", data=form, follow_redirects=True).text
    assert page.count("accepted by") == 1
    browser.post("/advice/advice.drink/en/withdraw", data=form)
    with demo_begin() as work:
        assert work.session.exec(select(AcceptedAdvice)).all() == []
    assert [one for one in actions(demo_begin) if one.startswith("advice.") and one != "advice.read"] == [
        "advice.accept", "advice.withdraw"
    ]  # fmt: skip


def test_a_nurse_accepts_no_advice_and_an_unknown_text_is_not_found(signed_in, csrf_of):
    for who, key, status in ((NURSE, "advice.drink", 403), (DOCTOR, "advice.none", 404)):
        browser = signed_in(who)
        form = {"csrf_token": csrf_of(browser.get("/").text), "sha256": "x"}
        assert browser.post(f"/advice/{key}/en/accept", data=form).status_code == status
