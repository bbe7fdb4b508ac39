"""Import of a laboratory's list: all rows are checked, and all are kept or none (ADR 0027)."""

from app.services.audit import audit
from app.services.errors import Conflict
from app.services.lab_list.check import Checked, Graded, alerting, check_list, read_line
from app.services.lab_list.faults import Fault, NotAList
from app.services.lab_list.files import MOST_ROWS, Rows, rows_of_file
from app.services.lab_list.store import foreseen, keep
from app.work import Work

__all__ = [
    "MOST_ROWS",
    "Checked",
    "Fault",
    "Graded",
    "NotAList",
    "OtherThanSeen",
    "Rows",
    "alerting",
    "audit_list",
    "foreseen",
    "import_list",
    "preview_list",
    "read_line",
    "rows_of_file",
]


class OtherThanSeen(Conflict):
    """The record has changed since the list was looked at; look at it again."""


def preview_list(
    work: Work, clinic_id: str, rows: Rows, by: str, pass_over: bool = False
) -> Checked:
    """What would become of a list. The record of each patient it names was read: audited."""
    checked = check_list(work, clinic_id, rows, pass_over=pass_over)
    audit_list(work, clinic_id, checked, by)
    return checked


def import_list(
    work: Work, clinic_id: str, rows: Rows, by: str, as_seen: str | None = None,
    by_hand: bool = False, pass_over: bool = False,
) -> Checked:  # fmt: skip
    """Keep a list in which nothing is wrong; else nothing of it is kept.

    `as_seen` is the digest of a preview: what is kept is what was seen. With `pass_over` rows of
    what is not kept here are no error. Raises OtherThanSeen.
    """
    checked = check_list(work, clinic_id, rows, lock=True, by_hand=by_hand, pass_over=pass_over)
    if as_seen is not None and as_seen != checked.digest:
        raise OtherThanSeen
    if not checked.faults:
        keep(work, checked.new)
    action = "lab_import.record" if checked.accepted else "lab_import.check"
    audit_list(work, clinic_id, checked, by, action)
    return checked


def audit_list(
    work: Work, clinic_id: str, checked: Checked, by: str, action: str = "lab_import.check"
) -> None:
    """Of each patient whom a list names something was read, or kept."""
    for patient_id in checked.patient_ids:
        audit(work, clinic_id, by, action, patient_id)
