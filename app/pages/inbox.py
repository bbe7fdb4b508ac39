"""What a nurse does with an item of the inbox: answer it in the chat, or mark it as done."""

from flask import flash, redirect, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages
from app.pages.words import t
from app.services.inbox import answer, handle


@pages.post("/inbox/<item_id>/handled")
@auth_required("session")
@only("nurse", "doctor")
def handled(item_id: str) -> AnyResponse:
    with begin() as work:
        handle(work, mine(), item_id, actor())
    return redirect(at("pages.queue_page") + "#inbox")


@pages.post("/inbox/<item_id>/answer")
@auth_required("session")
@only("nurse", "doctor")
def answer_item(item_id: str) -> AnyResponse:
    with begin() as work:
        answer(work, mine(), item_id, actor(), request.form.get("answer", ""))
    flash(t("page.inbox.answer.sent"), "success")
    return redirect(at("pages.queue_page") + "#inbox")
