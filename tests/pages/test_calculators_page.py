"""The calculators for clinicians: result, formula, source and limits, and errors beside the box."""

import pytest

DOCTOR = "doctor@example.com"
LEVEL = {"concentration": "1.2", "unit": "mg/L", "dose_taken_at": "2026-03-02T08:00",
         "drawn_at": "2026-03-03T07:30", "ke": "0.041"}  # fmt: skip
RULE = {"worst_grade": "3", "first_trough_ug_per_l": "1600", "current_dose_mg": "400",
        "days_at_dose": "40"}  # fmt: skip
PLATELETS = {"analyte": "platelets", "value": "20", "unit": "10^9/L", "lln": "125"}
LAB = {"analyte": "haemoglobin", "value": "79", "unit": "g/L", "lln": "115"}

NAUSEA = {"term": "nausea", "nausea.eating": "less", "nausea.consequences": "no"}


@pytest.fixture
def calculate(signed_in, csrf_of):
    browser = signed_in(DOCTOR)

    def calculate(name, form, language="en"):
        token = csrf_of(browser.get("/calculators").text)
        where = f"/calculators/{name}?lang={language}"
        return browser.post(where, data={**form, "csrf_token": token})

    return calculate


def test_who_is_signed_out_sees_no_calculator(app):
    assert app.test_client().get("/calculators").status_code == 302


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_calculator_shows_formula_source_and_limits(signed_in, language):
    page = signed_in(DOCTOR).get(f"/calculators?lang={language}").text
    assert "page.calc" not in page
    for told in ("Wang 2009", "CTCAE v5.0", "Chen 2024", "SF-36"):
        assert told in page
    assert page.count('<form class="decide" method="post"') == 6


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("name", "form", "shown"),
    [
        ("trough", LEVEL, "1175.65"),
        ("grade", LAB, "3"),
        ("grade", {**PLATELETS, "ctcae_version": "5.0"}, "25.0 x 10"),
        ("grade", {**PLATELETS, "ctcae_version": "6.0"}, "50.0 - 10.0"),
        ("sf36", {}, "–"),
        ("sf36", {f"item-{n}": "1" for n in range(1, 37)}, "36.7"),
        ("symptom", NAUSEA, "Oral intake decreased"),
        ("dose_rule", RULE, "300 / 200"),
        ("triage", {"text": "vomiting blood, no rash"}, '<mark class="red_flag">'),
        ("triage", {"text": "吐血，没有皮疹"}, '<mark class="red_flag">'),
    ],
)
def test_a_calculator_answers_in_both_languages(calculate, name, form, shown, language):
    answer = calculate(name, form, language)
    assert answer.status_code == 200, answer.text
    assert shown in answer.text
    assert "page." not in answer.text.replace("pages.", "")


@pytest.mark.parametrize(
    ("name", "form", "field", "words"),
    [
        ("trough", {**LEVEL, "concentration": "-5"}, "concentration", "above 0"),
        ("trough", {**LEVEL, "concentration": ""}, "concentration", "Fill this in"),
        ("trough", {**LEVEL, "concentration": "nan"}, "concentration", "Write a number"),
        ("trough", {**LEVEL, "dose_taken_at": ""}, "dose_taken_at", "Give the day"),
        ("trough", {**LEVEL, "drawn_at": "2026-03-01T07:30"}, "drawn_at", "before the dose"),
        ("trough", {**LEVEL, "drawn_at": "2026-03-02T09:30"}, "drawn_at", "8 to 48 hours"),
        ("trough", {**LEVEL, "ke": "2"}, "ke", "0.041"),
        ("grade", {**LAB, "unit": "U/L"}, "unit", "does not fit"),
        ("grade", {**LAB, "value": "-1"}, "value", "zero or above"),
        ("trough", {**LEVEL, "drawn_at": "2036-03-03T07:30"}, "drawn_at", "in the future"),
        ("sf36", {"item-3": "4"}, "item-3", "not an option"),
        ("sf36", {"item-36": "x"}, "item-36", "Write a number"),
        ("symptom", {"term": "nausea"}, "nausea.eating", "answer it"),
        ("symptom", {**NAUSEA, "nausea.eating": "x"}, "nausea.eating", "Choose one"),
        ("dose_rule", {**RULE, "current_dose_mg": "350"}, "current_dose_mg", "multiple of 100"),
        ("dose_rule", {**RULE, "days_at_dose": "-1"}, "days_at_dose", "zero or above"),
        ("triage", {"text": " "}, "text", "Write the patient"),
    ],
)
def test_a_wrong_input_is_told_beside_its_box(calculate, name, form, field, words):
    answer = calculate(name, form)
    assert answer.status_code == 422
    _, _, beside = answer.text.partition(f'id="{name}-{field}-error">')
    assert words in beside.partition("</span>")[0]


def test_what_was_typed_is_kept(calculate):
    page = calculate("trough", {**LEVEL, "concentration": "12oo"}).text
    assert 'value="12oo"' in page
    assert 'value="2026-03-03T07:30"' in page


def test_an_unknown_calculator_is_not_found(calculate):
    assert calculate("horoscope", {}).status_code == 404


def test_a_form_without_its_token_is_refused(signed_in):
    assert signed_in(DOCTOR).post("/calculators/trough", data=LEVEL).status_code == 400
