"""Guessing locks an account for a time, tells nothing, and an admin can undo it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from app import demo
from app.services.second_factors import kept_code
from app.services.sign_ins import TRIES, count_failure, lock_after, unlock
from models import Audit, Staff
from tests.one_time import code_shown

NURSE = "nurse@example.com"
A_LOCK = timedelta(minutes=15)


@pytest.fixture
def guess(send):
    return lambda times, email=NURSE: [send("/login", email=email, password="no").text for _ in range(times)]


@pytest.fixture
def nurse(demo_begin):
    def nurse():
        with demo_begin() as work:
            return work.session.exec(select(Staff).where(Staff.email == NURSE)).one()

    return nurse


def gets_in(send):
    send("/login", email=NURSE, password=demo.PASSWORD)
    return send("/tf-validate", code=code_shown(NURSE)).location == "/"


def test_after_five_wrong_passwords_the_right_one_opens_nothing(guess, send, real_clock):
    guess(5)
    assert send("/login", email=NURSE, password=demo.PASSWORD).status_code == 200
    real_clock.now += A_LOCK + timedelta(seconds=1)
    assert gets_in(send)


def test_four_wrong_passwords_lock_nothing_and_a_right_sign_in_counts_anew(guess, send, nurse):
    guess(4)
    assert gets_in(send)
    assert (nurse().failed_sign_ins, nurse().locked_until) == (0, None)
    assert nurse().signed_in_at is not None


def test_the_answer_does_not_tell_who_has_an_account(guess, send):
    unknown, wrong = guess(1, "nobody@example.com")[0], guess(1)[0]
    guess(4)
    locked = send("/login", email=NURSE, password=demo.PASSWORD).text
    tokens_apart = {page.replace(NURSE, "x").replace("nobody@example.com", "x").partition("<main>")[2]
                    .partition('name="csrf_token"')[0] for page in (unknown, wrong, locked)}  # fmt: skip
    assert len(tokens_apart) == 1
    assert "账号已暂时锁定" in locked


def test_wrong_codes_lock_as_wrong_passwords_do_and_the_password_does_not_count_anew(send, nurse):
    for _ in range(4):
        send("/login", email=NURSE, password=demo.PASSWORD)
        send("/tf-validate", code="000000")
    send("/login", email=NURSE, password=demo.PASSWORD)
    send("/mf-recovery", code="0000-0000-0000")
    assert nurse().locked_until is not None
    for code in (code_shown(NURSE), "000000"):  # not that the code was wrong
        assert "账号已暂时锁定" in send("/tf-validate", code=code).text


def test_a_recovery_code_that_is_tried_while_it_is_locked_is_not_used_up(app, send, nurse, demo_begin, real_clock):
    with demo_begin() as work:
        locked = work.session.get_one(Staff, nurse().id)
        locked.mf_recovery_codes = [kept_code(app.secret_key, "0a0a-0b0b-0c0c")]
    send("/login", email=NURSE, password=demo.PASSWORD)
    with demo_begin() as work:
        work.session.get_one(Staff, nurse().id).locked_until = real_clock.now + A_LOCK
    assert "账号已暂时锁定" in send("/mf-recovery", code="0a0a-0b0b-0c0c").text
    real_clock.now += A_LOCK + timedelta(seconds=1)
    assert send("/mf-recovery", code="0a0a-0b0b-0c0c").location == "/"
    assert nurse().mf_recovery_codes == []


def test_wrong_passwords_of_who_is_signed_in_lock_too(signed_in, csrf_of, nurse):
    browser = signed_in(NURSE)
    token = csrf_of(browser.get("/verify").text)
    for _ in range(5):
        browser.post("/verify", data={"password": "no", "csrf_token": token})
    assert nurse().locked_until is not None


def test_tries_while_it_is_locked_make_it_no_longer_and_the_next_lock_is_twice_as_long(
    guess, nurse, real_clock
):
    guess(5)
    first = nurse().locked_until
    guess(7)
    assert (nurse().locked_until, nurse().failed_sign_ins) == (first, 5)
    real_clock.now += A_LOCK + timedelta(seconds=1)
    guess(5)
    assert nurse().locked_until - real_clock.now == 2 * A_LOCK


@given(st.integers(min_value=1, max_value=10_000))
def test_no_lock_is_shorter_than_the_one_before_or_longer_than_a_day(locks):
    before, now = lock_after(locks * TRIES), lock_after((locks + 1) * TRIES)
    assert A_LOCK <= before <= now <= timedelta(days=1)


def test_of_failures_at_once_each_counts(demo_begin, nurse, real_clock):
    who = nurse().id

    def fail(_):
        with demo_begin() as work:
            count_failure(work, who, real_clock.now)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(fail, range(4)))
    assert nurse().failed_sign_ins == 4


def test_an_admin_unlocks_and_all_of_it_is_audited_without_what_was_typed(
    guess, send, nurse, demo_begin
):
    guess(5)
    with demo_begin() as work:
        unlock(work, work.session.get_one(Staff, nurse().id), "staff:4")
    assert gets_in(send)
    with demo_begin() as work:
        query = select(Audit.actor, Audit.action, Audit.about).order_by(col(Audit.id))
        rows = [tuple(row) for row in work.session.exec(query) if row[1].startswith("sign_in")]
    about = f"staff:{nurse().id}"
    assert rows == [
        *[("system", "sign_in.failed", about)] * 5, ("system", "sign_in.locked", about),
        ("staff:4", "sign_in.unlock", about), (about, "sign_in", None),
    ]  # fmt: skip
