"""What the bot does for the staff: it connects their chat, and a tap takes an alert; no more.

A chat that is a patient's as well is heard like any patient's in all else.
"""

import re

from app.services.alerts import find_alert
from app.services.errors import NoSuchAlert
from app.services.linking import NoSuchInvitation, find_invitation
from app.services.staff_chat import LONG, connect_chat, staff_of_chat
from app.services.taking import Take, holder, take
from app.texts import language_of
from bot.acts.link import is_urgent
from bot.acts.words import parted
from bot.chats import Said, Talk
from bot.flow import Unclear
from bot.flows.link import read_code
from bot.replies import Reply, led_by
from models import Language, Staff

TAP = "take:"
_FORM = re.compile(f"[A-Za-z0-9]{{{LONG}}}")


def staff_first(talk: Talk, said: Said) -> Reply | None:
    """What is meant for the staff; None for all that a patient may say."""
    if said.tap is not None and said.tap.startswith(TAP):
        return _taken(talk, said.tap.removeprefix(TAP))
    name, rest = parted(said.text or "") if (said.text or "").startswith("/") else ("", "")
    if name == "start" and _FORM.fullmatch(rest):
        return _connected(talk, rest)
    if talk.patient is None and talk.chat.flow is None:
        return _only_alerts(talk, rest or said.text or "")
    return None


def _taken(talk: Talk, alert_id: str) -> Reply | None:
    staff = _speaker(talk)
    if staff is None:
        return None
    try:
        how = take(talk.work, staff, alert_id)
    except NoSuchAlert:
        return Reply("staff.take.unknown")
    alert = find_alert(talk.work, staff.clinic_id, alert_id)
    mine = how == Take.ALREADY and alert.acknowledged_by == f"staff:{staff.id}"
    told = {"code": alert.code, "name": holder(talk.work, alert)}
    return Reply(f"staff.take.{'yours' if mine else how.value}", told)


def _connected(talk: Talk, code: str) -> Reply | None:
    staff = connect_chat(talk.work, talk.chat.id, code)
    if staff is None:
        return None if is_urgent(talk, code) else Reply("staff.code_over")
    if talk.patient is None:  # what a stranger was asked for is not asked of them
        talk.chat.flow, talk.chat.answers = None, {}
    _speaker(talk)
    return Reply("staff.connected")


def _speaker(talk: Talk) -> Staff | None:
    """Which of the staff speaks; in their own language, unless the chat is a patient's too."""
    staff = staff_of_chat(talk.work, talk.chat.id)
    if staff is not None and talk.patient is None:
        talk.chat.language = Language(language_of(staff.language))
    return staff


def _only_alerts(talk: Talk, words: str) -> Reply | None:
    """To one of the staff who has no record here: a patient's code is heard, nothing else."""
    if _speaker(talk) is None or _is_invited(talk, words):
        return None
    only = Reply("staff.only_alerts")
    return led_by(Reply("link.emergency"), only) if is_urgent(talk, words) else only


def _is_invited(talk: Talk, words: str) -> bool:
    try:
        return find_invitation(talk.work, read_code(words)) is not None
    except (Unclear, NoSuchInvitation):
        return False
