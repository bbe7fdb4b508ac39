"""The clinic's settings: all read them, an admin changes them, the clinical ones in two steps."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_login import current_user
from flask_security import auth_required
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.setting_fields import CLINICAL, FIXED, GROUPS, SETTINGS, shown, told
from app.pages.views import begin, mine, pages
from app.pages.words import t
from app.services.audit import audit
from app.services.clinic_change import LONGEST_EMERGENCY, ClinicChange
from app.services.clinics import (
    Change,
    OnlyOneLanguage,
    OutOfOrder,
    change_clinic,
    changes_of,
)
from app.services.emergency import EMERGENCY
from app.services.errors import Conflict
from app.texts import catalogue
from app.work import Work
from models import Clinic

_LANGUAGES = {"emergency_zh_cn": "zh-CN", "emergency_en": "en"}
_Values = Mapping[str, Sequence[str]]


class ChangedMeanwhile(Conflict):
    """Somebody else has changed settings since this page was opened."""


@pages.get("/clinic")
@auth_required("session")
def clinic_page() -> str:
    with begin() as work:
        audit(work, mine(), actor(), "clinic.read")
        return _page(work)


@pages.post("/clinic")
@auth_required("session")
@only("admin")
def change_settings() -> AnyResponse | tuple[str, int] | str:
    """Kept and shown; or asked whether it is meant; or shown again as it was typed."""
    if request.form.get("again"):
        return _again({})
    try:
        fields = ClinicChange.model_validate(told(request.form)).sent()
        with begin() as work:
            return _kept(work, fields)
    except ValidationError as error:
        names = [str(one["loc"][0]) for one in error.errors()]
        wrong = {name: t(f"page.settings.wrong.{SETTINGS[name].remedy}") for name in names}
    except OutOfOrder as error:
        key = f"page.settings.order.{error.earlier}.{error.later}"
        wrong = {str(error.field): t(key)}
    except OnlyOneLanguage as error:
        wrong = {str(error.field): t("page.settings.wrong.one_language")}
    except ChangedMeanwhile:
        wrong = {"": t("page.settings.meanwhile")}
    return _again(wrong), 422


def _kept(work: Work, fields: Mapping[str, Any]) -> AnyResponse | str:
    """Raises OutOfOrder, OnlyOneLanguage, ChangedMeanwhile."""
    clinic = work.session.get_one(Clinic, mine(), with_for_update=True)
    changes = changes_of(clinic, fields)
    if request.form.get("as_of") != _digest(clinic):
        raise ChangedMeanwhile
    clinical = [one for one in changes if one.name in CLINICAL]
    if clinical and request.form.get("sure") != "1":
        return _asked(changes)
    if changes:
        change_clinic(work, mine(), fields, actor())
    flash(t("page.settings.kept" if changes else "page.settings.same"), "success")
    return redirect(at("pages.clinic_page"))


def _asked(changes: Sequence[Change]) -> str:
    """What would change and what it means, before it does."""
    lines = [(SETTINGS[one.name], shown(one.was), shown(one.becomes)) for one in changes]
    sent = [pair for pair in request.form.items(multi=True) if pair[0] in {"as_of", *SETTINGS}]
    return render_template("pages/settings/sure.html", lines=lines, sent=sent, clinical=CLINICAL)


def _again(wrong: Mapping[str, str]) -> str:
    typed = {name: request.form.getlist(name) for name in SETTINGS if name in request.form}
    with begin() as work:
        return _page(work, typed, wrong)


def _page(work: Work, typed: _Values | None = None, wrong: Mapping[str, str] | None = None) -> str:
    clinic = work.session.get_one(Clinic, mine())
    kept = {name: shown(getattr(clinic, name)) for name in SETTINGS}
    ours = {name: catalogue(language)[EMERGENCY] for name, language in _LANGUAGES.items()}
    return render_template(
        "pages/settings/clinic.html", groups=GROUPS, kept=kept, values={**kept, **(typed or {})},
        wrong=wrong or {}, as_of=_digest(clinic), fixed=FIXED, shown=shown,
        longest=LONGEST_EMERGENCY, ours=ours, languages=_LANGUAGES,
        may_change=current_user.has_role("admin"),
    )  # fmt: skip


def _digest(clinic: Clinic) -> str:
    """The same for the same settings: whoever saves has seen what they replace."""
    seen = repr([(name, shown(getattr(clinic, name))) for name in SETTINGS])
    return hashlib.sha256(seen.encode()).hexdigest()[:16]
