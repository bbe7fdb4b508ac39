"""Photos and voice notes of a patient: the row is made when it is said, the file comes later."""

from collections.abc import Collection
from datetime import timedelta

from sqlmodel import col, select

from app.services.errors import NotFound
from app.services.reports import last_report
from app.work import Work
from models import InboxItem, Media, MediaKind, MediaState, Patient, SymptomReport
from models.columns import new_id

MOST_PHOTOS = 3  # of a report
MOST_EARLIER = 12  # photos shown of earlier days [own]
SHOWS_FOR = timedelta(hours=24)  # after a report, within which a photo is of it


class NoSuchMedia(NotFound):
    """There is no such photo or voice note in this clinic."""


def receive(
    work: Work,
    patient: Patient,
    kind: MediaKind,
    file_id: str,
    *,
    report_id: str | None = None,
    inbox_id: str | None = None,
) -> Media:
    """Keep what was sent; a worker fetches its file from Telegram."""
    media = Media(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id, kind=kind,
        report_id=report_id, inbox_id=inbox_id, file_id=file_id, next_at=work.now,
        received_at=work.now,
    )  # fmt: skip
    work.session.add(media)
    return media


def report_to_show(work: Work, patient: Patient) -> SymptomReport | None:
    """The report that a photo sent now is of."""
    last = last_report(work, patient)
    return last if last and work.now < last.reported_at + SHOWS_FOR else None


def has_room(work: Work, clinic_id: str, report_id: str) -> bool:
    """Whether one more photo can go with a report."""
    kept = [one for one in photos_of(work, clinic_id, report_id) if one.state != MediaState.REFUSED]
    return len(kept) < MOST_PHOTOS


def photos_of(work: Work, clinic_id: str, report_id: str) -> list[Media]:
    query = select(Media).where(Media.clinic_id == clinic_id, Media.report_id == report_id)
    return list(work.session.exec(query.order_by(col(Media.id))))


def earlier_photos(
    work: Work, clinic_id: str, patient_id: str, besides: Collection[str]
) -> list[Media]:
    """The last photos of a patient, but for those that are shown already."""
    query = select(Media).where(
        Media.clinic_id == clinic_id,
        Media.patient_id == patient_id,
        Media.kind == MediaKind.PHOTO,
        Media.state == MediaState.STORED,
        col(Media.id).not_in(list(besides)),
    )
    latest = query.order_by(col(Media.received_at).desc()).limit(MOST_EARLIER)
    return list(work.session.exec(latest))


def media_of_inbox(work: Work, clinic_id: str, inbox_ids: Collection[str]) -> list[Media]:
    """What was sent with these items of the inbox."""
    query = select(Media).where(
        Media.clinic_id == clinic_id, col(Media.inbox_id).in_(list(inbox_ids))
    )
    return list(work.session.exec(query.order_by(col(Media.id))))


def attach(work: Work, report: SymptomReport, media_ids: Collection[str]) -> None:
    """Photos sent while the report was being told are of it; what no words came with is done."""
    for media_id in media_ids:
        media = work.session.get_one(Media, (report.clinic_id, media_id))
        media.report_id = report.id
        item = media.inbox_id and work.session.get(InboxItem, (report.clinic_id, media.inbox_id))
        if item and not item.text and item.handled_at is None:
            item.handled_at, item.handled_by = work.now, "system"


def find_media(work: Work, clinic_id: str, media_id: str) -> Media:
    """A photo or voice note whose file is here. Raises NoSuchMedia."""
    media = work.session.get(Media, (clinic_id, media_id))
    if media is None or media.state != MediaState.STORED:
        raise NoSuchMedia(field="id")
    return media
