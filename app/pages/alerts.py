"""Alerts on the desk: the list with its rates, one with its life, and the answers to it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.beside import beside_own_report, beside_report, beside_words
from app.pages.contact import reaching
from app.pages.security import actor, only
from app.pages.views import (
    begin,
    choice,
    codes_of,
    may_confirm,
    mine,
    pages,
    people_of,
    read_patient,
    reading,
)
from app.pages.views import set_zone as in_its_zone
from app.pages.words import t
from app.services import alerts as answering
from app.services.alert_list import CLOSED, UNCLOSED, alert_called, list_alerts
from app.services.alert_rates import alert_rates
from app.services.alert_story import briefs, story
from app.services.audit import audit
from app.services.message_history import messages_of_alert
from app.services.news import news_of_alert
from app.services.own_words import words_of_alert
from app.services.summary_rows import DoseStep, Summary
from models import Disposition

SPANS = (7, 30, 90)
_A_PAGE = 50


@pages.get("/alerts")
@auth_required("session")
def alerts_page() -> str:
    closed, days = request.args.get("state") == "closed", _days()
    states, after = CLOSED if closed else UNCLOSED, request.args.get("after")
    with begin() as work:
        in_its_zone(work)
        found, following = list_alerts(work, mine(), states, after, _A_PAGE)
        seen: dict[str, Any] = {
            "briefs": briefs(work, mine(), found), "people": people_of(work),
            "codes": codes_of(work, [one.patient_id for one in found]),
            "rates": alert_rates(work, mine(), days),
        }  # fmt: skip
        audit(work, mine(), actor(), "alerts.read")
    return render_template(
        "pages/alerts.html", alerts=found, closed=closed, following=following, spans=SPANS,
        now=work.now, **seen,
    )  # fmt: skip


def _days() -> int:
    told = request.args.get("days", "")
    return int(told) if told in {str(one) for one in SPANS} else SPANS[1]


@pages.get("/a/<name>")
@pages.get("/alerts/<name>")
@auth_required("session")
def alert_page(name: str) -> str:
    with begin() as work:
        alert = alert_called(work, mine(), name)
        seen = read_patient(work, alert.patient_id, "alert.read", alert.id)
        people, beside = people_of(work), beside_report(work, mine(), seen)
        told, messages = story(work, alert), messages_of_alert(work, alert)
        news = news_of_alert(work, mine(), alert.id)
        ways = reaching(work, mine(), alert.patient_id)
        own = beside_own_report(work, alert)
        words = beside_words(work, mine(), words_of_alert(work, alert))
    return render_template(
        "pages/alert.html", alert=alert, s=seen, people=people, now=seen.at, story=told,
        messages=messages, news=news, dispositions=list(Disposition), may_confirm=may_confirm(),
        own=own, dose_then=_dose_on(seen, alert.raised_at), **beside, **ways, **words,
    )  # fmt: skip


def _dose_on(seen: Summary, at: datetime) -> DoseStep | None:
    """The dose in force on the day of an alert."""
    on = at.astimezone(ZoneInfo(seen.patient.time_zone)).date()
    return next((one for one in reversed(seen.dose_steps) if one.started_on <= on), None)


@pages.get("/alerts/<alert_id>/news")
@auth_required("session")
def alert_news(alert_id: str) -> AnyResponse:
    """A word that changes whenever something happened to an alert; the page asks for it."""
    with reading() as work:
        return _plain(news_of_alert(work, mine(), alert_id))


def _plain(word: str) -> AnyResponse:
    return AnyResponse(word, mimetype="text/plain")


@pages.post("/alerts/<alert_id>/acknowledge")
@auth_required("session")
@only("nurse", "doctor")
def acknowledge(alert_id: str) -> AnyResponse:
    with begin() as work:
        answering.acknowledge(work, mine(), alert_id, actor())
    return redirect(at("pages.alert_page", name=alert_id))


@pages.post("/alerts/<alert_id>/close")
@auth_required("session")
@only("nurse", "doctor")
def close(alert_id: str) -> AnyResponse:
    with begin() as work:
        disposition = choice(Disposition, "disposition")
        answering.close(work, mine(), alert_id, actor(), disposition, _words("note"))
    flash(t("page.alert.closed_now"), "success")
    return redirect(at("pages.queue_page"))


@pages.post("/alerts/<alert_id>/reopen")
@auth_required("session")
@only("nurse", "doctor")
def reopen(alert_id: str) -> AnyResponse:
    with begin() as work:
        answering.reopen(work, mine(), alert_id, actor(), _words("reason"))
    flash(t("page.alert.reopened_now"), "success")
    return redirect(at("pages.alert_page", name=alert_id))


def _words(field: str) -> str | None:
    return request.form.get(field, "").strip()[:500] or None
