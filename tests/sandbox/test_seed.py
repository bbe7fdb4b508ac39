"""Who the phones belong to, and the passwords that the page shows."""

import time

import pytest
from sandbox_phones import Phones, running

from sandbox.one_time import code_at

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238: 12345678901234567890


@pytest.fixture
def phones():
    with running() as found:
        yield found


def put(phones: Phones, **seed: object) -> int:
    return phones.http.put("/control/seed", json=seed).status_code


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_a_one_time_password_is_that_of_rfc_6238(at: int, code: str) -> None:
    assert code_at(SECRET, at) == code


def test_a_seed_that_is_put_names_the_phones_of_patients(phones: Phones) -> None:
    chat = {"chat_id": 9001, "name": "P1", "code": "P-0001", "language": "en"}
    assert put(phones, chats=[chat]) == 200
    assert (
        phones.ask("telegram/chats")["chats"][0] | chat == phones.ask("telegram/chats")["chats"][0]
    )
    assert put(phones, nurses=[{"name": "A nurse", "phone": "+8613800000001"}]) == 200
    assert phones.ask("seed")["chats"] == [chat]


def test_a_secret_is_never_shown_and_its_password_is(phones: Phones) -> None:
    put(phones, otps=[{"name": "Dr Li", "secret": SECRET}])
    put(phones, staff=[{"name": "Dr Li", "otp_secret": SECRET}, {"name": "B", "otp_secret": "1!"}])
    now = time.time()
    seed = phones.ask("seed")
    near = {code_at(SECRET, now), code_at(SECRET, now + 2)}
    assert seed["otps"][0]["code"] in near
    assert seed["staff"][0]["one_time_code"] in near
    assert SECRET not in str(seed)
    assert "one_time_code" not in seed["staff"][1]


def test_tests_are_told_with_which_one_time_password_each_of_the_staff_signs_in(phones: Phones) -> None:
    row = {"name": "Dr Li", "email": "li@example.org", "role": "doctor"}
    put(phones, staff=[row | {"password": "x", "otp_secret": SECRET}])
    now = time.time()
    [told] = phones.ask("staff")["staff"]
    assert told | row == told and told.keys() == row.keys() | {"one_time_password", "seconds_left"}
    assert told["one_time_password"] in {code_at(SECRET, now), code_at(SECRET, now + 2)}
    assert 1 <= told["seconds_left"] <= 30


@pytest.mark.parametrize("seed", [{"patients": []}, {"chats": ["P-0001"]}, {"nurses": [1]}])
def test_a_seed_that_makes_no_sense_is_refused(phones: Phones, seed: dict[str, object]) -> None:
    assert put(phones, **seed) == 422
