"""A laboratory's list: CSV or XLSX in, all rows kept or none, errors by row and column."""

import json
from typing import Any

from flask import Response, request
from flask_openapi import APIBlueprint

from app.api.access import LISTS, Answer, Call, calling, once
from app.api.bodies import Body
from app.api.problems import pointer, problem
from app.services.errors import Invalid
from app.services.lab_list import (
    Checked,
    Fault,
    Rows,
    alerting,
    audit_list,
    import_list,
    preview_list,
    rows_of_file,
)

_FILE = {"schema": {"type": "string", "format": "binary"}}
_BODY = {"required": True, "content": {kind: _FILE for kind in LISTS}}
_ROW_ERROR = {
    "type": "object",
    "properties": {
        "row": {"type": "integer"}, "column": {"type": "string"}, "detail": {"type": "string"},
        "pointer": {"type": "string"},
    },
}  # fmt: skip
_COUNT = {"type": "integer"}
_PASSED = {
    "type": "object", "properties": {"analyte": {"type": "string"}, "rows": _COUNT},
}  # fmt: skip
_WARNING = {
    "type": "object", "properties": {"row": _COUNT, "detail": {"type": "string"}},
}  # fmt: skip
_ANSWER = {
    "type": "object",
    "properties": {
        "dry_run": {"type": "boolean"}, "rows": _COUNT, "accepted": _COUNT, "duplicates": _COUNT,
        "levels": _COUNT, "labs": _COUNT, "alerting": _COUNT,
        "errors": {"type": "array", "items": _ROW_ERROR},
        "ignored_columns": {"type": "array", "items": {"type": "string"}},
        "passed_over": {"type": "array", "items": _PASSED},
        "warnings": {"type": "array", "items": _WARNING},
    },
}  # fmt: skip
_TOLD = {
    "description": "What became of the rows",
    "content": {"application/json": {"schema": _ANSWER}},
}
_REFUSED = {
    "description": "Nothing is kept: what is wrong, by row and column",
    "content": {"application/problem+json": {"schema": _ANSWER}},
}


class ImportQuery(Body):
    """With `pass_over` rows of analytes that are not kept here are no errors but counted.

    A row under the analyte "" is no result, like a signature.
    """

    dry_run: bool = False
    pass_over: bool = False


class ListRefused(Invalid):
    """Something in the list is wrong: nothing of it is kept."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        super().__init__()


def add_lab_imports(api: APIBlueprint) -> None:
    @api.post(
        "/lab-imports", request_body=_BODY, responses={200: _TOLD, 201: _TOLD, 422: _REFUSED}
    )
    def post_lab_import(query: ImportQuery) -> Answer | Response:
        rows = rows_of_file(request.get_data())
        if query.dry_run:
            with calling() as call:
                checked = preview_list(
                    call.work, call.clinic_id, rows, call.caller.actor, query.pass_over
                )
                return told(checked, dry_run=True), 200
        try:
            with calling() as call:
                return once(call, 201, lambda: _kept(call, rows, query.pass_over))
        except ListRefused as refused:  # that the record was read stays in the audit
            with calling() as call:
                audit_list(call.work, call.clinic_id, refused.checked, call.caller.actor)
            return _refused(refused.checked)


def _kept(call: Call, rows: Rows, pass_over: bool) -> dict[str, Any]:
    actor = call.caller.actor
    checked = import_list(call.work, call.clinic_id, rows, actor, pass_over=pass_over)
    if checked.faults:
        raise ListRefused(checked)
    return told(checked)


def told(checked: Checked, *, dry_run: bool = False) -> dict[str, Any]:
    """A checked list: `accepted` rows are kept, or would be; with an error there is none."""
    levels = sum(one.line.is_level for one in checked.new)
    return {
        "dry_run": dry_run, "rows": checked.rows, "accepted": checked.accepted,
        "duplicates": len(checked.duplicates), "levels": levels,
        "labs": len(checked.new) - levels, "alerting": len(alerting(checked)),
        "errors": [_error(fault) for fault in checked.faults],
        "ignored_columns": list(checked.ignored),
        "passed_over": [{"analyte": one.name, "rows": len(one.rows)} for one in checked.passed],
        "warnings": [{"row": one.row, "detail": one.said()} for one in checked.asks],
    }  # fmt: skip


def _error(fault: Fault) -> dict[str, Any]:
    return {"row": fault.row, "column": fault.column, "detail": fault.said(),
            "pointer": pointer(fault.row, fault.column)}  # fmt: skip


def _refused(checked: Checked) -> Response:
    errors = told(checked)
    answer = problem(422, "Nothing of this list is kept", ListRefused(checked).detail)
    body = {**json.loads(answer.get_data()), **errors}
    return Response(json.dumps(body), 422, content_type=answer.content_type)
