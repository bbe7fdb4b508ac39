"""A long text in parts that Telegram takes, parted where a reader would pause."""

from collections.abc import Iterator

LONGEST = 4096  # of a message, in UTF-16 code units, as Telegram counts
_PAUSES = ("\n\n", "\n", "。", ". ", "；", "，", " ")  # the best place first


def parts_of(text: str, longest: int = LONGEST) -> list[str]:
    """The text as it is where it is short enough; nothing of it is cut off."""
    return [text] if units(text) <= longest else list(_parted(text, longest))


def units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parted(text: str, longest: int) -> Iterator[str]:
    while units(text) > longest:
        at = _pause_in(text[: _fitting(text, longest)])
        if part := text[:at].strip():
            yield part
        text = text[at:].lstrip()
    if text:
        yield text


def _fitting(text: str, longest: int) -> int:
    """How many characters of a long text fit."""
    end = longest
    while units(text[:end]) > longest:
        end -= (units(text[:end]) - longest + 1) // 2
    return end


def _pause_in(head: str) -> int:
    """Where to part: after the last best pause in the second half, else at its end."""
    found = ((head.rfind(pause), pause) for pause in _PAUSES)
    return next((at + len(pause) for at, pause in found if at > len(head) // 2), len(head))
