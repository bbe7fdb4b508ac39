"""The inbox, and what a nurse does with an item: answer it in the chat, or mark it as done."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.beside import sent_with
from app.pages.security import actor, only
from app.pages.views import begin, codes_of, mine, pages, people_of, set_zone
from app.pages.words import t
from app.services.audit import audit
from app.services.inbox import answer, handle
from app.services.inbox_list import list_inbox


@pages.get("/inbox")
@auth_required("session")
def inbox_page() -> str:
    """What waits, or what was handled; by part of a code, a page at a time."""
    handled, code = request.args.get("state") == "handled", request.args.get("code", "").strip()
    with begin() as work:
        set_zone(work)
        found = list_inbox(
            work, mine(), handled=handled, code=code, after=request.args.get("after")
        )
        seen: dict[str, Any] = {
            "sent": sent_with(work, mine(), found.items), "people": people_of(work),
            "codes": codes_of(work, [one.patient_id for one in found.items]),
        }  # fmt: skip
        audit(work, mine(), actor(), "inbox.read")
    return render_template(
        "pages/inbox.html", items=found.items, following=found.next, handled=handled, code=code,
        **seen,
    )  # fmt: skip


def _back() -> AnyResponse:
    """To the page on which the item stood."""
    if request.form.get("shown") == "inbox":
        return redirect(at("pages.inbox_page"))
    return redirect(at("pages.queue_page") + "#inbox")


@pages.post("/inbox/<item_id>/handled")
@auth_required("session")
@only("nurse", "doctor")
def handled(item_id: str) -> AnyResponse:
    with begin() as work:
        handle(work, mine(), item_id, actor())
    return _back()


@pages.post("/inbox/<item_id>/answer")
@auth_required("session")
@only("nurse", "doctor")
def answer_item(item_id: str) -> AnyResponse:
    with begin() as work:
        answer(work, mine(), item_id, actor(), request.form.get("answer", ""))
    flash(t("page.inbox.answer.sent"), "success")
    return _back()
