"""A form of one thing: it is kept and one goes on, or it is shown again as it was typed."""

from collections.abc import Callable

from flask import flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.pages.refusals import said_of
from app.pages.views import begin
from app.pages.words import t
from app.services.errors import Conflict, Invalid
from app.work import Work

Answer = AnyResponse | tuple[str, int]


def kept_or_again(
    keep: Callable[[Work], object], again: Callable[[str], str], said: str, where: str
) -> Answer:
    """`again` makes the page from what stands against it, in words; `said` is of what was kept."""
    try:
        with begin() as work:
            keep(work)
    except (Invalid, Conflict) as error:
        return again(said_of(error)), 422 if isinstance(error, Invalid) else 409
    flash(t(said), "success")
    return redirect(where)
