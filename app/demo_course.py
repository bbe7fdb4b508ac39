"""The courses of the demo patients. All people and values are invented."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clinical.grading import grade_lab
from app.clinical.sf36 import score
from app.clinical.symptoms import grade_report
from app.clinical.trough import KE_TYPICAL, steady_state_flags, trough
from app.services.reminders import plan_for_visit
from app.work import Work
from models import (
    Alert,
    AlertState,
    Decision,
    DecisionKind,
    Disposition,
    Dose,
    DoseStatus,
    Lab,
    Patient,
    Provenance,
    Questionnaire,
    Regimen,
    Sample,
    SymptomGrade,
    SymptomReport,
    Visit,
    VisitStatus,
)
from models.columns import new_id

ZONE = ZoneInfo("Asia/Shanghai")
WELL = {
    "periorbital_edema.swelling": "none", "rash_maculo_papular.extent": "none",
    "nausea.eating": "none", "muscle_cramp.severity": "none",
}  # fmt: skip
SWOLLEN_LIDS = {
    **WELL, "periorbital_edema.swelling": "firm", "periorbital_edema.vision": "no",
    "periorbital_edema.treatment": "none", "nausea.eating": "as_usual",
    "nausea.consequences": "no",
}  # fmt: skip
DIURETIC = {**SWOLLEN_LIDS, "periorbital_edema.treatment": "diuretic"}
MILD = {
    **WELL, "periorbital_edema.swelling": "soft", "periorbital_edema.vision": "no",
    "periorbital_edema.treatment": "none",
}  # fmt: skip
# Answers to the 36 items, invented: a hard time, a better one, a good one.
_HARD = [4, 4, *[2] * 10, *[1] * 4, 1, 1, 2, 3, 3, 3, 4, 4, 4, 3, 4, 4, 4, 3, 4, 3, 3, 3, 3, 4]
_BETTER = [3, 3, 2, 2, *[3] * 8, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 3, 5, 5, 2, 3, 5, 4, 3, 4, 4,
           4, 2, 4, 2]  # fmt: skip
_GOOD = [2, 2, 2, *[3] * 9, *[2] * 4, 2, 2, 2, 1, 2, 1, 2, 5, 6, 2, 2, 5, 5, 2, 5, 5, 4, 2, 4, 2]
ITEMS = {"hard": _HARD, "better": _BETTER, "good": _GOOD}


class Course:
    """Writes one patient's history, in days before now and wall-clock hours of the clinic."""

    def __init__(self, work: Work, patient: Patient) -> None:
        self.work, self.patient = work, patient
        self._today = work.now.astimezone(ZONE).date()
        self._began: list[tuple[int, datetime]] = []

    def at(self, days_ago: int, clock: time = time(8)) -> datetime:
        day = self._today - timedelta(days=days_ago)
        return datetime.combine(day, clock, ZONE).astimezone(UTC)

    def regimen(self, days_ago: int, mg: int, reason: str | None = None) -> None:
        started = self._today - timedelta(days=days_ago)
        self._add(Regimen, daily_dose_mg=mg, started_on=started, reason=reason,
                  recorded_at=self.at(days_ago))  # fmt: skip
        self._began.append((days_ago, self.at(days_ago)))

    def doses(self, mg: int, missed: tuple[int, ...] = (), days: int = 30) -> None:
        """One dose a morning up to today's, if it is past 08:15."""
        for ago in range(days, -1, -1):
            taken_at = self.at(ago, time(8, (7 * ago) % 20))
            status = DoseStatus.MISSED if ago in missed else DoseStatus.TAKEN
            if taken_at <= self.work.now:
                self._add(
                    Dose, taken_at=taken_at, dose_mg=mg, status=status, recorded_at=taken_at,
                    provenance=Provenance.PATIENT_AT_THE_MOMENT,
                )  # fmt: skip

    def level(self, days_ago: int, raw: float, drawn: time, dose: time = time(8, 5)) -> None:
        """A visit attended, and the level of the blood drawn at it."""
        drawn_at, dose_at = self.at(days_ago, drawn), self.at(days_ago + 1, dose)
        values = asdict(trough(raw, dose_at, drawn_at))
        began = next(at for _, at in reversed(self._began) if at < drawn_at)
        values["flags"] = [*values["flags"], *steady_state_flags(drawn_at, began, ())]
        self._add(Visit, draw_at=drawn_at, status=VisitStatus.ATTENDED, drawn_at=drawn_at,
                  drawn_provenance=Provenance.STAFF, recorded_at=drawn_at)  # fmt: skip
        self._add(Sample, drawn_at=drawn_at, concentration=raw, unit="ug/L", last_dose_at=dose_at,
                  dose_provenance=Provenance.PATIENT_AT_THE_MOMENT, ke_per_h=KE_TYPICAL,
                  recorded_at=drawn_at, **values)  # fmt: skip

    def report(
        self, days_ago: int, answers: Mapping[str, str], *, intolerable: bool = False,
        note: str | None = None,
    ) -> SymptomReport:  # fmt: skip
        graded, at = grade_report(answers), self.at(days_ago, time(19, 10))
        report: SymptomReport = self._add(
            SymptomReport, reported_at=at, provenance=Provenance.PATIENT_AT_THE_MOMENT,
            answers=dict(answers), intolerable=intolerable, note=note,
            families=graded.families, red_flags=list(graded.red_flags), recorded_at=at,
        )  # fmt: skip
        for one in graded.grades:
            self._add(SymptomGrade, report_id=report.id, term=one.term, family=one.family,
                      grade=one.grade, criterion=one.criterion, graded_at=at)  # fmt: skip
        return report

    def alert(self, report: SymptomReport, cause: str, code: str, note: str) -> None:
        """An alert of the past: acknowledged in 6 minutes, closed in 40."""
        raised = report.reported_at
        self._add(
            Alert, code=code, family="edema", causes=[cause], grade=report.families["edema"],
            report_id=report.id, state=AlertState.CLOSED, raised_at=raised, step=1,
            acknowledged_at=raised + timedelta(minutes=6), acknowledged_by="staff:1",
            closed_at=raised + timedelta(minutes=40), closed_by="staff:1",
            disposition=Disposition.CALL, note=note,
        )  # fmt: skip

    def sf36(self, days_ago: int, how: str) -> None:
        items, at = ITEMS[how], self.at(days_ago, time(20))
        self._add(Questionnaire, items=list(items), answered_at=at, recorded_at=at,
                  **asdict(score(items)))  # fmt: skip

    def labs(self, days_ago: int, haemoglobin: float, neutrophils: float, alt: float) -> None:
        self._lab(days_ago, "haemoglobin", haemoglobin, "g/L", lln=115, uln=150)
        self._lab(days_ago, "neutrophils", neutrophils, "10^9/L", lln=1.8, uln=6.3)
        self._lab(days_ago, "platelets", 168, "10^9/L", lln=125, uln=350)
        self._lab(days_ago, "ALT", alt, "U/L", uln=40)
        self._lab(days_ago, "creatinine", 71, "umol/L", uln=97, baseline=66)

    def _lab(self, days_ago: int, analyte: str, value: float, unit: str, **limits: float) -> None:
        grade, at = grade_lab(analyte, value, unit, **limits), self.at(days_ago, time(7, 40))
        self._add(Lab, analyte=analyte, value=value, unit=unit, collected_at=at, term=grade.term,
                  family=grade.family, grade=grade.grade, criterion=grade.criterion,
                  missing=list(grade.missing), recorded_at=at, **limits)  # fmt: skip

    def visit(self, days_ahead: int) -> None:
        """A draw planned for 08:00, with its reminders."""
        visit = self._add(Visit, draw_at=self.at(-days_ahead), recorded_at=self.work.now)
        self.work.session.flush()
        plan_for_visit(self.work, self.patient, visit)

    def decision(self, days_ago: int, mg: int, reason: str) -> None:
        self._add(Decision, decision=DecisionKind.ACCEPTED, dose_mg=mg, reason=reason,
                  decided_by="staff:3", decided_at=self.at(days_ago, time(9, 30)))  # fmt: skip

    def _add(self, table: Any, **values: Any) -> Any:
        row = table(
            clinic_id=self.patient.clinic_id, id=new_id(self.work.now),
            patient_id=self.patient.id, **values,
        )  # fmt: skip
        self.work.session.add(row)
        return row


