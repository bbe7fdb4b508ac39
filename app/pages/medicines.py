"""Other medicines, asked at the visit: a form on the patient's page."""

from datetime import date

from flask import flash, redirect, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.entry import Entry
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, show_patient
from app.pages.words import t
from app.services.errors import Invalid
from app.services.medicines import record_medicines
from app.services.patients import find_patient
from models import MedicineAnswer, MedicineKind


@pages.post("/patients/<patient_id>/medicines")
@auth_required("session")
@only("nurse", "doctor")
def record_other_medicines(patient_id: str) -> AnyResponse | tuple[str, int]:
    """Kept, or shown again as it was typed with what is wrong beside its field."""
    try:
        _record(patient_id)
    except Invalid as error:
        return show_patient(patient_id, _entry(error)), 422
    flash(t("page.medicines.kept"), "success")
    return redirect(at("pages.patient_page", patient_id=patient_id) + "#medicines")


def _record(patient_id: str) -> None:
    kinds = [one for one in MedicineKind if one.value in request.form.getlist("kinds")]
    with begin() as work:
        find_patient(work, mine(), patient_id)
        record_medicines(
            work, mine(), patient_id, by=actor(), answer=_answer(), kinds=kinds,
            words=request.form.get("words", "")[:500], asked_on=_asked_on(),
        )  # fmt: skip


def _answer() -> MedicineAnswer:
    sent = request.form.get("answer", "")
    if sent not in set(MedicineAnswer):
        raise Invalid(field="answer")
    return MedicineAnswer(sent)


def _asked_on() -> date | None:
    sent = request.form.get("asked_on", "").strip()
    try:
        return date.fromisoformat(sent) if sent else None
    except ValueError:
        raise Invalid(field="asked_on") from None


def _entry(error: Invalid) -> Entry:
    typed = {name: request.form.get(name, "") for name in ("asked_on", "answer", "words")}
    typed["kinds"] = " ".join(request.form.getlist("kinds"))
    said = t(f"page.medicines.error.{type(error).__name__}")
    return Entry("medicines", typed, {error.field or "answer": said}, to_confirm=False)
