"""The self-care advice of the clinic: every text with its source, accepted or not."""

from flask import redirect, render_template, request
from flask import url_for as at
from flask_login import current_user
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, people_of, set_zone
from app.services.advice import accept, all_advice, withdraw
from app.services.audit import audit


@pages.get("/advice")
@auth_required("session")
def advice_page() -> str:
    with begin() as work:
        set_zone(work)
        listed, people = all_advice(work, mine()), people_of(work)
        audit(work, mine(), actor(), "advice.read")
    return render_template(
        "pages/advice.html", listed=listed, people=people,
        may_accept=current_user.has_role("doctor"),
    )  # fmt: skip


@pages.post("/advice/<key>/<language_code>/accept")
@auth_required("session")
@only("doctor")
def accept_advice(key: str, language_code: str) -> AnyResponse:
    with begin() as work:
        accept(work, mine(), key, language_code, request.form.get("sha256", ""), actor())
    return redirect(at("pages.advice_page") + f"#{key}")


@pages.post("/advice/<key>/<language_code>/withdraw")
@auth_required("session")
@only("doctor")
def withdraw_advice(key: str, language_code: str) -> AnyResponse:
    with begin() as work:
        withdraw(work, mine(), key, language_code, actor())
    return redirect(at("pages.advice_page") + f"#{key}")
