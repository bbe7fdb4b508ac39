"""A long queue is shown fifty visits at a time, with a link to more."""

import re
from datetime import timedelta
from html import unescape

from sqlmodel import select

from models import Patient, Visit

NURSE = "nurse@example.com"


def test_more_visits_are_a_link_away(signed_in, demo_begin, patient_ids):
    with demo_begin() as work:
        patient = work.session.exec(select(Patient).where(Patient.code == "P-0001")).one()
        for n in range(60):
            work.session.add(Visit(
                clinic_id=patient.clinic_id, id=f"more{n:03}", patient_id=patient.id,
                draw_at=work.now + timedelta(hours=n + 1), recorded_at=work.now,
            ))  # fmt: skip
    browser = signed_in(NURSE)
    first = browser.get("/?lang=en").text
    assert first.count('class="card visit') == 50
    link = unescape(re.search(r'href="([^"]*after=[^"]*)"[^>]*>More visits', first)[1])
    second = browser.get(link).text
    assert 10 <= second.count('class="card visit') < 20
    assert "More visits" not in second


def test_a_page_that_is_none_leads_back_to_the_first(signed_in, demo_begin):
    answer = signed_in(NURSE).get("/?after=nowhere&lang=en", follow_redirects=True)
    assert answer.status_code == 200
    assert "There is no such page" in answer.text
