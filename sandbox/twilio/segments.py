"""How many segments a text takes: GSM 03.38 160 or 153 a segment, else UCS-2 70 or 67."""

import math

_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = set("^{}\\[~]|€\f")  # two septets each


def segments(text: str) -> int:
    if set(text) <= _BASIC | _EXTENDED:
        septets = len(text) + sum(letter in _EXTENDED for letter in text)
        return _parts(septets, 160, 153)
    return _parts(len(text.encode("utf-16-le")) // 2, 70, 67)


def _parts(length: int, whole: int, each: int) -> int:
    return 1 if length <= whole else math.ceil(length / each)
