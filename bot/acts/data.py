"""The patient's own data: reminders stopped and started, all that is stored, being forgotten."""

from typing import Any

from app.services.audit import actor_of, audit
from app.services.erasing import ask_to_forget
from app.services.messages import tell_chat
from app.services.my_data import rows_of
from app.services.stopping import start_reminders, still_open, stop_reminders
from bot.chats import Talk
from bot.flow import Answers
from bot.home import at_home
from bot.replies import Opens, Reply, button
from models import ChatState, Clinic

_COUNTED = ("reports", "doses", "questionnaires", "levels", "written")


def _rights(talk: Talk) -> Reply:
    """The page "My data"."""
    stopped = talk.chat.state == ChatState.STOPPED
    reminders = button("rights.start", "go:start") if stopped else button("rights.stop", "go:stop")
    rows = [button("rights.see", "go:mydata"), reminders, button("rights.forget", "go:forget"),
            button("more.home", "go:home")]  # fmt: skip
    return Reply("rights.text", {"buttons": [[one] for one in rows]})


def _stop(talk: Talk) -> Reply:
    assert talk.patient is not None
    stop_reminders(talk.work, talk.chat)
    half_done = "sf36" in talk.chat.paused
    lines = [*still_open(talk.work, talk.patient, half_done), {"key": "stop.again"}]
    return at_home(talk, "stop.done", lines=lines)


def _start(talk: Talk) -> Reply:
    assert talk.patient is not None
    start_reminders(talk.work, talk.patient, talk.chat)
    return at_home(talk, "start.done")


def _mydata(talk: Talk) -> Reply:
    """A few words at once; the worker makes and sends the two files."""
    patient = talk.patient
    assert patient is not None
    if talk.chat.proxy:
        return at_home(talk, "mydata.carer")
    for what in ("my_data_page", "my_data_json"):
        dedupe = f"{what}:{patient.id}:{talk.work.now:%Y%m%d%H%M}"
        data = {"attachment": what}
        tell_chat(talk.work, talk.chat, dedupe, f"mydata.{what}", data, f"data:{patient.id}")
    audit(talk.work, patient.clinic_id, actor_of(talk.chat), "patient.export", patient.id)
    counts: dict[str, Any] = {name: len(rows_of(talk.work, patient, name)) for name in _COUNTED}
    return at_home(talk, "mydata.coming", **counts)


def _forget(talk: Talk) -> Reply | Opens:
    patient = talk.patient
    assert patient is not None
    if talk.chat.proxy:
        return at_home(talk, "forget.carer")
    if patient.forget_asked_at is not None:
        return at_home(talk, "forget.already", asked_at=patient.forget_asked_at.isoformat())
    how = talk.work.session.get_one(Clinic, patient.clinic_id).on_forget
    return Opens("forget", note={"key": f"forget.explain.{how}"})


def _forgets(talk: Talk, answers: Answers) -> Reply:
    assert talk.patient is not None
    if answers.get("forget.sure") != "yes":
        return at_home(talk, "forget.kept")
    ask_to_forget(talk.work, talk.patient, talk.chat)
    return at_home(talk, "forget.asked")


GO = {"rights": _rights, "stop": _stop, "start": _start, "mydata": _mydata, "forget": _forget}
COMMANDS = {"stop": _stop, "mydata": _mydata, "forget": _forget}
ENDINGS = {"forget": _forgets}
