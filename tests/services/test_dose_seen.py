"""The days of the dose, counted and drawn; and places by what people call them."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from app.services.adherence import DayTold, days_told, last_days
from app.services.adherence_picture import draw_days
from app.services.attachments import attachment_of
from app.services.doses import record_dose
from app.services.places import city_of, is_zone, zones_named
from app.texts import Reader
from models import Dose, DoseStatus, Provenance

SHANGHAI = ZoneInfo("Asia/Shanghai")


def dose(day: int, status=DoseStatus.TAKEN, hour: int = 8) -> Dose:
    at = datetime(2026, 11, day, hour, tzinfo=SHANGHAI).astimezone(UTC)
    return Dose(taken_at=at, status=status)


def test_each_day_has_one_answer_the_worst_that_was_told():
    told = [dose(1), dose(2, DoseStatus.MISSED), dose(4), dose(4, DoseStatus.VOMITED, 9)]
    days = days_told(told, SHANGHAI, date(2026, 11, 1), date(2026, 11, 5))
    assert [day.told for day in days] == ["taken", "missed", None, "vomited"]


def test_a_day_is_of_the_patients_calendar():
    late = Dose(taken_at=datetime(2026, 11, 1, 16, 30, tzinfo=UTC), status=DoseStatus.TAKEN)
    days = days_told([late], SHANGHAI, date(2026, 11, 1), date(2026, 11, 3))
    assert [day.told for day in days] == [None, "taken"]


def test_the_last_thirty_days_and_today_leave_out_what_was_taken_back(begin, patient):
    with begin() as work:
        told = record_dose(work, patient, taken_at=work.now - timedelta(days=1),
                           provenance=Provenance.PATIENT_LATER)  # fmt: skip
        days = last_days(work, patient)
        assert (len(days), days[-2].told, days[-1].told) == (31, "taken", None)
        told.withdrawn_at = work.now
        work.session.flush()
        assert last_days(work, patient)[-2].told is None


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_picture_is_a_small_png_in_which_each_fate_looks_different(language):
    first = date(2026, 10, 26)
    pictures = set()
    for status in (*DoseStatus, None):
        days = [DayTold(first + timedelta(days=n), status) for n in range(31)]
        png = draw_days(days, Reader(language, "Asia/Shanghai"))
        image = Image.open(BytesIO(png)).convert("L")
        assert image.width == 900 and len(png) < 300_000
        pictures.add(image.crop((0, 240, 900, 700)).tobytes())
    assert len(pictures) == 4


def test_the_picture_is_made_of_the_record_as_it_is_sent(begin, patient):
    with begin() as work:
        file = attachment_of(work, "doses", patient, Reader("zh-CN", patient.time_zone))
    assert (file.name, file.content_type, file.content[:4]) == ("days.png", "image/png", b"\x89PNG")


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("上海", "Asia/Shanghai"), ("北京市", "Asia/Shanghai"), ("武汉", "Asia/Shanghai"),
        ("柏林", "Europe/Berlin"), ("new york", "America/New_York"), ("加德满都", "Asia/Kathmandu"),
        ("Nepal", "Asia/Kathmandu"), ("são paulo", "America/Sao_Paulo"), ("豪勋爵岛", "Australia/Lord_Howe"),
        ("calcutta", "Asia/Calcutta"), ("香港", "Asia/Hong_Kong"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_name_in_both_languages(said, zone):
    assert zones_named(said) == [zone]


@pytest.mark.parametrize("said", ["", "x", "某某村", "🙂", "Etc"])
def test_what_is_no_place_is_none(said):
    assert zones_named(said) == []


def test_a_large_country_is_several_places_with_its_large_cities():
    found = zones_named("美国")
    assert {"America/New_York", "America/Chicago", "America/Los_Angeles"} <= set(found)
    assert len(found) <= 9 and all(map(is_zone, found))


def test_a_city_is_called_by_its_name_in_the_readers_language():
    assert city_of("America/New_York", "zh-CN") == "纽约"
    assert city_of("Asia/Kathmandu", "en") == "Kathmandu"
