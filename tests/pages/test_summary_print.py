"""The pre-visit summary on A4: its figures, its words, what people typed, who may have it."""

import re

import pytest
from PIL import Image
from sqlmodel import select

from app.media_files import path_of
from app.pages.printed.part import breakable
from app.services.countersigning import countersign
from app.services.decisions import record_decision
from app.services.new_doses import told_by_person
from models import (
    Alert,
    Audit,
    Clinic,
    Decision,
    DecisionKind,
    Dose,
    DoseStatus,
    Media,
    MediaKind,
    MediaState,
    Patient,
    Sex,
    SymptomReport,
)
from models.columns import new_id
from tests.pdf_text import pdf_text

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"
NASTY = ('#import "x" $a^2$ *bold* _under_ @ref <label> = head\n- list `raw` \\ \\u{41} "quotes" \'single\' // no /* comment */ 难受😢 ' + "x" * 500)  # fmt: skip


@pytest.fixture
def printed(signed_in, patient_ids):
    """printed(code, language, email) -> the words of the PDF, without spaces."""

    def printed(code: str, language: str = "en", email: str = DOCTOR) -> str:
        answer = signed_in(email).get(f"/patients/{patient_ids[code]}/summary.pdf?lang={language}")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert f"summary-{code}.pdf" in answer.headers["Content-Disposition"]
        return pdf_text(answer.data)

    return printed


def test_the_print_holds_the_figures_of_the_page_in_english(printed):
    words = printed("P-0002")
    for told in (
        "P-0002", "400mg", "1903", "2010", "29/30", "Theruleproposes300/200mgaday", "1427µg/L", "952µg/L",
        "Swellingaroundtheeyes2", "早上眼睛肿得睁不开，很难受", "cannotbeborne", "Haemoglobin", "115–150", "108g/L",
        "Physicalfunctioning", "Phoned", "firstat400mg", "Population", "AcceptOverrideDefer", "1/2", "Asia/Shanghai",
    ):  # fmt: skip
        assert told in words, told


def test_the_print_is_in_chinese_too(printed):
    words = printed("P-0003", "zh-CN", NURSE)
    for told in ("就诊前摘要", "当前剂量", "1253", "835µg/L", "决定", "医生签名、日期", "打印：", "2026年"):
        assert told in words, told
    assert "page." not in words


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_new_patient_without_anything_has_one_page_that_says_so(printed, demo_begin, patient_ids, language):
    with demo_begin() as work:
        work.session.add(Patient(clinic_id="demo", id="new", code="P-0009", year_of_birth=1970, sex=Sex.MALE,
                                 registered_at=work.now))  # fmt: skip
    patient_ids["P-0009"] = "new"
    words = printed("P-0009", language)
    assert "1/1" in words
    assert ("Nolevelyet." if language == "en" else "尚无谷浓度。") in words


def test_what_people_typed_stands_there_as_they_typed_it(printed, demo_begin, patient_ids):
    with demo_begin() as work:
        reports = select(SymptomReport).where(SymptomReport.patient_id == patient_ids["P-0002"])
        for report in work.session.exec(reports):
            report.note = NASTY
        work.session.add(Decision(clinic_id="demo", id="d", patient_id=patient_ids["P-0002"], decision="overridden",
                                  reason=NASTY, decided_by="staff:3", decided_at=work.now))  # fmt: skip
    words = printed("P-0002")
    typed = NASTY.replace(" ", "").replace("\n", "").replace("😢", "")
    assert words.count(typed) == 2
    assert "AcceptOverrideDefer" not in words  # it was decided today


def test_what_was_deferred_today_can_still_be_signed_on_paper(printed, demo_begin, patient_ids):
    with demo_begin() as work:
        for kind in (DecisionKind.DEFERRED, DecisionKind.OVERRIDDEN, DecisionKind.WITHDRAWN):
            record_decision(work, "demo", patient_ids["P-0002"], decision=kind, reason="so", by="staff:3",
                            dose_mg=300 if kind == DecisionKind.OVERRIDDEN else None)  # fmt: skip
    assert "AcceptOverrideDefer" in printed("P-0002")


