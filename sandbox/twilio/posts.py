"""Posts that Twilio makes to the clinic, signed as Twilio signs them."""

import base64
import hashlib
import hmac
import logging
import xml.etree.ElementTree as ET
from typing import Any

import aiohttp

ANSWER_WITHIN_S = 15.0  # Twilio's own limit for a webhook
log = logging.getLogger(__name__)


def signature(token: str, url: str, params: dict[str, str]) -> str:
    """HMAC-SHA1 over the address and the sorted parameters.

    https://www.twilio.com/docs/usage/security#validating-requests
    """
    signed = url + "".join(name + params[name] for name in sorted(params))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


class Posts:
    def __init__(self, http: aiohttp.ClientSession, token: str) -> None:
        self.http, self.token = http, token

    async def post(self, url: str, params: dict[str, str]) -> tuple[int, str]:
        """The status and the words of the answer; 0 when there is none."""
        headers = {
            "X-Twilio-Signature": signature(self.token, url, params),
            "User-Agent": "TwilioProxy/1.1",
        }
        wait = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
        try:
            async with self.http.post(url, data=params, headers=headers, timeout=wait) as answer:
                return answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.debug("no answer from %s: %r", url, error)
            return 0, ""


def read_twiml(text: str) -> Any:
    """The root of a TwiML answer, or None when it is not XML."""
    try:
        return ET.fromstring(text) if text.strip() else None
    except ET.ParseError:
        return None


def replies_in(text: str) -> list[str]:
    """The words of each <Message>, with or without <Body>."""
    root = read_twiml(text)
    found = root.iter("Message") if root is not None else ()
    words = ["".join(message.itertext()).strip() for message in found]
    return [word for word in words if word]
