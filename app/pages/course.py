"""One patient's course on the page: the drawing, and the same as a table."""

from flask import Response, request
from flask_security import auth_required

from app.pages.timeline import LAYOUTS, WIDE, timeline
from app.pages.views import begin, pages, read_patient
from app.pages.words import reader


@pages.get("/patients/<patient_id>/timeline.svg")
@auth_required("session")
def timeline_drawing(patient_id: str) -> Response:
    """Wide, or narrow for a phone (`?as=narrow`)."""
    with begin() as work:
        seen = read_patient(work, patient_id, "levels.read", estimated=False)
    drawn = timeline(seen, reader(), LAYOUTS.get(request.args.get("as", ""), WIDE))
    return Response(drawn, mimetype="image/svg+xml")
