"""The desk that is open all day: visits by day, alerts, the inbox; kept up to date by polls."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, render_template, request
from flask_security import auth_required

from app.pages.beside import sent_with
from app.pages.security import actor
from app.pages.views import begin, codes_of, mine, pages, people_of, reading, set_zone
from app.services.alert_list import UNCLOSED, by_patient, list_alerts
from app.services.alert_story import briefs
from app.services.audit import audit
from app.services.call_list import call_list, calls_waiting
from app.services.desk_news import CALLS_SHOWN, minute_of, word_of_desk
from app.services.inbox import newest_open
from app.services.queue import QueueRow, queue
from app.work import Work
from models import Disposition


@pages.get("/")
@auth_required("session")
def queue_page() -> str:
    with begin() as work:
        tag, seen = _tag(work), _read(work)
        audit(work, mine(), actor(), "queue.read")
    return render_template("pages/queue.html", tag=tag, **seen)


@pages.get("/queue/live")
@auth_required("session")
def queue_live() -> Response:
    """The desk's sections as they stand; 304 while nothing of them has changed (ADR 0034)."""
    known = request.headers.get("If-None-Match", "").strip('"')
    with reading() as work:
        tag = _tag(work)
        if tag == known:
            return _tagged(Response(status=304), tag)
        seen = _read(work)
    if tag.partition("-")[0] != known.partition("-")[0]:
        _note_reading()
    return _tagged(Response(render_template("pages/desk/parts.html", **seen)), tag)


def _note_reading() -> None:
    """Something new is about to be shown; what is only a minute older was read before."""
    with begin() as work:
        audit(work, mine(), actor(), "queue.read", about="live")


def _tag(work: Work) -> str:
    return f"{word_of_desk(work, mine(), request.args.get('after'))}-{minute_of(work.now)}"


def _tagged(response: Response, tag: str) -> Response:
    response.headers["ETag"] = f'"{tag}"'
    return response


def _read(work: Work) -> dict[str, Any]:
    """All that the sections show."""
    set_zone(work)
    after = request.args.get("after")
    visits = queue(work, mine(), after, by_day=True)
    inbox, unread = newest_open(work, mine())
    latest, more = list_alerts(work, mine(), UNCLOSED)
    alerts = by_patient(latest)
    return {
        "days": days_of(visits.items, ZoneInfo(g.time_zone)), "following": visits.next,
        "today": work.now.astimezone(ZoneInfo(g.time_zone)).date(), "after": after,
        "calls": call_list(work, mine(), at_most=CALLS_SHOWN).items,
        "waiting": calls_waiting(work, mine()),
        "alerts": alerts, "more_alerts": more, "inbox": inbox, "unread": unread, "now": work.now,
        "briefs": briefs(work, mine(), alerts), "people": people_of(work),
        "sent": sent_with(work, mine(), inbox), "dispositions": list(Disposition),
        "codes": codes_of(work, [one.patient_id for one in (*alerts, *inbox)]),
        "one_day": timedelta(days=1),
    }  # fmt: skip


def days_of(rows: Sequence[QueueRow], zone: ZoneInfo) -> list[tuple[date, list[QueueRow]]]:
    """Visits by the day of the clinic's clock; of a day those with an open alert first."""

    def local(row: QueueRow) -> date:
        return row.visit.draw_at.astimezone(zone).date()

    return [(day, sorted(some, key=_urgent_first)) for day, some in groupby(rows, local)]


def _urgent_first(row: QueueRow) -> tuple[bool, datetime]:
    return row.urgency != "alert", row.visit.draw_at