def newly_linked(course: Course) -> None:
    course.regimen(26, 400)
    course.doses(400, days=3)
    course.visit(2)


def in_mid_course(course: Course) -> None:
    course.regimen(62, 400)
    course.doses(400, missed=(17,))
    course.level(31, 2010, time(6, 45))
    course.sf36(55, "better")
    course.labs(31, 118, 2.4, 31)
    course.report(45, MILD)
    course.report(20, SWOLLEN_LIDS)
    told = course.report(4, SWOLLEN_LIDS, intolerable=True, note="早上眼睛肿得睁不开，很难受")
    course.alert(told, "intolerable", "K7MQ", "已电话联系，嘱抬高床头，复诊时医生评估剂量")
    course.sf36(4, "hard")
    course.labs(3, 108, 1.7, 44)
    course.visit(1)


def after_a_reduction(course: Course) -> None:
    course.regimen(400, 400)
    course.level(368, 1880, time(7, 30))
    course.labs(368, 121, 2.2, 38)
    course.report(372, SWOLLEN_LIDS)
    course.sf36(371, "hard")
    told = course.report(330, DIURETIC, note="Eyelids very swollen, water tablets started")
    course.alert(told, "grade_3", "H4TD", "Phoned: water tablets continued, visit moved forward")
    course.decision(325, 300, "Grade 3 eyelid swelling, first trough over 1500")
    course.regimen(324, 300, "Grade 3 eyelid swelling")
    for ago, raw, drawn in ((294, 1240, time(8, 20)), (220, 1105, time(7, 0)),
                            (130, 1180, time(9, 15)), (44, 1010, time(8, 0))):  # fmt: skip
        course.level(ago, raw, drawn)
        course.labs(ago, 124, 2.6, 29)
    course.report(296, MILD)
    course.report(222, MILD)
    course.report(131, WELL)
    course.sf36(220, "better")
    course.sf36(40, "good")
    course.report(5, WELL)
    course.doses(300, missed=(9, 22))
    course.visit(6)
