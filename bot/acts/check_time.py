"""The weekday and hour of the check, chosen by the patient."""

from app.services.moving import replan_prompts
from bot.chats import Talk
from bot.flow import Answers, Flow, Unclear
from bot.flows.check_time import chosen_time
from bot.home import at_home
from bot.replies import Opens, Reply
from models import Clinic


def _by_day(talk: Talk, _flow: Flow, answers: Answers) -> None:
    """The clinic sends nothing at night. Raises Unclear."""
    if "check_time.hour" not in answers or talk.patient is None:
        return
    clinic = talk.work.session.get_one(Clinic, talk.patient.clinic_id)
    opens, closes = clinic.quiet_until, clinic.quiet_from
    if not opens <= chosen_time(answers) < closes:
        said = {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        raise Unclear("check_time.at_night", **said)


def _chosen(talk: Talk, answers: Answers) -> Reply:
    patient = talk.patient
    assert patient is not None
    weekday, at = int(answers["check_time.day"]), chosen_time(answers)
    patient.check_weekday, patient.check_at = weekday, at
    replan_prompts(talk.work, patient, "another time was chosen")
    lines = [{"key": "check_time.more_often"}]
    return at_home(
        talk, "check_time.done", weekday_key=f"weekday.{weekday}", hour=f"{at:%H:%M}", lines=lines
    )


GO = {"check_time": lambda talk: Opens("check_time")}
ENDINGS = {"check_time": _chosen}
CHECKS = {"check_time": _by_day}
