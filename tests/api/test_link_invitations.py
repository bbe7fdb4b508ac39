"""A code for the patient's phone or for a carer's, over HTTP."""

import pytest
from sqlmodel import select

from models import Invitation, Patient


@pytest.mark.parametrize(("body", "proxy"), [(None, False), ({}, False), ({"proxy": True}, True)])
def test_a_code_is_for_the_patient_unless_a_carer_is_named(api, begin, patient, body, proxy):
    made = api("POST", f"/patients/{patient.id}/invitations", body, 201)
    assert (made["proxy"], len(made["code"])) == (proxy, 8)
    with begin() as work:
        assert work.session.exec(select(Invitation)).one().proxy is proxy


def test_an_invitation_with_an_unknown_field_is_refused(api, patient):
    refused = api("POST", f"/patients/{patient.id}/invitations", {"carer": True}, 422)
    assert refused["errors"][0]["pointer"] == "/carer"


def test_the_same_key_gives_the_same_code_once_more(api, patient):
    path, key = f"/patients/{patient.id}/invitations", {"Idempotency-Key": "one"}
    first = api("POST", path, {"proxy": True}, 201, **key)
    assert api("POST", path, {"proxy": True}, 201, **key) == first
    api("POST", path, {"proxy": False}, 409, **key)


def test_who_was_erased_gets_no_code_and_no_phone_number(api, begin, clock, patient):
    with begin() as work:
        work.session.get_one(Patient, ("wuhan", patient.id)).erased_at = clock.now
    api("POST", f"/patients/{patient.id}/invitations", None, 409)
    api("PATCH", f"/patients/{patient.id}", {"phone": "+8613800000000"}, 409)
