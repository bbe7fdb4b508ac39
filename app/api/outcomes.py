"""Errors under /api/v1/fhir as FHIR OperationOutcomes."""

import re
from collections.abc import Sequence
from typing import Any

FHIR_JSON = "application/fhir+json"
PREFIX = "/api/v1/fhir"
_BUNDLE = re.compile(r"/api/v1/patients/[^/]+/fhir")

_CODES = {
    400: "structure", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported",
    409: "conflict", 413: "too-long", 415: "not-supported", 422: "invalid", 503: "transient",
}  # fmt: skip


def is_fhir(path: str) -> bool:
    """Whether what is at an address is FHIR, its errors too."""
    return path.startswith(f"{PREFIX}/") or bool(_BUNDLE.fullmatch(path))


def outcome(
    status: int, detail: str, errors: Sequence[dict[str, str]] | None = None
) -> dict[str, Any]:
    """An issue for each error {pointer, detail}, else one for the whole."""
    issues = [_issue(status, one["detail"], one["pointer"]) for one in errors or ()]
    return {"resourceType": "OperationOutcome", "issue": issues or [_issue(status, detail)]}


def _issue(status: int, detail: str, pointer: str = "") -> dict[str, Any]:
    issue: dict[str, Any] = {
        "severity": "error", "code": _CODES.get(status, "exception"), "diagnostics": detail,
    }  # fmt: skip
    return {**issue, "expression": [expression(pointer)]} if pointer else issue


def expression(pointer: str) -> str:
    """A JSON pointer as FHIRPath: /referenceRange/0/low is Observation.referenceRange[0].low."""
    return "Observation" + re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", pointer.replace("/", "."))
