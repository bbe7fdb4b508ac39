"""What the staff do with a text: sleep, answer late, by code or on the page, close or forget."""

import re
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.services.alerts import AnotherIsOpen, acknowledge, close, reopen
from app.services.staff_calls import answer_call
from app.services.staff_replies import answer_reply
from models import Alert, AlertState, Disposition, Message, Staff
from rehearsal.providers import Accepted
from rehearsal.stage import Stage
from rehearsal.truth import Alarm, Nurse

_CODE = re.compile(r"/a/([A-Z0-9]{4})")
_SLEEP_H = (23, 6)
_WRITTEN = ("{}", " {} ", "{} ok", "ok {}.")


class StaffPlayed:
    """Plays nurses and doctors of a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self._dice, self._forgotten = stage, stage.dice, 0.7

    def begin(self) -> None:
        """One changes the number, one says STOP and START again, one has no number for a while."""
        run = self.stage.truth.end - self.stage.truth.start
        hangzhou, london = self.stage.truth.sites
        self.stage.after(run * 0.3, partial(self._number, hangzhou.nurses[1], "+8613900009991"))
        self.stage.after(run * 0.5, partial(self._stops, hangzhou.nurses[2], True))
        self.stage.after(run * 0.7, partial(self._stops, hangzhou.nurses[2], False))
        phone = london.nurses[3].phone.now
        self.stage.after(run * 0.35, partial(self._number, london.nurses[3], None))
        self.stage.after(run * 0.6, partial(self._number, london.nurses[3], phone))

    def _number(self, nurse: Nurse, phone: str | None) -> None:
        with self.stage.begin() as work:
            work.session.get_one(Staff, nurse.id).phone = phone
        nurse.phone.set(self.stage.clock.now, phone)

    def _stops(self, nurse: Nurse, stops: bool) -> None:
        nurse.texts_stopped.set(self.stage.clock.now, stops)
        with self.stage.begin() as work:
            answer_reply(work, str(nurse.phone.now), "STOP" if stops else "START")

    def reads(self, one: Accepted) -> bool:
        """A text or a call has come to a phone; whether it is taken up."""
        nurse = self._of(one)
        if nurse is None or not self._takes_up(nurse):
            return False
        if one.channel == "voice":
            self.stage.after(timedelta(seconds=25), partial(self._press, nurse, one))
            return True
        minutes = self._dice.lognormvariate(0, 0.8) * nurse.median_min
        self.stage.after(timedelta(minutes=minutes), partial(self._answer, nurse, one))
        return True

    def _takes_up(self, nurse: Nurse) -> bool:
        """In turn by their share, so that of few texts some are left."""
        nurse.left += 1 - self._answers(nurse)
        is_left = nurse.left >= 1
        nurse.left -= is_left
        return not is_left

    def _press(self, nurse: Nurse, one: Accepted) -> None:
        """1 takes it; one in ten only listens."""
        if self._dice.random() < 0.1:
            return
        with self.stage.begin() as work:
            clinic_id, _, message_id = one.reference.partition(".")
            row = work.session.get_one(Message, (clinic_id, message_id))
            alert_id = str(row.about).removeprefix("alert:")
            is_open = work.session.get_one(Alert, (clinic_id, alert_id)).state == AlertState.OPEN
            answer_call(work, one.reference, "1", 1)
        if is_open:
            self._note(alert_id, "acknowledged")
            self._close_later(nurse, alert_id)

    def _of(self, one: Accepted) -> Nurse | None:
        everybody = (nurse for site in self.stage.truth.sites for nurse in site.nurses)
        return next((nurse for nurse in everybody if nurse.phone.now == one.to), None)

    def _answers(self, nurse: Nurse) -> float:
        hour = self.stage.clock.now.astimezone(ZoneInfo(nurse.site.zone)).hour
        asleep = hour >= _SLEEP_H[0] or hour < _SLEEP_H[1]
        return nurse.answers * (0.4 if asleep else 1)

    def _answer(self, nurse: Nurse, one: Accepted) -> None:
        found = _CODE.search(one.body)
        alert = self._open(nurse, found[1]) if found else None
        if alert is None:
            return
        if self._dice.random() < 0.6 and nurse.phone.now:
            body = self._dice.choice(_WRITTEN).format(alert.code.lower())
            with self.stage.begin() as work:
                answer_reply(work, nurse.phone.now, body)
        else:
            with self.stage.begin() as work:
                acknowledge(work, nurse.site.id, alert.id, f"staff:{nurse.id}")
        self._note(alert.id, "acknowledged")
        self._close_later(nurse, alert.id)

    def _close_later(self, nurse: Nurse, alert_id: str) -> None:
        wait = timedelta(minutes=self._dice.randint(5, 150))
        self._forgotten += 1 - nurse.closes
        if self._forgotten >= 1:  # of few alerts some as well
            self._forgotten -= 1
            wait += timedelta(hours=5)
        self.stage.after(wait, partial(self._close, nurse, alert_id))

    def _open(self, nurse: Nurse, code: str) -> Alert | None:
        """The alert of the code on the phone, while nobody has answered it."""
        with self.stage.begin() as work:
            query = select(Alert).where(
                Alert.clinic_id == nurse.site.id, Alert.code == code,
                col(Alert.state) == AlertState.OPEN,
            )  # fmt: skip
            return work.session.exec(query).first()

    def _close(self, nurse: Nurse, alert_id: str) -> None:
        with self.stage.begin() as work:
            alert = work.session.get(Alert, (nurse.site.id, alert_id))
            if alert is None or alert.state == AlertState.CLOSED:
                return
            kind = self._dice.choice(list(Disposition))
            close(work, nurse.site.id, alert_id, f"staff:{nurse.id}", kind, "rehearsed")
        self._note(alert_id, "closed")
        if self._dice.random() < 0.04:
            self.stage.after(timedelta(hours=2), partial(self._reopen, nurse, alert_id))

    def _reopen(self, nurse: Nurse, alert_id: str) -> None:
        with self.stage.begin() as work:
            alert = work.session.get(Alert, (nurse.site.id, alert_id))
            if alert is None or alert.state != AlertState.CLOSED:
                return
            try:
                reopen(work, nurse.site.id, alert_id, f"staff:{nurse.id}", "not over")
            except AnotherIsOpen:
                return
        self._note(alert_id, "reopened")

    def _note(self, alert_id: str, what: str) -> None:
        self.stage.truth.answered.append(Alarm(alert_id, self.stage.clock.now, what))
