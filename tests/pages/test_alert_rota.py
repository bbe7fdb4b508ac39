"""The rota's page: read by all, changed by an admin; hours without anybody are seen."""

import pytest
from sqlmodel import select

from models import Role, Rota, SpecialDay, Staff

NURSE, ADMIN = "nurse@example.com", "admin@example.com"


@pytest.fixture
def nurse(demo_begin) -> int:
    with demo_begin() as work:
        return work.session.exec(select(Staff.id).where(Staff.email == NURSE)).one()


def posts(browser, csrf_of, where, **form):
    token = csrf_of(browser.get("/rota?lang=en").text)
    return browser.post(f"/rota/{where}", data={"csrf_token": token, **form}, follow_redirects=True)


def slots(begin):
    with begin() as work:
        return work.session.exec(select(Rota)).all()


def empty(begin):
    with begin() as work:
        for slot in work.session.exec(select(Rota)):
            work.session.delete(slot)


def doctors_leave(begin):
    with begin() as work:
        for role in work.session.exec(select(Role).where(Role.name == "doctor")):
            role.name = "former"


def test_a_covered_week_says_so(signed_in):
    page = signed_in(NURSE).get("/rota?lang=en").text
    assert "Somebody of the rota can be reached at every hour" in page
    assert "page.rota" not in page and 'class="gap' not in page


def test_hours_in_which_only_doctors_answer_are_seen(signed_in, demo_begin):
    empty(demo_begin)
    page = signed_in(NURSE).get("/rota?lang=en").text
    assert "only doctors" in page and "A doctor is called at once then." in page


def test_hours_in_which_nobody_can_be_called_are_said_in_red(signed_in, demo_begin):
    empty(demo_begin)
    doctors_leave(demo_begin)
    page = signed_in(NURSE).get("/rota?lang=zh-CN").text
    assert '<p class="said danger" role="alert">从 11月24日周二 10:00 起，有提醒也没有人可通知' in page
    assert 'class="gap nobody"' in page


def test_a_change_that_leaves_nobody_is_said_in_red_at_once(
    signed_in, demo_begin, csrf_of, nurse
):
    empty(demo_begin)
    doctors_leave(demo_begin)
    browser = signed_in(ADMIN)
    hours = {"staff_id": nurse, "starts": "00:00", "until": "00:00", "position": "1"}
    page = posts(browser, csrf_of, "slots", weekday=list(range(7)), **hours).text
    assert "said danger" not in page
    for slot in slots(demo_begin):
        page = posts(browser, csrf_of, f"slots/{slot.id}/remove").text
    assert "said danger" in page


def test_an_admin_adds_hours_on_several_days_and_removes_them(signed_in, demo_begin, csrf_of, nurse):
    empty(demo_begin)
    browser = signed_in(ADMIN)
    hours = {"staff_id": nurse, "starts": "20:00", "until": "08:00", "position": "2"}
    page = posts(browser, csrf_of, "slots", weekday=["0", "4"], **hours).text
    assert "20:00–08:00" in page and "The rota is changed." in page
    assert [(one.weekday, one.position) for one in slots(demo_begin)] == [(0, 1), (4, 1)]
    posts(browser, csrf_of, f"slots/{slots(demo_begin)[0].id}/remove")
    assert [one.weekday for one in slots(demo_begin)] == [4]


@pytest.mark.parametrize("wrong", [
    {"weekday": []}, {"weekday": ["7"]}, {"starts": "8 o'clock"}, {"position": "0"}, {"staff_id": ""},
])  # fmt: skip
def test_hours_that_cannot_be_are_refused_with_what_is_missing(
    signed_in, demo_begin, csrf_of, nurse, wrong
):
    before = len(slots(demo_begin))
    hours = {"weekday": ["0"], "staff_id": nurse, "starts": "01:00", "until": "02:00", "position": "9"}
    page = posts(signed_in(ADMIN), csrf_of, "slots", **{**hours, **wrong}).text
    assert "Choose who, at least one weekday" in page
    assert len(slots(demo_begin)) == before


def test_the_same_place_twice_is_refused(signed_in, demo_begin, csrf_of, nurse):
    hours = {"weekday": ["0"], "staff_id": nurse, "starts": "00:00", "until": "00:00", "position": "1"}
    page = posts(signed_in(ADMIN), csrf_of, "slots", **hours).text
    assert "choose another order" in page


def test_a_holiday_is_added_shown_and_removed(signed_in, demo_begin, csrf_of):
    browser = signed_in(ADMIN)
    page = posts(browser, csrf_of, "days", on="2026-11-27", counts_as="6", name="节日").text
    assert page.count("counts as Sunday") == 2 and "节日" in page
    again = posts(browser, csrf_of, "days", on="2026-11-27", counts_as="0").text
    assert "This date is there already" in again
    posts(browser, csrf_of, "days/2026-11-27/remove")
    with demo_begin() as work:
        assert work.session.exec(select(SpecialDay)).all() == []


def test_who_cannot_be_reached_is_seen(signed_in, demo_begin, clock):
    with demo_begin() as work:
        nurses = work.session.exec(select(Staff).where(Staff.email.startswith("nurse"))).all()
        nurses[0].phone, nurses[1].texts_stopped_at, nurses[1].chat_id = None, clock.now, 77
    page = signed_in(NURSE).get("/rota?lang=en").text
    assert '<span class="tag red">no phone</span>' in page
    assert "said STOP to texts" in page and "Telegram</span>" in page


def test_a_nurse_reads_the_rota_and_cannot_change_it(signed_in, demo_begin, csrf_of, nurse):
    browser = signed_in(NURSE)
    before = len(slots(demo_begin))
    assert "The rota is changed by an admin." in browser.get("/rota?lang=en").text
    for where in ("slots", f"slots/{slots(demo_begin)[0].id}/remove", "days", "days/2026-11-27/remove"):
        assert posts(browser, csrf_of, where).status_code == 403
    assert len(slots(demo_begin)) == before
