"""The rota: who answers when, where nobody does, and its changes by an admin."""

from datetime import date, time
from typing import Any

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, people_of, set_zone
from app.pages.words import t
from app.services import rota_changes as changes
from app.services.audit import audit
from app.services.errors import Invalid
from app.services.rota import duty_of
from app.services.rota_changes import Slot, Special, slots_of, special_days
from app.services.rota_week import colleagues, week_ahead

_LONGEST_NAME = 80
_MOST_POSITIONS = 100


class HoursMissing(Invalid):
    """Choose who, at least one weekday, and hours like 08:00."""


@pages.get("/rota")
@auth_required("session")
def rota_page() -> str:
    with begin() as work:
        set_zone(work)
        seen: dict[str, Any] = {
            "week": week_ahead(duty_of(work, mine()), work.now),
            "slots": slots_of(work, mine()), "special": special_days(work, mine()),
            "colleagues": colleagues(work, mine()), "people": people_of(work),
        }  # fmt: skip
        audit(work, mine(), actor(), "rota.read")
    return render_template("pages/rota.html", today=seen["week"][0].on, **seen)


@pages.post("/rota/slots")
@auth_required("session")
@only("admin")
def add_slots() -> AnyResponse:
    slots = _slots()
    with begin() as work:
        changes.add_slots(work, mine(), slots, actor())
    return _changed()


@pages.post("/rota/slots/<slot_id>/remove")
@auth_required("session")
@only("admin")
def remove_slot(slot_id: str) -> AnyResponse:
    with begin() as work:
        changes.remove_slot(work, mine(), slot_id, actor())
    return _changed()


@pages.post("/rota/days")
@auth_required("session")
@only("admin")
def add_day() -> AnyResponse:
    day = _special()
    with begin() as work:
        changes.add_special_day(work, mine(), day, actor())
    return _changed()


@pages.post("/rota/days/<on>/remove")
@auth_required("session")
@only("admin")
def remove_day(on: str) -> AnyResponse:
    with begin() as work:
        changes.remove_special_day(work, mine(), _date(on), actor())
    return _changed()


def _changed() -> AnyResponse:
    flash(t("page.rota.changed"), "success")
    return redirect(at("pages.rota_page"))


def _slots() -> list[Slot]:
    """One for each weekday that is ticked; people count positions from 1."""
    sent = request.form
    try:
        return [
            Slot(int(sent["staff_id"]), weekday, _clock("starts"), _clock("until"),
                 _position())
            for weekday in _weekdays(sent.getlist("weekday"))
        ]  # fmt: skip
    except (KeyError, ValueError):
        raise HoursMissing from None


def _position() -> int:
    told = int(request.form["position"])
    if not 1 <= told <= _MOST_POSITIONS:
        raise ValueError
    return told - 1


def _weekdays(told: list[str]) -> list[int]:
    days = sorted({int(one) for one in told})
    if not days or not set(days) <= set(range(7)):
        raise ValueError
    return days


def _clock(field: str) -> time:
    return time.fromisoformat(request.form[field])


def _special() -> Special:
    name = request.form.get("name", "").strip()[:_LONGEST_NAME]
    try:
        [counts_as] = _weekdays([request.form.get("counts_as", "")])
    except ValueError:
        raise Invalid(field="counts_as") from None
    return Special(_date(request.form.get("on", "")), counts_as, name)


def _date(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Invalid(field="on") from None
