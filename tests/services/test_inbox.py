"""What a patient writes is on the nurse's list with what was read in it."""

from app.services.inbox import newest_open, put_in_inbox
from models import InboxKind


def test_a_patients_words_reach_the_inbox_with_their_red_flags(begin, patient):
    with begin() as work:
        put_in_inbox(work, patient.clinic_id, InboxKind.TEXT, "昨天大便发黑，没有吐", patient.id)
    with begin() as work:
        ((item,), _) = newest_open(work, patient.clinic_id)
        assert item.triage["red_flags"] == ["gi_bleeding"]
        assert item.triage["categories"] == ["gi"]


def test_what_nobody_said_is_not_read(begin, patient):
    with begin() as work:
        put_in_inbox(work, patient.clinic_id, InboxKind.UNREACHABLE, "chest pain clinic", patient.id)
    with begin() as work:
        ((item,), _) = newest_open(work, patient.clinic_id)
        assert item.triage == {}
