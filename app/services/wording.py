"""A clinic's licensed wording of the SF-36: other words, never another structure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.clinical.sf36 import ITEMS
from app.services.audit import audit
from app.services.shapes import UNSENDABLE
from app.texts import catalogue
from app.work import Work
from models import Language, Wording
from models.report import OWN_WORDING

INTRO = "sf36.intro"
# A message of the Bot API takes 4096 letters; a button shows about 60 on a phone.
_LONGEST = {"source": 200, "intro": 1000, "item": 600, "option": 60}
_PARTS = ("language", "source", "intro", "items", "options")
ITEM_CODES = {item.number: item.code for item in ITEMS}
OPTION_CODES = {item.option_set: item.option_codes for item in ITEMS}


class WordingRefused(Exception):
    """The file cannot be loaded; the message names every item and its remedy."""


@dataclass(frozen=True, slots=True)
class Licensed:
    """A wording that was read and fits: words by key of the catalogue."""

    language: Language
    source: str
    words: dict[str, str]


def template(language: str) -> str:
    """The file to fill in, with our own words and no source. Raises WordingRefused."""
    if language not in list(Language):
        raise WordingRefused(f"language: one of {', '.join(Language)}.")
    words = catalogue(language)
    options = {name: [words[code] for code in codes] for name, codes in OPTION_CODES.items()}
    return json.dumps(
        {
            "language": language,
            "source": "",
            "intro": words[INTRO],
            "items": {number: words[code] for number, code in ITEM_CODES.items()},
            "options": options,
        },
        ensure_ascii=False,
        indent=2,
    )


def read_wording(text: str) -> Licensed:
    """What a file says, where its structure is ours. Raises WordingRefused."""
    try:
        told = json.loads(text, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise WordingRefused(f"The file is no JSON at {where}: {error.msg}.") from None
    found = list(_problems(told))
    if found:
        raise WordingRefused("\n".join(found))
    words = {INTRO: told["intro"]}
    words |= {ITEM_CODES[number]: said for number, said in told["items"].items()}
    for name, said in told["options"].items():
        words |= dict(zip(OPTION_CODES[name], said, strict=True))
    plain = {code: said.strip() for code, said in words.items()}
    return Licensed(Language(told["language"]), told["source"].strip(), plain)


def load_wording(work: Work, clinic_id: str, licensed: Licensed) -> None:
    """Ask the clinic's patients in these words from now on."""
    row = Wording(
        clinic_id=clinic_id, language=licensed.language, source=licensed.source,
        words=licensed.words, loaded_at=work.now,
    )  # fmt: skip
    work.session.merge(row)
    audit(work, clinic_id, "system", "clinic.wording", about=licensed.language)


def drop_wording(work: Work, clinic_id: str, language: Language) -> bool:
    """Go back to our own words; False where no other were loaded."""
    row = wording_of(work, clinic_id, language)
    if row is None:
        return False
    work.session.delete(row)
    audit(work, clinic_id, "system", "clinic.wording.own", about=language)
    return True


def wording_of(work: Work, clinic_id: str | None, language: str) -> Wording | None:
    """The clinic's licensed words in a language, if it has loaded any."""
    return work.session.get(Wording, (clinic_id, language)) if clinic_id else None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise WordingRefused(f"{twice[0]} stands twice; keep one.")
    return dict(pairs)


def _problems(told: Any) -> Iterator[str]:
    """Everything in the file that is not as our structure has it."""
    if not isinstance(told, dict):
        yield f"The file must be an object with {', '.join(_PARTS)}."
        return
    wrong = list(_names("part", _PARTS, told))
    yield from wrong
    if not wrong:
        yield from _head(told)
        yield from _items(told["items"])
        yield from _options(told["options"])


def _head(told: Mapping[str, Any]) -> Iterator[str]:
    if told["language"] not in list(Language):
        yield f"language: one of {', '.join(Language)}."
    if not isinstance(told["source"], str) or told["source"].strip() in ("", OWN_WORDING):
        yield "source: name the licence: its holder, number and version."
    else:
        yield from _said("source", told["source"], "source")
    yield from _said("intro", told["intro"], "intro")


def _items(items: Any) -> Iterator[str]:
    if not isinstance(items, dict):
        yield "items: an object from the number of each item (1, 2, 3a ... 11d) to its words."
        return
    yield from _names("item", ITEM_CODES, items)
    for number, said in items.items():
        yield from _said(f"item {number}", said, "item")


def _options(options: Any) -> Iterator[str]:
    if not isinstance(options, dict):
        yield "options: an object from the name of each set of options to its list of words."
        return
    yield from _names("set of options", OPTION_CODES, options)
    for name in OPTION_CODES:
        if name in options:
            yield from _set(name, options[name])


def _set(name: str, said: Any) -> Iterator[str]:
    count = len(OPTION_CODES[name])
    if not isinstance(said, list) or len(said) != count:
        came = len(said) if isinstance(said, list) else "none"
        yield f"options {name}: a list of {count} is needed and {came} came."
        return
    for n, one in enumerate(said, start=1):
        yield from _said(f"option {n} of {name}", one, "option")
    if len({str(one).strip() for one in said}) < count:
        yield f"options {name}: two are the same; a patient could not tell them apart."


def _names(what: str, ours: Any, theirs: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{what} {name} is missing; add it." for name in ours if name not in theirs)
    yield from (
        f"{what} {name} is not in the questionnaire; take it out."
        for name in theirs
        if name not in ours
    )


def _said(where: str, said: Any, kind: str) -> Iterator[str]:
    if not isinstance(said, str) or not said.strip():
        yield f"{where}: its words are missing."
    elif len(said.strip()) > _LONGEST[kind]:
        yield f"{where}: {len(said.strip())} letters are too long; at most {_LONGEST[kind]}."
    elif UNSENDABLE.search(said):
        yield f"{where}: it holds a control character, which cannot be sent; take it out."
