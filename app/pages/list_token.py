"""A list on its way from the preview to the button that keeps it, sealed in the page itself.

Nothing of a list that nobody has confirmed stays on the server.
"""

from collections.abc import Sequence

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.pages.security import actor
from app.services.lab_list import Checked, NotAList, Rows
from app.services.lab_list.heads import Head

LASTS_S = 3600
MOST_LETTERS = 400_000  # a form's field is read up to 500 000


class NoSuchPreview(Exception):
    """The preview is too old, or not this person's."""


def sealed(rows: Rows, head: Head, checked: Checked) -> str:
    """The columns that count, with what became of them. Raises NotAList when it is too long."""
    token = str(_seal().dumps({"by": actor(), "rows": _needed(rows, head), "as": checked.digest}))
    if len(token) > MOST_LETTERS:
        raise NotAList("page")
    return token


def opened(token: str) -> tuple[Rows, str]:
    """The rows, and the digest of what was seen. Raises NoSuchPreview."""
    try:
        told = _seal().loads(token, max_age=LASTS_S)
    except BadData:
        raise NoSuchPreview from None
    if told["by"] != actor():
        raise NoSuchPreview
    return told["rows"], told["as"]


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="lab-list")


def _needed(rows: Rows, head: Head) -> Rows:
    """The rows at their places, without titles and the columns that are passed over."""
    places = sorted(head.places.values())
    kept = [_of(row, places) if any(row) else [] for row in rows[head.row :]]
    return [[] for _ in range(head.row)] + kept


def _of(row: Sequence[str], places: Sequence[int]) -> list[str]:
    return [row[place] if place < len(row) else "" for place in places]
