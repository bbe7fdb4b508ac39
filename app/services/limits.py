"""How much one person may get: a daily cap, and the same words only so often.

They are for what goes wrong in a machine. Answers to the patient's own words are not counted,
nor what other workers are sending at this moment.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, func
from sqlalchemy import select as select_columns
from sqlmodel import col

from app.services.alarms import OPERATOR
from app.services.messages import is_reminder, unasked
from app.work import Work
from models import Channel, Message


@dataclass(frozen=True, slots=True)
class Limits:
    """[own] About twice what the busiest day brings: a visit with a questionnaire; an outbreak."""

    to_a_chat_a_day: int = 30  # unasked, to a patient
    to_staff_a_day: int = 200  # and to whoever gets texts or calls
    to_operator_a_day: int = 2000  # of all clinics, each once an hour
    same_words_an_hour: int = 3

    def a_day(self, row: Message) -> int:
        if (row.about or "").startswith(OPERATOR):
            return self.to_operator_a_day
        patient = row.channel == Channel.TELEGRAM and row.staff_id is None
        return self.to_a_chat_a_day if patient else self.to_staff_a_day


LIMITS = Limits()
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that is about to go, and what would go where."""

    row: Message
    to: str
    body: str

    @property
    def words(self) -> tuple[str, str, str]:
        """What counts as the same: a call is of its alert, which its words do not name."""
        return self.to, self.body, str(self.row.about) if self.row.staff_id is not None else ""


def beyond_limits(work: Work, wanted: Sequence[Wanted], limits: Limits = LIMITS) -> dict[str, str]:
    """Why a message may not go, by its id; one that is not named may."""
    counted = [one for one in wanted if _is_counted(one.row)]
    if not counted:
        return {}
    today, same = _sent_lately(work, {one.to for one in counted})
    stopped: dict[str, str] = {}
    for one in counted:
        why = _why_not(one, today[one.to], same[one.words], limits)
        if why:
            stopped[one.row.id] = why
        else:
            today[one.to] += 1
            same[one.words] += 1
    return stopped


def _is_counted(row: Message) -> bool:
    is_to_patient = row.channel == Channel.TELEGRAM and row.staff_id is None
    return is_reminder(row.about) or not is_to_patient


def _why_not(one: Wanted, today: int, same: int, limits: Limits) -> str | None:
    if same >= limits.same_words_an_hour:
        return f"stopped: the same words {same} times in an hour"
    if today >= limits.a_day(one.row):
        return f"stopped: {today} messages in a day"
    return None


def _sent_lately(
    work: Work, addresses: Iterable[str]
) -> tuple[Counter[str], Counter[tuple[str, str, str]]]:
    """Messages of a day by address, and of an hour by address, words and alert.

    What went at a time that is still to come was written by a clock that was set back.
    """
    of = case((col(Message.staff_id).is_not(None), col(Message.about)), else_="").label("of")
    lately = func.count().filter(col(Message.sent_at) > work.now - _HOUR)
    query = (
        select_columns(col(Message.sent_to), col(Message.sent_body), of, func.count(), lately)
        .where(col(Message.sent_to).in_(addresses), col(Message.sent_at) > work.now - _DAY)
        .where(unasked(), col(Message.sent_at) <= work.now + _MINUTE)
        .group_by(col(Message.sent_to), col(Message.sent_body), of)
    )
    today: Counter[str] = Counter()
    same: Counter[tuple[str, str, str]] = Counter()
    for to, body, about, in_a_day, in_an_hour in work.session.execute(query):
        today[str(to)] += in_a_day
        same[str(to), str(body), str(about)] += in_an_hour
    return today, same
