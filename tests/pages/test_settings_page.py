"""The clinic's settings on a page: read by all, changed by an admin, the clinical ones explained first."""

import html
import re

import pytest
from sqlmodel import select
from werkzeug.datastructures import MultiDict

from app.api.clinic import ClinicChange
from app.pages.setting_fields import CLINICAL, SETTINGS, shown, told
from models import Audit, Clinic
from models.clinic import CheckPace

ADMIN, NURSE = "admin@example.com", "nurse@example.com"


@pytest.fixture
def admin(signed_in):
    return signed_in(ADMIN)


@pytest.fixture
def clinic_of(demo_begin):
    def clinic_of() -> Clinic:
        with demo_begin() as work:
            return work.session.get_one(Clinic, "demo")

    return clinic_of


@pytest.fixture
def changes(demo_begin):
    """What the audit has of changed settings."""

    def changes() -> list[tuple[str, str | None]]:
        with demo_begin() as work:
            query = select(Audit).where(Audit.action == "clinic.change").order_by(Audit.id)
            rows = work.session.exec(query)
            return [(row.actor, row.about) for row in rows]

    return changes


def fields_of(page: str) -> MultiDict:
    """What a browser would send of the page's form."""
    form = page.partition('action="/clinic"')[2].partition("</form>")[0]
    sent: MultiDict = MultiDict()
    for tag in re.findall(r"<input[^>]*>", form):
        kind, name, value = (re.search(rf'{part}="([^"]*)"', tag) for part in ("type", "name", "value"))
        if name and kind and (kind[1] != "checkbox" or " checked" in tag):
            sent.add(name[1], html.unescape(value[1]))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search('value="([^"]*)"', options)
        sent.add(name, chosen[1])
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S):
        sent.add(name, html.unescape(text))
    return sent


@pytest.fixture
def save(admin):
    """save(name=value, ...) -> the answer to the form with these typed in it."""

    def save(page=None, **typed):
        form = fields_of(page or admin.get("/clinic?lang=en").text)
        for name, value in typed.items():
            form.setlist(name, value if isinstance(value, list) else [value])
        return admin.post("/clinic?lang=en", data=form)

    return save


def test_every_setting_of_the_api_stands_on_the_page_and_no_other():
    assert set(SETTINGS) == set(ClinicChange.model_fields)
    assert set(CLINICAL) <= set(SETTINGS)


def test_the_form_as_it_is_shown_is_the_clinic_as_it_is(admin, clinic_of):
    sent = fields_of(admin.get("/clinic").text)
    kept = clinic_of()
    for name, value in ClinicChange.model_validate(told(sent)).sent().items():
        assert value == getattr(kept, name), name
    assert set(told(sent)) == set(SETTINGS)


def test_saving_what_is_there_changes_and_audits_nothing(save, changes):
    assert save().location == "/clinic"
    assert changes() == []


def test_everybody_reads_them_and_that_is_audited(signed_in, demo_begin):
    page = signed_in(NURSE).get("/clinic?lang=en").text
    assert "Only an administrator changes them" in page and "Save settings" not in page
    assert page.count("<fieldset disabled") == 8
    with demo_begin() as work:
        assert work.session.exec(select(Audit).where(Audit.action == "clinic.read")).one().actor


def test_a_change_is_kept_and_audited_from_what_to_what(save, clinic_of, changes):
    answer = save(quiet_until="06:30", checks_usual="never", staffed_weekdays=["", "0", "6"],
                  phone="+86 755 8336 6399", sure="1",
                  emergency_zh_cn="请拨打 120。", emergency_en="Call 120.")  # fmt: skip
    assert answer.status_code == 302
    kept = clinic_of()
    assert (f"{kept.quiet_until:%H:%M}", kept.checks_usual) == ("06:30", CheckPace.NEVER)
    assert (kept.staffed_weekdays, kept.phone) == ([0, 6], "+8675583366399")
    assert (kept.emergency_zh_cn, kept.emergency_en) == ("请拨打 120。", "Call 120.")
    [(actor, about)] = changes()
    assert actor.startswith("staff:")
    assert about == ("checks_usual: weekly -> never; emergency_en; emergency_zh_cn; phone; "
                     "quiet_until: 07:00 -> 06:30; staffed_weekdays: 0,1,2,3,4 -> 0,6")  # fmt: skip


MEANT = (
    ("ke_per_h", "0.05", "Levels that are there keep theirs"),
    ("prior", "widmer_2006", "also from levels that are there"),
    ("ctcae_version", "6.0", "Grades that are there stay"),
    ("alert_from_grade", "2", "Nothing is raised or closed of what was told before"),
    ("missed_dose", "when_remembered", "are told the new rule"),
    ("consent_version", "2", "asked for consent at their next message"),
)


