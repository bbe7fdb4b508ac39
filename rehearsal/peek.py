"""When the product's rows next want something, by one cheap look. It decides nothing."""

from datetime import datetime

from sqlalchemy import Engine, text

from models import Message

CHATS, TEXTS = ("chats_at", "lapses_at"), ("texts_at", "doubt_at")
KINDS = (*CHATS, *TEXTS, "poll_at", "closes_at", "step_at")
_AT = Message.__table__.c.due_at.type  # type: ignore[attr-defined]
_OF_TEXTS = (
    "FROM message WHERE channel IN ('sms', 'voice') AND state IN ('queued', 'sending', 'unknown')"
)
_OF_CHATS = "FROM message WHERE channel = 'telegram' AND state IN ('queued', 'sending')"
_NEXT = text(
    f"SELECT (SELECT min(due_at) {_OF_CHATS} AND state = 'queued') AS chats_at,"
    f" (SELECT min(leased_until) {_OF_CHATS} AND state = 'sending') AS lapses_at,"
    f" (SELECT min(due_at) {_OF_TEXTS} AND state = 'queued') AS texts_at,"
    f" (SELECT min(leased_until) {_OF_TEXTS} AND state <> 'queued') AS doubt_at,"
    " (SELECT min(poll_at) FROM message WHERE state = 'sent' AND poll_at IS NOT NULL) AS poll_at,"
    " (SELECT min(closes_at) FROM prompt WHERE state = 'open') AS closes_at,"
    " (SELECT min(next_step_at) FROM alert WHERE state <> 'closed') AS step_at"
).columns(**dict.fromkeys(KINDS, _AT))


class Peek:
    """Looks with a connection of its own, which never writes."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect().execution_options(read_only=True)

    def __call__(self) -> dict[str, datetime]:
        """The next moment of each kind."""
        found = dict(self._connection.execute(_NEXT).mappings().one())
        self._connection.rollback()
        return {name: at for name, at in found.items() if at is not None}

    def close(self) -> None:
        self._connection.close()
