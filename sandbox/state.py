"""What the phones know, kept on disk: written whole, soon after a change and at the end."""

import asyncio
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

SOON_S = 0.5
log = logging.getLogger(__name__)


class Disk:
    """Counts changes, so that the page knows when to look again, and saves them."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.version = 1
        self.snapshot: Callable[[], dict[str, Any]] = dict
        self._timer: asyncio.TimerHandle | None = None

    def touch(self) -> None:
        self.version += 1
        if self.path and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SOON_S, self.save)

    def save(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self.path:
            write_whole(self.path, json.dumps(self.snapshot(), ensure_ascii=False).encode())

    def load(self) -> dict[str, Any]:
        try:
            return json.loads(self.path.read_bytes()) if self.path else {}
        except FileNotFoundError:
            return {}
        except ValueError:
            log.warning("%s is not readable; the phones start empty", self.path)
            return {}


def write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
