"""A patient's data that somebody else changed while their form was open.

The form carries a mark of each value as it was shown. A field that was left alone takes what the
record holds by now; one that was changed by both keeps what was typed, and the record's beside it.
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from flask import request

from app.pages.patient_form import CHANGED, Asked, Form, of_patient
from app.pages.words import t
from models import Patient

_ASKED = {one.name: one for group in CHANGED.values() for one in group}


def shown_form(patient: Patient) -> Form:
    """The form of the record as it stands, with its marks."""
    form = of_patient(patient)
    return replace(form, shown=" ".join(f"{k}:{v}" for k, v in _marks(form.typed).items()))


def changed_meanwhile(patient: Patient) -> Form | None:
    """The form to be looked at again; None where nothing was changed that one would undo."""
    now = shown_form(patient)
    shown = dict(one.partition(":")[::2] for one in request.form.get("shown", "").split())
    stands, typed = _marks(now.typed), _marks(request.form)
    changed = [k for k, mark in stands.items() if mark not in (shown.get(k, mark), typed[k])]
    if not changed:
        return None
    left = {k: now.typed[k] for k in changed if typed[k] == shown[k]}
    told = {k: _words(_ASKED[k], now.typed[k]) for k in changed}
    return replace(now, typed={**request.form, **left}, changed=told)


def _marks(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _mark(one, values.get(name, "")) for name, one in _ASKED.items()}


def _mark(one: Asked, value: Any) -> str:
    plain = str(bool(value)) if one.kind == "tick" else str(value).strip()
    return sha256(plain.encode()).hexdigest()[:12]


def _words(one: Asked, value: Any) -> str:
    """A value as a reader says it."""
    if one.kind == "tick":
        return t(f"page.register.{'ticked' if value else 'not_ticked'}")
    if not value:
        return t("page.register.unknown")
    return t(f"page.register.{one.name}.{value}") if one.kind == "choice" else str(value)
