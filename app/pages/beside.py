"""What stands beside a report and an item of the inbox: photos, voice notes, earlier versions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.services.both_sides import Entry
from app.services.corrections import replaced_reports
from app.services.half_reports import told_now
from app.services.media import earlier_photos, media_of_inbox, photos_of
from app.services.own_words import OwnWords
from app.services.report_list import report_of_alert
from app.services.reports import grades_of
from app.services.summary_rows import LatestReport, Summary
from app.work import Work
from models import Alert, InboxItem, Media, SymptomGrade, SymptomReport


@dataclass(frozen=True, slots=True)
class Version:
    """A report as it was before the patient corrected it."""

    report: SymptomReport
    grades: Sequence[SymptomGrade]
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A report with its photos, its versions before it was corrected, and when that was."""

    report: LatestReport
    photos: Sequence[Media]
    versions: Sequence[Version]
    corrected_at: datetime | None


def beside_report(work: Work, clinic_id: str, seen: Summary) -> dict[str, Any]:
    """For the template of the last report: its photos, and what reports said before."""
    old = replaced_reports(work, seen.patient.id, clinic_id)
    versions = [_version(work, report) for report in old]
    if seen.report is None:
        earlier = earlier_photos(work, clinic_id, seen.patient.id, ())
        return {"report": None, "versions": versions, "earlier": earlier}
    shown = beside_one(work, clinic_id, seen.report, old)
    held = [one.id for one in shown.photos]
    earlier = earlier_photos(work, clinic_id, seen.patient.id, held)
    return {**_fields(shown), "versions": versions, "earlier": earlier}


def beside_own_report(work: Work, alert: Alert) -> dict[str, Any] | None:
    """For the same template, of the report that raised an alert; None where none did."""
    report = report_of_alert(work, alert)
    if report is None:
        return None
    old = replaced_reports(work, alert.patient_id, alert.clinic_id, at_most=None)
    return {**_fields(beside_one(work, alert.clinic_id, report, old)), "earlier": ()}


def _fields(shown: Shown) -> dict[str, Any]:
    return {name: getattr(shown, name) for name in Shown.__slots__}


def beside_one(
    work: Work, clinic_id: str, report: LatestReport, old: Sequence[SymptomReport]
) -> Shown:
    """What stands beside one report; `old` are the versions of all of the patient's."""
    versions = [_version(work, one) for one in _before(report.id, old)]
    photos = photos_of(work, clinic_id, report.id)
    return Shown(report, photos, versions, versions[0].corrected_at if versions else None)


def _before(report_id: str, old: Sequence[SymptomReport]) -> Iterator[SymptomReport]:
    """The versions that led to a report, the latest first."""
    by_next = {one.replaced_by: one for one in old}
    while (one := by_next.get(report_id)) is not None:
        yield one
        report_id = one.id


def _version(work: Work, report: SymptomReport) -> Version:
    return Version(report, grades_of(work, report), _corrected_at(work, report))


def _corrected_at(work: Work, old: SymptomReport) -> datetime:
    return work.session.get_one(SymptomReport, (old.clinic_id, old.replaced_by)).recorded_at


def sent_with(work: Work, clinic_id: str, items: Sequence[InboxItem]) -> Mapping[str, list[Media]]:
    """Photos and voice notes by the item of the inbox that they came with."""
    found: defaultdict[str, list[Media]] = defaultdict(list)
    for media in media_of_inbox(work, clinic_id, [item.id for item in items]):
        found[str(media.inbox_id)].append(media)
    return found


def sent_in_history(
    work: Work, clinic_id: str, entries: Sequence[Entry]
) -> Mapping[str, Sequence[Media]]:
    """The same by entry of a history: what came with words, and photos without any."""
    items = [one.item for one in entries if one.item]
    alone = {one.id: [one.photo] for one in entries if one.photo}
    return {**sent_with(work, clinic_id, items), **alone}


def beside_words(work: Work, clinic_id: str, words: OwnWords) -> dict[str, Any]:
    """For the template of a patient's own words: what came with them, and a half report."""
    sent = sent_with(work, clinic_id, words.items)
    return {"words": words, "sent": sent, "half": told_now(work, clinic_id, words.patient_id)}
