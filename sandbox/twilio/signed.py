"""What Twilio posts to the app, signed as Twilio signs."""

import base64
import hashlib
import hmac
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

ANSWER_WITHIN = ClientTimeout(total=15)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the app said; no status means that it was not reached."""

    status: int | None
    body: str

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def signature(auth_token: str, url: str, form: Mapping[str, str]) -> str:
    words = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.new(auth_token.encode(), words.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


async def post_signed(
    http: ClientSession, auth_token: str, url: str, form: Mapping[str, str]
) -> Reply:
    """One try, and one more where the app was not there to answer."""
    headers = {"X-Twilio-Signature": signature(auth_token, url, form)}
    for _ in range(2):
        try:
            async with http.post(url, data=form, headers=headers, timeout=ANSWER_WITHIN) as answer:
                return Reply(answer.status, await answer.text())
        except (ClientError, TimeoutError, OSError, ValueError):
            continue
    return Reply(None, "")


def _parsed(twiml: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(twiml)
    except ElementTree.ParseError:
        return ElementTree.Element("Response")


def messages_in(twiml: str) -> list[str]:
    found = ("".join(message.itertext()).strip() for message in _parsed(twiml).iter("Message"))
    return [words for words in found if words]


def spoken_in(twiml: str) -> list[str]:
    return ["".join(say.itertext()).strip() for say in _parsed(twiml).iter("Say")]


def gathered_by(twiml: str) -> str | None:
    """Where the keys that are pressed go, when the call asks for any."""
    gather = _parsed(twiml).find(".//Gather")
    return None if gather is None else gather.get("action", "")
