"""What stands beside a report and an item of the inbox: photos, voice notes, earlier versions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.services.corrections import replaced_reports
from app.services.half_reports import told_now
from app.services.media import earlier_photos, media_of_inbox, photos_of
from app.services.own_words import OwnWords
from app.services.reports import grades_of
from app.services.summary_rows import Summary
from app.work import Work
from models import InboxItem, Media, SymptomGrade, SymptomReport


@dataclass(frozen=True, slots=True)
class Version:
    """A report as it was before the patient corrected it."""

    report: SymptomReport
    grades: Sequence[SymptomGrade]
    corrected_at: datetime


def beside_report(work: Work, clinic_id: str, seen: Summary) -> dict[str, Any]:
    """For the template of a report: its photos, and what it said before."""
    versions = [
        Version(report, grades_of(work, report), _corrected_at(work, report))
        for report in replaced_reports(work, seen.patient.id, clinic_id)
    ]
    report_id = seen.report.id if seen.report else ""
    photos = photos_of(work, clinic_id, report_id) if report_id else []
    mine = (one.corrected_at for one in versions if one.report.replaced_by == report_id)
    return {
        "photos": photos, "versions": versions, "corrected_at": next(mine, None),
        "earlier": earlier_photos(work, clinic_id, seen.patient.id, [one.id for one in photos]),
    }  # fmt: skip


def _corrected_at(work: Work, old: SymptomReport) -> datetime:
    return work.session.get_one(SymptomReport, (old.clinic_id, old.replaced_by)).recorded_at


def sent_with(work: Work, clinic_id: str, items: Sequence[InboxItem]) -> Mapping[str, list[Media]]:
    """Photos and voice notes by the item of the inbox that they came with."""
    found: defaultdict[str, list[Media]] = defaultdict(list)
    for media in media_of_inbox(work, clinic_id, [item.id for item in items]):
        found[str(media.inbox_id)].append(media)
    return found


def beside_words(work: Work, clinic_id: str, words: OwnWords) -> dict[str, Any]:
    """For the template of a patient's own words: what came with them, and a half report."""
    sent = sent_with(work, clinic_id, words.items)
    return {"words": words, "sent": sent, "half": told_now(work, clinic_id, words.patient_id)}
