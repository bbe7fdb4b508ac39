"""Show in a patient's own words why triage said what it said."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.clinical.triage.status import NOW
from models import InboxItem


def marked(item: InboxItem) -> list[tuple[str, str]]:
    """The text in parts, each with the kind of what it names now, or "" for none."""
    spans = [one for one in item.triage.get("spans", ()) if one["status"] in NOW]
    return list(_parts(item.text, sorted(spans, key=_flags_first)))


def _flags_first(span: Mapping[str, Any]) -> tuple[bool, int]:
    return span["kind"] != "red_flag", span["start"]


def _parts(text: str, spans: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    kept: list[dict[str, Any]] = []
    for span in spans:
        if all(span["end"] <= one["start"] or one["end"] <= span["start"] for one in kept):
            kept.append(span)
    at = 0
    for span in sorted(kept, key=lambda one: int(one["start"])):
        yield text[at : span["start"]], ""
        yield text[span["start"] : span["end"]], str(span["kind"])
        at = span["end"]
    yield text[at:], ""
