"""The pages themselves: each opens one Work, audits what was read, and renders."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
)
from flask import url_for as at
from flask_login import current_user
from flask_security import auth_required
from sqlmodel import col, select
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.clinical.grading import ANALYTES
from app.pages.beside import beside_report, beside_words
from app.pages.contact import reaching
from app.pages.deciding import deciding, followed
from app.pages.reading import reading_of
from app.pages.refusals import said_of
from app.pages.security import actor
from app.pages.words import reader
from app.services.audit import audit
from app.services.doses import latest_doses
from app.services.errors import Conflict, Invalid, NotFound
from app.services.message_history import messages_of_patient
from app.services.own_words import words_of_patient
from app.services.patients import find_by_code, find_patient, list_patients
from app.services.phones import phones_of
from app.services.summary import pre_visit_summary
from app.services.summary_rows import Summary
from app.work import Begin, Work
from models import Clinic, Disposition, Patient, Staff

pages = Blueprint(
    "pages", __name__, template_folder="templates", static_folder="static",
    static_url_path="/clinic-static",
)  # fmt: skip
_LONG_FORMS = {"pages.decide", "pages.follow_up"}
_DOSES = 7  # told last, on a patient's page
_LATEST = 8  # messages on a patient's page; the rest has its own


def begin() -> Any:
    opened: Begin = current_app.extensions["pages.begin"]
    return opened()


def reading() -> Any:
    """As `begin`, for what only reads: no write lock is taken."""
    opened: Begin = current_app.extensions["pages.read"]
    return opened()


def mine() -> str:
    return str(current_user.clinic_id)


@pages.get("/patients")
@auth_required("session")
def patients_page() -> AnyResponse | str:
    """By part of a code, a page at a time; a whole code leads to its patient."""
    code = request.args.get("code", "").strip()
    with begin() as work:
        one = find_by_code(work, mine(), code) or find_by_code(work, mine(), code.upper())
        found, more = list_patients(work, mine(), code, request.args.get("after"))
        audit(work, mine(), actor(), "patients.read")
    if one is not None:
        return redirect(at("pages.patient_page", patient_id=one.id))
    return render_template("pages/patients.html", patients=found, more=more, code=code)


@pages.get("/patients/<patient_id>")
@auth_required("session")
def patient_page(patient_id: str) -> str:
    return show_patient(patient_id)


def show_patient(patient_id: str, entry: Any = None, refused: str | None = None) -> str:
    """A patient's page; `entry` is a form on it that was sent and is not right yet.

    `refused` says why a long form was not taken, for beside the form itself.
    """
    with begin() as work:
        seen = read_patient(work, patient_id, "summary.read")
        people, beside = people_of(work), beside_report(work, mine(), seen)
        phones = phones_of(work, mine(), patient_id)
        told = messages_of_patient(work, mine(), patient_id, limit=_LATEST, replies=False)
        follow = followed(work, mine(), patient_id)
        ways = reaching(work, mine(), patient_id)
        doses = latest_doses(work, find_patient(work, mine(), patient_id), _DOSES)
        words = beside_words(work, mine(), words_of_patient(work, mine(), patient_id))
    return render_template(
        "pages/patient.html", s=seen, people=people, phones=phones,
        may_decide=current_user.has_role("doctor"), may_confirm=may_confirm(),
        **deciding(seen, request.values), **follow, dispositions=list(Disposition), now=seen.at,
        messages=told.items, entry=entry, refused=refused, analytes=ANALYTES, told_doses=doses,
        **beside, **ways, **words, **reading_of(seen),
    )  # fmt: skip


@pages.get("/patients/<patient_id>/estimate.svg")
@auth_required("session")
def estimate_drawing(patient_id: str) -> Response:
    from app.pages.estimate_chart import estimate_svg

    with begin() as work:
        seen = read_patient(work, patient_id, "levels.read")
    if seen.estimate is None:
        abort(404)
    return Response(estimate_svg(seen.estimate, reader()), mimetype="image/svg+xml")


@pages.errorhandler(NotFound)
def not_found(_error: NotFound) -> tuple[str, int]:
    return render_template("pages/problem.html", what="not_found"), 404


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def not_taken(error: Invalid | Conflict) -> AnyResponse | tuple[str, int]:
    """Say why, on the page that it was said on; a long form stays as it was typed."""
    why = said_of(error)
    g.refused = type(error).__name__
    flash(why, "danger")
    if request.endpoint not in _LONG_FORMS:
        return redirect(_before())
    try:
        return show_patient((request.view_args or {})["patient_id"], refused=why), 422
    except NotFound as gone:
        return not_found(gone)


@pages.errorhandler(403)
def refused(_error: HTTPException) -> tuple[str, int]:
    return render_template("pages/problem.html", what="refused"), 403


def may_confirm() -> bool:
    """Whether one may confirm a suggested grade."""
    return any(current_user.has_role(one) for one in ("nurse", "doctor"))


def _before() -> str:
    named = request.view_args or {}
    if "alert_id" in named:
        return at("pages.alert_page", name=named["alert_id"])
    if "staff_id" in named:
        return at("pages.person_page", staff_id=named["staff_id"])
    if request.path.startswith("/recall/"):
        return at("pages.recall_page")
    if "patient_id" in named:
        where = "follow" if "/follow" in request.path else "decision"
        where = "draws" if "visit_id" in named else where
        return at("pages.patient_page", patient_id=named["patient_id"]) + f"#{where}"
    on_the_rota = request.path.startswith("/rota/")
    return at("pages.rota_page" if on_the_rota else "pages.queue_page")


def choice(words: Any, field: str) -> Any:
    try:
        return words(request.form.get(field, ""))
    except ValueError:
        raise Invalid(field=field) from None


def read_patient(
    work: Work, patient_id: str, action: str, about: str | None = None, *, estimated: bool = True
) -> Summary:
    set_zone(work)
    seen = pre_visit_summary(work, mine(), patient_id, estimated=estimated)
    audit(work, mine(), actor(), action, patient_id, about)
    return seen


def set_zone(work: Work) -> None:
    """Read from now on by the clinic's clock and calendar."""
    g.time_zone = work.session.get_one(Clinic, mine()).time_zone
    g.year = work.now.astimezone(ZoneInfo(g.time_zone)).year


def codes_of(work: Work, patient_ids: Iterable[str | None]) -> Mapping[str, str]:
    """The codes of patients by their ids."""
    query = select(Patient.id, Patient.code).where(
        Patient.clinic_id == mine(), col(Patient.id).in_({one for one in patient_ids if one})
    )
    return {one: code for one, code in work.session.exec(query)}


def people_of(work: Work) -> Mapping[str, str]:
    """Names of the staff by what the record holds of them."""
    query = select(Staff.id, Staff.name).where(Staff.clinic_id == mine())
    return {f"staff:{one}": name for one, name in work.session.exec(query)}
