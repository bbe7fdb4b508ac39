"""The words of a PDF of one main font: its glyphs, read back by the table that the font carries."""

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_ONE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_PIECE = re.compile(rb"ActualText<\w*>|/(f\d+) [\d.]+ Tf|\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f]+)>", re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(pdf: bytes) -> str:
    """All words in the order of the file, without the spaces, which a PDF need not hold."""
    streams = [_inflated(one) for one in _STREAM.findall(pdf)]
    letters = max((_letters(one) for one in streams), key=len)
    told = "".join(letters.get(glyph, "") for one in streams if b" Tf" in one for glyph in _glyphs(one))
    return re.sub(r"[\s\u200b]", "", told)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def _letters(stream: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(told.decode()).decode("utf-16-be")
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.S)
        for glyph, told in _ONE.findall(block)
    }


def _glyphs(stream: bytes) -> Iterator[int]:
    """Of the first font, two bytes each."""
    font = b"f0"
    for changed, written, in_hex in _PIECE.findall(stream):
        font = changed or font
        raw = bytes.fromhex(in_hex.decode()) if in_hex else _ESCAPED.sub(_meant, written)
        if font != b"f0":
            continue
        yield from (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))


def _meant(found: re.Match[bytes]) -> bytes:
    told = found[1]
    return bytes([int(told, 8)]) if told.isdigit() else _NAMED.get(told, told)
