"""SMS by Twilio. It has no idempotency key: after a timeout, ask before sending again."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from app.senders import Blocked, Fate, Refused, Sent, Unavailable, Unknown
from app.settings import Settings

# Twilio's error codes: https://www.twilio.com/docs/api/errors
_CODES: dict[int, Callable[[str], Fate]] = {
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
            listed = self._client.messages.list(to=to, limit=50)
        except (TwilioException, requests.RequestException) as error:
            return Unknown(f"Twilio's list did not answer: {type(error).__name__}")
        since = since.replace(microsecond=0)
        made = (one for one in listed if one.date_created and one.date_created >= since)
        sid = next((str(one.sid) for one in made if one.body == body), None)
        return Sent(sid) if sid else Unavailable("not at Twilio: sent again", 0)


def _fate_of(error: TwilioRestException) -> Fate:
    why = f"Twilio {error.status}, code {error.code}"
    if error.code in _CODES:
        return _CODES[error.code](why)
    return Refused(why) if 400 <= error.status < 500 and error.status != 429 else Unavailable(why)


def _unreached(error: requests.ConnectionError) -> Fate:
    refused = "refused" in str(error).lower() or "resolve" in str(error).lower()
    why = f"Twilio not reached: {type(error).__name__}"
    return Unavailable(why) if refused else Unknown(why)
