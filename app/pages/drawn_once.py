"""A drawing is made once for what it shows: the page shown again and its PDF take the same."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import ParamSpec

Told = ParamSpec("Told")
_MOST = 56  # of the cohort report: seven for each of eight choices
_kept: dict[bytes, str | None] = {}  # the oldest first


def drawn_once(draw: Callable[Told, str | None]) -> Callable[Told, str | None]:
    """`draw` must tell all that it shows by its arguments, in their repr; no two may share one."""

    @wraps(draw)
    def drawn(*told: Told.args, **named: Told.kwargs) -> str | None:
        key = sha256(repr((draw.__qualname__, told, named)).encode()).digest()
        if key in _kept:
            return _kept[key]
        made = _kept[key] = draw(*told, **named)
        for old in list(_kept)[:-_MOST]:
            _kept.pop(old, None)
        return made

    return drawn
