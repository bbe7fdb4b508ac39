"""Each alert has the grade of its own family, and is raised again when just that is worse."""

from sqlmodel import select

from app.services.alerts import acknowledge
from app.services.half_reports import alert_half_told
from models import Alert, AlertState


def told(begin, patient, **families):
    with begin() as work:
        alert_half_told(work, patient, [], families)


def alerts(begin):
    with begin() as work:
        return {one.family: one for one in work.session.exec(select(Alert))}


def test_a_rash_that_gets_worse_calls_again_although_the_bowel_was_as_bad_before(
    begin, clinic, patient
):
    told(begin, patient, gi=4, skin=3)
    assert {name: one.grade for name, one in alerts(begin).items()} == {"gi": 4, "skin": 3}
    with begin() as work:
        acknowledge(work, "wuhan", alerts(begin)["skin"].id, "staff:1")
    told(begin, patient, gi=3, skin=4)
    assert alerts(begin)["skin"].state == AlertState.OPEN
