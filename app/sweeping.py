"""Files of photos and voice notes whose row is gone, as after an erasure, are removed."""

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import col, select

from app.media_files import files_of, media_id_of
from app.work import Begin
from models import Clinic, Media

_AT_ONCE = 500


def sweep(begin: Begin, folder: str) -> int:
    """All clinics' files without a row; how many. A folder of no clinic of ours is let alone."""
    with begin() as work:
        clinics = list(work.session.exec(select(Clinic.id)))
    return sum(sweep_clinic(begin, folder, one) for one in clinics)


def sweep_clinic(begin: Begin, folder: str, clinic_id: str) -> int:
    """Look at the files first: a row is there before its file, so what has none lost it."""
    found = files_of(folder, clinic_id)
    parts = (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))
    return sum(_sweep(begin, clinic_id, some) for some in parts)


def _sweep(begin: Begin, clinic_id: str, files: Sequence[Path]) -> int:
    ids = {media_id_of(path) for path in files}
    with begin() as work:
        query = select(Media.id).where(Media.clinic_id == clinic_id, col(Media.id).in_(ids))
        known = set(work.session.exec(query))
    orphans = [path for path in files if media_id_of(path) not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
