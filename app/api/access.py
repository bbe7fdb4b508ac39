"""Who is calling, in which transaction, and an answer given once for one key."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request
from werkzeug.exceptions import BadRequest, Unauthorized, UnsupportedMediaType

from app.api.outcomes import FHIR_JSON, PREFIX
from app.services.audit import audit
from app.services.errors import Conflict
from app.services.keys import SANDBOX_KEY, Caller, caller_of
from app.services.patients import find_patient
from app.settings import Settings
from app.work import Begin, Work
from models import Idempotency, Patient

Answer = tuple[Mapping[str, Any], int]


@dataclass(frozen=True, slots=True)
class Call:
    """A request under way: its transaction and its caller."""

    work: Work
    caller: Caller

    @property
    def clinic_id(self) -> str:
        return self.caller.clinic_id

    def patient(self, patient_id: str, action: str) -> Patient:
        """A patient of the caller's clinic; the access is audited."""
        patient = find_patient(self.work, self.clinic_id, patient_id)
        self.audit(action, patient.id)
        return patient

    def audit(self, action: str, patient_id: str | None = None) -> None:
        audit(self.work, self.clinic_id, self.caller.actor, action, patient_id)


def settings() -> Settings:
    return current_app.extensions["settings"]


def begin_work() -> Begin:
    return current_app.extensions["begin"]


def require_key() -> None:
    """Before anything is read of a request: whose key it is, or 401."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or (key == SANDBOX_KEY and not settings().sandbox):
        raise Unauthorized(_HOW)
    read: Begin = current_app.extensions["read"]
    with read() as work:
        g.caller = caller_of(work, key)
    if g.caller is None:
        raise Unauthorized(_HOW)


@contextmanager
def calling() -> Iterator[Call]:
    """The caller's transaction, after `require_key`."""
    with begin_work()() as work:
        yield Call(work, g.caller)


_HOW = "Send `Authorization: Bearer KEY`; `python -m app key` makes a key."


def require_json() -> None:
    """POST, PATCH and PUT carry JSON: 415 for another type, 400 for what does not parse.

    A list of results is a file.
    """
    if request.method not in ("POST", "PATCH", "PUT") or request.path.endswith(_FORMS):
        return
    if request.path.endswith(_LISTS):
        _require_list()
        return
    if request.mimetype not in _json_types():
        if not request.content_length and request.path.endswith(_BODYLESS):
            return
        raise UnsupportedMediaType(f"Send Content-Type: {_json_types()[0]}.")
    if not isinstance(request.get_json(), dict):
        raise BadRequest("The body must be a JSON object.")


def _json_types() -> tuple[str, ...]:
    plain = ("application/json",)
    return (FHIR_JSON, *plain) if request.path.startswith(f"{PREFIX}/") else plain


def _require_list() -> None:
    if request.mimetype not in LISTS:
        raise UnsupportedMediaType(f"Send Content-Type: {' or '.join(LISTS)}.")


LISTS = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_LISTS = ("/lab-imports",)
_FORMS = ("/twilio/status", "/twilio/inbound")
_BODYLESS = ("/invitations", "/acknowledge", "/reopen", "/countersign", "/dose-told", "/plan")


def once(call: Call, status: int, do: Callable[[], Mapping[str, Any]]) -> Answer:
    """Do it, or give the answer that this Idempotency-Key was given before."""
    key = request.headers.get("Idempotency-Key")
    if not key:
        return do(), status
    asked = hashlib.sha256(request.path.encode() + b"\0" + request.get_data()).hexdigest()
    known = call.work.session.get(Idempotency, (call.clinic_id, key[:80]))
    if known is None:
        return _kept(call, key[:80], asked, do(), status)
    if known.request_sha256 != asked:
        raise Conflict("This Idempotency-Key was used for another request; take a new one.")
    return known.body, known.status


def _kept(call: Call, key: str, asked: str, body: Mapping[str, Any], status: int) -> Answer:
    call.work.session.add(Idempotency(
        clinic_id=call.clinic_id, id=key, request_sha256=asked, status=status, body=dict(body),
        at=call.work.now,
    ))  # fmt: skip
    return body, status
