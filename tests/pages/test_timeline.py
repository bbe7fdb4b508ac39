"""The drawing of a course: what lies where, what is left out, and how it stands in words."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages.course_table import course_table
from app.pages.timeline import LAYOUTS, NARROW, PAPER, WIDE, size_of, timeline
from app.pages.timeline.layout import axis_of
from app.pages.timeline.thinning import Mark, apart
from app.services.summary_quality import QualityOfLife
from app.services.summary_rows import (
    Adherence,
    AlertLine,
    DoseStep,
    FamilyGrade,
    Level,
    Summary,
    VisitLine,
    WhoseSummary,
)
from app.texts import Reader

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ENGLISH, CHINESE = Reader("en", "Asia/Shanghai"), Reader("zh-CN", "Asia/Shanghai")
WHO = WhoseSummary("p", "P-1", 60, "female", "zh-CN", "Asia/Shanghai", None, None, True)
NOTHING = Summary(
    at=NOW, patient=WHO, current=None, dose_steps=(), next_visit=None, visits=(), levels=(), families=(),
    grades=(), report=None, quality=QualityOfLife(None, None, None, {}, {}),
    adherence=Adherence(0, 0, 0, 0, 0), labs=(), alerts=(), medicines=None, dose_rule=None, decisions=(), missing=(),
    watch=None, estimate=None,
)  # fmt: skip


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def level(days_ago: float, corrected: float | None = 1250.0, raw: float = 1300.0, **more) -> Level:
    told = {
        "drawn_provenance": "staff", "last_dose_at": None, "dose_provenance": None, "dose_mg": 400,
        "comparator": None, "low_ug_per_l": corrected and corrected - 80, "hours_after_dose": 23.0,
        "high_ug_per_l": corrected and corrected + 90, "band": None, "flags": (), "ke_per_h": 0.041,
        "first_at_dose": False, **more,
    }  # fmt: skip
    return Level(id=str(days_ago), drawn_at=ago(days_ago), raw_ug_per_l=raw, corrected_ug_per_l=corrected, **told)


def alert(days_ago: float, state: str) -> AlertLine:
    return AlertLine(str(days_ago), "K7MQ", "edema", ("grade_3",), 3, state, ago(days_ago), None, None, None, None, None)


ONE = replace(NOTHING, dose_steps=(DoseStep(400, date(2026, 10, 27), None),), levels=(level(2, first_at_dose=True),))
LONG = replace(
    NOTHING,
    dose_steps=(DoseStep(400, date(2023, 11, 24), None), DoseStep(0, date(2024, 9, 1), None), DoseStep(300, date(2024, 9, 20), None)),
    grades=tuple(FamilyGrade(ago(3.5 * n), family, (n * 7 + at) % 4) for n in range(312, 0, -1) for at, family in enumerate(("edema", "skin", "gi", "other", "marrow"))),
    levels=tuple(level(70 * n + 1) for n in range(15, -1, -1)),
    alerts=tuple(alert(60 * n, "closed" if n else "open") for n in range(18)),
    visits=tuple(VisitLine(ago(70 * n + 1), "attended") for n in range(15)) + (VisitLine(ago(-20), "planned"), VisitLine(ago(100), "missed")),
)  # fmt: skip


def words_of(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("reader", [ENGLISH, CHINESE])
@pytest.mark.parametrize("layout", [WIDE, NARROW, PAPER])
@pytest.mark.parametrize("summary", [NOTHING, ONE, LONG])
def test_every_course_is_drawn_within_its_size_and_in_words_of_the_catalogue(summary, layout, reader):
    drawn = ElementTree.fromstring(timeline(summary, reader, layout))
    width, height = size_of(summary, reader, layout)
    assert (float(drawn.get("width")), float(drawn.get("height"))) == pytest.approx((width, height), abs=0.06)
    assert not [one for one in words_of(timeline(summary, reader, layout)) if "page." in one]
    for one in drawn.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert -1 <= float(one.get(name, 0)) <= width, ElementTree.tostring(one)


def test_a_course_without_anything_shows_the_band_and_the_line_and_explains_no_shape():
    words = words_of(timeline(NOTHING, ENGLISH, WIDE))
    assert {"760–1100", "expected", "1500", "today"} <= set(words)
    assert "as measured" not in words and "grade 0 to 4" not in words


def test_one_level_stands_with_its_number_and_its_dose():
    words = words_of(timeline(ONE, ENGLISH, WIDE))
    assert {"1250", "400 mg", "corrected, first at its dose", "week 1"} <= set(words)


def test_a_level_below_the_limit_is_an_arrow_with_its_sign():
    words = words_of(timeline(replace(ONE, levels=(level(2, None, 50.0, comparator="<"),)), CHINESE, WIDE))
    assert "<50" in words and "仅有限值" in words


def test_three_years_twice_a_week_stay_readable_on_a_desk_and_on_a_phone():
    for layout in LAYOUTS.values():
        drawn = timeline(LONG, ENGLISH, layout)
        assert len(drawn) < 80_000
        threes = len(re.findall(r">3</text>", drawn))
        assert 3 < threes < 5 * (layout.width / 20)
    assert {"400 mg", "300 mg", "month 6", "Marrow"} <= set(words_of(timeline(LONG, ENGLISH, WIDE)))


def test_the_names_of_a_time_without_treatment_and_of_a_dose_stand_where_there_is_room():
    stopped = replace(NOTHING, dose_steps=(DoseStep(400, date(2026, 6, 1), None), DoseStep(0, date(2026, 9, 1), None)))
    assert {"400 mg", "none"} <= set(words_of(timeline(stopped, ENGLISH, WIDE)))


def test_what_lies_ahead_or_before_the_first_dose_is_on_the_drawing():
    axis = axis_of(replace(ONE, visits=(VisitLine(ago(-3), "planned"),), alerts=(alert(90, "closed"),)), WIDE)
    assert axis.left < axis.x(ago(90)) < axis.x(NOW) < axis.x(ago(-3)) < axis.right


MARKS = st.lists(
    st.builds(Mark, st.floats(0, 1000), st.sampled_from([4.0, 10.0]), st.tuples(st.integers(0, 4)), st.none()),
    max_size=60,
)


@given(MARKS)
def test_no_two_marks_overlap_and_each_left_out_lies_under_one_that_is_no_milder(marks):
    shown = apart(marks)
    assert all(b.x - a.x >= a.half + b.half for a, b in zip(shown, shown[1:], strict=False))
    for mark in marks:
        assert mark in shown or any(
            abs(mark.x - one.x) < mark.half + one.half and one.worth >= mark.worth for one in shown
        )
    assert max((one.worth for one in marks), default=None) == max((one.worth for one in shown), default=None)


def test_the_table_has_each_day_once_with_the_worst_grade_in_the_patients_calendar():
    late = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # half past midnight of the 21st in Shanghai
    seen = replace(ONE, grades=(FamilyGrade(late, "edema", 1), FamilyGrade(late + timedelta(hours=5), "edema", 3)))
    table = course_table(seen)
    assert [str(one.day) for one in table.days] == ["2026-11-22", "2026-11-21", "2026-10-27"]
    assert table.days[1].grades == {"edema": 3} and table.days[2].dose_mg == 400
    assert table.families == ("edema", "skin", "gi", "other")
