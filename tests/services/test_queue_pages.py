"""The queue a page at a time: the same visits in the same order, however it is cut."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from app import demo
from app.services.paging import NoSuchPage
from app.services.queue import queue
from app.services.summary import pre_visit_summary
from app.settings import load_settings
from models import Alert, AlertState, Patient, Regimen, Sex, Visit, VisitStatus

DAY = timedelta(days=1)


def add_patient(work, n, draws=(), alerts=(), **more):
    mine = {"clinic_id": "wuhan", "patient_id": f"p{n:03}"}
    work.session.add(Patient(clinic_id="wuhan", id=f"p{n:03}", code=f"P-{n}", sex=Sex.FEMALE,
                             year_of_birth=1960, registered_at=work.now, **more))  # fmt: skip
    work.session.flush()
    work.session.add(Regimen(id=f"r{n}", daily_dose_mg=400, started_on=date(2026, 9, 1),
                             recorded_at=work.now, **mine))  # fmt: skip
    for nth, (after, status) in enumerate(draws):
        work.session.add(Visit(id=f"v{n:03}{nth}", draw_at=work.now + after, status=status,
                               recorded_at=work.now, **mine))  # fmt: skip
    for nth, state in enumerate(alerts):
        work.session.add(Alert(id=f"a{n}{nth}", code=f"{n:03}{nth}", family=f"f{nth}", grade=3,
                               raised_at=work.now - n * DAY / 24, state=state, **mine))  # fmt: skip


@pytest.fixture
def crowd(begin, clinic):
    """Sixty patients: a visit each, every seventh with an open alert, and some that do not count."""
    with begin() as work:
        for n in range(60):
            alerts = [AlertState.OPEN, AlertState.ACKNOWLEDGED][: n % 3] if n % 7 == 0 else []
            closed = [AlertState.CLOSED] if n % 5 == 0 else []
            add_patient(work, n, [(timedelta(hours=n * 37 % 300), VisitStatus.PLANNED)], alerts + closed)
        add_patient(work, 90, [(DAY, VisitStatus.CANCELLED), (15 * DAY, VisitStatus.PLANNED)])
        add_patient(work, 91, [(DAY, VisitStatus.PLANNED)], died_on=date(2026, 11, 20))
        add_patient(work, 92, [(-2 * DAY, VisitStatus.PLANNED), (DAY, VisitStatus.ATTENDED)])


def every(begin, at_most):
    """All pages, one after the other."""
    rows, after = [], None
    while True:
        with begin() as work:
            page = queue(work, "wuhan", after, at_most)
        assert len(page.items) <= at_most
        rows += page.items
        after = page.next
        if after is None:
            return rows


@pytest.mark.parametrize("at_most", [1, 7, 50, 200])
def test_the_pages_together_are_the_queue_with_open_alerts_first_and_then_by_time(begin, crowd, at_most):
    rows = every(begin, at_most)
    assert len(rows) == 61 and len({row.visit.id for row in rows}) == 61
    keys = [(row.urgency != "alert", row.visit.draw_at, row.visit.id) for row in rows]
    assert keys == sorted(keys)
    assert sum(row.urgency == "alert" for row in rows) == 6


@pytest.mark.parametrize("after", ["", "x", "0-1", "0--1-v1", "0-1-v1-", "0-99999999999999999999-v", "9-1- "])
def test_a_page_that_is_none_is_refused(begin, clinic, after):
    with begin() as work, pytest.raises(NoSuchPage):
        queue(work, "wuhan", after)


def test_a_line_of_the_queue_says_what_the_summary_of_its_patient_says(begin):
    settings = load_settings({"SANDBOX": "1"})
    with begin() as work:
        demo.seed(settings, work)
    with begin() as work:
        clinic_id = work.session.query(Patient).first().clinic_id
        rows = queue(work, clinic_id).items
        for row in rows:
            seen = pre_visit_summary(work, clinic_id, row.patient.id, estimated=False)
            mine = seen.next_visit if seen.next_visit and seen.next_visit.id == row.visit.id else None
            assert row.missing == seen.missing
            assert row.alerts == sum(one.closed_at is None for one in seen.alerts)
            assert row.window == (mine and mine.window)
    assert len(rows) >= 3


def statements_of(engine, act):
    told = []
    listener = lambda *given: told.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    act()
    event.remove(engine, "before_cursor_execute", listener)
    return len(told)


def test_a_page_of_fifty_is_read_by_as_many_statements_as_a_page_of_two(engine, begin, crowd):
    two = statements_of(engine, lambda: every_first(begin, 2))
    assert statements_of(engine, lambda: every_first(begin, 50)) <= two + 1


def every_first(begin, at_most):
    with begin() as work:
        return queue(work, "wuhan", None, at_most)
