"""A chat becomes a patient's: one code, the year of birth, the consent."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.linking import (
    MOST_WRONG_YEARS,
    VALID_FOR,
    NoSuchInvitation,
    find_invitation,
    link,
    sha256_of,
    year_fits,
)
from models import Audit, Chat, ChatState, Invitation
from models.columns import new_id

CODE = "ABCD2345"


@pytest.fixture
def invitation(begin, patient):
    with begin() as work:
        invitation = Invitation(
            clinic_id="wuhan", id=new_id(work.now), patient_id=patient.id,
            code_sha256=sha256_of(CODE), expires_at=work.now + VALID_FOR,
        )  # fmt: skip
        work.session.add_all([invitation, Chat(id=7001)])
    return invitation


def linked(begin, code=CODE):
    with begin() as work:
        chat = work.session.get_one(Chat, 7001)
        link(work, chat, code)
        return chat


def test_consent_links_the_chat_and_is_dated(begin, clock, patient, invitation):
    chat = linked(begin)
    assert (chat.clinic_id, chat.patient_id, chat.state) == ("wuhan", patient.id, ChatState.ACTIVE)
    assert (chat.consent_version, chat.consented_at) == ("1", clock.now)
    with begin() as work:
        told = [(one.actor, one.action, one.patient_id) for one in work.session.exec(select(Audit))]
    assert told == [("patient", "link", patient.id), ("patient", "consent", patient.id)]


def test_a_code_links_one_phone_only(begin, invitation):
    linked(begin)
    with pytest.raises(NoSuchInvitation):
        linked(begin)


def test_the_case_of_a_code_does_not_matter_and_it_is_not_kept(begin, invitation):
    with begin() as work:
        assert CODE not in find_invitation(work, CODE.lower()).code_sha256


def test_a_code_of_two_weeks_ago_links_nobody(begin, clock, invitation):
    clock.now += VALID_FOR + timedelta(seconds=1)
    with pytest.raises(NoSuchInvitation):
        linked(begin)


def test_three_wrong_years_end_a_code(begin, invitation):
    for _ in range(MOST_WRONG_YEARS):
        with begin() as work:
            assert not year_fits(work, CODE, 1950)
    with begin() as work, pytest.raises(NoSuchInvitation):
        year_fits(work, CODE, 1966)


def test_two_wrong_years_leave_a_third_try(begin, invitation):
    for year, fits in ((1950, False), (1951, False), (1966, True)):
        with begin() as work:
            assert year_fits(work, CODE, year) is fits


def test_a_code_that_nobody_made_links_nobody(begin, invitation):
    with pytest.raises(NoSuchInvitation):
        linked(begin, "WRONG234")
