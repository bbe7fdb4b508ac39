"""What patients do: doses, reports, words, silence; each act is noted as they mean it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from app.services.doses import record_dose
from app.services.questionnaires import record_questionnaire
from app.services.reports import report_symptoms
from app.texts.render import Rendered
from app.work import Work
from models import Patient, Provenance
from rehearsal.cohort import moment
from rehearsal.scripts import SCRIPTS, SHARES, WELL, WORDS, Script
from rehearsal.stage import Stage
from rehearsal.truth import Draw, Fact, Person, ToldDose

_RISE = 2
_TAP_ALWAYS = (0, 3, 6, 9)
_TAPPED = 0.1  # of what others tell day by day; the rarer acts are tapped by all
_SAME_DOSE = timedelta(hours=9)
_MEANT = timedelta(hours=12), timedelta(hours=36)
_DAY = timedelta(days=1)


class Patients:
    """Plays all patients of a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self._dice = stage, stage.dice

    def begin(self) -> None:
        for person in self.stage.truth.people:
            first = person.here(self.stage.clock.now).date() + _DAY
            self._wake(person, first)

    def _wake(self, person: Person, on: date) -> None:
        at = moment(on, _MIDNIGHT, person.zone.now)
        self.stage.at(at, partial(self._day, person, on))

    def _day(self, person: Person, on: date) -> None:
        """What this person will do today, as far as they plan it."""
        if person.died_at is not None:
            return
        self._wake(person, on + _DAY)
        self._plan_dose(person, on)
        if self._dice.random() < person.habits.speaks:
            at = self._at(on, 8 + self._dice.random() * 15, person)
            self.soon(person, at, self._dice.choice((self._write, self._report)))

    def _at(self, on: date, hour: float, person: Person) -> datetime:
        return moment(on, _MIDNIGHT, person.zone.now) + timedelta(minutes=int(hour * 60))

    def soon(self, person: Person, at: datetime, act: Callable[[Person], object]) -> None:
        """As soon as then, where the person can still say it."""
        self.stage.at(at, partial(self._when_here, person, act))

    def _when_here(self, person: Person, act: Callable[[Person], object]) -> None:
        """Nothing is heard of the dead; while Telegram is away it is heard when it is back."""
        now = self.stage.clock.now
        if person.died_at is not None or person.blocked.now:
            return
        spells = self.stage.truth.spells
        away = [one for one in spells if one.what == "telegram" and one.covers(now)]
        if away:
            back = away[0].until + timedelta(minutes=self._dice.randint(1, 60))
            self.soon(person, back, act)
            return
        act(person)

    # doses

    def _plan_dose(self, person: Person, on: date) -> None:
        draws = [draw.plan.now for draw in person.draws.values() if draw.is_trough]
        planned = [at for at in draws if at is not None]
        meant = [at - _DAY for at in planned if person.here(at - _DAY).date() == on]
        if meant:
            late = timedelta(minutes=int(self._dice.gauss(0, 40)))
            if self._dice.random() < 0.85:
                self.soon(person, max(meant[0] + late, self.stage.clock.now), self.take)
        elif any(person.here(at).date() == on for at in planned):
            if self._dice.random() < 0.06:  # it did not wait for the draw
                self.soon(person, self._at(on, 5.5, person), self.take)
        elif self._dice.random() < person.habits.tells_dose:
            usual = person.usual.now
            hour = (usual.hour + usual.minute / 60 if usual else 8) + self._dice.choice(_LATE_H)
            self.soon(person, self._at(on, hour, person), self._tell_of_dose)

    def _tell_of_dose(self, person: Person) -> None:
        share = self._dice.random()
        if self._is_near_draw(person, self.stage.clock.now) or share < 0.9:
            self.take(person)
        elif share < 0.95 and person.here(self.stage.clock.now).hour >= 9:
            self._told_later(person)
        elif share < 0.98:
            self._missed(person)
        elif self.take(person):
            self.soon(person, self.stage.clock.now + timedelta(hours=1), self._vomited)

    def take(self, person: Person) -> bool:
        """Taken now; once told, it is not told again by mistake."""
        now = self.stage.clock.now
        if self._has_told(person, now):
            return False
        taken_at = now.replace(second=0, microsecond=0)
        if self._taps(person):
            self.stage.says(person, tap="dose:taken_now")
        else:
            with self.stage.begin() as work:
                record_dose(work, self._row(work, person), taken_at=taken_at, provenance=_NOW)
        self._note(person, taken_at, "taken")
        return True

    def _taps(self, person: Person) -> bool:
        """Through the bot, as some always do; of others the service that it calls is told."""
        return person.number in _TAP_ALWAYS or self._dice.random() < _TAPPED

    def _is_near_draw(self, person: Person, at: datetime) -> bool:
        planned = (draw.plan.now for draw in person.draws.values())
        return any(draw_at and abs(draw_at - at) < 2 * _DAY for draw_at in planned)

    def _row(self, work: Work, person: Person) -> Patient:
        return work.session.get_one(Patient, (person.site.id, person.id))

    def _told_later(self, person: Person) -> None:
        now = self.stage.clock.now
        at = (now - timedelta(hours=1)).replace(second=0, microsecond=0)
        if self._has_told(person, now):
            return
        self.stage.says(person, tap="dose:earlier")
        self.stage.says(person, text=f"{person.here(at):%H:%M}")
        self._note(person, at, "taken")

    def _missed(self, person: Person) -> None:
        now, usual = self.stage.clock.now, person.usual.now
        if usual is None or self._has_told(person, now):
            return
        due = moment(person.here(now).date(), usual, person.zone.now)
        if due <= now:
            self.stage.says(person, tap="dose:missed")
            self._note(person, due, "missed")

    def _vomited(self, person: Person) -> None:
        last = person.doses[-1]
        self.stage.says(person, tap="dose:vomited")
        person.doses[-1] = ToldDose(last.told_at, last.taken_at, "vomited")

    def _has_told(self, person: Person, now: datetime) -> bool:
        today = person.here(now).date()
        return any(
            now - dose.taken_at < _SAME_DOSE or person.here(dose.taken_at).date() == today
            for dose in person.doses[-3:]
        )

    def _note(self, person: Person, taken_at: datetime, status: str) -> None:
        person.doses.append(ToldDose(self.stage.clock.now, taken_at, status))

    # reports and words

    def _report(self, person: Person) -> None:
        self.tell(person, self._dice.choices(SCRIPTS, SHARES)[0])

    def tell(self, person: Person, script: Script) -> None:
        """Tap through a report; what calls a nurse is noted with its moment."""
        for tap in script.taps:
            self.stage.says(person, tap=tap)
        now, last = self.stage.clock.now, person.last_told or {}
        rises = [
            family for family, grade in script.grades.items()
            if person.last_told is not None and grade - last.get(family, 0) >= _RISE
        ]  # fmt: skip
        worst = max(script.grades.values(), default=0)
        for family in sorted({*script.calls, *rises}):
            is_flag = script.flag and family in script.calls
            person.facts.append(Fact(person, now, family, script.name, worst, is_flag))
        person.last_told = dict(script.grades)
        person.reported.append(now)

    def _write(self, person: Person) -> None:
        words = self._dice.choice(WORDS)
        text = words.english if person.language == "en" else words.chinese
        self.stage.says(person, text=text)
        for family in words.calls:
            person.facts.append(Fact(person, self.stage.clock.now, family, "words", 0, True))

    # what is asked

    def sees(self, person: Person, words: Rendered) -> None:
        """A message with buttons: done, or left, each after a while."""
        offered = {button.data for row in words.buttons for button in row}
        now = self.stage.clock.now
        if offered == {"go:well", "go:symptoms"}:
            if self._dice.random() < person.habits.answers_check:
                self.soon(person, now + self._while(180), self._check)
        elif offered == {"go:sf36"} and self._dice.random() < person.habits.answers_sf36:
            self.soon(person, now + self._while(900), self._sf36)

    def _while(self, at_most_min: int) -> timedelta:
        return timedelta(minutes=self._dice.randint(1, at_most_min))

    def _check(self, person: Person) -> None:
        if person.reported and self.stage.clock.now - person.reported[-1] < timedelta(hours=20):
            return
        if self._dice.random() > 0.9:
            self._report(person)
        elif self._taps(person):
            self.tell(person, WELL)
        else:
            self._well(person)

    def _well(self, person: Person) -> None:
        """All as usual, to the service that the button calls."""
        with self.stage.begin() as work:
            row = self._row(work, person)
            report_symptoms(work, row, answers={}, intolerable=False, provenance=_NOW)
        person.last_told = {}
        person.reported.append(self.stage.clock.now)

    def _sf36(self, person: Person) -> None:
        """On paper at the clinic: of 36 taps each is one more of what the reports try already."""
        with self.stage.begin() as work:
            row = self._row(work, person)
            record_questionnaire(work, row, [self._dice.randint(1, 2) for _ in range(36)])

    # draws

    def drawn(self, person: Person, draw: Draw) -> None:
        """The patient tells at once that the blood was drawn, and takes the dose that waited."""
        now = self.stage.clock.now
        if draw.plan.now is None or abs(draw.plan.now - now) > timedelta(hours=10):
            return
        self.stage.says(person, tap="draw:now")
        draw.plan.set(now, None)
        draw.told_at, draw.drawn_at = now, now.replace(second=0, microsecond=0)
        if self._dice.random() < 0.7:
            self.soon(person, now + self._while(30), self.take)


_NOW = Provenance.PATIENT_AT_THE_MOMENT
_MIDNIGHT = datetime.min.time()
_LATE_H = (0.0, 0.0, 0.5, 1.0, 3.0)
