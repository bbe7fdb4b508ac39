"""SMS by Twilio. It has no idempotency key: after a timeout, ask before sending again."""

from collections.abc import Collection
from datetime import datetime

from app.senders import Blocked, Fate, Receipt, Refused, Unavailable
from app.senders.twilio_wire import PAGE, Codes, address, client_of, found, handed_over, word_on
from app.settings import Settings

# Twilio's error codes: https://www.twilio.com/docs/api/errors
_CODES: Codes = {
    20429: Unavailable,  # too many requests
    21211: Refused,  # not a valid number
    21408: Refused,  # no permission for this region
    21610: Blocked,  # the recipient sent STOP
    21614: Refused,  # not a mobile number
}
_STATUS_PATH = "/api/v1/twilio/status"


class Sms:
    """Sends texts from the clinic's number."""

    def __init__(self, settings: Settings) -> None:
        self._client, self._settings = client_of(settings), settings

    def send(self, to: str, body: str, reference: str) -> Fate:
        """Hand a text to Twilio; `reference` is ours, and comes back with each receipt."""
        return handed_over(lambda: self._client.messages.create(
            to=to, from_=self._settings.twilio_from, body=body,
            status_callback=address(self._settings, _STATUS_PATH, reference),
        ), _CODES)  # fmt: skip

    def look_up(self, to: str, body: str, since: datetime, others: Collection[str] = ()) -> Fate:
        """Was this text sent to this number since a moment? If not, it may be sent again."""
        listed = self._client.messages
        return found(
            lambda: listed.stream(to=to, page_size=PAGE), since, lambda one: one.body == body,
            others,
        )  # fmt: skip

    def fetch(self, sid: str) -> Receipt | None:
        """Twilio's word on a text that it took; None when it does not answer."""
        return word_on(lambda: self._client.messages(sid).fetch())
