"""The pre-visit summary to print: A4, in the reader's language, audited."""

from pathlib import Path

from flask import Response, current_app
from flask_login import current_user
from flask_security import auth_required

from app.media_files import path_of
from app.pages.views import begin, mine, pages, people_of, read_patient
from app.services.media import media_of_inbox, photos_of
from app.services.own_words import OwnWords, words_of_patient
from app.services.summary_rows import Summary
from app.work import Work
from models import MediaKind, MediaState


@pages.get("/patients/<patient_id>/summary.pdf")
@auth_required("session")
def summary_pdf(patient_id: str) -> Response:
    from app.pages.printed.pages import Beside, as_pdf  # typst and its fonts: only when asked for

    with begin() as work:
        seen = read_patient(work, patient_id, "summary.printed")
        words = words_of_patient(work, mine(), patient_id)
        beside = Beside(people_of(work), _photos(work, seen, words), current_user.name, words)
    name = f"attachment; filename=summary-{seen.patient.code}.pdf"
    made = as_pdf(seen, beside)
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": name})


def _photos(work: Work, seen: Summary, words: OwnWords) -> list[Path]:
    """The files that are there: the last report's photos, and those sent with recent words."""
    of_report = photos_of(work, mine(), seen.report.id) if seen.report else []
    with_words = media_of_inbox(work, mine(), [item.id for item in words.items])
    sent = {one.id: one for one in (*of_report, *with_words) if one.kind == MediaKind.PHOTO}
    folder = current_app.config["MEDIA_FOLDER"]
    stored = (path_of(folder, one) for one in sent.values() if one.state == MediaState.STORED)
    return [path for path in stored if path.exists()]
