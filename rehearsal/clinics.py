"""What the clinics do: visits planned, moved, cancelled, attended; dose steps; a death noted."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from app.services.moving import patient_moved
from app.services.patients import change_patient
from app.services.regimens import add_regimen
from app.services.visits import change_visit, find_visit, plan_visit, record_draw
from app.work import Work
from models import Patient, Provenance, VisitPurpose, VisitStatus
from rehearsal.cohort import ZONES, moment
from rehearsal.patients import Patients
from rehearsal.stage import Stage
from rehearsal.truth import Draw, Person, Timeline

_HOURS = (time(6, 30), time(8), time(8), time(8, 30), time(9), time(9), time(10), time(14))
_DAY = timedelta(days=1)


class Clinics:
    """Plays the desks of both clinics, and what happens to patients once."""

    def __init__(self, stage: Stage, patients: Patients) -> None:
        self.stage, self._patients, self._dice = stage, patients, stage.dice

    def begin(self) -> None:
        """Visits from the first weeks on, and what each patient's course brings."""
        for person in self.stage.truth.people:
            first = timedelta(days=2 + person.number % 6, hours=3)
            self.stage.after(first, partial(self._plan, person))
            for share, act in self._course(person):
                self.stage.after((self.stage.truth.end - self.stage.truth.start) * share,
                                 partial(act, person))  # fmt: skip

    def _course(self, person: Person) -> list[tuple[float, Callable[[Person], None]]]:
        """When in the run what happens, by a number of twelve, so that a small cohort has all."""
        later = self._dice.random() * 0.1
        plans: dict[int, tuple[tuple[float, Callable[[Person], None]], ...]] = {
            0: ((0.25, self.stop), (0.6, self.come_back)), 1: ((0.45, self.die),),
            2: ((0.3, self.block), (0.55, self.return_), (0.8, self.stop)),
            3: ((0.35, self.move), (0.7, self.move)), 4: ((0.3, self.want_otherwise),),
            6: ((0.4, self.move),), 7: ((0.3, self.step), (0.7, self.want_otherwise)),
            8: ((0.5, self.stop),), 9: ((0.2, self.step), (0.6, self.ask_otherwise)),
            10: ((0.65, self.block),), 11: ((0.75, self.die),),
        }  # fmt: skip
        return [(share + later, act) for share, act in plans.get(person.number % 12, ())]

    def _row(self, work: Work, person: Person) -> Patient:
        return work.session.get_one(Patient, (person.site.id, person.id))

    # visits

    def _plan(self, person: Person) -> None:
        """A visit some days ahead; the next is planned after it."""
        if person.died_at is not None:
            return
        now = self.stage.clock.now
        on = person.here(now).date() + timedelta(days=self._dice.randint(3, 9))
        draw_at = moment(on, self._dice.choice(_HOURS), person.zone.now)
        is_trough = self._dice.random() < 0.8
        purpose = VisitPurpose.TROUGH if is_trough else VisitPurpose.FOLLOW_UP
        with self.stage.begin() as work:
            visit = plan_visit(work, self._row(work, person), draw_at, purpose)
        draw = Draw(visit.id, is_trough, Timeline(now, draw_at))
        person.draws[draw.id] = draw
        self._follow(person, draw, draw_at)
        self.stage.at(draw_at + person.habits.drawn_every, partial(self._plan, person))

    def _follow(self, person: Person, draw: Draw, draw_at: datetime) -> None:
        share, between = self._dice.random(), draw_at - self.stage.clock.now
        if share < 0.15:
            self.stage.after(between * self._dice.random(), partial(self._move, person, draw))
        elif share < 0.22:
            self.stage.after(between * self._dice.random(), partial(self._cancel, person, draw))
        else:
            self._attend(person, draw, draw_at)

    def _attend(self, person: Person, draw: Draw, draw_at: datetime) -> None:
        at = draw_at + timedelta(minutes=self._dice.randint(-20, 45))
        share = self._dice.random()
        if share < 0.45 and draw.is_trough:
            self._patients.soon(person, at, partial(self._told, draw))
        elif share < 0.85:
            self.stage.at(at + timedelta(minutes=5), partial(self._record, person, draw, at))
        elif share < 0.93:
            self.stage.at(draw_at + timedelta(hours=30), partial(self._missed, person, draw))

    def _told(self, draw: Draw, person: Person) -> None:
        self._patients.drawn(person, draw)

    def _move(self, person: Person, draw: Draw) -> None:
        if person.died_at is not None or draw.plan.now is None:
            return
        on = person.here(draw.plan.now).date() + timedelta(days=self._dice.randint(1, 3))
        draw_at = moment(on, self._dice.choice(_HOURS), person.zone.now)
        self._change(person, draw, draw_at=draw_at)
        draw.plan.set(self.stage.clock.now, draw_at)
        self._attend(person, draw, draw_at)

    def _cancel(self, person: Person, draw: Draw) -> None:
        if draw.plan.now is not None:
            self._change(person, draw, status=VisitStatus.CANCELLED)
            draw.plan.set(self.stage.clock.now, None)
            draw.given_up_at = self.stage.clock.now

    def _missed(self, person: Person, draw: Draw) -> None:
        if draw.plan.now is not None:
            self._change(person, draw, status=VisitStatus.MISSED)
            draw.plan.set(self.stage.clock.now, None)
            draw.given_up_at = self.stage.clock.now

    def _change(self, person: Person, draw: Draw, **fields: Any) -> None:
        with self.stage.begin() as work:
            change_visit(work, person.site.id, draw.id, **fields)

    def _record(self, person: Person, draw: Draw, drawn_at: datetime) -> None:
        """The nurse who drew the blood enters it."""
        if person.died_at is not None or draw.plan.now is None:
            return
        now = self.stage.clock.now
        with self.stage.begin() as work:
            visit = find_visit(work, person.site.id, draw.id)
            record_draw(work, self._row(work, person), visit, drawn_at, Provenance.STAFF)
        draw.plan.set(now, None)
        draw.told_at, draw.drawn_at = now, drawn_at
        if self._dice.random() < 0.6:
            self._patients.soon(person, now + timedelta(minutes=20), self._patients.take)

    # once in a course

    def stop(self, person: Person) -> None:
        self._patients.soon(person, self.stage.clock.now, self._stop)

    def _stop(self, person: Person) -> None:
        self.stage.says(person, text="/stop")
        person.stopped.set(self.stage.clock.now, True)

    def come_back(self, person: Person) -> None:
        self._patients.soon(person, self.stage.clock.now, self._start)

    def _start(self, person: Person) -> None:
        self.stage.says(person, text="/start")
        person.stopped.set(self.stage.clock.now, False)
        self.stage.worker.plan_soon()

    def block(self, person: Person) -> None:
        """The bot learns of it with the next message that Telegram refuses."""
        person.blocked.set(self.stage.clock.now, True)

    def return_(self, person: Person) -> None:
        """The bot is let in again, and spoken to."""
        person.blocked.set(self.stage.clock.now, False)
        self._patients.soon(person, self.stage.clock.now, self._write_again)

    def _write_again(self, person: Person) -> None:
        self.stage.says(person, text="/start")
        self.stage.worker.plan_soon()

    def die(self, person: Person) -> None:
        now = self.stage.clock.now
        with self.stage.begin() as work:
            change_patient(work, self._row(work, person), {"died_on": person.here(now).date()})
        person.died_at = now

    def move(self, person: Person) -> None:
        """To the next zone of the list, as the bot does when a patient says so."""
        if person.died_at is not None:
            return
        zone = ZONES[(ZONES.index(person.zone.now) + 2) % len(ZONES)]
        with self.stage.begin() as work:
            row = self._row(work, person)
            row.time_zone = zone
            patient_moved(work, row)
        person.zone.set(self.stage.clock.now, zone)
        self.stage.worker.plan_soon()

    def want_otherwise(self, person: Person) -> None:
        """Another hour of the daily reminder; who has none wants one."""
        at = time(9) if person.usual.now != time(9) else time(19, 30)
        self._change_patient(person, {"usual_dose_time": at, "dose_reminder": True})
        person.usual.set(self.stage.clock.now, at)

    def ask_otherwise(self, person: Person) -> None:
        weekday, at = (person.check.now[0] + 2) % 7, time(11)
        self._change_patient(person, {"check_weekday": weekday, "check_at": at})
        person.check.set(self.stage.clock.now, (weekday, at))

    def _change_patient(self, person: Person, fields: dict[str, object]) -> None:
        if person.died_at is None:
            with self.stage.begin() as work:
                change_patient(work, self._row(work, person), fields)
            self.stage.worker.plan_soon()

    def step(self, person: Person) -> None:
        if person.died_at is not None:
            return
        with self.stage.begin() as work:
            row = self._row(work, person)
            on: date = person.here(work.now).date()
            add_regimen(work, row, daily_dose_mg=300, started_on=on, reason="not tolerated")
        self.stage.worker.plan_soon()
