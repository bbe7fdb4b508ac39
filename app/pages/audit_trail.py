"""The audit for an admin: looked through by who, of whom, what and when; as a file, too."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g, render_template, request
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.audit_details import details
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, set_zone
from app.pages.words import t, word
from app.services.audit import audit
from app.services.audit_trail import (
    ALONE,
    Asked,
    DayOutOfOrder,
    Narrowed,
    NoSuchCode,
    Trail,
    actions,
    actors,
    narrowed,
    trail,
    whole_trail,
)
from app.services.errors import NotFound
from app.work import Begin, Work

COLUMNS = ("at", "who", "actor", "action", "what", "patient", "about")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon instead of show
_Names = Mapping[str, str]


@pages.get("/audit")
@auth_required("session")
@only("admin")
def audit_page() -> str | tuple[str, int]:
    asked, wrong = _asked()
    with begin() as work:
        set_zone(work)
        found = None if wrong else _found(work, asked, wrong)
        people, keys = actors(work, mine())
    return render_template(
        "pages/settings/audit.html", found=found, wrong=wrong, asked=asked, people=people,
        keys=keys, alone=ALONE, who=_who({**people, **keys}), detail=details,
        actions=sorted((word("audit.action", one), one) for one in actions()),
        sent={name: one for name, one in request.args.items() if name in _FIELDS and one},
    ), (422 if wrong else 200)  # fmt: skip


@pages.get("/audit/trail.csv")
@auth_required("session")
@only("admin")
def audit_csv() -> AnyResponse:
    """All that is asked for; the address is linked from a page that was shown."""
    asked, wrong = _asked()
    with begin() as work:
        set_zone(work)
        wanted = None if wrong else _wanted(work, asked, wrong)
        if wanted is None:
            raise NotFound
        audit(work, mine(), actor(), "audit.export", wanted.patient_id, _said(asked))
        people, keys = actors(work, mine())
    said = {one: word("audit.action", one) for one in actions()}
    read: Begin = current_app.extensions["pages.read"]
    lines = _lines(whole_trail(read, wanted), _who({**people, **keys}), said, ZoneInfo(g.time_zone))
    name = "attachment; filename=audit.csv"
    return AnyResponse(lines, content_type="text/csv; charset=utf-8",
                       headers={"Content-Disposition": name})  # fmt: skip


_FIELDS = ("actor", "code", "action", "since", "until")


def _asked() -> tuple[Asked, dict[str, str]]:
    """What the address asks for, and what is wrong with it by field."""
    told = {name: request.args.get(name, "").strip() or None for name in _FIELDS}
    days: dict[str, date | None] = {}
    wrong: dict[str, str] = {}
    for name in ("since", "until"):
        try:
            days[name] = date.fromisoformat(told[name] or "") if told[name] else None
        except ValueError:
            days[name], wrong[name] = None, t("page.audit.wrong.day")
    return Asked(told["actor"], told["code"], told["action"], **days), wrong


def _wanted(work: Work, asked: Asked, wrong: dict[str, str]) -> Narrowed | None:
    """None where something is wrong, which is then said in `wrong`."""
    try:
        return narrowed(work, mine(), asked, ZoneInfo(g.time_zone))
    except NoSuchCode:
        wrong["code"] = t("page.audit.wrong.code", code=asked.code)
    except DayOutOfOrder:
        wrong["until"] = t("page.audit.wrong.order")
    return None


def _found(work: Work, asked: Asked, wrong: dict[str, str]) -> Trail | None:
    wanted = _wanted(work, asked, wrong)
    if wanted is None:
        return None
    found = trail(work, wanted, request.args.get("after"))
    audit(work, mine(), actor(), "audit.read", wanted.patient_id, _said(asked))
    return found


def _said(asked: Asked) -> str | None:
    """What was looked for, as the audit keeps it: a patient by their id, in its own column."""
    told = {name: getattr(asked, name) for name in _FIELDS if name != "code"}
    return "; ".join(f"{name}: {one}" for name, one in told.items() if one) or None


def _who(names: _Names) -> Any:
    """Who did something, by name."""
    alone = {one: t(f"page.audit.who.{one}") for one in ALONE}
    return {**alone, **names}.get


def _lines(
    parts: Iterator[Trail], who: Any, said: _Names, zone: ZoneInfo
) -> Iterator[bytes]:
    """UTF-8 with the mark by which a spreadsheet knows it; times by the clinic's clock."""
    yield b"\xef\xbb\xbf" + _row(COLUMNS)
    for part in parts:
        yield b"".join(
            _row((
                row.at.astimezone(zone).isoformat(timespec="seconds"), who(row.actor) or row.actor,
                row.actor, row.action, said.get(row.action, row.action),
                part.codes.get(row.patient_id or "", ""), row.about or "",
            ))
            for row in part.rows
        )  # fmt: skip


def _row(cells: tuple[str, ...]) -> bytes:
    out = StringIO()
    csv.writer(out).writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in cells])
    return out.getvalue().encode()
