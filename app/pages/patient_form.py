"""The fields of a patient as a form: what is asked, in which groups, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar

from flask import request
from pydantic import ValidationError

from app.pages.words import t
from app.services.told import Body
from models import Language, Mutation, Operation, Patient, Risk, Sex, Site

B = TypeVar("B", bound=Body)
_OWN_REMEDY = {"code", "year_of_birth", "phone", "time_zone"}  # others have that of their kind
_NEVER_EMPTY = {"sex", "language", "time_zone", "usual_dose_time", "year_of_birth"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field; the words of a choice are page.KIND.WORD, of its own kind."""

    name: str
    kind: str = "text"
    options: tuple[str, ...] = ()
    is_needed: bool = False


def _choice(name: str, words: type[StrEnum], *, needed: bool = False) -> Asked:
    return Asked(name, "choice", tuple(one.value for one in words), needed)


_FIRST = (
    Asked("year_of_birth", "number", is_needed=True), _choice("sex", Sex, needed=True),
    _choice("language", Language, needed=True),
)  # fmt: skip
_BODY = (Asked("weight_kg", "number"), Asked("height_cm", "number"))
_TUMOUR = (
    Asked("surgery_date", "date"), _choice("risk", Risk), _choice("site", Site),
    _choice("operation", Operation), _choice("mutation", Mutation),
    Asked("tumour_diameter_cm", "number"), Asked("mitoses_per_50_hpf", "number"),
    Asked("preoperative_imatinib", "tick"),
)  # fmt: skip
_PROTOCOL = (Asked("recurrent_or_unresectable", "tick"), Asked("other_malignancy", "tick"))
Groups = Mapping[str, Sequence[Asked]]
NEW: Groups = {
    "needed": _FIRST,
    "person": (Asked("code"), Asked("phone"), Asked("time_zone"), *_BODY),
    "tumour": _TUMOUR, "protocol": _PROTOCOL,
}  # fmt: skip
CHANGED: Groups = {
    "needed": _FIRST,
    "person": (
        Asked("phone"), Asked("sms_consent", "tick"), Asked("time_zone"),
        Asked("usual_dose_time", "time"), *_BODY,
    ),
    "tumour": _TUMOUR, "protocol": _PROTOCOL,
    "course": (
        Asked("recurrence_on", "date"), Asked("died_on", "date"),
        Asked("last_follow_up_on", "date"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the fields, and what is wrong beside them, or changed by another meanwhile.

    `shown` has a mark of each value that was shown when the form was opened.
    """

    groups: Groups
    typed: Mapping[str, Any]
    wrong: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""


def of_patient(patient: Patient) -> Form:
    asked = (one for group in CHANGED.values() for one in group)
    return Form(CHANGED, {one.name: _typed(getattr(patient, one.name)) for one in asked})


def _typed(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value or ""
    if isinstance(value, float):
        return f"{value:.12g}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def read_form(kind: type[B], groups: Groups) -> B:
    """The form that was sent, as what HTTP takes. Raises ValidationError."""
    told = {
        one.name: value for group in groups.values() for one in group
        if (value := _told(one)) is not None or one.name not in _NEVER_EMPTY
    }  # fmt: skip
    return kind.model_validate(told)


def _told(one: Asked) -> Any:
    if one.kind == "tick":
        return one.name in request.form
    return request.form.get(one.name, "").strip() or None


def refused(groups: Groups, error: ValidationError) -> Form:
    """The same form with the remedy beside each field that cannot be."""
    kinds = {one.name: one.kind for group in groups.values() for one in group}
    names = {str(one["loc"][0]) for one in error.errors()}
    wrong = {name: t(f"page.register.fix.{_remedy(name, kinds[name])}") for name in names}
    return Form(groups, request.form, wrong, shown=request.form.get("shown", ""))


def _remedy(name: str, kind: str) -> str:
    return name if name in _OWN_REMEDY else kind
