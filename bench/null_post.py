"""A way out that takes every message at once and keeps nothing."""

from app.delivery import Post
from app.senders import Sent


def null_post() -> Post:
    return Post(
        telegram=lambda many: [Sent("1") for _ in many],
        sms=lambda *_: Sent("SM1"),
        look_up=lambda *_: Sent("SM1"),
    )
