"""/healthz: the process lives. /readyz: the clockwork runs, or what is wrong with it."""

import logging
from collections.abc import Mapping
from datetime import datetime

from flask import Response, current_app, jsonify
from flask_openapi import OpenAPI
from sqlalchemy.exc import DBAPIError

from app.clock import real_now
from app.services.findings import read_finding
from app.services.heartbeats import AUDITOR, last_beat, rounds
from app.work import Begin
from models import Heartbeat

_log = logging.getLogger("web")
OK = "ok"


def init_health(app: OpenAPI) -> None:
    """Both are open: they say nothing of a patient."""
    since = real_now()

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status=OK)

    @app.get("/readyz")
    def readyz() -> tuple[Response, int]:
        every_s = current_app.extensions["settings"].audit_every_s
        checks = readiness(current_app.extensions["read"], every_s, since, real_now())
        ready = set(checks.values()) == {OK}
        return jsonify(status=OK if ready else "not ready", checks=checks), 200 if ready else 503


def readiness(read: Begin, every_s: float, since: datetime, real: datetime) -> Mapping[str, str]:
    """Each check, and "ok" or what is wrong."""
    try:
        with read() as work:
            last = last_beat(work, AUDITOR)
    except DBAPIError:
        _log.exception("the database does not answer")
        return {"database": "does not answer"}
    return {"database": OK, "auditor": _auditor(last, every_s, since, real), "findings": _of(last)}


def _auditor(last: Heartbeat | None, every_s: float, since: datetime, real: datetime) -> str:
    """Before its first round ever, a web process just started waits for it as long."""
    silent = real - (last.beat_at if last else since)
    if silent <= rounds(every_s):
        return OK
    return f"silent for {silent.total_seconds():.0f} s: is the worker running?"


def _of(last: Heartbeat | None) -> str:
    findings = [read_finding(said) for said in last.findings] if last else []
    return ", ".join(str(one) for one in findings if not one.repaired) or OK
