"""The label of a tube, 50 x 25 mm: as a page to print and as a PDF."""

from flask import Response, render_template, request
from flask_security import auth_required
from markupsafe import Markup

from app.pages.moments import as_typed
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, set_zone
from app.services.audit import audit
from app.services.draws import open_draw
from app.services.labels import Label, label_of
from app.services.patients import find_patient

MOST = 20  # labels at once


@pages.get("/patients/<patient_id>/visits/<visit_id>/label")
@auth_required("session")
@only("nurse", "doctor")
def label_page(patient_id: str, visit_id: str) -> str:
    label = _label(patient_id, visit_id)
    return render_template(
        "pages/label.html", label=label, copies=_copies(), most=MOST,
        qr=Markup(label.qr.svg_inline(omitsize=True, border=2)),
        drawn=written(label), patient_id=patient_id, visit_id=visit_id,
    )  # fmt: skip


@pages.get("/patients/<patient_id>/visits/<visit_id>/label.pdf")
@auth_required("session")
@only("nurse", "doctor")
def label_pdf(patient_id: str, visit_id: str) -> Response:
    from app.pages.label_document import as_pdf  # typst is loaded only when it is asked for

    label = _label(patient_id, visit_id)
    answer = Response(as_pdf(label, written(label), _copies()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{label.code}-label.pdf"'
    return answer


def _label(patient_id: str, visit_id: str) -> Label:
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        visit = open_draw(work, patient, visit_id)
        audit(work, mine(), actor(), "label.read", patient.id, visit.id)
        return label_of(patient, visit)


def _copies() -> int:
    """How many are wanted, of 1 to 20; anything else is one."""
    wanted = request.args.get("n", "")
    return min(max(int(wanted), 1), MOST) if wanted.isdecimal() and len(wanted) < 5 else 1


def written(label: Label) -> str:
    """The time of the draw as it is written by hand, on the clinic's clock; empty before it."""
    return as_typed(label.drawn_at).replace("T", " ") if label.drawn_at else ""
