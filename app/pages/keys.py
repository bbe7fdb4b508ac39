"""Keys of machines, for an admin: made and shown once, seen with their last use, revoked."""

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, set_zone
from app.pages.words import t
from app.services import keys
from app.services.audit import audit
from app.services.keys import KeyMade, NameMissing, NameTaken
from app.work import Work


@pages.get("/keys")
@auth_required("session")
@only("admin")
def keys_page() -> str:
    with begin() as work:
        audit(work, mine(), actor(), "keys.read")
        return _page(work)


@pages.post("/keys")
@auth_required("session")
@only("admin")
def make_key() -> str | tuple[str, int]:
    """The key is shown this once."""
    name = request.form.get("name", "")
    try:
        with begin() as work:
            return _page(work, made=keys.add_key(work, mine(), name, actor()))
    except (NameMissing, NameTaken) as error:
        wrong = t(f"page.keys.wrong.{type(error).__name__}", most=keys.LONGEST_NAME)
    with begin() as work:
        return _page(work, typed=name, wrong=wrong), 422


@pages.post("/keys/<key_id>/revoke")
@auth_required("session")
@only("admin")
def revoke_key(key_id: str) -> AnyResponse:
    with begin() as work:
        name = keys.revoke_key(work, mine(), key_id, actor()).name
    flash(t("page.keys.revoked.now", name=name), "success")
    return redirect(at("pages.keys_page"))


def _page(work: Work, made: KeyMade | None = None, typed: str = "", wrong: str = "") -> str:
    set_zone(work)
    return render_template(
        "pages/settings/keys.html", listed=keys.list_keys(work, mine()), made=made, typed=typed,
        wrong=wrong, most=keys.LONGEST_NAME,
    )  # fmt: skip
