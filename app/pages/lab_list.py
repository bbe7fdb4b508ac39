"""A laboratory's list: choose the file, look at every row, keep what was looked at."""

import csv
import io
from typing import Any

from flask import Response, render_template, request
from flask_security import auth_required
from werkzeug.exceptions import RequestEntityTooLarge

from app.pages.list_rows import headings, rows_shown
from app.pages.list_token import NoSuchPreview, opened, sealed
from app.pages.security import actor, only
from app.pages.views import begin, codes_of, mine, pages, reading, set_zone
from app.pages.words import reader, t
from app.services.lab_list import (
    MOST_ROWS,
    Checked,
    NotAList,
    OtherThanSeen,
    Rows,
    alerting,
    foreseen,
    import_list,
    preview_list,
    rows_of_file,
)
from app.services.lab_list.heads import head_of

_COLUMNS = ("patient", "drawn_at", "last_dose_at", "analyte", "result", "unit", "lln", "uln")
_EXAMPLES = ("level", "limit", "value")


class NotTicked(Exception):
    """Rows are passed over, or asked about, and nobody said that this is right."""


def _check_ticked(kept: Checked) -> None:
    """Raises NotTicked."""
    needed = {"pass_over": kept.passed, "looked": kept.asks}
    if any(rows and not request.form.get(name) for name, rows in needed.items()):
        raise NotTicked


@pages.get("/lab-lists")
@auth_required("session")
@only("nurse", "doctor")
def list_page() -> str:
    return _choose()


@pages.post("/lab-lists/preview")
@auth_required("session")
@only("nurse", "doctor")
def preview_page() -> tuple[str, int]:
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choose(NotAList("needed")), 422
    try:
        return _preview(rows_of_file(file.read()), file.filename), 200
    except NotAList as wrong:
        return _choose(wrong), 422


@pages.post("/lab-lists")
@auth_required("session")
@only("nurse", "doctor")
def keep_page() -> tuple[str, int]:
    """What was looked at is kept, or where the record has changed since, looked at again."""
    try:
        rows, as_seen = opened(request.form.get("list", ""))
    except NoSuchPreview:
        return _choose(NotAList("old_preview")), 409
    try:
        with begin() as work:
            kept = import_list(work, mine(), rows, actor(), as_seen, pass_over=True)
            _check_ticked(kept)
            codes = codes_of(work, [one.patient.id for one in kept.new])
    except OtherThanSeen:
        return _preview(rows, "", changed=True), 409
    except NotTicked:
        return _preview(rows, "", unticked=True), 422
    return render_template(
        "pages/lab_list/kept.html", kept=kept, codes=codes, **_counts(kept)
    ), 200  # fmt: skip


@pages.get("/lab-lists/template.csv")
@auth_required("session")
@only("nurse", "doctor")
def list_template() -> Response:
    """The headings with examples, in the reader's language, as Excel opens it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([t(f"page.entry.heading.{one}") for one in _COLUMNS])
    for example in _EXAMPLES:
        writer.writerow(t(f"page.entry.example.{example}").split("|"))
    name = f"laboratory-list-{reader().language}.csv"
    return Response(
        file.getvalue().encode("utf-8-sig"), mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )  # fmt: skip


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    return render_template("pages/problem.html", what="too_large"), 413


def _choose(wrong: NotAList | None = None) -> str:
    said = wrong.said(reader()) if wrong else None
    return render_template("pages/lab_list/choose.html", wrong=said, most=MOST_ROWS)


def _preview(rows: Rows, name: str, *, changed: bool = False, unticked: bool = False) -> str:
    head = head_of(rows)
    with begin() as work:
        set_zone(work)
        checked = preview_list(work, mine(), rows, actor(), pass_over=True)
    with reading() as work:
        levels = foreseen(work, checked.new)
    token = "" if checked.faults else sealed(rows, head, checked)
    return render_template(
        "pages/lab_list/preview.html", name=name, checked=checked, list=token, changed=changed,
        unticked=unticked, headings=headings(head), rows=rows_shown(rows, head, checked, levels),
        passed=sum(len(one.rows) for one in checked.passed), reader=reader(),
        wrong_rows=len({one.row for one in checked.faults}),
        asked_rows=len({one.row for one in checked.asks}), **_counts(checked),
    )  # fmt: skip


def _counts(checked: Checked) -> dict[str, Any]:
    levels, alerts = sum(one.line.is_level for one in checked.new), alerting(checked)
    old = sum(one.is_old for one in alerts)
    return {"levels": levels, "labs": len(checked.new) - levels, "calls": len(alerts) - old,
            "waits": old, "from_grade": checked.alert_from_grade}  # fmt: skip
