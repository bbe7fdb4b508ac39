"""A text whose receipt did not come is asked about, less and less often, for a day."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import col, select

from app.delivery.post import Post
from app.senders import Receipt
from app.services.backoff import OF_RECEIPTS
from app.services.messages import receipt
from app.services.reaching import text_failed
from app.work import Begin, Work
from models import Channel, Message, MessageState

_FOR = timedelta(days=1)
_AT_ONCE = 8


def poll_receipts(begin: Begin, post: Post) -> int:
    """Ask about one batch of what is due to be asked about; how many were."""
    ways = post.ways()
    with begin() as work:
        rows = _claim(work)
    asked = [row for row in rows if row.channel in ways]
    with ThreadPoolExecutor(_AT_ONCE) as askers:
        words = askers.map(lambda row: ways[Channel(row.channel)].fetch(row.provider_id), asked)
        for row, word in zip(asked, words, strict=True):
            if word is not None:
                _take(begin, str(row.provider_id), word)
    return len(rows)


def _claim(work: Work) -> list[Message]:
    """The next question is planned before this one is asked, so that nobody else asks it."""
    query = select(Message).where(
        col(Message.state).in_([MessageState.SENT]),
        col(Message.poll_at).is_not(None), col(Message.poll_at) <= work.now,
    )  # fmt: skip
    query = query.order_by(col(Message.poll_at)).limit(_AT_ONCE).with_for_update(skip_locked=True)
    rows = list(work.session.exec(query))
    for row in rows:
        row.polls += 1
        wait = OF_RECEIPTS.wait_s(row.polls + 1, random.random())
        row.poll_at = work.now + timedelta(seconds=wait)
        if row.sent_at and row.poll_at > row.sent_at + _FOR:
            row.poll_at, row.reason = None, "no receipt came within a day"
    return rows


def _take(begin: Begin, provider_id: str, word: Receipt) -> None:
    with begin() as work:
        failed = receipt(work, provider_id, word.status, word.error_code)
        if failed is not None:
            text_failed(work, failed)
