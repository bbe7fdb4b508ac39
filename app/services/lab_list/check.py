"""A whole list against the record: what is new, what is there already, what cannot be.

Nothing is written here.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from zoneinfo import ZoneInfo

from app.clinical.alerts import calls, is_old
from app.clinical.errors import ClinicalError
from app.clinical.grading import Grade, grade_result
from app.clinical.units import needs_confirmation, ug_per_l
from app.services.lab_list.asking import Ask, asking
from app.services.lab_list.draws import draws_named
from app.services.lab_list.faults import Fault
from app.services.lab_list.files import Rows
from app.services.lab_list.heads import Head, head_of
from app.services.lab_list.known import (
    Key,
    Known,
    Result,
    add_former,
    known_results,
    lock_patients,
    patients_called,
)
from app.services.lab_list.lines import Cells, Line, line_of, read_lines
from app.services.lab_list.passing import Passed, is_no_result, parted
from app.work import Work
from models import Clinic, Patient

# Of what a clinical error speaks, and the column that it stands in.
_COLUMNS = {"value": "result", "concentration": "result"}


@dataclass(frozen=True, slots=True)
class Graded:
    """A line with the patient it is of, and the grade of a laboratory value (None: none)."""

    line: Line
    patient: Patient
    grade: int | None
    missing: tuple[str, ...] = ()  # what its grade would need
    is_old: bool = False  # so old that its alert calls nobody by night


@dataclass(frozen=True, slots=True)
class Checked:
    """A list as it was checked: `new` is kept when nothing is wrong, in the order of the list."""

    rows: int
    new: tuple[Graded, ...]
    duplicates: tuple[int, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...]
    patient_ids: tuple[str, ...]
    alert_from_grade: int
    passed: tuple[Passed, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def digest(self) -> str:
        """The same for lists of which the same becomes."""
        told = [(one.line, one.patient.id, one.grade) for one in self.new]
        shown = repr((told, self.duplicates, [(one.row, one.key) for one in self.faults],
                      self.passed, [(one.row, one.key) for one in self.asks]))
        return hashlib.sha256(shown.encode()).hexdigest()

    @property
    def accepted(self) -> int:
        """All or nothing."""
        return 0 if self.faults else len(self.new)


def check_list(
    work: Work, clinic_id: str, rows: Rows, *, lock: bool = False, by_hand: bool = False,
    pass_over: bool = False,
) -> Checked:  # fmt: skip
    """Check every row of a list. Raises NotAList where it has no heading.

    With `lock` nobody else keeps results of these patients meanwhile. What a person took back is
    known, unless a person enters it `by_hand` again. With `pass_over` rows of what is not kept here
    are named and passed over, else they are faults.
    """
    head, clinic = head_of(rows), work.session.get_one(Clinic, clinic_id)
    named = draws_named(work, clinic_id, head.cells(rows, "sample"))
    zone = ZoneInfo(clinic.time_zone)
    every = list(read_lines(rows, head, zone, named))
    taken, passed = parted(every) if pass_over else (every, ())
    read = [(cells, _line_of(cells)) for cells in taken]
    lines = [line for _, line in read if line]
    codes = {cells.code for cells, _ in read if cells.code}
    patients = patients_called(work, clinic_id, codes)
    if lock:
        lock_patients(work, clinic_id, patients.values())
    judge = _Judge(work, clinic, head, patients)
    judge.known = known_results(work, clinic_id, patients.values())
    if not by_hand:
        add_former(work, clinic_id, patients.values(), judge.known)
    judge.all(lines)
    unread = [fault for cells, line in read if not line for fault in _unread(cells, patients)]
    faults = [*unread, *judge.faults]
    faults.sort(key=lambda fault: (fault.row, head.place(fault.column)))
    ids = tuple(patients[code].id for code in sorted(patients))
    about = asking(work, clinic_id, zone, ids, judge.known)
    asks = tuple(ask for one in judge.new for ask in about.of(one.line, one.patient))
    return Checked(
        len(every), tuple(judge.new), tuple(judge.duplicates), tuple(faults), head.ignored, ids,
        clinic.alert_from_grade, passed, asks,
    )  # fmt: skip


def read_line(
    work: Work, patient: Patient, told: Mapping[str, str]
) -> tuple[Line | None, list[Fault]]:
    """One result by our own columns as it is typed, or all that is wrong with it.

    What the record holds already is not asked.
    """
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    rows = [list(told), list(told.values())]
    head = head_of(rows)
    [cells] = read_lines(rows, head, ZoneInfo(clinic.time_zone), {})
    line = line_of(cells)
    if line is None:
        return None, cells.faults
    faults = list(_Judge(work, clinic, head, {patient.code: patient})._wrong(line))
    return (None if faults else line), faults


def _line_of(cells: Cells) -> Line | None:
    """The line of a row; one that names neither a patient nor a result has that as its fault."""
    if is_no_result(cells):
        cells.fault("patient", "no_result")
        return None
    return line_of(cells)


def _unread(cells: Cells, patients: Mapping[str, Patient]) -> list[Fault]:
    """What is wrong with a row that cannot be read: whose it is, is looked up all the same."""
    if cells.code and cells.code not in patients:
        cells.fault("patient", "patient", told=cells.code)
    return cells.faults


class _Judge:
    """Goes through the lines of one list; what it has taken counts as known for the next."""

    def __init__(
        self, work: Work, clinic: Clinic, head: Head, patients: Mapping[str, Patient]
    ) -> None:
        self.now, self.clinic, self.head, self.patients = work.now, clinic, head, patients
        self.known: Known = {}
        self.new: list[Graded] = []
        self.duplicates: list[int] = []
        self.faults: list[Fault] = []

    def all(self, lines: Sequence[Line]) -> None:
        for line in lines:
            wrong = list(self._wrong(line))
            self.faults += wrong
            if not wrong:
                self._place(line)

    def _wrong(self, line: Line) -> Iterator[Fault]:
        patient = self.patients.get(line.code)
        if patient is None:
            yield self._fault(line, "patient", "patient", told=line.code)
        elif patient.erased_at:
            yield self._fault(line, "patient", "erased", told=line.code)
        elif line.sample_of not in (None, patient.id):
            yield self._fault(line, "sample", "sample_other", told=line.code)
        if line.drawn_at > self.now:
            yield self._fault(line, "drawn_at", "future")
        if line.last_dose_at and line.last_dose_at >= line.drawn_at:
            yield self._fault(line, "last_dose_at", "dose_after_draw")
        yield from self._implausible(line)

    def _implausible(self, line: Line) -> Iterator[Fault]:
        """What the clinical core refuses, in its own words."""
        try:
            if not line.is_level:
                self._grade(line)
            elif needs_confirmation(ug_per_l(line.value, line.unit)) and not line.confirmed:
                yield self._fault(line, "result", "to_confirm", told=f"{line.value:g} {line.unit}")
        except ClinicalError as error:
            column = _COLUMNS.get(error.field, error.field)
            yield self._fault(line, column, f"clinical.{type(error).__name__}")

    def _grade(self, line: Line) -> Grade:
        return grade_result(
            line.analyte, line.value, line.unit, line.lln, line.uln, line.baseline,
            self.clinic.ctcae_version, line.comparator,
        )  # fmt: skip

    def _place(self, line: Line) -> None:
        """New, there already, or against what is there."""
        patient = self.patients[line.code]
        key: Key = (patient.id, line.analyte, line.drawn_at.astimezone(UTC))
        result, known = Result.of(line), self.known.get(key, [])
        standing = [one for one in known if not one.is_former]
        if any(one.is_same(result) for one in known):
            self.duplicates.append(line.row)
        elif standing:
            self.faults.append(self._against(line, standing[0]))
        else:
            self.known[key] = [*known, result]
            self.new.append(self._graded(line, patient))

    def _graded(self, line: Line, patient: Patient) -> Graded:
        if line.is_level:
            return Graded(line, patient, None)
        told, old = self._grade(line), is_old(line.drawn_at, self.now)
        return Graded(line, patient, told.grade, tuple(told.missing), old)

    def _against(self, line: Line, known: Result) -> Fault:
        same_draw = known.told == Result.of(line).told
        where = {"earlier": known.row} if known.row else {}
        if same_draw:
            return self._fault(line, "last_dose_at", "other_dose", **where)
        key = "conflict_in_list" if known.row else "conflict"
        return self._fault(line, "result", key, known=known.shown, **where)

    def _fault(self, line: Line, column: str, key: str, **data: object) -> Fault:
        place = "day" if column == "drawn_at" and "drawn_at" not in self.head.places else column
        return Fault(line.row, self.head.heading(place), key, data)


def alerting(checked: Checked) -> list[Graded]:
    """The values that alert; nobody is called at first about those that are old."""
    return [one for one in checked.new if calls(one.grade, checked.alert_from_grade)]
