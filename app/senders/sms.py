"""SMS by Twilio. It has no idempotency key: after a timeout, ask before sending again."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

import requests
import structlog
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance

from app.senders import Blocked, Fate, Receipt, Refused, Sent, Unavailable, Unknown
from app.settings import Settings

# Twilio's error codes: https://www.twilio.com/docs/api/errors
_CODES: dict[int, Callable[[str], Fate]] = {
    20429: Unavailable,  # too many requests
    21211: Refused,  # not a valid number
    21408: Refused,  # no permission for this region
    21610: Blocked,  # the recipient sent STOP
    21614: Refused,  # not a mobile number
}
_log = structlog.get_logger("sms")
_PAGE = 50
_DISORDER = timedelta(hours=1)  # by which a list may be out of order [own]
_STATUS_PATH = "/api/v1/twilio/status"


class Sms:
    """Sends texts from the clinic's number."""

    def __init__(self, settings: Settings) -> None:
        http = TwilioHttpClient(timeout=10, max_retries=0)
        self._client = Client(
            settings.twilio_account_sid, settings.twilio_auth_token, http_client=http
        )
        if settings.twilio_base_url:
            self._client.api.base_url = settings.twilio_base_url
        self._from = settings.twilio_from
        self._status_url = settings.public_url + _STATUS_PATH

    def send(self, to: str, body: str, reference: str) -> Fate:
        """Hand a text to Twilio; a fault on the way is Unknown, since it may have arrived.

        `reference` is ours, and comes back with each receipt, however early it is.
        """
        try:
            made = self._client.messages.create(
                to=to, from_=self._from, body=body, status_callback=self._callback(reference)
            )
        except TwilioRestException as error:
            return _fate_of(error)
        except requests.ConnectionError as error:
            return _unreached(error)
        except requests.RequestException as error:
            return Unknown(f"Twilio did not answer: {type(error).__name__}")
        return Sent(str(made.sid))

    def _callback(self, reference: str) -> str:
        return f"{self._status_url}?{urlencode({'message': reference})}"

    def look_up(self, to: str, body: str, since: datetime) -> Fate:
        """Was this text sent to this number since a moment? If not, it may be sent again.

        Asked by the date made: what is still queued at Twilio has no date of sending.
        """
        try:
            made = self._made_since(to, since.replace(microsecond=0))
            sid = next((str(one.sid) for one in made if one.body == body), None)
        except (TwilioException, requests.RequestException) as error:
            return Unknown(f"Twilio's list did not answer: {type(error).__name__}")
        return Sent(sid) if sid else Unavailable("not at Twilio: sent again", 0)

    def _made_since(self, to: str, since: datetime) -> Iterator[MessageInstance]:
        """What is listed for a number, page by page, the newest first, back to a moment."""
        for one in self._client.messages.stream(to=to, page_size=_PAGE):
            if one.date_created is not None and one.date_created < since - _DISORDER:
                return
            if one.date_created is not None and one.date_created >= since:
                yield one

    def fetch(self, sid: str) -> Receipt | None:
        """Twilio's word on a text that it took; None when it does not answer."""
        try:
            one = self._client.messages(sid).fetch()
        except (TwilioException, requests.RequestException) as error:
            _log.info("no word on a text", sid=sid, error=type(error).__name__)
            return None
        return Receipt(str(one.status), str(one.error_code) if one.error_code else None)


def _fate_of(error: TwilioRestException) -> Fate:
    why = f"Twilio {error.status}, code {error.code}"
    if error.code in _CODES:
        return _CODES[error.code](why)
    return Refused(why) if 400 <= error.status < 500 and error.status != 429 else Unavailable(why)


def _unreached(error: requests.ConnectionError) -> Fate:
    refused = "refused" in str(error).lower() or "resolve" in str(error).lower()
    why = f"Twilio not reached: {type(error).__name__}"
    return Unavailable(why) if refused else Unknown(why)
