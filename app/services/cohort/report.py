"""The cohort report of a clinic. Imported only when it is asked for: scipy takes 0.3 s."""

from zoneinfo import ZoneInfo

from app.clinical.cohort.paper import ADVERSE_EVENTS, reproduced
from app.services.cohort.after import adverse_events, associations, levels, points, quality
from app.services.cohort.before import baseline, flow, months_on_dose
from app.services.cohort.outcome import survival
from app.services.cohort.pairs import read_pairs
from app.services.cohort.reading import read_cases
from app.services.cohort.rows import CohortReport, Reproduced
from app.services.cohort.wanted import Wanted
from app.work import Work
from models import Clinic


def cohort_report(work: Work, clinic_id: str, wanted: Wanted) -> CohortReport:
    """The report of the patients that are wanted, as of now; all but the flow of the eligible."""
    zone = ZoneInfo(work.session.get_one(Clinic, clinic_id).time_zone)
    cases = read_cases(work, clinic_id, wanted, zone)
    eligible = [case for case in cases if case.eligible]
    lowered = [case for case in eligible if case.reduction]
    pairs = list(read_pairs(work, clinic_id, lowered).values())
    found = tuple(points(eligible))
    return CohortReport(
        work.now, wanted.narrowed(), flow(cases),
        {"eligible": baseline(eligible), "lowered": baseline(lowered)},
        months_on_dose(lowered), levels(lowered),
        associations(found), adverse_events(pairs), quality(pairs), survival(eligible),
        {
            family: Reproduced(ADVERSE_EVENTS[family].statistic, computed)
            for family, computed in reproduced().items()
        },
        found,
    )  # fmt: skip
