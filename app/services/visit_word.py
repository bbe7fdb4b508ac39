"""A patient hears of a visit: of a new one, another time, or that it is cancelled.

Not in the quiet hours, but before it; where no chat takes messages, a line asks a person to tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import col, select

from app.services.about import about_visit
from app.services.desk_lines import leave_line
from app.services.messages import tell
from app.services.quiet import held_until
from app.services.reminders import day_of
from app.work import Work
from models import Clinic, InboxItem, Patient, Visit, VisitPurpose

_BEFORE = timedelta(hours=2)  # [own] a word comes so long before the visit, or as soon as it may


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of the word to a patient; `at` (UTC) is from when on they hear it.

    "nobody": no chat takes it, and a line asks a person to tell. "needless": there is nothing to
    tell, or nobody who could hear it.
    """

    state: Literal["now", "later", "nobody", "needless"]
    at: datetime | None = None


NEEDLESS = Told("needless")


@dataclass(frozen=True, slots=True)
class Word:
    """A text of the catalogue, once an occurrence, and the line where nobody hears it.

    It is of no use after `not_after`; it is known in time two hours before `needed_at`.
    """

    once: str
    key: str
    values: Mapping[str, Any]
    untold: str
    needed_at: datetime
    not_after: datetime
    lines: Sequence[Mapping[str, Any]] = ()
    buttons: Sequence[Any] = ()


def tell_of_visit(work: Work, patient: Patient, visit: Visit) -> Told:
    """A person has planned it: the patient hears when."""
    key = "visit.new" if visit.purpose == VisitPurpose.TROUGH else "visit.new_plain"
    values = {"draw_at": visit.draw_at.isoformat()}
    return send_word(work, patient, visit, Word(
        f"{key}:{visit.id}", key, values, "visit_untold", visit.draw_at, visit.draw_at
    ))  # fmt: skip


def send_word(work: Work, patient: Patient, visit: Visit, word: Word) -> Told:
    """Queue it for every chat that takes messages of a visit, or leave a line for the desk."""
    if patient.died_on or patient.erased_at:
        return NEEDLESS
    more = {"lines": list(word.lines), "buttons": list(word.buttons)}
    rows = tell(
        work, patient, word.once, word.key,
        {**word.values, **{name: some for name, some in more.items() if some}},
        about=about_visit(visit), due_at=_due(work, patient, word), not_after=word.not_after,
    )  # fmt: skip
    if not rows:
        _leave(work, patient, visit, word)
        return Told("nobody")
    at = rows[0].due_at if rows[0].due_at > work.now else held_until(work, rows[0])
    return Told("later", at) if at else Told("now", work.now)


def _due(work: Work, patient: Patient, word: Word) -> datetime:
    """When the quiet hours end; where that is too late, as soon as the night is over."""
    morning = day_of(work.session.get_one(Clinic, patient.clinic_id), patient).after_quiet(work.now)
    return morning if morning <= word.needed_at - _BEFORE else work.now


def _leave(work: Work, patient: Patient, visit: Visit, word: Word) -> None:
    """A later word takes the place of an earlier one about the same visit."""
    for earlier in untold_lines(work, visit):
        earlier.handled_at, earlier.handled_by = work.now, "system"
    item = leave_line(work, patient, word.untold, word.values)
    item.data = {**item.data, "untold": visit.id}


def untold_lines(work: Work, visit: Visit) -> list[InboxItem]:
    """The open lines that ask to tell a patient of this visit."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == visit.clinic_id, InboxItem.patient_id == visit.patient_id,
        col(InboxItem.handled_at).is_(None),
    )  # fmt: skip
    return [one for one in work.session.exec(query) if one.data.get("untold") == visit.id]
