"""Other medicines: asked, answered, shown on the summary, and no longer counted when they are old."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from app.services.erasing import erase
from app.services.errors import NoSuchPatient, PatientErased
from app.services.medicines import AskedInFuture, NoneButNamed, NotNamed, record_medicines
from app.services.my_data import my_data_json
from app.services.summary import pre_visit_summary
from app.texts import Reader
from models import Audit, MedicineAnswer, MedicineKind

NONE, LISTED = MedicineAnswer.NONE, MedicineAnswer.LISTED


@pytest.fixture
def ask(begin, patient):
    def ask(answer, **told):
        with begin() as work:
            return record_medicines(work, patient.clinic_id, patient.id, by="staff:1", answer=answer, **told)

    return ask


@pytest.fixture
def asked(begin, patient):
    def asked():
        with begin() as work:
            return pre_visit_summary(work, patient.clinic_id, patient.id, estimated=False).medicines

    return asked


def test_before_anybody_asked_the_summary_has_no_answer(asked):
    assert asked() is None


def test_the_latest_answer_stands_on_the_summary_with_its_day(ask, asked, clock):
    today = clock.now.date()
    ask(LISTED, words="  rifampicin ", kinds=[MedicineKind.INDUCER], asked_on=today)
    ask(NONE, asked_on=today - timedelta(days=1))
    seen = asked()
    assert (seen.answer, seen.words, seen.kinds, seen.asked_on, seen.counts) == ("listed", "rifampicin", ("inducer",), today, True)


@pytest.mark.parametrize(("days", "counts"), [(92, True), (93, False)])
def test_an_answer_counts_for_92_days(ask, asked, clock, days, counts):
    ask(NONE, asked_on=clock.now.date() - timedelta(days=days))
    assert asked().counts is counts


@pytest.mark.parametrize(("answer", "told", "error", "field"), [
    (LISTED, {"words": "  "}, NotNamed, "words"),
    (NONE, {"words": "aspirin"}, NoneButNamed, "answer"),
    (NONE, {"kinds": [MedicineKind.WARFARIN]}, NoneButNamed, "answer"),
    (NONE, {"asked_on": date(2099, 1, 1)}, AskedInFuture, "asked_on"),
])  # fmt: skip
def test_an_answer_that_cannot_be_is_refused_by_its_field(ask, asked, answer, told, error, field):
    with pytest.raises(error) as refused:
        ask(answer, **told)
    assert refused.value.field == field
    assert asked() is None


def test_it_is_audited_and_the_patient_has_it_among_their_data(ask, begin, patient):
    row = ask(LISTED, words="葡萄柚")
    with begin() as work:
        audited = work.session.exec(select(Audit).where(Audit.action == "medicines.record")).one()
        told = my_data_json(work, work.session.merge(patient), Reader("en", "Asia/Shanghai")).content.decode()
    assert (audited.patient_id, audited.about, audited.actor) == (patient.id, row.id, "staff:1")
    assert "葡萄柚" in told and "staff:1" not in told


def test_another_clinics_patient_is_not_there_and_an_erased_one_takes_no_answer(begin, ask, patient):
    with begin() as work, pytest.raises(NoSuchPatient):
        record_medicines(work, "elsewhere", patient.id, by="staff:1", answer=NONE)
    with begin() as work:
        erase(work, patient.clinic_id, patient.id, "staff:1")
    with pytest.raises(PatientErased):
        ask(NONE)
