"""Numbers that look like a fever: one that was not reached, the weather, a fridge, a weight."""

import pytest

from app.clinical.triage.measures import fever_measured, temperatures


def table(rows):
    return pytest.mark.parametrize(("text", "fever"), rows)


@table([
    ("到38度", True), ("没到38度", False), ("没有超过38度", False), ("低于38度", False), ("未有超过 38度", False), ("未有超过  38度", True), ("没事，38度", True),
])  # fmt: skip
def test_a_temperature_that_was_not_reached_is_no_fever(text, fever):
    assert bool(fever_measured(text)) is fever


@table([
    ("天气38度", False), ("天气烧到38度", True), ("38度天热", False), ("烧38度天热", True),
    ("气温" + "的" * 8 + "38度", False), ("气温" + "的" * 9 + "38度", True), ("38度" + "的" * 8 + "天热", False), ("38度" + "的" * 9 + "天热", True),
    ("pool 38.5", False), ("38.5 pool", False), ("outside" + "," * 18 + "38.5", False), ("outside" + "," * 19 + "38.5", True),
    ("38.5" + "," * 21 + "pool", False), ("38.5" + "," * 22 + "pool", True), ("pool, and now, and then, and so on: 38.5", True),
])  # fmt: skip
def test_a_temperature_of_the_weather_or_of_a_thing_is_no_fever(text, fever):
    assert bool(fever_measured(text)) is fever


@table([
    ("101.5", True), ("101", False), ("101 f", True), ("temp 101", True), ("weigh 101.5", False), ("weigh 101.5 f", True), ("temp 101.5, weigh", True),
    ("weigh" + "," * 75 + "101.5", False), ("weigh" + "," * 76 + "101.5", True), ("101.5" + "," * 35 + "weigh", False), ("101.5" + "," * 36 + "weigh", True),
])  # fmt: skip
def test_degrees_fahrenheit_beside_a_word_of_weight_need_a_unit_or_a_word_of_heat(text, fever):
    assert bool(fever_measured(text)) is fever


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("38.5 c", [(0, 6, 38.5)]),
        ("烧到三十八度二", [(2, 7, 38.2)]),
        ("烧到三十九", [(2, 5, 39.0)]),
        ("烧到四十", [(2, 4, 40.0)]),
        ("it was 98.7 f", [(7, 13, 37.06)]),
        ("102 f, then 38 c", [(12, 16, 38.0), (0, 5, 38.89)]),
        ("39 tablets", []),
    ],
)
def test_each_temperature_is_read_in_degrees_celsius(text, told):
    assert [(start, end, round(celsius, 6)) for start, end, celsius in temperatures(text)] == told
