"""Keys of machines by an admin: told once, named in the audit, refused from the moment they are revoked."""

import re

import pytest
from sqlmodel import select

from app.services.audit import audit
from app.services.keys import caller_of, make_key
from models import ApiKey, Audit, Clinic

ADMIN, NURSE = "admin@example.com", "nurse@example.com"


@pytest.fixture
def admin(signed_in):
    return signed_in(ADMIN)


@pytest.fixture
def send(admin, csrf_of):
    def send(path: str, **form: str):
        return admin.post(f"{path}?lang=en", data={**form, "csrf_token": csrf_of(admin.get("/keys").text)})

    return send


def key_in(page) -> str:
    return re.search(r"<code>([\w-]{40,})</code>", page.text)[1]


def test_a_key_is_shown_once_and_opens_this_clinics_records(send, admin, demo_begin):
    key = key_in(send("/keys", name="  Laboratory   system "))
    assert key not in admin.get("/keys").text
    told = admin.get("/audit?action=key.make&lang=en").text.partition("<tbody>")[2]
    assert "made a key for a program" in told and "Laboratory system" in told and key not in told
    with demo_begin() as work:
        row = work.session.exec(select(ApiKey).where(ApiKey.name == "Laboratory system")).one()
        assert caller_of(work, key).actor == f"key:{row.id}" and key not in row.key_sha256
        noted = work.session.exec(select(Audit).where(Audit.action == "key.make")).one()
        assert noted.about == row.id and noted.actor.startswith("staff:")


def test_a_revoked_key_is_refused_and_stays_on_the_list(send, admin, demo_begin):
    key = key_in(send("/keys", name="Old"))
    with demo_begin() as work:
        key_id = caller_of(work, key).key_id
    for _ in range(2):
        assert send(f"/keys/{key_id}/revoke").location == "/keys"
    with demo_begin() as work:
        assert caller_of(work, key) is None
        assert len(work.session.exec(select(Audit).where(Audit.action == "key.revoke")).all()) == 1
    page = admin.get("/keys?lang=en").text
    assert "revoked Nov 24, 2026" in page and f"/keys/{key_id}/revoke" not in page
    assert send("/keys", name="Old").status_code == 200  # its name is free again


@pytest.mark.parametrize(("name", "why"), [
    ("", "1 to 80"), (" \n ", "1 to 80"), ("x" * 81, "1 to 80"), ("Taken", "has this name already"),
])  # fmt: skip
def test_a_name_that_cannot_be_is_said_and_no_key_is_made(send, demo_begin, name, why):
    with demo_begin() as work:
        make_key(work, "demo", "Taken")
        before = len(work.session.exec(select(ApiKey)).all())
    page = send("/keys", name=name)
    assert page.status_code == 422 and why in re.search(r'id="name-error">([^<]+)', page.text)[1]
    with demo_begin() as work:
        assert len(work.session.exec(select(ApiKey)).all()) == before


def test_its_last_access_is_shown_and_leads_to_what_it_did(send, admin, demo_begin):
    with demo_begin() as work:
        key_id = caller_of(work, make_key(work, "demo", "Results")).key_id
    assert admin.get("/keys?lang=en").text.count("no access to a record yet") >= 1
    with demo_begin() as work:
        audit(work, "demo", f"key:{key_id}", "fhir.record")
    page = admin.get("/keys?lang=en").text
    assert "last access Nov 24, 2026 10:00" in page
    assert "sent a result as FHIR" in admin.get(f"/audit?actor=key:{key_id}&lang=en").text.partition("<tbody>")[2]


def test_another_clinics_key_is_not_there_and_not_revoked(send, admin, demo_begin):
    with demo_begin() as work:
        work.session.add(Clinic(id="other", name="Other"))
        work.session.flush()
        key = make_key(work, "other", "Theirs")
        work.session.flush()
        key_id = caller_of(work, key).key_id
    assert "Theirs" not in admin.get("/keys").text
    assert send(f"/keys/{key_id}/revoke").status_code == 404
    with demo_begin() as work:
        assert caller_of(work, key) is not None


@pytest.mark.parametrize(("email", "there", "not_there"), [
    (ADMIN, ["/clinic", "/rota", "/cards", "/audit", "/keys"], []),
    (NURSE, ["/clinic", "/rota", "/cards"], ["/audit", "/keys"]),
])  # fmt: skip
def test_the_overview_leads_to_what_each_role_may_open(signed_in, email, there, not_there):
    browser = signed_in(email)
    page = browser.get("/administration").text.partition("<main>")[2]
    assert [one for one in [*there, *not_there] if f'href="{one}"' in page] == there
    assert [browser.get(one).status_code for one in there] == [200] * len(there)
    assert 'href="/administration"' in browser.get("/").text


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_of_keys_fills_its_card_and_has_no_frame_of_its_own(desk, demo_begin, width):
    with demo_begin() as work:
        make_key(work, "demo", "Results")
    page = desk("admin", "/keys")
    page.set_viewport_size({"width": width, "height": 900})
    shown = page.locator("main section ul").evaluate(
        "one => [getComputedStyle(one).borderTopWidth, one.offsetLeft, one.offsetWidth,"
        " one.previousElementSibling.offsetLeft, one.previousElementSibling.offsetWidth]"
    )
    assert shown[0] == "0px" and shown[1:3] == shown[3:]


def test_where_there_is_no_key_there_is_no_empty_list(admin, demo_begin):
    with demo_begin() as work:
        for one in work.session.exec(select(ApiKey)).all():
            work.session.delete(one)
    page = admin.get("/keys?lang=en").text.partition("<main>")[2].partition("</main>")[0]
    assert "<ul" not in page and 'class="calm"' in page
