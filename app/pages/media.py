"""Photos and voice notes of patients, for signed-in staff of their clinic."""

from flask import Response, current_app, send_file
from flask_security import auth_required

from app.media_files import path_of
from app.pages.security import actor
from app.pages.views import begin, mine, pages
from app.services.audit import audit
from app.services.media import NoSuchMedia, find_media


@pages.get("/media/<media_id>")
@auth_required("session")
def media_file(media_id: str) -> Response:
    """The file itself; that it was opened is audited. Another clinic's is not found."""
    with begin() as work:
        media = find_media(work, mine(), media_id)
        audit(work, mine(), actor(), "media.read", media.patient_id, media.id)
    path = path_of(current_app.config["MEDIA_FOLDER"], media)
    if not path.exists():
        raise NoSuchMedia(field="id")
    return send_file(path, mimetype=media.content_type, conditional=True, etag=False)
