"""Read free text: which families and which red flags, and what the writer says of each.

The words and the rules are the project's own [own]; they propose, a person reads the text too.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.clinical.errors import NothingToRead, TextTooLong, UnknownLanguage
from app.clinical.symptoms import FLAG_FAMILY, FLAGS
from app.clinical.triage.chinese_cues import CHINESE
from app.clinical.triage.chinese_measures import weight_gained
from app.clinical.triage.chinese_slips import SLIPS
from app.clinical.triage.drawn import as_samples
from app.clinical.triage.english_cues import ENGLISH
from app.clinical.triage.likeness import alike
from app.clinical.triage.measures import (
    fever_measured,
    low_fever,
    temperatures,
    usual_temperature,
    weight_gained_fast,
)
from app.clinical.triage.spelling import meant
from app.clinical.triage.status import (
    EVENTS,
    NOW,
    SENTENCE_END,
    Mention,
    Status,
    place_of,
    status_of,
)
from app.clinical.triage.traditional import SIMPLIFIED
from app.clinical.triage.weights import weights_risen
from app.clinical.triage.wording import Lexicon, Pattern

LANGUAGES = ("zh-CN", "en")
CATEGORIES = ("edema", "skin", "gi", "other")
LONGEST = 4096  # characters: one message of the Telegram Bot API
OFTEN = 30  # what is named so often is not looked for again in the same text
_HAN = re.compile(r"[\u4e00-\u9fff]")
# "Eat" and "drink" as the south writes them, where no other word is meant.
_EATS = re.compile(r"食(?=啥|饭|药|得|不|完|了|些|也|都|就)")
_DRINKS = re.compile(r"饮(?=水|了|些|啥|不|也|都|就|完)")
# A chest that is red or yellow is no pain; blood is one bleed, unless another place is named.
_EXPLAINED: dict[str, tuple[Pattern, tuple[str, ...]]] = {
    "chest_pain": (
        re.compile("chest|胸口?|胸部|前胸"), ("skin", "severe_skin", "jaundice"),
    ),
    "bleeding": (
        re.compile(r"(?:(?!nose|gum|urin|pee|wee|cough|bruis|t[oe]{2}th|phlegm|sputum|nostril|wound|cut|鼻|牙|尿|小便|咳|痰|斑|伤口|针眼|下[身面体]|月经|洗肉|红点|[青紫乌眼嘴耳刮割划切]).)*"),
        ("gi_bleeding",),
    ),
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_AS_TYPED = {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\n": ".", "\r": "."}
_QUOTES = str.maketrans(_AS_TYPED)


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text, from `start` to before `end`, a family or a red flag is named."""

    start: int
    end: int
    kind: str
    code: str
    status: Status
    text: str


@dataclass(frozen=True, slots=True)
class Triage:
    """What was found. `understood` is False where nothing was: the text then needs a person."""

    categories: tuple[str, ...]
    red_flags: tuple[str, ...]
    spans: tuple[Span, ...]
    understood: bool


