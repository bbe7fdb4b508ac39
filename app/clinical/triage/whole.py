"""A text of any length, read in parts that overlap: no red flag lies past what is read at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.clinical.triage.read import CATEGORIES, LONGEST, Span, Triage, triage

_OVERLAP = 200  # letters [own]: a complaint that is cut by the end of a part is whole in the next


def read_whole(text: str) -> Triage:
    """Both languages are read; nothing is found where nothing is said."""
    parts = [
        _moved(triage(part, "zh-CN"), at)
        for at in range(0, max(len(text) - _OVERLAP, 1), LONGEST - _OVERLAP)
        if (part := text[at : at + LONGEST]).strip()
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _moved(part: Triage, at: int) -> Triage:
    spans = (replace(one, start=one.start + at, end=one.end + at) for one in part.spans)
    return replace(part, spans=tuple(spans)) if at else part


def _joined(parts: Sequence[Triage]) -> Triage:
    named = {family for part in parts for family in part.categories}
    return Triage(
        tuple(family for family in CATEGORIES if family in named),
        tuple(dict.fromkeys(flag for part in parts for flag in part.red_flags)),
        tuple(dict.fromkeys(_spans(parts))),
        any(part.understood for part in parts),
    )


def _spans(parts: Sequence[Triage]) -> Iterator[Span]:
    """Those of every part; what stands in two parts is the same twice."""
    for part in parts:
        yield from part.spans
