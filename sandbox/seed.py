"""Who the phones belong to: written by the demo clinic, read again when it changes."""

import binascii
import json
import logging
from pathlib import Path
from typing import Any

from sandbox.one_time import code_at, seconds_left_at
from sandbox.problems import Problem, check_fields
from sandbox.state import Disk
from sandbox.telegram.chats import Chats
from sandbox.twilio.sms import Sms

log = logging.getLogger(__name__)
EMPTY: dict[str, Any] = {
    "chats": [], "nurses": [], "clinic": {}, "links": [], "staff": [], "otps": [],
    "first_steps": [],
}  # fmt: skip


class Seed:
    def __init__(self, path: Path | None, chats: Chats, sms: Sms, disk: Disk) -> None:
        self.path, self.chats, self.sms, self.disk = path, chats, sms, disk
        self.content = dict(EMPTY)
        self._seen = (0, 0)

    def refresh(self) -> None:
        """One look at the file's date; it is read only when that moved."""
        stamp = self._stamp()
        if self.path and stamp not in (self._seen, (0, 0)) and self._read(self.path):
            self._seen = stamp

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self.path.stat() if self.path else None
        except FileNotFoundError:
            return 0, 0
        return (found.st_mtime_ns, found.st_size) if found else (0, 0)

    def _read(self, path: Path) -> bool:
        try:
            content = EMPTY | json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            log.warning("%s cannot be read yet: %s", path, error)
            return False
        self.content = content
        self._apply()
        return True

    def plant(self, content: dict[str, Any]) -> None:
        """Take what is told in place of what was known, name by name."""
        check_fields(content, set(), set(EMPTY))
        for name in ("chats", "nurses", "links", "otps", "staff"):
            if not all(isinstance(row, dict) for row in content.get(name, ())):
                raise Problem(422, f"{name} is a list of objects.", f"/{name}")
        self.content = self.content | content
        self._apply()

    def shown(self, real_timestamp: float) -> dict[str, Any]:
        """What the page may know: one-time passwords in place of their secrets."""
        staff = [_with_code(row, "one_time_code", real_timestamp) for row in self.content["staff"]]
        otps = [_with_code(row, "code", real_timestamp) for row in self.content["otps"]]
        return self.content | {"staff": staff, "otps": otps}

    def staff(self, real_timestamp: float) -> list[dict[str, Any]]:
        """Who can sign in, each with the one-time password of this moment."""
        return [
            {"email": row.get("email"), "name": row.get("name"), "role": row.get("role"),
             "one_time_password": row.get("one_time_code"),
             "seconds_left": row.get("seconds_left")}
            for row in self.shown(real_timestamp)["staff"]
        ]  # fmt: skip

    def _apply(self) -> None:
        for row in self.content["chats"]:
            about = {name: row.get(name) for name in ("name", "code", "language")}
            self.chats.open(int(row["chat_id"]), **about)
        phone = self.content["clinic"].get("phone")
        if phone:
            self.sms.clinic_phone = phone
        self.disk.touch()


def _with_code(row: dict[str, Any], name: str, real_timestamp: float) -> dict[str, Any]:
    shown = {key: value for key, value in row.items() if key not in ("secret", "otp_secret")}
    secret = row.get("otp_secret") or row.get("secret")
    try:
        if not secret:
            return shown
        code = {name: code_at(secret, real_timestamp)}
        return shown | code | {"seconds_left": seconds_left_at(real_timestamp)}
    except (binascii.Error, ValueError, TypeError):
        return shown
