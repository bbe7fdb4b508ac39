"""The page with both phones, used by a real browser."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sandbox_phones import TOKEN, Phones, running

LI, CHEN, NURSE = 9101, 9102, "+8613800000001"
SEED = {
    "chats": [
        {"chat_id": LI, "name": "李秀兰", "code": "P-0001", "hint_zh": "明天抽血"},
        {"chat_id": CHEN, "name": "Mary Chen", "code": "P-0002", "hint_en": "Speaks English"},
    ],
    "nurses": [{"name": "张护士", "phone": NURSE}],
    "clinic": {"phone": "+15005550006"},
    "links": [{"label_en": "Worklist", "label_zh": "工作台", "url": "http://127.0.0.1:8000/"}],
    "staff": [{"name": "Dr Zhao", "email": "zhao@example.org", "password": "x", "role": "doctor"}],
    "first_steps": [{"en": "Report a symptom.", "zh": "报告一个症状。"}],
}  # fmt: skip
HOSTILE = '5 &lt; 7 <b>bold</b> <img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'


@pytest.fixture(scope="module")
def phones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phones]:
    path = tmp_path_factory.mktemp("seed") / "seed.json"
    path.write_text(json.dumps(SEED))
    with running(SANDBOX_SEED=str(path), APP_URL="http://127.0.0.1:9") as found:
        yield found


def bot(phones: Phones, method: str, **values: Any) -> Any:
    answer = phones.http.post(f"/bot{TOKEN}/{method}", json=values)
    answer.raise_for_status()
    return answer.json()["result"]


def heard(phones: Phones) -> list[dict[str, Any]]:
    """What the bot has not confirmed, confirmed now."""
    updates = bot(phones, "getUpdates")
    if updates:
        bot(phones, "getUpdates", offset=updates[-1]["update_id"] + 1)
    return updates


def bubbles(page: Page) -> Any:
    return page.locator("#chat .words")


def speak_as(page: Page, name: str) -> None:
    page.locator("#patients button", has_text=name).click()
    expect(page.locator("#patient-name")).to_contain_text(name)


def write(page: Page, text: str) -> None:
    page.fill("#patient-text", text)
    page.press("#patient-text", "Enter")


def send_text(phones: Phones, body: str) -> None:
    account = "AC" + "0" * 32
    phones.http.post(
        f"/2010-04-01/Accounts/{account}/Messages.json",
        data={"To": NURSE, "From": "+15005550006", "Body": body},
        auth=(account, "sandbox-auth-token-not-a-secret"),
    ).raise_for_status()


def test_what_a_patient_types_shows_as_a_bubble_and_reaches_the_bot(open_page, phones):
    page = open_page()
    speak_as(page, "Mary Chen")
    heard(phones)
    write(page, "my eyes are swollen")
    expect(bubbles(page).last).to_have_text("my eyes are swollen")
    message = heard(phones)[-1]["message"]
    assert (message["chat"]["id"], message["text"]) == (CHEN, "my eyes are swollen")


def test_a_button_that_a_patient_taps_reaches_the_bot(open_page, phones):
    rows = {"inline_keyboard": [[{"text": "已服药", "callback_data": "dose:taken"}]]}
    bot(phones, "sendMessage", chat_id=LI, text="今天的药？", reply_markup=rows)
    page = open_page(locale="zh-CN")
    speak_as(page, "李秀兰")
    heard(phones)
    page.get_by_role("button", name="已服药").click()
    expect(page.locator(".buttons [aria-busy]")).to_have_count(1)
    query = heard(phones)[-1]["callback_query"]
    assert (query["from"]["id"], query["data"]) == (LI, "dose:taken")


def test_a_link_of_an_invitation_starts_the_bot_with_its_code(open_page, phones):
    page = open_page()
    heard(phones)
    page.click("#new-phone")
    write(page, "https://t.me/gist_companion_bot?start=7KQ2")
    expect(bubbles(page).last).to_have_text("/start 7KQ2")
    assert heard(phones)[-1]["message"]["text"] == "/start 7KQ2"


def test_an_address_of_an_invitation_opens_a_new_phone(open_page, phones):
    page = open_page()
    page.goto(f"{phones.url}/t.me/gist_companion_bot?start=GSTD2468")
    page.locator("#start").click()
    expect(bubbles(page).last).to_have_text("/start GSTD2468")


def test_markup_in_a_message_stays_text(open_page, phones):
    page = open_page()
    speak_as(page, "Mary Chen")
    write(page, HOSTILE)
    expect(bubbles(page).last).to_have_text(HOSTILE)
    bot(phones, "sendMessage", chat_id=CHEN, text="You said: " + HOSTILE)
    expect(bubbles(page).last).to_have_text("You said: " + HOSTILE)
    expect(bubbles(page).locator("b, img, script")).to_have_count(0)
    send_text(phones, HOSTILE)
    expect(page.locator("#sms .words").last).to_have_text(HOSTILE)
    assert page.evaluate("window.hurt") is None


def test_the_bots_bold_words_are_bold(open_page, phones):
    page = open_page()
    speak_as(page, "Mary Chen")
    bot(phones, "sendMessage", chat_id=CHEN, text="<b>9:10 &lt;<i>now</i></b>", parse_mode="HTML")
    expect(bubbles(page).last.locator("b")).to_have_text("9:10 <now")
    expect(bubbles(page).last.locator("b i")).to_have_text("now")


def test_a_command_is_chosen_from_the_menu(open_page, phones):
    bot(phones, "setMyCommands", commands=[{"command": "symptoms", "description": "How I feel"}])
    page = open_page()
    speak_as(page, "Mary Chen")
    page.locator("#patient-text").press_sequentially("/sy")
    page.get_by_role("button", name="/symptoms How I feel").click()
    expect(bubbles(page).last).to_have_text("/symptoms")


def test_a_photo_of_a_patient_is_shown_and_reaches_the_bot(open_page, phones):
    page = open_page()
    speak_as(page, "Mary Chen")
    heard(phones)
    page.click("#send-photo")
    picture = page.locator("#chat img.picture").last
    expect(picture).to_be_visible()
    page.wait_for_function("image => image.naturalWidth === 480", arg=picture.element_handle())
    assert heard(phones)[-1]["message"]["photo"]


def test_a_text_to_a_nurse_shows_with_its_delivery(open_page, phones):
    page = open_page()
    send_text(phones, "P-0002: http://127.0.0.1:8000/a/9XX1")
    expect(page.locator("#sms .fate").last).to_contain_text("Delivered")
    expect(page.locator("#sms a").last).to_have_text("http://127.0.0.1:8000/a/9XX1")


def test_a_reply_that_the_clinic_does_not_hear_is_said_to_be_lost(open_page):
    page = open_page()
    page.fill("#nurse-text", "9XX1")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("did not answer")
    expect(page.locator("#sms .mine .words").last).to_have_text("9XX1")


def test_the_clock_of_the_page_and_of_the_phones_moves_on_by_a_day(open_page, phones):
    page = open_page()
    before = phones.ask("clock")["offset_seconds"]
    page.get_by_role("button", name="+1 day").click()
    expect(page.locator("#notice")).to_contain_text("It is now")
    assert phones.ask("clock")["offset_seconds"] - before == pytest.approx(86_400, abs=5)
    assert page.text_content("#time") == page.locator(".phone-time").first.text_content()


def test_a_fault_is_set_and_cleared(open_page, phones):
    page = open_page()
    page.locator("#faults summary").click()
    page.get_by_role("button", name="SMS: not delivered").click()
    expect(page.locator("#fault-list")).to_contain_text("undelivered")
    assert phones.ask("faults")["faults"][0]["error_code"] == 30003
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#fault-list")).to_have_text("Nothing is set.")


def test_the_page_speaks_the_language_that_is_chosen(open_page):
    page = open_page(locale="zh-CN")
    expect(page.locator("h1")).to_have_text("两部手机")
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.locator("#steps")).to_have_text("Report a symptom.")
    assert page.get_attribute("html", "lang") == "en"


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(open_page, width, locale):
    page = open_page(width=width, locale=locale)
    for tab in ("patient", "nurse", "guide") if width == 390 else ():
        page.click(f"#tab-{tab}")
        expect(page.locator(f"#{tab}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_everything_that_can_be_pressed_has_a_name_and_no_script_is_inline(open_page):
    page = open_page()
    named = "buttons => buttons.every(one => one.textContent.trim() || one.ariaLabel)"
    assert page.locator("button, a").evaluate_all(named)
    assert page.locator("script:not([src])").count() == 0
