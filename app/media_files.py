"""Where the files of patients stand: by clinic and id, outside all that is served."""

import os
from pathlib import Path

from models import Media, MediaKind

_ENDINGS = {MediaKind.PHOTO: "jpg", MediaKind.VOICE: "ogg"}
CONTENT_TYPES = {MediaKind.PHOTO: "image/jpeg", MediaKind.VOICE: "audio/ogg"}


def path_of(folder: str, media: Media) -> Path:
    ending = _ENDINGS[MediaKind(media.kind)]
    return Path(folder).absolute() / media.clinic_id / f"{media.id}.{ending}"


def write_file(path: Path, content: bytes) -> None:
    """Write whole or not at all; readable by this user only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def remove_file(folder: str, media: Media) -> None:
    """When a patient is erased."""
    path_of(folder, media).unlink(missing_ok=True)
