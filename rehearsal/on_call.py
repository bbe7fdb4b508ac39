"""Who is on call at a moment and for how long each is waited for: the rota read anew."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rehearsal.truth import Duty, Nurse, Site

_DAY = timedelta(days=1)
ROUND_PAUSE = timedelta(hours=1)  # at most, when everybody was called and nobody has answered


def on_duty(site: Site, at: datetime) -> list[Nurse]:
    """By position: whose hours of this day cover the moment, or of the night that began before."""
    here = at.astimezone(ZoneInfo(site.zone)).replace(tzinfo=None)
    found = [
        (duty.position, nurse.id, nurse)
        for nurse in site.nurses
        for duty in nurse.duties
        if _covers(site, duty, here)
    ]
    return [nurse for _, _, nurse in sorted(found, key=lambda one: one[:2])]


def _covers(site: Site, duty: Duty, here: datetime) -> bool:
    """A holiday counts as another weekday."""
    today, before = here.date(), (here - _DAY).date()
    clock, past_midnight = here.time(), duty.until <= duty.starts
    if site.special_days.get(today, today.weekday()) == duty.weekday and clock >= duty.starts:
        return past_midnight or clock < duty.until
    began = site.special_days.get(before, before.weekday()) == duty.weekday
    return began and past_midnight and clock < duty.until


def everybody(site: Site, at: datetime) -> list[Nurse]:
    """The rota, then the doctors."""
    rota = on_duty(site, at)
    return [*rota, *(one for one in site.nurses if one.is_doctor and one not in rota)]


def steps_of(site: Site, at: datetime) -> set[tuple[int | None, str]]:
    """Who can be called, and how: texts, then voice calls."""
    people = reachable(site, at)
    texts = {(nurse.id, "sms") for nurse in people if not nurse.texts_stopped.at(at)}
    return {*texts, *((nurse.id, "voice") for nurse in people)}


def first_reachable(site: Site, since: datetime, until: datetime) -> datetime:
    """From when on somebody can be called, looked at by the minute."""
    while since < until and not reachable(site, since):
        since += timedelta(minutes=1)
    return since


def reachable(site: Site, at: datetime) -> list[Nurse]:
    """Those with a phone: who said STOP to texts can still be rung up."""
    return [nurse for nurse in everybody(site, at) if nurse.phone.at(at)]


def wait_after(site: Site, staff_id: int | None, channel: str, at: datetime) -> timedelta:
    """How long an answer of somebody is waited for."""
    if channel == "voice":
        return timedelta(minutes=site.waits_min["call"])
    rota = [nurse.id for nurse in on_duty(site, at)]
    doctors = [nurse.id for nurse in site.nurses if nurse.is_doctor]
    if staff_id in doctors:
        return timedelta(minutes=site.waits_min["doctor"])
    if staff_id not in rota:
        return longest_wait(site)
    return timedelta(minutes=site.waits_min["nurse" if staff_id == rota[0] else "next"])


def longest_wait(site: Site) -> timedelta:
    return timedelta(minutes=max(site.waits_min.values()))
