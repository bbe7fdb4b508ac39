"""Reminders: once more in half an hour, each day, and by which clock."""

from app.clinical.draw_window import dose_times
from app.services.audit import actor_of, audit
from app.services.daily import set_daily
from app.services.moving import patient_moved
from app.services.places import city_of
from app.services.snooze import snooze, visit_asked_of
from bot.chats import Talk
from bot.flow import Answers, Flow, Unclear
from bot.flows.reminding import told_daily, told_zone
from bot.home import at_home
from bot.replies import Opens, Reply, button
from models import ChatState, Clinic

_PAGE = [
    [button("more.check_time", "go:check_time")],
    [button("more.daily", "go:daily")],
    [button("more.zone", "go:zone")],
    [button("more.home", "go:home")],
]


def _snooze(talk: Talk) -> Reply:
    """Only while the dose still suits the draw; after that it says until when it does."""
    assert talk.patient is not None
    if talk.chat.state == ChatState.STOPPED:
        return at_home(talk, "dose.snooze_stopped")
    again = snooze(talk.work, talk.patient)
    if again is not None:
        taken = [[button("dose.button.taken_now", "dose:taken_now")]]
        return Reply("dose.snoozed", {"again_at": again.isoformat(), "buttons": taken})
    visit = visit_asked_of(talk.work, talk.patient)
    if visit is None:
        return at_home(talk, "dose.snooze_none")
    dose = dose_times(visit.draw_at)
    data = {"dose_at": dose.ideal.isoformat(), "until_at": dose.latest.isoformat()}
    key = "dose.snooze_early" if talk.work.now < dose.earliest else "dose.snooze_late"
    return at_home(talk, key, **data)


def _daily(talk: Talk, answers: Answers) -> Reply:
    assert talk.patient is not None
    at = told_daily(answers)
    set_daily(talk.work, talk.patient, at)
    audit(talk.work, talk.patient.clinic_id, actor_of(talk.chat), "patient.change",
          talk.patient.id)  # fmt: skip
    if at is None:
        return at_home(talk, "daily.is_off")
    return at_home(talk, "daily.is_on", clock=f"{at:%H:%M}")


def _moved(talk: Talk, answers: Answers) -> Reply:
    """The patient's clock changes at once, and with it every reminder."""
    assert talk.patient is not None
    talk.patient.time_zone = told_zone(answers)
    patient_moved(talk.work, talk.patient)
    audit(talk.work, talk.patient.clinic_id, actor_of(talk.chat), "patient.change",
          talk.patient.id)  # fmt: skip
    city = city_of(talk.patient.time_zone, talk.chat.language)
    return at_home(talk, "zone.done", city=city, now_at=talk.work.now.isoformat())


def _by_day(talk: Talk, _flow: Flow, answers: Answers) -> None:
    """Nothing is sent in the quiet hours. Raises Unclear."""
    assert talk.patient is not None
    at = told_daily(answers) if "daily.at" in answers else None
    clinic = talk.work.session.get_one(Clinic, talk.patient.clinic_id)
    if at is not None and not clinic.quiet_until <= at < clinic.quiet_from:
        raise Unclear("daily.quiet")


GO = {
    "snooze": _snooze,
    "reminders": lambda _talk: Reply("more.reminders", {"buttons": _PAGE}),
    "daily": lambda _talk: Opens("daily"),
    "zone": lambda _talk: Opens("zone"),
}
ENDINGS = {"daily": _daily, "zone": _moved}
CHECKS = {"daily": _by_day}
