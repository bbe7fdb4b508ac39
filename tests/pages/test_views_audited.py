"""Whoever sees something of a patient leaves a row in the audit, on every page."""

from sqlmodel import func, select

from models import Alert, Audit, Sample, Visit
from tests.pages.test_access_pages import address, places

SAYS_NOTHING = {"alert_news", "media_file"}  # a word that changes; media have tests of their own


def test_every_page_about_a_patient_is_audited(app, signed_in, demo_begin, patient_ids):
    browser, patient = signed_in("doctor@example.com"), patient_ids["P-0003"]

    def of_patient(table):
        with demo_begin() as work:
            return work.session.exec(select(table.id).where(table.patient_id == patient)).first()

    def rows() -> int:
        with demo_begin() as work:
            query = select(func.count()).select_from(Audit).where(
                Audit.patient_id == patient, Audit.actor.startswith("staff:")
            )  # fmt: skip
            return work.session.exec(query).one()

    given = {"patient_id": patient, "name": of_patient(Alert), "visit_id": of_patient(Visit),
             "result_id": of_patient(Sample), "kind": "level"}  # fmt: skip
    seen = []
    for name, method, rule in places(app):
        if method == "GET" and rule.arguments & {"patient_id", "name"} and name not in SAYS_NOTHING:
            before = rows()
            assert browser.get(address(rule, **given)).status_code == 200, name
            assert rows() > before, name
            seen.append(name)
    assert len(seen) > 10
