"""A dose that was changed, shown to whoever asks for it: what comes unasked names none."""

from typing import Any

from app.services.audit import actor_of
from app.services.draw_days import today_of
from app.services.new_doses import last_start, note_told
from app.services.regimens import current_regimen
from bot.chats import Talk
from bot.home import at_home
from bot.replies import Reply
from models import Clinic, DoseStart, Patient

_TABLET_MG = 100


def _new_dose(talk: Talk) -> Reply:
    """The dose to come, or the one that is taken now; that it was seen is kept."""
    assert talk.patient is not None
    start = last_start(talk.work, talk.patient)
    note_told(talk.work, talk.patient, actor_of(talk.chat))
    if start is not None and start.started_on > today_of(talk.work, talk.patient):
        return _shown(talk, talk.patient, *_coming(start))
    return _shown(talk, talk.patient, *_current(talk, talk.patient))


def _coming(start: DoseStart) -> tuple[str, dict[str, Any]]:
    values = {"starts_on": start.started_on.isoformat()}
    if not start.daily_dose_mg:
        return "newdose.stops", values
    return "newdose.shown", {**values, **_amount(start.daily_dose_mg)}


def _current(talk: Talk, patient: Patient) -> tuple[str, dict[str, Any]]:
    step = current_regimen(talk.work, patient)
    if step is None:
        return "newdose.none", {}
    if not step.daily_dose_mg:
        return "newdose.stopped", {}
    return "newdose.current", _amount(step.daily_dose_mg)


def _amount(mg: int) -> dict[str, int]:
    return {"mg": mg, "tablets": mg // _TABLET_MG}


def _shown(talk: Talk, patient: Patient, key: str, values: dict[str, Any]) -> Reply:
    """With whom to call before anything is changed that was told otherwise."""
    phone = talk.work.session.get_one(Clinic, patient.clinic_id).phone
    call = {"key": "newdose.call", "params": {"phone": phone}} if phone else {"key": "newdose.ask"}
    return at_home(talk, key, **values, lines=[call])


GO = {"newdose": _new_dose}
