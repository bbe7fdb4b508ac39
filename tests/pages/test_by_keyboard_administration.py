"""How an admin looks after the clinic, in a real browser and without a mouse."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from models import ApiKey, Message, Staff
from tests.pages.by_browser import press, save, tab_to, write


@pytest.mark.main_task("staff_page")
def test_a_nurse_is_added_and_her_link_can_be_handed_over(desk, demo_begin):
    page = desk("admin", "/staff")
    write(page, "Email", "wang@example.com")
    write(page, "Name", "王芳")
    write(page, "Phone", "+86 138 0000 0007")
    tab_to(page, "nurse")
    page.keyboard.press("Space")
    press(page, "Add and make the link")
    expect(page.get_by_role("heading", level=1)).to_have_text("王芳")
    link = page.locator("#link .link").inner_text()
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == "wang@example.com")).one()
        assert [role.name for role in nurse.roles] == ["nurse"]
    path = re.search(r"/s/.+", link)[0]
    page.context.clear_cookies()
    page.goto(page.url.partition("/staff")[0] + path)
    write(page, "New password", "lantern-over-quiet-water")
    write(page, "New password, once more", "lantern-over-quiet-water")
    press(page, "Keep the new password")
    page.wait_for_url("**/login")


@pytest.mark.main_task("person_page")
def test_a_colleague_gets_another_number_and_a_test(desk, demo_begin):
    page = desk("admin", "/staff")
    press(page, page.locator(".staff-list a.big").first.inner_text())
    email = page.locator(".head p").first.inner_text().split()[0]
    write(page, "Phone", "+86 138 0000 0099")
    press(page, "Save")
    expect(page.get_by_text("Kept.")).to_be_visible()
    press(page, "Send a test text")
    expect(page.get_by_text("The test is on its way.")).to_be_visible()
    with demo_begin() as work:
        person = work.session.exec(select(Staff).where(Staff.email == email)).one()
        assert person.phone == "+8613800000099"
        assert work.session.exec(select(Message).where(Message.staff_id == person.id)).all()


@pytest.mark.main_task("audit_page")
def test_who_read_a_record_is_searched_and_saved(desk, patient_ids):
    page = desk("admin", f"/patients/{patient_ids['P-0002']}")
    page.goto(page.url.partition("/patients")[0] + "/audit?lang=en")
    rows = page.locator(".trail tbody tr")
    before = rows.count()
    write(page, "Patient code", "P-0002")
    press(page, "Show")
    expect(rows.first).to_contain_text("P-0002")
    assert 0 < rows.count() < before
    assert b"P-0002" in save(page, "Save as a file (CSV)").path().read_bytes()


@pytest.mark.main_task("keys_page")
def test_a_programs_key_is_made_shown_once_and_revoked(desk, demo_begin):
    page = desk("admin", "/keys")
    write(page, "Name of the program", "laboratory")
    press(page, "Make a key")
    expect(page.locator(".once code")).to_be_visible()
    page.goto(page.url)
    expect(page.locator(".once")).to_have_count(0)
    press(page, "Revoke laboratory")
    press(page, "Revoke “laboratory” now")
    expect(page.get_by_text("The key “laboratory” is revoked.")).to_be_visible()
    with demo_begin() as work:
        assert work.session.exec(select(ApiKey).where(ApiKey.name == "laboratory")).one().revoked_at


@pytest.mark.main_task("administration_page")
def test_each_place_of_the_administration_opens(desk):
    page = desk("admin", "/administration")
    for name in page.locator(".places a").all_inner_texts():
        press(page, name)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not page.url.endswith("/administration")
        page.go_back()
