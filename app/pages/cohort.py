"""The cohort report for doctors and admins: the page, its PDF and its CSV."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import render_template, request
from flask_security import auth_required
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from app.pages.cohort_parts import Part
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, reading, set_zone
from app.pages.words import COOKIE, reader, t, word
from app.services.audit import audit
from app.services.cohort.wanted import REVERSED, Wanted
from app.services.errors import NotFound
from models import Mutation, Operation, Risk, Sex, Site

if TYPE_CHECKING:
    from app.services.cohort.rows import CohortReport

CHOICES: Mapping[str, tuple[str, ...]] = {
    "sex": tuple(Sex), "risk": tuple(Risk), "site": tuple(Site), "operation": tuple(Operation),
    "mutation": tuple(Mutation), "dose_mg": ("400", "300", "200", "0"),
}  # fmt: skip
YES_NO = ("lowered", "with_level", "preoperative_imatinib")
SPANS = (("age_from", "age_to", "number"), ("registered_from", "registered_to", "date"),
         ("operated_from", "operated_to", "date"))  # fmt: skip
_SEVERAL = ("risk", "site", "operation", "mutation", "dose_mg")


@pages.get("/cohort")
@auth_required("session")
@only("doctor", "admin")
def cohort_page() -> tuple[str, int]:
    try:
        wanted = _wanted()
    except ValidationError as error:
        return _shown(None, wrong=_why(error)), 422
    return _shown(_read(wanted, "page")), 200


def _why(error: ValidationError) -> str:
    """Which field cannot be, and why where its span is reversed."""
    first = error.errors()[0]
    name, how = str(first["loc"][0]), "reversed" if first["type"] == REVERSED else "wrong"
    return t(f"page.cohort.filter.{how}", what=word("cohort.f", name))


@pages.get("/cohort/report.csv")
@auth_required("session")
@only("doctor", "admin")
def cohort_csv() -> AnyResponse:
    from app.services.cohort.flat import as_csv

    return _file(as_csv(_read(_wanted_here(), "csv")), "text/csv; charset=utf-8", "csv")


@pages.get("/cohort/report.pdf")
@auth_required("session")
@only("doctor", "admin")
def cohort_pdf() -> AnyResponse:
    from app.pages.cohort_pdf import as_pdf

    report = _read(_wanted_here(), "pdf")
    made = as_pdf(report, _parts(report), _chosen(report), reader())
    return _file(made, "application/pdf", "pdf")


def _wanted_here() -> Wanted:
    """A file is linked from a page that was shown; any other choice has none."""
    try:
        return _wanted()
    except ValidationError:
        raise NotFound from None


def _wanted() -> Wanted:
    """What the address asks for; a field that was left empty asks for nothing."""
    told: dict[str, Any] = {
        name: [one for one in request.args.getlist(name) if one] if name in _SEVERAL
        else request.args[name]
        for name in request.args if name != COOKIE
    }  # fmt: skip
    return Wanted.model_validate({name: one for name, one in told.items() if one})


def _read(wanted: Wanted, how: str) -> CohortReport:
    """Audited first, then read without a write lock."""
    from app.services.cohort.report import cohort_report  # scipy takes 0.3 s to import

    with begin() as work:
        set_zone(work)
        audit(work, mine(), actor(), "cohort.read", about=how)
    with reading() as work:
        return cohort_report(work, mine(), wanted)


def _shown(report: CohortReport | None, wrong: str = "") -> str:
    asked = {name: request.args.getlist(name) for name in request.args if name != COOKIE}
    return render_template(
        "pages/cohort/report.html", report=report, wrong=wrong, asked=asked, choices=CHOICES,
        yes_no=YES_NO, spans=SPANS, chosen=_chosen(report) if report else (),
        parts=_parts(report) if report and report.flow[0].patients else (), as_data=_as_data, mg=mg,
    )  # fmt: skip


def _parts(report: CohortReport) -> tuple[Part, ...]:
    from app.pages import cohort_pictures as pictures  # matplotlib takes 0.7 s to import
    from app.pages import cohort_tables as tables
    from app.pages.cohort_methods import methods

    return (
        tables.flow(report), tables.table_1(report), tables.levels(report),
        pictures.figures(report), tables.table_2(report), tables.quality(report),
        pictures.survival(report), methods(report),
    )  # fmt: skip


def _chosen(report: CohortReport) -> tuple[str, ...]:
    """What narrows the report, in words."""
    return tuple(f"{t(f'page.cohort.f.{name}')}: {_told(name, value)}"
                 for name, value in report.wanted.items())  # fmt: skip


def _told(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return t(f"page.cohort.yes_no.{'yes' if value else 'no'}")
    if name in CHOICES and name != "dose_mg":
        words = value if isinstance(value, list) else [value]
        return " / ".join(t(f"page.cohort.{name}.{one}") for one in words)
    return " / ".join(map(mg, value)) if isinstance(value, list) else str(value)


def mg(dose: int | str) -> str:
    """A dose as a choice: 300, and in words that there is none."""
    return str(dose) if int(dose) else t("page.cohort.dose_mg.0")


def _as_data(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _file(body: str | bytes, kind: str, ending: str) -> AnyResponse:
    name = f"attachment; filename=cohort-report.{ending}"
    return AnyResponse(body, content_type=kind, headers={"Content-Disposition": name})
