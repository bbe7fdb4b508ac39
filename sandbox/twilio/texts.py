"""A text message and a call, as Twilio keeps and shows them."""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from sandbox.clock import rfc3339
from sandbox.twilio.segments import segments

API_VERSION = "2010-04-01"
MESSAGES_OF = {
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
}


@dataclass(slots=True)
class Text:
    to: str
    sender: str
    body: str
    status: str
    at: datetime
    direction: str = "outbound-api"
    callback: str = ""
    service_sid: str | None = None
    error_code: int | None = None
    updated_at: datetime | None = None
    sent_at: datetime | None = None
    sid: str = field(default_factory=lambda: "SM" + secrets.token_hex(16))

    @property
    def phone(self) -> str:
        """The nurse's end."""
        return self.sender if self.direction == "inbound" else self.to


@dataclass(slots=True)
class Call:
    to: str
    sender: str
    status: str
    at: datetime
    url: str = ""
    callback: str = ""
    heard: list[str] = field(default_factory=list)
    gather: str | None = None  # where pressed keys go
    error_code: int | None = None
    direction: str = "outbound-api"
    sid: str = field(default_factory=lambda: "CA" + secrets.token_hex(16))


def resource(text: Text, account_sid: str) -> dict[str, Any]:
    updated = text.updated_at or text.at
    path = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{text.sid}"
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": text.body,
        "date_created": format_datetime(text.at),
        "date_sent": format_datetime(text.sent_at) if text.sent_at else None,
        "date_updated": format_datetime(updated),
        "direction": text.direction,
        "error_code": text.error_code,
        "error_message": MESSAGES_OF.get(text.error_code or 0),
        "from": text.sender,
        "messaging_service_sid": text.service_sid,
        "num_media": "0",
        "num_segments": str(segments(text.body)),
        "price": None,
        "price_unit": "USD",
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": text.to,
        "uri": f"{path}.json",
    }


def call_resource(call: Call, account_sid: str) -> dict[str, Any]:
    return {
        "account_sid": account_sid,
        "answered_by": None,
        "api_version": API_VERSION,
        "date_created": format_datetime(call.at),
        "date_updated": format_datetime(call.at),
        "direction": call.direction,
        "duration": "0",
        "from": call.sender,
        "parent_call_sid": None,
        "sid": call.sid,
        "start_time": format_datetime(call.at),
        "status": call.status,
        "subresource_uris": {},
        "to": call.to,
        "uri": f"/{API_VERSION}/Accounts/{account_sid}/Calls/{call.sid}.json",
    }


def shown_text(text: Text) -> dict[str, Any]:
    """A text as it is on the phone."""
    return {
        "sid": text.sid,
        "to": text.to,
        "from": text.sender,
        "body": text.body,
        "status": text.status,
        "at": rfc3339(text.at),
        "direction": "inbound" if text.direction == "inbound" else "outbound",
        "num_segments": segments(text.body),
        "error_code": text.error_code,
    }


def shown_call(call: Call) -> dict[str, Any]:
    return {
        "sid": call.sid,
        "to": call.to,
        "from": call.sender,
        "status": call.status,
        "at": rfc3339(call.at),
        "heard": call.heard,
        "keypad": call.gather is not None,
    }


def kept(row: Text | Call) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(row).items()
    }


def restored(row: dict[str, Any]) -> dict[str, Any]:
    moments = {
        name: datetime.fromisoformat(row[name]).astimezone(UTC)
        for name in ("at", "updated_at", "sent_at")
        if row.get(name)
    }
    return row | moments
