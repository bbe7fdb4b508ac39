"""A patient asks for another time: one click moves the visit, or says that it cannot be."""

from flask import redirect
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, set_zone
from app.pages.visits import say_told
from app.services.rescheduling import accept_reschedule, refuse_reschedule


@pages.post("/inbox/<item_id>/accept")
@auth_required("session")
@only("nurse", "doctor")
def accept_wish(item_id: str) -> AnyResponse:
    with begin() as work:
        set_zone(work)
        told = accept_reschedule(work, mine(), item_id, actor())
    say_told("moved", told)
    return redirect(at("pages.queue_page") + "#inbox")


@pages.post("/inbox/<item_id>/refuse")
@auth_required("session")
@only("nurse", "doctor")
def refuse_wish(item_id: str) -> AnyResponse:
    with begin() as work:
        set_zone(work)
        told = refuse_reschedule(work, mine(), item_id, actor())
    say_told("kept", told)
    return redirect(at("pages.queue_page") + "#inbox")
