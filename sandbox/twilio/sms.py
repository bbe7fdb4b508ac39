"""The nurses' phones: every message to and from them, and who said STOP."""

import re
import uuid
from email.utils import format_datetime
from typing import Any

from sandbox.clock import Clock, read_moment, rfc3339
from sandbox.twilio.errors import Refusal

NUMBER = re.compile(r"\+[1-9]\d{6,14}")
LONGEST_BODY = 1600
STOPS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"}
STARTS = {"START", "YES", "UNSTOP"}
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages "
    "from this number. Reply START to resubscribe."
)
STARTED = "You have successfully been re-subscribed to messages from this number."
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = set("^{}\\[~]|€\f")
Message = dict[str, Any]


def segments(body: str) -> int:
    """GSM 03.38: 160 letters, or 153 each when several; UCS-2: 70, or 67."""
    if set(body) <= GSM | GSM_TWICE:
        length, alone, joined = len(body) + sum(c in GSM_TWICE for c in body), 160, 153
    else:
        length, alone, joined = len(body.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // joined)


class Sms:
    def __init__(self, clock: Clock, account_sid: str) -> None:
        self.clock, self.account_sid = clock, account_sid
        self.by_sid: dict[str, Message] = {}
        self.stopped: set[str] = set()
        self.clinic_phone = "+15005550006"  # until the seed names one

    def order(self, params: dict[str, str]) -> Message:
        """Accept a message of the clinic, or refuse it as Twilio would."""
        to, body = params.get("To", ""), params.get("Body", "")
        sender = params.get("From") or (
            self.clinic_phone if params.get("MessagingServiceSid") else ""
        )
        _check(to, sender, body)
        if to in self.stopped:
            raise Refusal(21610, "Attempt to send to unsubscribed recipient")
        message = self.add(to, sender, body, "queued", "outbound-api")
        message["callback"] = params.get("StatusCallback", "")
        return message

    def add(self, to: str, sender: str, body: str, status: str, direction: str) -> Message:
        sid = "SM" + uuid.uuid4().hex
        now = self.clock.now()
        message = self.by_sid[sid] = {
            "sid": sid, "to": to, "from": sender, "body": body, "status": status,
            "direction": direction, "at": rfc3339(now), "error_code": None, "callback": "",
        }  # fmt: skip
        return message

    def clinic_number_for(self, nurse: str) -> str:
        """The number that last wrote to her, else the clinic's."""
        heard = [m for m in self.by_sid.values() if m["to"] == nurse]
        return heard[-1]["from"] if heard else self.clinic_phone

    def keyword(self, nurse: str, clinic: str, body: str) -> None:
        """STOP and START are obeyed, and answered, by Twilio itself."""
        word = body.strip().upper()
        if word in STOPS:
            self.stopped.add(nurse)
            self.add(nurse, clinic, STOPPED, "delivered", "outbound-reply")
        elif word in STARTS and nurse in self.stopped:
            self.stopped.discard(nurse)
            self.add(nurse, clinic, STARTED, "delivered", "outbound-reply")

    def kept(self) -> dict[str, Any]:
        return {"messages": list(self.by_sid.values()), "stopped": sorted(self.stopped)}

    def restore(self, kept: dict[str, Any]) -> None:
        self.by_sid = {message["sid"]: message for message in kept["messages"]}
        self.stopped = set(kept["stopped"])


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def _check(to: str, sender: str, body: str) -> None:
    """Refuse by the first rule that is broken."""
    rules = (
        (to, 21604, "A 'To' phone number is required."),
        (sender, 21603, "A 'From' phone number is required."),
        (is_number(to), 21211, f"Invalid 'To' Phone Number: {to}"),
        (is_number(sender), 21212, f"Invalid From Number (caller ID): {sender}"),
        (body, 21602, "Message body is required."),
        (len(body) <= LONGEST_BODY, 21617, "The message body exceeds the 1600 character limit"),
    )
    for holds, code, words in rules:
        if not holds:
            raise Refusal(code, words)


def resource(message: Message, account_sid: str) -> dict[str, Any]:
    """A message as the API shows it."""
    uri = f"/2010-04-01/Accounts/{account_sid}/Messages/{message['sid']}"
    date = _rfc2822(message["at"])
    return {
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "body": message["body"],
        "date_created": date,
        "date_sent": None if message["status"] == "queued" else date,
        "date_updated": date,
        "direction": message["direction"],
        "error_code": message["error_code"],
        "error_message": None,
        "from": message["from"],
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": str(segments(message["body"])),
        "price": None,
        "price_unit": "USD",
        "sid": message["sid"],
        "status": message["status"],
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message["to"],
        "uri": f"{uri}.json",
    }


def _rfc2822(at: str) -> str:
    return format_datetime(read_moment(at))
