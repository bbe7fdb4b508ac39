"""Two people at the same moment: one of them is first, and the other is told so."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.services.amending import standing_of
from app.services.countersigning import NotWaiting, countersign
from app.services.decisions import record_decision
from app.services.errors import DomainError
from app.services.recall_plan import PlannedAlready, plan_recall
from models import Clinic, DecisionKind, DoseStart, RecallKind, Regimen, Visit, VisitStatus

PEOPLE = ("staff:2", "staff:3", "staff:4")


def at_once(begin, do):
    """What each of three people gets: an answer, or the error's kind."""

    def one(by):
        try:
            with begin() as work:
                do(work, by)
        except DomainError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        return list(pool.map(one, PEOPLE))


def decided(work, patient, by, dose_mg=300):
    return record_decision(work, "wuhan", patient.id, decision=DecisionKind.OVERRIDDEN,
                           dose_mg=dose_mg, reason="eyelids", by=by)  # fmt: skip


def test_of_three_who_confirm_one_starts_the_dose(begin, patient):
    with begin() as work:
        work.session.get_one(Clinic, "wuhan").second_confirmation = True
    with begin() as work:
        row = decided(work, patient, "staff:1")
    got = at_once(begin, lambda work, by: countersign(work, "wuhan", row.id, by))
    assert sorted(map(str, got)) == sorted(map(str, [None, NotWaiting, NotWaiting]))
    with begin() as work:
        assert len(work.session.exec(select(DoseStart)).all()) == 1
        assert len(work.session.exec(select(Regimen)).all()) == 2


@pytest.mark.parametrize("second", [False, True])
def test_of_three_who_decide_the_last_entry_stands_and_one_dose_is_to_come(begin, patient, second):
    with begin() as work:
        work.session.get_one(Clinic, "wuhan").second_confirmation = second
    assert at_once(begin, lambda work, by: decided(work, patient, by)) == [None] * 3
    with begin() as work:
        standing = sorted(standing_of(work, patient).values())
        planned = select(Visit).where(Visit.status == VisitStatus.PLANNED)
        assert len(work.session.exec(planned).all()) == (not second)
        assert len(work.session.exec(select(Regimen)).all()) == 1 + (not second)
    assert standing == sorted(["replaced", "replaced", "waiting" if second else "planned"])


def test_of_three_who_plan_from_the_recall_list_one_plans_the_visit(begin, patient):
    got = at_once(begin, lambda work, by: plan_recall(work, "wuhan", patient.id, RecallKind.LEVEL, by))
    assert sorted(map(str, got)) == sorted(map(str, [None, PlannedAlready, PlannedAlready]))
    with begin() as work:
        assert len(work.session.exec(select(Visit)).all()) == 1
