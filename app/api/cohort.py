"""The cohort report of the caller's clinic, as JSON or as CSV."""

from typing import Any, Literal

from flask import Response, current_app, request
from flask_openapi import APIBlueprint

from app.api.access import calling
from app.services.cohort.wanted import Wanted
from app.work import Begin

_JSON, _CSV = "application/json", "text/csv"


class CohortQuery(Wanted):
    """`format` goes before the Accept header; without both it is JSON."""

    format: Literal["json", "csv"] | None = None


def add_cohort(api: APIBlueprint) -> None:
    @api.get("/cohort/report")
    def get_cohort_report(query: CohortQuery) -> dict[str, Any] | Response:
        """The protocol paper's figures and tables of the clinic's own patients, on any filter.

        Aggregates without identifiers. Levels in ug/L, times in months; survival from surgery.
        """
        from app.services.cohort import cohort_report  # scipy takes 0.3 s to import
        from app.services.cohort.flat import as_csv, plain

        with calling() as call:
            call.audit("cohort.read")
        read: Begin = current_app.extensions["read"]
        with read() as work:
            wanted = Wanted(**query.model_dump(exclude={"format"}))
            report = cohort_report(work, call.clinic_id, wanted)
        return _answered(as_csv(report), _CSV) if _wants_csv(query) else plain(report)


def _wants_csv(query: CohortQuery) -> bool:
    if query.format:
        return query.format == "csv"
    return request.accept_mimetypes.best_match([_JSON, _CSV], _JSON) == _CSV


def _answered(body: str, kind: str) -> Response:
    name = {"Content-Disposition": "attachment; filename=cohort-report.csv", "Vary": "Accept"}
    return Response(body, content_type=f"{kind}; charset=utf-8", headers=name)
