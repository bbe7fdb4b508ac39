"""Fetches what patients sent from Telegram: claim, download, check, keep, settle.

Nothing is held open while Telegram is asked. A claim is a lease: whoever dies with it leaves the
file to the next, and the same file is written over.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import tuple_, update
from sqlmodel import col, select

from app.media_files import CONTENT_TYPES, path_of, remove_file, write_file
from app.pictures import NotAFile, checked_voice, clean_photo
from app.senders import Refused, Unavailable
from app.services.messages import tell
from app.services.settling import back_off_s
from app.settings import Settings
from app.work import Begin, Work
from models import Media, MediaKind, MediaState, Patient

_log = structlog.get_logger("worker")
LEASE = timedelta(minutes=5)
ATTEMPTS = 40  # with the waits between them about 15 h [own]
_NOT_WRITTEN = "the file could not be written"
_BATCH = 5

# By Telegram's id, so many bytes at most.
Fetch = Callable[[str, int], bytes | Refused | Unavailable]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is written."""

    size_bytes: int
    sha256: str


Outcome = Kept | Refused | Unavailable


def fetch_due(begin: Begin, fetch: Fetch, settings: Settings) -> int:
    """Fetch one batch of what is due; how many were taken up."""
    with begin() as work:
        claimed = _claim(work)
    for media in claimed:
        outcome = _fetched(media, fetch, settings)
        with begin() as work:
            is_known = _settle(work, media, outcome)
        if not is_known:
            remove_file(settings.media_folder, media)
    return len(claimed)


def _claim(work: Work) -> list[Media]:
    """Lease what is due and what a dead worker left, in one statement."""
    ids = select(Media.clinic_id, Media.id).where(
        Media.state == MediaState.WAITING, col(Media.next_at) <= work.now
    )
    ids = ids.order_by(col(Media.next_at)).limit(_BATCH).with_for_update(skip_locked=True)
    claim = (
        update(Media)
        .where(tuple_(col(Media.clinic_id), col(Media.id)).in_(ids))
        .values(next_at=work.now + LEASE, attempts=col(Media.attempts) + 1)
        .returning(Media)
        .execution_options(synchronize_session=False)
    )
    return list(work.session.scalars(claim))


def _fetched(media: Media, fetch: Fetch, settings: Settings) -> Outcome:
    if media.attempts > ATTEMPTS and not _is_ours(media):
        return Refused(f"gave up after {ATTEMPTS} attempts")
    is_photo = media.kind == MediaKind.PHOTO
    at_most = settings.photo_max_bytes if is_photo else settings.voice_max_bytes
    got = fetch(media.file_id, at_most)
    if not isinstance(got, bytes):
        return got
    try:
        content = clean_photo(got) if is_photo else checked_voice(got)
    except NotAFile as error:
        return Refused(str(error))
    return _written(media, content, settings.media_folder)


def _is_ours(media: Media) -> bool:
    """Whether it failed last on this side: the patient is not asked to send it again for that."""
    return media.reason is not None and media.reason.startswith(_NOT_WRITTEN)


def _written(media: Media, content: bytes, folder: str) -> Kept | Unavailable:
    try:
        write_file(path_of(folder, media), content)
    except OSError as error:
        _log.error(_NOT_WRITTEN, media=media.id, error=error.strerror)
        return Unavailable(f"{_NOT_WRITTEN}: {error.strerror}")
    return Kept(len(content), hashlib.sha256(content).hexdigest())


def _settle(work: Work, claimed: Media, outcome: Outcome) -> bool:
    """Write down what became of it, unless someone has it again; False when its row is gone."""
    query = select(Media).where(Media.clinic_id == claimed.clinic_id, Media.id == claimed.id)
    media = work.session.exec(query.with_for_update()).first()
    if media is None:
        return False
    if (media.state, media.attempts) == (MediaState.WAITING, claimed.attempts):
        _note(work, media, outcome)
    return True


def _note(work: Work, media: Media, outcome: Outcome) -> None:
    if isinstance(outcome, Kept):
        media.state, media.content_type = MediaState.STORED, CONTENT_TYPES[MediaKind(media.kind)]
        media.size_bytes, media.sha256, media.reason = outcome.size_bytes, outcome.sha256, None
    elif isinstance(outcome, Unavailable):
        wait = back_off_s(media.attempts) if outcome.wait_s is None else outcome.wait_s
        media.next_at, media.reason = work.now + timedelta(seconds=wait), outcome.why
    else:
        _refuse(work, media, outcome.why)


def _refuse(work: Work, media: Media, why: str) -> None:
    """The patient is told, so that it can be sent again."""
    media.state, media.reason = MediaState.REFUSED, why
    patient = work.session.get_one(Patient, (media.clinic_id, media.patient_id))
    tell(work, patient, f"media.refused:{media.id}", f"{media.kind}.refused")
