"""Photos and documents, beside the state on disk, or in memory."""

import uuid
from pathlib import Path
from typing import Any

from sandbox.telegram.bodies import Upload
from sandbox.telegram.errors import bad_request


class Files:
    def __init__(self, state: Path | None) -> None:
        self.folder = state.with_suffix(".files") if state else None
        self.known: dict[str, dict[str, Any]] = {}
        self._content: dict[str, bytes] = {}

    def keep(self, upload: Upload | str, folder: str) -> dict[str, Any]:
        """File an upload, or find again what an earlier file_id names."""
        if isinstance(upload, str):
            return self.find(upload)
        file_id = uuid.uuid4().hex
        suffix = Path(upload.name or "").suffix.lower()[:8] or ".jpg"
        row = self.known[file_id] = {
            "file_id": file_id,
            "file_unique_id": file_id[:16],
            "file_size": len(upload.content),
            "file_path": f"{folder}/{file_id}{suffix}",
            "mime_type": upload.content_type,
        }
        self._write(file_id, upload.content)
        return row

    def _write(self, file_id: str, content: bytes) -> None:
        if self.folder is None:
            self._content[file_id] = content
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / file_id).write_bytes(content)

    def find(self, file_id: Any) -> dict[str, Any]:
        if file_id not in self.known:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self.known[file_id]

    def content(self, file_id: str) -> bytes:
        return self._content[file_id] if self.folder is None else self._read(file_id)

    def _read(self, file_id: str) -> bytes:
        assert self.folder
        return (self.folder / file_id).read_bytes()

    def at_path(self, path: str) -> dict[str, Any] | None:
        return next((row for row in self.known.values() if row["file_path"] == path), None)


def as_photo(row: dict[str, Any]) -> list[dict[str, Any]]:
    """One size only: the sandbox does not scale pictures."""
    names = ("file_id", "file_unique_id", "file_size")
    return [{name: row[name] for name in names} | {"width": 800, "height": 600}]
