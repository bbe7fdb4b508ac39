"""How long to wait before trying again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.backoff import OF_MESSAGES, OF_RECEIPTS, OF_REPLIES, Backoff

RULES = [OF_MESSAGES, OF_REPLIES, OF_RECEIPTS]


@pytest.mark.parametrize(
    ("rule", "attempts", "seconds"),
    [
        (OF_MESSAGES, 1, 2), (OF_MESSAGES, 2, 4), (OF_MESSAGES, 10, 1024),
        (OF_MESSAGES, 11, 1800), (OF_MESSAGES, 72, 1800), (OF_MESSAGES, 100_000, 1800),
        (OF_REPLIES, 1, 1), (OF_REPLIES, 2, 1.25), (OF_REPLIES, 3, 1.5625),
        (OF_REPLIES, 34, 1577.7), (OF_REPLIES, 35, 1800),
        (OF_RECEIPTS, 1, 120), (OF_RECEIPTS, 2, 360), (OF_RECEIPTS, 5, 9720),
        (OF_RECEIPTS, 6, 21600),
    ],
)  # fmt: skip
def test_waits_grow_by_their_factor_up_to_the_longest(rule, attempts, seconds):
    assert rule.wait_s(attempts, chance=0.5) == pytest.approx(seconds, rel=1e-3)


@pytest.mark.parametrize(("chance", "seconds"), [(0, 1.5), (0.5, 2), (1, 2.5)])
def test_chance_parts_those_who_wait_together_by_a_quarter_either_way(chance, seconds):
    assert OF_MESSAGES.wait_s(1, chance) == seconds


def test_72_attempts_outlast_an_outage_of_a_day():
    shortest = sum(OF_MESSAGES.wait_s(attempts, chance=0) for attempts in range(1, 73))
    assert shortest > 23 * 3600
    assert sum(OF_MESSAGES.wait_s(attempts, 0.5) for attempts in range(1, 73)) > 30 * 3600


@given(
    st.builds(
        Backoff,
        first_s=st.floats(0.1, 600), factor=st.floats(1.1, 10), longest_s=st.floats(600, 86400),
        jitter=st.floats(0, 0.9),
    ),
    st.integers(1, 10_000), st.floats(0, 1),
)  # fmt: skip
def test_no_wait_is_shorter_than_the_one_before_or_outside_its_bounds(rule, attempts, chance):
    wait, later = rule.wait_s(attempts, chance), rule.wait_s(attempts + 1, chance)
    assert wait <= later * (1 + 1e-9)
    least, most = rule.first_s * (1 - rule.jitter), rule.longest_s * (1 + rule.jitter)
    assert least * (1 - 1e-9) <= wait <= most * (1 + 1e-9)
