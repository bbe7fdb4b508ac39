"""A patient tells it is worse while people are being called: neither waits for the other in a circle."""

import threading
import time
from datetime import timedelta

from delivery_wire import alarm
from sqlalchemy import text
from sqlmodel import select

from app.clinical.alerts import Cause
from app.services.alerts import one_at_a_time, raise_alerts
from app.services.escalation import escalate_due
from models import AlertEvent, Patient


def test_a_worse_report_and_the_next_step_of_its_alert_do_not_block_each_other(
    begin, clock, patient, team, engine
):
    alert = alarm(begin, patient)
    clock.now += timedelta(minutes=15)
    if engine.dialect.name == "sqlite":
        return  # one writer at a time
    locked, told = threading.Event(), []

    def worse():
        with begin() as work:
            row = work.session.get_one(Patient, (patient.clinic_id, patient.id))
            one_at_a_time(work, row)
            locked.set()
            time.sleep(0.5)
            causes = [Cause("grade_3", "skin", "4")]
            told.append(raise_alerts(work, row, causes, report_id=None, grade=4))

    other = threading.Thread(target=worse)
    other.start()
    locked.wait(5)
    with begin() as work:
        assert escalate_due(work) == 1
    other.join()
    assert [one.id for one in told] == [alert.id]
    with begin() as work:
        whats = work.session.exec(select(AlertEvent.what).order_by(AlertEvent.id)).all()
        keys = work.session.execute(text("SELECT key FROM message WHERE about LIKE 'operator:%'"))
        assert list(keys) == []
    assert whats == ["raised", "called", "called", "worsened", "called"]