def triage(text: str, language: str, *, by_rules_only: bool = False) -> Triage:
    """Read a patient's own words in either language; people mix them.

    Raises UnknownLanguage, NothingToRead, TextTooLong.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage("language")
    if not text.strip():
        raise NothingToRead("text")
    if len(text) > LONGEST:
        raise TextTooLong("text")
    plain, places = _spelled(normal(text))
    readings = [_read(plain, lexicon) for lexicon in (CHINESE, ENGLISH)]
    mentions = [one for found, _ in readings for one in found]
    if not by_rules_only:
        mentions += _like(plain, {code for _, named in readings for code in named})
    in_order = sorted(mentions, key=lambda one: (one.start, one.end, one.code))
    spans = [_span(text, one, places) for one in in_order]
    flags = tuple(flag for flag in FLAGS if any(_raises(one, flag) for one in mentions))
    return Triage(_families(mentions, flags), flags, tuple(spans), bool(mentions))


def plain_text(text: str) -> str:
    """The text as it is read: in one script and one case, slips of the finger mended."""
    return _spelled(normal(text))[0]


def normal(text: str) -> str:
    """The text in simplified, lower-case, half-width letters, each at the place it had."""
    plain = "".join(_plain(letter) for letter in text.translate(_QUOTES))
    for slip, word in SLIPS.items():
        plain = plain.replace(slip, word)
    return as_samples(_DRINKS.sub("喝", _EATS.sub("吃", plain)))


def _spelled(plain: str) -> tuple[str, list[int]]:
    """The text with slips of the finger mended, and where each letter, and the end, stood."""
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for word in _WORD.finditer(plain):
        parts += [plain[end : word.start()], meant(word.group())]
        places += range(end, word.start())
        places += [min(word.start() + at, word.end() - 1) for at in range(len(parts[-1]))]
        end = word.end()
    return "".join([*parts, plain[end:]]), [*places, *range(end, len(plain) + 1)]


def _plain(letter: str) -> str:
    folded = unicodedata.normalize("NFKC", letter).lower()
    return SIMPLIFIED.get(letter) or (folded if len(folded) == 1 else letter)


def _read(plain: str, lexicon: Lexicon) -> tuple[list[Mention], set[str]]:
    """What the rules find, and every code that they have a word for, meant or not."""
    named = _named(plain, lexicon)
    if (lexicon is CHINESE) == bool(_HAN.search(plain)):
        named += _measured(plain, lexicon)
    found = _outermost([one for one in named if not _measured_low(plain, one)])
    found = [one for one in found if not _explained(plain, one, found)]
    place = place_of(plain, found, lexicon.cues)
    return [status_of(one, place) for one in found], {one.code for one in named}


def _measured(plain: str, lexicon: Lexicon) -> list[Mention]:
    """Temperatures and weights, which are told in numbers."""
    fever = fever_measured(plain)[:OFTEN]
    if lexicon is CHINESE:
        return fever + weight_gained(plain)[:OFTEN]
    return fever + weight_gained_fast(plain)[:OFTEN] + weights_risen(plain)


def _like(plain: str, named: set[str]) -> list[Mention]:
    """What the text is like and the rules have no word for in it."""
    named = named | ({"fever"} if temperatures(plain) else set())
    return [
        Mention(one.start, one.end, "red_flag", one.code, "alike")
        for one in alike(plain)
        if one.code not in named
    ]


def _explained(plain: str, one: Mention, found: Iterable[Mention]) -> bool:
    """Whether the mention names no trouble of its own and another of the sentence explains it."""
    words, others = _EXPLAINED.get(one.code, (None, ()))
    if words is None or not words.fullmatch(plain, one.start, one.end):
        return False
    return any(two.code in others and _in_one_sentence(plain, one, two) for two in found)


def _in_one_sentence(plain: str, one: Mention, two: Mention) -> bool:
    between = plain[min(one.end, two.end) : max(one.start, two.start)]
    return SENTENCE_END.search(between) is None


def _measured_low(plain: str, one: Mention) -> bool:
    return low_fever(plain, one) or usual_temperature(plain, one)


def _named(plain: str, lexicon: Lexicon) -> list[Mention]:
    """Every place where a pattern of the lexicon matches."""
    if lexicon is ENGLISH and not _WORD.search(plain):
        return []
    families = _found(plain, "category", lexicon.categories)
    flags = _found(plain, "red_flag", lexicon.red_flags)
    return (families + flags) or _found(plain, "category", lexicon.weak)


def _found(plain: str, kind: str, patterns: Mapping[str, Pattern]) -> list[Mention]:
    return [
        Mention(match.start(), match.end(), kind, code)
        for code, pattern in patterns.items()
        for match in islice(pattern.finditer(plain), OFTEN)
    ]


def _outermost(found: Sequence[Mention]) -> list[Mention]:
    """Without those that a longer one of the same kind holds: the cramp in a stomach cramp."""
    every = list(dict.fromkeys(found))
    kept = [one for one in every if not any(_holds(two, one) for two in _touching(one, every))]
    return [one for one in kept if not any(_is_meant(two, one) for two in _touching(one, kept))]


def _touching(one: Mention, found: Sequence[Mention]) -> list[Mention]:
    """Those that overlap it."""
    return [two for two in found if two.start < one.end and one.start < two.end]


def _is_meant(named: Mention, one: Mention) -> bool:
    """Sore in "red and sore palms" is of the skin: a family before other that it overlaps."""
    both = (named.kind, one.kind) == ("category", "category")
    return both and one.code == "other" != named.code


def _holds(outer: Mention, inner: Mention) -> bool:
    """Of red flags only another bleed is the same thing said more fully."""
    longer = outer.end - outer.start > inner.end - inner.start
    within = outer.start <= inner.start and inner.end <= outer.end
    same = inner.kind == "category" or inner.code in ("bleeding", outer.code)
    return outer.kind == inner.kind and longer and within and same


def _raises(one: Mention, flag: str) -> bool:
    """A bleed, a faint or a chest pain that is over has happened all the same."""
    over = one.status == "resolved" and flag in EVENTS
    return one.code == flag and (one.status in NOW or over)


def _families(mentions: Iterable[Mention], flags: Iterable[str]) -> tuple[str, ...]:
    told = {one.code for one in mentions if one.kind == "category" and one.status in NOW}
    told |= {FLAG_FAMILY[flag] for flag in flags}
    return tuple(family for family in CATEGORIES if family in told)


def _span(text: str, one: Mention, places: Sequence[int]) -> Span:
    start = places[one.start]
    end = max(places[one.end], start + 1)
    return Span(start, end, one.kind, one.code, one.status, text[start:end])
