"""Errors as RFC 9457 problem+json, each with the field and the remedy. One table."""

import logging

from flask import Flask, Response, current_app, json, request
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from app.api.outcomes import FHIR_JSON, is_fhir, outcome
from app.clinical.errors import ClinicalError
from app.database import DATABASE_AWAY
from app.services.errors import Conflict, DomainError, Invalid, NotFound

STATUS: dict[type[Exception], int] = {NotFound: 404, Conflict: 409, Invalid: 422, DomainError: 422}
_TITLES = {404: "Not found", 409: "Conflict", 422: "Something in the request cannot be"}


def problem(
    status: int, title: str, detail: str, errors: list[dict[str, str]] | None = None
) -> Response:
    """A problem document, in FHIR an OperationOutcome; `errors` are {pointer, detail}."""
    if is_fhir(request.path):
        body = outcome(status, detail, errors)
        return Response(json.dumps(body), status, content_type=FHIR_JSON)
    body = {
        "type": "about:blank", "title": title, "status": status, "detail": detail,
    }  # fmt: skip
    if errors:
        body["errors"] = errors
    return Response(json.dumps(body), status, content_type="application/problem+json")


def invalid_body(error: ValidationError) -> Response:
    """422 with a pointer for each field that is wrong."""
    errors = [
        {"pointer": pointer(*one["loc"]), "detail": one["msg"]} for one in error.errors()
    ]
    return problem(422, _TITLES[422], errors[0]["detail"], errors)


def pointer(*path: str | int) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def register_problems(app: Flask) -> None:
    """Domain errors, clinical errors and HTTP errors under /api answer as problems."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(ClinicalError, _clinical)
    app.register_error_handler(ValidationError, invalid_body)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _at_once)
    for away in DATABASE_AWAY:
        app.register_error_handler(away, _database_away)


def _domain(error: DomainError) -> Response:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return problem(status, _TITLES[status], error.detail, _at(error.field, error.detail))


def _clinical(error: ClinicalError) -> Response:
    return problem(422, _TITLES[422], error.detail, _at(error.field, error.detail))


def _at(field: str | None, detail: str) -> list[dict[str, str]] | None:
    if not field:
        return None
    in_answers = "." in field and field not in (request.get_json(silent=True) or {})
    path = ("answers", field) if in_answers else tuple(field.split("/"))
    return [{"pointer": pointer(*path), "detail": detail}]


def _at_once(_error: IntegrityError) -> Response:
    return problem(409, _TITLES[409], "The same was done at the same moment; send it again.")


def _database_away(error: Exception) -> Response | tuple[str, int]:
    logging.getLogger("web").error("database does not answer: %s", type(error).__name__)
    if not _of_machines():
        return _person_is_told(503)
    answer = problem(503, "Busy", "Nothing was kept; send it again in some seconds.")
    answer.headers["Retry-After"] = "5"
    return answer


def _of_machines() -> bool:
    return request.path.startswith("/api/")


def _person_is_told(status: int) -> tuple[str, int]:
    told: tuple[str, int] = current_app.extensions["pages.fault"](status)
    return told


def _http(error: HTTPException) -> Response | tuple[str, int]:
    code = error.code or 500
    if not _of_machines():
        return _person_is_told(code)
    answer = problem(code, error.name, error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            answer.headers[name] = value
    return answer
