"""Where the files of patients stand: by clinic and id, outside all that is served."""

import os
import tempfile
from pathlib import Path

from app.settings import UnsafeSettings
from models import Media, MediaKind

_ENDINGS = {MediaKind.PHOTO: "jpg", MediaKind.VOICE: "ogg"}
CONTENT_TYPES = {MediaKind.PHOTO: "image/jpeg", MediaKind.VOICE: "audio/ogg"}


def make_folder(folder: str) -> None:
    """At start: the folder is there and can be written in. Raises UnsafeSettings."""
    try:
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        raise UnsafeSettings(
            f"Cannot start:\n- MEDIA_FOLDER {folder} cannot be written ({error.strerror}): make "
            "it, and let the user of the web and worker processes write in it"
        ) from error


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
    """When its row is gone."""
    path_of(folder, media).unlink(missing_ok=True)


def files_of(folder: str, clinic_id: str) -> list[Path]:
    """All files of a clinic, those that were not written to their end as well."""
    here = Path(folder).absolute() / clinic_id
    return sorted(path for path in here.glob("*") if path.is_file())


def media_id_of(path: Path) -> str:
    return path.name.partition(".")[0]
