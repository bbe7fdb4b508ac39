"""Calls by Twilio that read an alert aloud and take a key as its answer.

Like a text it has no idempotency key: after a timeout, ask before calling again.
"""

import re
from collections.abc import Collection
from datetime import datetime

from twilio.twiml.voice_response import VoiceResponse

from app.senders import Fate, Receipt, Refused, Unavailable
from app.senders.twilio_wire import PAGE, Codes, address, client_of, found, handed_over, word_on
from app.settings import Settings

# Twilio's error codes: https://www.twilio.com/docs/api/errors
_CODES: Codes = {
    13223: Refused,  # the number is not in the international format
    13224: Refused,  # no such number, or Twilio does not call it
    13227: Refused,  # no permission for this region
    20429: Unavailable,  # too many requests
    21211: Refused,  # not a valid number
    21214: Refused,  # the number cannot be reached
    21215: Refused,  # no permission for this region
    21216: Refused,  # no permission to call this number
    21217: Refused,  # the number does not appear to be valid
    21219: Refused,  # a trial account, and the number is not verified
}
KEY_PATH = "/api/v1/twilio/voice"
_STATUS_PATH = "/api/v1/twilio/status"
_RINGS_S = 60
_WAITS_S = 8  # for a key, after the words
# https://www.twilio.com/docs/voice/twiml/say/text-speech: a voice speaks one language
_VOICES = {"zh": ("Polly.Zhiyu", "cmn-CN"), "en": ("Polly.Amy", "en-GB")}
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Voice:
    """Calls from the clinic's number."""

    def __init__(self, settings: Settings) -> None:
        self._client, self._settings = client_of(settings), settings

    def send(self, to: str, words: str, reference: str) -> Fate:
        """Hand a call to Twilio; `reference` is ours, and comes back with the key pressed."""
        twiml = asking(words, address(self._settings, KEY_PATH, reference))
        return handed_over(lambda: self._client.calls.create(
            to=to, from_=self._settings.twilio_from, twiml=twiml, timeout=_RINGS_S,
            status_callback=address(self._settings, _STATUS_PATH, reference),
        ), _CODES)  # fmt: skip

    def look_up(self, to: str, _words: str, since: datetime, others: Collection[str] = ()) -> Fate:
        """Was this number called since a moment? If not, it may be called again.

        What a call said cannot be asked for.
        """
        listed = self._client.calls
        return found(lambda: listed.stream(to=to, page_size=PAGE), since, lambda one: True, others)

    def fetch(self, sid: str) -> Receipt | None:
        """Twilio's word on a call that it took; None when it does not answer."""
        return word_on(lambda: self._client.calls(sid).fetch())


def asking(words: str, answer_to: str) -> str:
    """TwiML that says the words twice and posts the key that is pressed, or that none was."""
    response = VoiceResponse()
    gather = response.gather(
        num_digits=1, timeout=_WAITS_S, action=answer_to, action_on_empty_result=True
    )
    _say(gather, words)
    gather.pause(length=1)
    _say(gather, words)
    return str(response)


def saying(words: str) -> str:
    """TwiML that says the words once, and ends the call."""
    response = VoiceResponse()
    _say(response, words)
    return str(response)


def _say(verb: VoiceResponse, words: str) -> None:
    voice, language = _VOICES["zh" if _CHINESE.search(words) else "en"]
    verb.say(words, voice=voice, language=language)