def test_the_print_says_who_confirmed_who_was_told_and_how_much_more_there_is(printed, demo_begin, patient_ids, clock):
    mine = patient_ids["P-0002"]
    with demo_begin() as work:
        work.session.get_one(Clinic, "demo").second_confirmation = True
        for _ in range(4):
            record_decision(work, "demo", mine, decision=DecisionKind.DEFERRED, reason="so", by="staff:3", dose_mg=None)
        row = record_decision(work, "demo", mine, decision=DecisionKind.OVERRIDDEN, reason="so", by="staff:3", dose_mg=300)
        countersign(work, "demo", row.id, "staff:2")
        alert = work.session.exec(select(Alert).where(Alert.patient_id == mine)).first()
        told = alert.model_dump(warnings=False, exclude={"id", "code"})
        for n in range(4):
            work.session.add(Alert(**told, id=f"a{n}", code=f"A{n}"))
    words = printed("P-0002")
    assert "confirmedby" in words and "thepatienthasnotopenedityet" in words
    assert "2moreonthepage" in words and words.count("moreonthepage") == 2
    with demo_begin() as work:
        told_by_person(work, "demo", mine, "staff:2")
    assert "toldtothepatient,Tue,Nov24" in printed("P-0002")


def test_the_print_has_the_doses_time_and_the_estimate_at_its_head(printed, demo_begin, patient_ids):
    assert "estimatednow" in printed("P-0003").partition("Gradesatthisdose")[0]
    with demo_begin() as work:
        for one in work.session.exec(select(Dose).where(Dose.patient_id == patient_ids["P-0003"])):
            one.status = DoseStatus.MISSED
    assert re.search(r"Nextdraw.*?Dose\w+,", printed("P-0003").partition("Gradesatthisdose")[0])
    assert "daysat300mg" in printed("P-0003")


def test_a_long_word_is_broken_within_the_page():
    assert max(map(len, breakable("x" * 500).split("\u200b"))) == 18
    assert breakable("two words").replace("\u200b", "") == "two words"


def test_the_photos_of_the_last_report_are_printed(signed_in, settings, demo_begin, patient_ids):
    path = f"/patients/{patient_ids['P-0002']}/summary.pdf"
    without = signed_in(DOCTOR).get(path).data
    with demo_begin() as work:
        reports = select(SymptomReport).where(SymptomReport.patient_id == patient_ids["P-0002"])
        last = max(work.session.exec(reports), key=lambda one: one.reported_at)
        for state in (MediaState.STORED, MediaState.WAITING):
            media = Media(clinic_id="demo", id=new_id(work.now), patient_id=last.patient_id, kind=MediaKind.PHOTO,
                          report_id=last.id, file_id="f", state=state, next_at=work.now, received_at=work.now)  # fmt: skip
            work.session.add(media)
            if state == MediaState.STORED:
                file = path_of(settings.media_folder, media)
    file.parent.mkdir(parents=True)
    Image.effect_noise((640, 480), 90).convert("RGB").save(file, "JPEG")
    printed = signed_in(DOCTOR).get(path).data
    assert printed.count(b"/Subtype/Image") == without.count(b"/Subtype/Image") + 1


def test_who_printed_it_is_on_it_and_in_the_audit(printed, demo_begin, patient_ids):
    assert "printedby陈医生,Nov24,202610:00(Asia/Shanghai)" in printed("P-0004")
    with demo_begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.action == "summary.printed")).all()
    assert [(row.patient_id, row.actor) for row in rows] == [(patient_ids["P-0004"], "staff:3")]


def test_a_patient_of_another_clinic_is_not_printed(signed_in):
    assert signed_in(ADMIN).get("/patients/unknown/summary.pdf").status_code == 404
