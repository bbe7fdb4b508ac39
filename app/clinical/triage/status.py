"""What the writer says of a symptom that is named: has it, denies it, had it, fears it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.clinical.triage.wording import Cues, Pattern

Status = Literal["present", "negated", "resolved", "past", "possible", "other_person", "alike"]
# Here and now: named and not taken back, or not named and like phrases that name it.
NOW: tuple[Status, ...] = ("present", "alike")
# What happened is a reason to call, also when it is over [own].
EVENTS = frozenset({"syncope", "gi_bleeding", "bleeding", "chest_pain"})
SENTENCE_END = re.compile(r"[!?。！？;；\n]|\.(?!\d)")
_COMMA = re.compile(r"[,，]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_GOES_ON = re.compile(
    r"\s*(?:and |but )?(?:it|it's|its|they|that|this|those|both|all|everything|"
    r"现在|都|后来|今天|已经|今早)"
)
_LIST = re.compile(r"[\s,，、/+&]*(?:and|or|和|与|跟|还有|及)?\s*(?:the|my)?\s*")
_NEAR = 200  # letters on each side that can say something of a symptom
_ANSWER = 40  # letters in which "nausea? none" answers itself
_COMMAS = ",，"
_ENDS_IN_OR = re.compile(r"[\s,，]*(?:or|nor|或)")
_OR = re.compile(r"\b(?:or|nor)\b|或|、|以及")
_NO_KIN = r"(?:ward|room|street|building|road|block|village|work|office|class|club|group|bay)"
_FIRST_PERSON = re.compile(
    rf"\b(?:i|i'm|i've|me|we|my(?! {_NO_KIN}))\b|我(?!妈|爸|家|老|们)|自己"
)
# What is named by what is not there, as "no urine" is, is not denied by a "not" ahead of it.
_SAYS_NO = re.compile(
    r"(?:no|not|nothing|cannot|unable|(?:ca|has|have|did|do|does|wo|could)n'?t)\b"
)
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Mention:
    """A family or a red flag named at a place of the plain text."""

    start: int
    end: int
    kind: str
    code: str
    status: Status = "present"


@dataclass(frozen=True, slots=True)
class Place:
    """The plain text, all that is named in it, and the cues of the language."""

    plain: str
    mentions: tuple[Mention, ...]
    cues: Cues
    named: bytes  # 1 for each letter that is part of a mention

    def before(self, one: Mention) -> str:
        """From the start of the sentence or of its last contrast to the mention."""
        start = earliest = max(0, one.start - _NEAR)
        for pattern in (SENTENCE_END, self.cues.contrast):
            for match in pattern.finditer(self.plain, earliest, one.start):
                start = max(start, match.end())
        return self.plain[start : one.start]

    def after(self, one: Mention) -> str:
        """From the mention to the end of the sentence or its next contrast."""
        return self.plain[one.end : self._end(one)]

    def _end(self, one: Mention) -> int:
        end = self.sentence_end(one.end)
        turn = self.cues.contrast.search(self.plain, one.end, end)
        return turn.start() if turn else end

    def sentence_end(self, start: int) -> int:
        latest = min(start + _NEAR, len(self.plain))
        stop = SENTENCE_END.search(self.plain, start, latest)
        return stop.start() if stop else latest

    def outcome(self, one: Mention) -> str:
        """What is said of it up to the next symptom, also in a sentence that goes on with "it"."""
        end = self.sentence_end(one.end)
        if _GOES_ON.match(self.plain, end + 1):
            end = self.sentence_end(end + 1)
        later = [two.start for two in self.mentions if one.end <= two.start < end]
        stop = next((at for at in sorted(later) if not self._listed(one.end, at)), end)
        said = self.without_mentions(one.end, stop)
        # What stands behind the last comma before another symptom is said of that one.
        return said if stop == end else _COMMA.split(said)[0]

    def _listed(self, start: int, end: int) -> bool:
        """Whether only "and" or a comma of a list lies between."""
        return _LIST.fullmatch(self.without_mentions(start, end)) is not None

    def without_mentions(self, start: int, end: int) -> str:
        """The text between, with what is named in it left out."""
        return "".join(self.plain[at] for at in range(start, end) if not self.named[at])


def place_of(plain: str, mentions: Sequence[Mention], cues: Cues) -> Place:
    """The text with what is named in it."""
    named = bytearray(len(plain))
    for one in mentions:
        named[one.start : one.end] = b"\x01" * (one.end - one.start)
    return Place(plain, tuple(mentions), cues, bytes(named))


def status_of(one: Mention, place: Place) -> Mention:
    """The mention with what the writer says of it."""
    tests: tuple[tuple[Status, bool], ...] = (
        ("other_person", _of_another(one, place)),
        ("possible", _feared(one, place)),
        ("past", _past(one, place)),
        ("negated", _negated(one, place)),
        ("resolved", _resolved(one, place)),
    )
    return replace(one, status=next((status for status, holds in tests if holds), "present"))


def _of_another(one: Mention, place: Place) -> bool:
    before = place.before(one)
    named = [match.end() for match in place.cues.others.finditer(before)]
    return bool(named) and not _FIRST_PERSON.search(before[named[-1] :])


def _feared(one: Mention, place: Place) -> bool:
    named = place.plain[one.start : one.end]
    asked = place.cues.possible_after.search(named + _first_part(place.after(one)))
    within = place.cues.possible.search(named)
    return _cued(one, place, place.cues.possible) or bool(asked or within)


def _cued(one: Mention, place: Place, cue: Pattern) -> bool:
    """Whether a cue ahead in the clause reaches the mention."""
    start = one.start - len(place.before(one))
    found = cue.finditer(place.plain, start, place.sentence_end(one.end) + 1)
    return any(m.end() <= one.start and _reaches(place, m.end(), one) for m in found)


def _reaches(place: Place, start: int, one: Mention) -> bool:
    """A cue reaches over a list, and not over a comma with something else behind it."""
    while start < one.start and (place.plain[start].isspace() or place.plain[start] in _COMMAS):
        start += 1
    between = place.without_mentions(start, one.start)
    if not _COMMA.search(between):
        return True
    return bool(_OR.search(between)) or not _LETTER.search(between) and _only_list(place, start)


def _only_list(place: Place, start: int) -> bool:
    """A list that ends in "or", or three and more symptoms and nothing else in the sentence."""
    end = place.sentence_end(start)
    if _ENDS_IN_OR.match(place.without_mentions(start, end)):
        return True
    places = {m.start for m in place.mentions if start <= m.start < end}
    return len(places) > 2 and not _LETTER.search(place.without_mentions(start, end))


def _past(one: Mention, place: Place) -> bool:
    before, after = place.before(one), _first_part(place.after(one))
    if place.cues.lasting.search(before + after):
        return False
    return _cued(one, place, place.cues.past) or bool(place.cues.past.search(after))


def _first_part(text: str) -> str:
    return _COMMA.split(text, maxsplit=1)[0]


def _negated(one: Mention, place: Place) -> bool:
    if place.cues.denied_after.search(place.plain[one.end : one.end + _ANSWER]):
        return True
    if _SAYS_NO.match(place.plain, one.start):
        return False
    before = place.before(one)
    offset = one.start - len(before)
    masked = [match.span() for match in place.cues.not_negators.finditer(before)]
    for match in place.cues.negators.finditer(before):
        apparent = any(start <= match.start() < end for start, end in masked)
        named = bool(place.named[offset + match.start()])
        if not apparent and not named and _denies(place, offset + match.end(), one):
            return True
    return False


def _denies(place: Place, start: int, one: Mention) -> bool:
    """Whether a negator that ends at `start` denies the mention."""
    gap = place.without_mentions(start, one.start)
    if place.cues.gap_breaks.search(gap) or not _reaches(place, start, one):
        return False
    rest = place.cues.fillers.sub("", gap)
    return len(_LETTER.findall(rest)) <= place.cues.gap_limit


def _resolved(one: Mention, place: Place) -> bool:
    if one.code == "rapid_weight_gain":  # what is gone then is something else
        return False
    if place.cues.gone_before.search(place.before(one)):
        return True
    outcome = place.outcome(one)
    first, *later = _COMMA.split(outcome)
    over = place.cues.gone.search(first) or any(_only_gone(part, place.cues) for part in later)
    return bool(over) and not place.cues.not_gone.search(outcome)


def _only_gone(part: str, cues: Cues) -> bool:
    """Whether a part behind a comma says little else than that it is over."""
    said = cues.gone.search(part)
    rest = part[: said.start()] + part[said.end() :] if said else ""
    return said is not None and len(_LETTER.findall(rest)) <= 2 * cues.gap_limit
