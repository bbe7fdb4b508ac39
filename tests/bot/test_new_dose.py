"""A changed dose: nothing of it unasked, all of it by a tap."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.decisions import record_decision
from app.texts import Reader
from app.texts.render import render
from models import Audit, Clinic, DecisionKind, DoseStart, InboxItem, Message


@pytest.fixture
def decide(begin, patient):
    def decide(mg):
        with begin() as work:
            record_decision(work, patient.clinic_id, patient.id, decision=DecisionKind.OVERRIDDEN,
                            dose_mg=mg, reason="eyelids", by="staff:1")  # fmt: skip

    return decide


def sent(begin, language):
    with begin() as work:
        row = work.session.exec(select(Message).where(Message.key == "newdose.told")).one()
        return render(row.key, row.data, Reader(language, "Asia/Shanghai"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_comes_unasked_names_no_drug_dose_or_level(begin, linked, decide, language):
    decide(300)
    told = sent(begin, language)
    assert "300" not in told.text and "mg" not in told.text and "2026" in told.text
    assert [[one.data for one in row] for row in told.buttons] == [["go:newdose"]]


def test_a_tap_shows_the_new_dose_and_is_kept(begin, linked, decide):
    decide(300)
    shown = linked.taps("go:newdose").text
    assert "300 mg" in shown and "3 片" in shown and "2026年11月25日" in shown
    with begin() as work:
        assert work.session.exec(select(DoseStart)).one().told_by == "patient"
        assert "dose.told" in work.session.exec(select(Audit.action)).all()


def test_once_it_has_begun_the_dose_of_now_is_shown(begin, linked, clock, decide):
    decide(300)
    clock.now += timedelta(days=2)
    assert "现在的剂量：每天 300 mg" in linked.taps("go:newdose").text


def test_a_stale_button_shows_the_dose_as_it_is(begin, linked):
    assert "400 mg" in linked.taps("go:newdose").text


def test_the_clinics_number_is_given_before_anything_is_changed(begin, linked, decide):
    with begin() as work:
        work.session.get_one(Clinic, "wuhan").phone = "+8675583366388"
    decide(200)
    assert "+8675583366388" in linked.taps("go:newdose").text


def test_to_stop_is_shown_as_that(begin, linked, clock, decide):
    decide(0)
    assert "先停药" in linked.taps("go:newdose").text
    clock.now += timedelta(days=1)
    assert "现在停药" in linked.taps("go:newdose").text


def test_a_dose_told_while_it_is_stopped_goes_to_the_nurse(begin, linked, clock, decide):
    decide(0)
    clock.now += timedelta(days=1)
    assert "已转告护士" in linked.taps("dose:taken_now").text
    with begin() as work:
        assert [one.data["says"] for one in work.session.exec(select(InboxItem))] == ["desk.stopped.taken"]
