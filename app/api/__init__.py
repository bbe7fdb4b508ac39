"""The JSON API under /api/v1; OpenAPI at /api/openapi.json."""

from flask_openapi import APIBlueprint, OpenAPI

from app.api.access import require_json, require_key
from app.api.alerts import add_alerts
from app.api.calculators import add_calculators, add_questions
from app.api.clinic import add_clinic
from app.api.cohort import add_cohort
from app.api.corrections import add_corrections
from app.api.course import add_course
from app.api.decisions import add_decisions
from app.api.desk import add_desk
from app.api.fhir import add_fhir
from app.api.lab_imports import add_lab_imports
from app.api.patients import add_patients
from app.api.problems import register_problems
from app.api.recall import add_recall
from app.api.rota import add_rota
from app.api.twilio import add_twilio


def init_api(app: OpenAPI) -> None:
    """Register every endpoint, its errors, and its checks of the content type."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_security=[{"key": []}])
    api.before_request(require_key)
    api.before_request(require_json)
    for add in (
        add_clinic, add_patients, add_course, add_corrections, add_desk, add_decisions, add_recall,
        add_alerts, add_rota, add_calculators, add_questions, add_lab_imports, add_fhir, add_cohort,
    ):  # fmt: skip
        add(api)
    app.register_api(api)
    add_twilio(app)
    register_problems(app)
