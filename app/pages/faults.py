"""What a person is shown when a page cannot be: what happened, what was kept, what to do."""

import logging

from flask import current_app, g, request
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from app.database import DATABASE_AWAY
from app.pages.views import pages
from app.pages.words import reader

_WORDED = {400, 404, 405, 429, 503}  # the catalogue has page.fault.<code>; else 500

Answer = tuple[str, int]


def person_is_told(status: int) -> Answer:
    """A page that reads no database, as a template's usual surroundings do: it may be away."""
    g.unread = status >= 500
    page = current_app.jinja_env.get_template("pages/fault.html")
    again = request.full_path if request.method == "GET" else None
    said = status if status in _WORDED else 500
    return page.render(said=said, again=again, language=reader().language), status


@pages.errorhandler(HTTPException)
def _refused(error: HTTPException) -> Answer:
    return person_is_told(error.code or 500)


@pages.errorhandler(IntegrityError)
def _at_once(_error: IntegrityError) -> Answer:
    return person_is_told(503)


def _away(error: Exception) -> Answer:
    logging.getLogger("web").error("database does not answer: %s", type(error).__name__)
    return person_is_told(503)


for _kind in DATABASE_AWAY:
    pages.register_error_handler(_kind, _away)
