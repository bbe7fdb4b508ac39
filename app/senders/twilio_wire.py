"""What texts and calls have in common: Twilio's client, and what its answers mean."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import requests
import structlog
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from app.senders import Fate, Receipt, Refused, Sent, Unavailable, Unknown
from app.settings import Settings

Codes = Mapping[int, Callable[[str], Fate]]

PAGE = 50
_OF_THE_ACCOUNT = (401, 403, 429)  # our key or our rate, not this number: it is tried again
_DISORDER = timedelta(hours=1)  # by which a list may be out of order [own]
_log = structlog.get_logger("twilio")


def client_of(settings: Settings) -> Client:
    http = TwilioHttpClient(timeout=10, max_retries=0)
    client = Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=http)
    if settings.twilio_base_url:
        client.api.base_url = settings.twilio_base_url
    return client


def address(settings: Settings, path: str, reference: str) -> str:
    """Where Twilio tells us of a message; our name of it comes back, however early that is."""
    return f"{settings.public_url}{path}?{urlencode({'message': reference})}"


def handed_over(make: Callable[[], Any], codes: Codes) -> Fate:
    """Hand something to Twilio; a fault on the way is Unknown, since it may have arrived."""
    try:
        made = make()
    except TwilioRestException as error:
        return _fate_of(error, codes)
    except requests.ConnectionError as error:
        return _unreached(error)
    except requests.RequestException as error:
        return Unknown(f"Twilio did not answer: {type(error).__name__}")
    return Sent(str(made.sid))


def found(
    listed: Callable[[], Iterable[Any]], since: datetime, is_it: Callable[[Any], bool]
) -> Fate:
    """The newest that was made since a moment and is the one; if none is, it may be sent again.

    Asked by the date made: what is still queued at Twilio has no date of sending.
    """
    try:
        made = _made_since(listed(), since.replace(microsecond=0))
        sid = next((str(one.sid) for one in made if is_it(one)), None)
    except (TwilioException, requests.RequestException) as error:
        return Unknown(f"Twilio's list did not answer: {type(error).__name__}")
    return Sent(sid) if sid else Unavailable("not at Twilio: sent again", 0)


def _made_since(listed: Iterable[Any], since: datetime) -> Iterator[Any]:
    """What is listed, page by page, the newest first, back to a moment."""
    for one in listed:
        if one.date_created is not None and one.date_created < since - _DISORDER:
            return
        if one.date_created is not None and one.date_created >= since:
            yield one


def word_on(fetch: Callable[[], Any]) -> Receipt | None:
    """Twilio's word on what it took; None when it does not answer."""
    try:
        one = fetch()
    except (TwilioException, requests.RequestException) as error:
        _log.info("no word on a text or call", error=type(error).__name__)
        return None
    code = getattr(one, "error_code", None)  # a call has none
    return Receipt(str(one.status), str(code) if code else None)


def _fate_of(error: TwilioRestException, codes: Codes) -> Fate:
    why = f"Twilio {error.status}, code {error.code}"
    if error.code in codes:
        return codes[error.code](why)
    is_wrong = 400 <= error.status < 500 and error.status not in _OF_THE_ACCOUNT
    return Refused(why) if is_wrong else Unavailable(why)


def _unreached(error: requests.ConnectionError) -> Fate:
    refused = "refused" in str(error).lower() or "resolve" in str(error).lower()
    why = f"Twilio not reached: {type(error).__name__}"
    return Unavailable(why) if refused else Unknown(why)
