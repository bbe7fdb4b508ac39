"""The cohort report of the caller's clinic, as JSON or as CSV."""

from typing import Any, Literal

from flask import Response, current_app, request
from flask_openapi import APIBlueprint

from app.api.access import calling
from app.services.cohort.wanted import Wanted
from app.work import Begin

Headers = dict[str, str]
_JSON, _CSV = "application/json", "text/csv"
_BY_ACCEPT: Headers = {"Vary": "Accept"}


class CohortQuery(Wanted):
    """`format` goes before the Accept header; without both it is JSON."""

    format: Literal["json", "csv"] | None = None


def add_cohort(api: APIBlueprint) -> None:
    @api.get("/cohort/report")
    def get_cohort_report(query: CohortQuery) -> tuple[dict[str, Any], int, Headers] | Response:
        """The protocol paper's figures and tables of the clinic's own patients, on any filter.

        Aggregates without identifiers. Levels in ug/L, times in months; survival from surgery.
        """
        from app.services.cohort.flat import as_csv, plain
        from app.services.cohort.report import cohort_report  # scipy takes 0.3 s to import

        with calling() as call:
            call.audit("cohort.read")
        read: Begin = current_app.extensions["read"]
        with read() as work:
            wanted = Wanted(**query.model_dump(exclude={"format"}))
            report = cohort_report(work, call.clinic_id, wanted)
        if _wants_csv(query):
            return _file(as_csv(report))
        return plain(report), 200, _BY_ACCEPT


def _wants_csv(query: CohortQuery) -> bool:
    if query.format:
        return query.format == "csv"
    return request.accept_mimetypes.best_match([_JSON, _CSV], _JSON) == _CSV


def _file(body: str) -> Response:
    named = {"Content-Disposition": "attachment; filename=cohort-report.csv", **_BY_ACCEPT}
    return Response(body, content_type=f"{_CSV}; charset=utf-8", headers=named)
