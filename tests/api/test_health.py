"""A load balancer asks /healthz, a monitor /readyz, and Prometheus /metrics."""

import logging
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.clinical.alerts import Cause
from app.clock import real_now
from app.database import make_engine
from app.health import readiness
from app.services.alarms import alarm
from app.services.alerts import acknowledge, raise_alerts
from app.services.heartbeats import beat
from app.settings import load_settings
from app.web import create_app
from app.work import read_on
from models import Patient
from models.columns import new_id

MINUTE = timedelta(minutes=1)


def audited(begin, *findings, ago=timedelta()):
    with begin() as work:
        beat(work, "auditor", real_now() - ago, findings)


def ready(web):
    answer = web.get("/readyz")
    return answer.status_code, answer.get_json()["checks"]


def test_ready_while_the_auditor_looks_and_finds_nothing(web, begin):
    audited(begin)
    assert ready(web) == (200, {"database": "ok", "auditor": "ok", "findings": "ok"})


def test_not_ready_when_the_auditor_is_silent_for_over_three_minutes(web, begin):
    audited(begin, ago=timedelta(seconds=170))
    assert ready(web)[0] == 200
    audited(begin, ago=timedelta(seconds=185))
    status, checks = ready(web)
    assert status == 503 and "is the worker running?" in checks["auditor"]
    audited(begin)
    assert ready(web)[0] == 200


def test_what_was_put_right_leaves_it_ready_and_what_was_not_is_named(web, begin):
    audited(begin, "alert_without_step 1 repaired")
    assert ready(web)[0] == 200
    audited(begin, "alert_without_step 1 repaired", "message_stuck 7")
    status, checks = ready(web)
    assert (status, checks["findings"]) == (503, "message_stuck 7")


def test_before_its_first_round_the_auditor_is_waited_for_as_long(begin, engine, clock):
    read, now = read_on(engine, clock), real_now()
    assert readiness(read, 60, now - 3 * MINUTE, now)["auditor"] == "ok"
    assert readiness(read, 60, now - 4 * MINUTE, now)["auditor"].startswith("silent for 240 s")


@pytest.fixture
def away(tmp_path, clock):
    """The web process, whose database does not answer."""
    settings = load_settings({"SANDBOX": "1"})
    engine = make_engine(f"sqlite:///{tmp_path}/no/such/folder.db")
    return create_app(settings, engine, clock).test_client()


def test_without_its_database_it_lives_and_is_not_ready(away, caplog):
    caplog.set_level(logging.CRITICAL)
    assert away.get("/healthz").status_code == 200
    assert ready(away) == (503, {"database": "does not answer"})
    assert metrics(away)["gist_database_up"] == 0


def metrics(web):
    """Each sample by its name and labels as they are written."""
    text = web.get("/metrics").get_data(as_text=True)
    found = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(one.labels.items()))
            found[f"{one.name}{{{labels}}}" if labels else one.name] = one.value
    return found


def test_the_metrics_tell_how_alerts_are_answered_and_messages_move(web, begin, clock, patient):
    with begin() as work:
        first = raise_alerts(work, patient, [Cause("g", "skin", "3")], report_id=None, grade=3)
        raise_alerts(work, patient, [Cause("g", "gi", "3")], report_id=None, grade=3)
        alarm(work, "wuhan", "stopped")
    clock.now += 7 * MINUTE
    with begin() as work:
        acknowledge(work, "wuhan", first.id, "staff:1")
    told = metrics(web)
    assert told["gist_alerts{clinic=wuhan,state=open}"] == 1
    assert told["gist_alerts{clinic=wuhan,state=acknowledged}"] == 1
    assert told["gist_alert_unanswered_oldest_seconds{clinic=wuhan}"] == 420
    acknowledged = "gist_alert_acknowledge_seconds"
    assert told[f"{acknowledged}_bucket{{clinic=wuhan,le=300}}"] == 0
    assert told[f"{acknowledged}_bucket{{clinic=wuhan,le=600}}"] == 1
    assert told[f"{acknowledged}_bucket{{clinic=wuhan,le=+Inf}}"] == 1
    assert told[f"{acknowledged}_gsum{{clinic=wuhan}}"] == 420
    assert told["gist_messages_unfinished{channel=sms,state=queued}"] >= 1
    assert told["gist_message_due_oldest_seconds"] == 420
    assert told["gist_operator_alarms{clinic=wuhan,what=stopped}"] == 1


def test_the_metrics_tell_what_the_auditor_found_and_how_long_ago_each_beat(web, begin):
    audited(begin, "message_stuck 7", "alert_untold 1 repaired", ago=MINUTE)
    told = metrics(web)
    assert 60 <= told["gist_heartbeat_age_seconds{name=auditor}"] < 90
    assert told["gist_findings{repaired=false,word=message_stuck}"] == 7
    assert told["gist_findings{repaired=true,word=alert_untold}"] == 1
    assert told["process_resident_memory_bytes"] > 0


def test_the_metrics_name_no_patient(web, begin, clock, patient):
    with begin() as work:
        second = Patient(**{**patient.model_dump(), "id": new_id(work.now), "code": "P-0777"})
        work.session.add(second)
        alerts = [
            raise_alerts(work, one, [Cause("g", "skin", "3")], report_id=None, grade=3)
            for one in (patient, second)
        ]
    text = web.get("/metrics").get_data(as_text=True)
    for secret in (patient.id, second.id, "P-0777", *(one.code for one in alerts), "skin"):
        assert secret not in text
