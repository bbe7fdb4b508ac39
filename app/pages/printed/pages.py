"""The pre-visit summary as a PDF of A4 pages. Imported only when one is asked for."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst
from PIL import Image

from app.pages.printed import dose, head, levels, told
from app.pages.printed.part import Part
from app.pages.timeline import PAPER, timeline
from app.pages.words import clock, day, reader, t
from app.services.own_words import OwnWords
from app.services.summary_rows import Summary

_TEMPLATE = Path(__file__).parent.parent / "documents" / "summary.typ"
_PHOTO_PX = 320  # a photo is printed 24 mm high


@dataclass(frozen=True, slots=True)
class Beside:
    """What the pages show beside the summary: names, photo files, who prints, own words."""

    people: Mapping[str, str]
    photos: Sequence[Path]
    printed_by: str
    words: OwnWords


def as_pdf(seen: Summary, beside: Beside) -> bytes:
    """One or two pages in the order of the page itself; words and values go in as data."""
    return bytes(typst.compile(
        _TEMPLATE, font_paths=[str(fonts.sans_path().parent)], ignore_system_fonts=True,
        format="pdf", timestamp=int(seen.at.timestamp()),
        sys_inputs={"summary": json.dumps(shown(seen, beside), ensure_ascii=False)},
    ))  # fmt: skip


def shown(seen: Summary, beside: Beside) -> dict[str, Any]:
    """All that the pages say, as the template takes it."""
    printed = t("page.summary.printed", who=beside.printed_by, on=day(seen.at), at=clock(seen.at),
                zone=reader().time_zone)  # fmt: skip
    return {
        "title": f"{seen.patient.code} · {t('page.summary')}",
        "footer": f"{t('page.summary')} · {seen.patient.code} · {printed}",
        "language": reader().language.partition("-")[0],
        "head": asdict(head.head(seen, beside.people)),
        "rows": [[asdict(part) for part in row] for row in _rows(seen, beside)],
        "by_hand": [t("page.decision.dose"), t("page.summary.reason"), t("page.summary.signed")],
    }  # fmt: skip


def _rows(seen: Summary, beside: Beside) -> Iterable[Sequence[Part]]:
    """Parts side by side, in the order of a consultation."""
    photos = tuple(_photo(path) for path in beside.photos)
    course = Part(t("page.timeline"), drawing=timeline(seen, reader(), PAPER))
    estimate = levels.estimate(seen)
    yield told.grades(seen), told.report(seen, photos, beside.words)
    yield (course,)
    yield (levels.levels(seen),)
    if estimate:
        yield (estimate,)
    yield told.quality(seen), told.labs(seen)
    yield told.alerts(seen), told.medicines(seen)
    yield (dose.rule(seen),)
    yield (dose.decision(seen, beside.people),)


def _photo(path: Path) -> str:
    """A photo, made small, inside an SVG: so that it goes in as words do, as data."""
    small, out = Image.open(path), BytesIO()
    small.thumbnail((_PHOTO_PX, _PHOTO_PX))
    small.convert("RGB").save(out, "JPEG", quality=80)
    data = b64encode(out.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{small.width}" height="{small.height}">'
        f'<image width="{small.width}" height="{small.height}" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    )