def test_what_is_clinical_is_explained_before_it_is_kept(save, admin, clinic_of, changes):
    texts = {"emergency_zh_cn", "emergency_en"}  # which come together, below
    assert {name for name, _, _ in MEANT} | texts == set(CLINICAL)
    for number, (name, value, means) in enumerate(MEANT):
        asked = save(**{name: value, "evening_at": f"18:0{number + 1}"})
        assert asked.status_code == 200 and means in asked.text and f"18:0{number + 1}" in asked.text
        assert len(changes()) == number
        sure = MultiDict([*fields_of(asked.text).items(multi=True), ("sure", "1")])
        assert admin.post("/clinic", data=sure).status_code == 302
        assert shown(getattr(clinic_of(), name)) == [value]
        assert f"{name}: " in changes()[-1][1]


def test_what_is_read_first_at_a_red_flag_is_shown_as_it_was_and_as_it_becomes(save, clinic_of):
    asked = save(emergency_zh_cn="请拨打 120。", emergency_en="Call 120.")
    assert asked.status_code == 200 and clinic_of().emergency_en is None
    for words in ("请拨打 120。", "Call 120.", "Have somebody else read it", "must say the same as the Chinese text"):
        assert words in asked.text


def test_from_the_explanation_one_goes_back_to_what_was_typed(save, admin, changes):
    asked = save(ke_per_h="0.05", name="另一个名字")
    form = MultiDict([*fields_of(asked.text).items(multi=True), ("again", "1")])
    back = fields_of(admin.post("/clinic", data=form).text)
    assert (back["ke_per_h"], back["name"]) == ("0.05", "另一个名字")
    assert changes() == []


WRONG = (
    ({"ke_per_h": "0,041"}, "ke_per_h", "0.01 to 0.2"), ({"ke_per_h": "0.3"}, "ke_per_h", "0.01 to 0.2"),
    ({"name": " "}, "name", "120 letters"), ({"phone": "123"}, "phone", "country code"),
    ({"time_zone": "Mars/North"}, "time_zone", "Asia/Shanghai"), ({"evening_at": "25:00"}, "evening_at", "08:30"),
    ({"nurse_wait_min": "0"}, "nurse_wait_min", "1 to 120"), ({"close_within_min": "29"}, "close_within_min", "30 to 1440"),
    ({"consent_version": "a b"}, "consent_version", "hyphens"), ({"prior": "own"}, "prior", "Choose one"),
    ({"staffed_weekdays": ["1", "1"]}, "staffed_weekdays", "once"), ({"alert_from_grade": "4"}, "alert_from_grade", "Choose one"),
    ({"emergency_en": "x" * 601, "emergency_zh_cn": "x"}, "emergency_en", "600 letters"),
    ({"emergency_zh_cn": "拨打 120"}, "emergency_en", "or leave both empty"),
    ({"quiet_from": "06:00"}, "quiet_from", "end in the morning"),
    ({"staffed_until": "07:00"}, "staffed_until", "opens before it closes"),
)


def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(save, admin, changes):
    page = admin.get("/clinic?lang=en").text
    for typed, at, why in WRONG:
        answer = save(page, **typed, night_phone="+8613800000077")
        assert answer.status_code == 422, typed
        [said] = re.findall(rf'id="{at}-error">([^<]+)', answer.text)
        assert why in said and f'<a href="#{at}">' in answer.text, typed
        back = fields_of(answer.text)
        assert back["night_phone"] == "+8613800000077"
        if at in typed and SETTINGS[at].kind not in ("words", "weekdays"):
            assert back[at] == typed[at]
    assert changes() == []


def test_who_saves_over_another_admins_change_sees_it_first(save, admin, clinic_of, changes):
    mine = admin.get("/clinic?lang=en").text
    assert save(evening_at="18:00").status_code == 302
    answer = save(mine, evening_at="20:00")
    assert answer.status_code == 422
    assert "Somebody else changed settings" in answer.text and "Set now: 18:00" in answer.text
    assert f"{clinic_of().evening_at:%H:%M}" == "18:00"
    assert save(answer.text).status_code == 302
    assert f"{clinic_of().evening_at:%H:%M}" == "20:00"
    assert len(changes()) == 2


def test_the_protocols_bounds_are_shown_with_their_sources_and_cannot_be_sent(admin):
    page = admin.get("/clinic?lang=en").text
    for said in ("760–1100 µg/L", "1500 µg/L", "22–26 h", "Bouchet 2016", "Chen 2024", "Wang 2009"):
        assert said in page
