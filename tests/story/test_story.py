"""The main job, end to end, through the real processes; and again while they are killed."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.story.processes import Clinic, until

HOME = ZoneInfo("Asia/Shanghai")
CHAT = 900777
pytestmark = pytest.mark.story


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    clinic = Clinic(tmp_path)
    try:
        clinic.open()
        yield clinic
    finally:
        clinic.close()


def link(clinic: Clinic) -> str:
    """A new Chinese patient of 1966 on 400 mg links a phone and agrees; the id."""
    body = {"year_of_birth": 1966, "sex": "female", "language": "zh-CN"}
    patient = str(clinic.api("POST", "/patients", body)["id"])
    since = {"daily_dose_mg": 400, "started_on": str(clinic.now().date() - timedelta(days=90))}
    clinic.api("POST", f"/patients/{patient}/regimens", since)
    code = clinic.api("POST", f"/patients/{patient}/invitations", {})["code"]
    clinic.says(CHAT, f"/start {code}", "出生年份")
    clinic.says(CHAT, "1966", "您同意吗")
    clinic.taps(CHAT, "我同意", "已经和医院连上了")
    return patient


def report_vision(clinic: Clinic) -> None:
    """Periorbital oedema that affects vision, in Chinese: grade 3."""
    clinic.taps(CHAT, "说说身体情况", "哪里不舒服")
    clinic.taps(CHAT, "水肿", "水肿：是下面哪一样")
    clinic.taps(CHAT, "眼睛周围肿", "眼睛周围肿吗")
    clinic.taps(CHAT, "肿，摸着软", "有下面这些吗")
    clinic.taps(CHAT, "影响看东西：看不清或被挡住", "有下面这些吗")
    until(lambda: "✓ 影响看东西：看不清或被挡住" in labels(clinic))
    clinic.taps(CHAT, "选好了 ›", "最后一题")
    clinic.taps(CHAT, "都没有，还能坚持", "120")


def labels(clinic: Clinic) -> list[str]:
    return [b["label"] for row in clinic.bubbles(CHAT)[-1]["buttons"] for b in row]


def answer_the_alert(clinic: Clinic, patient: str) -> None:
    """Acknowledged by a text, and closed with what was done."""
    sms = until(lambda: clinic.texts("回复"))[0]
    alert = next(a for a in clinic.api("GET", "/alerts")["items"] if a["patient_id"] == patient)
    assert alert["code"] in sms["body"] and alert["grade"] == 3
    assert len(sms["body"]) <= 70
    for said in ("伊马替尼", "imatinib", "水肿", "眼"):
        assert said not in sms["body"]
    replies = f"{clinic.phones}/control/twilio/replies"
    wrong = clinic.ask("POST", replies, {"from": sms["to"], "body": "ZZZZ"})
    assert "没有找到" in wrong["reply"]
    right = clinic.ask("POST", replies, {"from": sms["to"], "body": f" {alert['code'].lower()} "})
    assert "已确认" in right["reply"]
    states = {a["id"]: a["state"] for a in clinic.api("GET", "/alerts")["items"]}
    assert states[alert["id"]] == "acknowledged"
    done = {"disposition": "call", "note": "eyelids, sight restored"}
    clinic.api("POST", f"/alerts/{alert['id']}/close", done)


def at(clinic: Clinic, days: int, hour: int, minute: int) -> datetime:
    day = clinic.now().astimezone(HOME).date() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), HOME)


def play(clinic: Clinic, meanwhile: Callable[[str], None]) -> str:
    """The story; `meanwhile` is called between its parts with the name of a process."""
    patient = link(clinic)
    meanwhile("bot")
    report_vision(clinic)
    meanwhile("worker")
    answer_the_alert(clinic, patient)
    draw_at, dose_at = at(clinic, 4, 8, 0), at(clinic, 3, 8, 10)
    body = {"draw_at": draw_at.isoformat()}
    clinic.api("POST", f"/patients/{patient}/visits", body)
    meanwhile("web")
    clinic.move_clock_to(dose_at)
    clinic.hears(CHAT, "明天")
    clinic.hears(CHAT, "吃了请告诉我")
    meanwhile("bot")
    clinic.taps(CHAT, "刚刚吃了", "06:10 到 10:10 之间抽血才准")
    meanwhile("worker")
    clinic.move_clock_to(draw_at + timedelta(minutes=10))
    clinic.hears(CHAT, "抽血之前，请先不要吃")
    clinic.hears(CHAT, "06:10 到 10:10 之间抽血才准。")
    drawn_at = dose_at + timedelta(hours=23, minutes=30)
    level = {"drawn_at": drawn_at.isoformat(), "concentration": 1.2, "unit": "mg/L",
             "last_dose_at": dose_at.isoformat()}  # fmt: skip
    clinic.api("POST", f"/patients/{patient}/samples", level)
    return patient


def test_the_main_job_from_chat_to_summary(clinic: Clinic) -> None:
    patient = play(clinic, lambda _name: None)
    summary = clinic.api("GET", f"/patients/{patient}/summary")
    level = summary["levels"][0]
    assert level["corrected_ug_per_l"] == pytest.approx(1175.65, abs=0.005)
    edema = next(one for one in summary["families"] if one["family"] == "edema")
    assert edema["worst"] == 3
    assert [a["state"] for a in summary["alerts"]] == ["closed"]


def test_a_kill_of_bot_worker_or_web_loses_nothing_and_doubles_no_row(
    clinic: Clinic, tmp_path: Path
) -> None:
    def kill_and_restart(name: str) -> None:
        clinic.kill(name)
        clinic.start(name)

    patient = play(clinic, kill_and_restart)
    counted = {
        table: _count(tmp_path, f"SELECT count(*) FROM {table} WHERE patient_id = ?", patient)
        for table in ("symptom_report", "dose", "visit", "alert", "sample")
    }
    assert counted == {"symptom_report": 1, "dose": 1, "visit": 1, "alert": 1, "sample": 1}
    unsent = "SELECT count(*) FROM message WHERE patient_id = ? AND state = 'queued'"
    later = (
        "AND key NOT IN ('visit.drawn_ask', 'visit.closing')"
        " AND coalesce(about, '') NOT LIKE 'prompt:%'"
    )
    assert _count(tmp_path, f"{unsent} {later}", patient) == 0


def test_a_process_killed_with_work_in_hand_finishes_it_after_restart(clinic: Clinic) -> None:
    patient = link(clinic)
    clinic.kill("worker")
    clinic.kill("bot")
    body = {"chat_id": CHAT, "text": "我有个问题"}
    clinic.ask("POST", f"{clinic.phones}/control/telegram/messages", body)
    answers = {"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "affected"}
    clinic.api("POST", f"/patients/{patient}/symptom-reports", {"answers": answers})
    assert clinic.texts("回复") == []
    clinic.start("bot")
    clinic.start("worker")
    clinic.hears(CHAT, "已转给护士")
    assert len(until(lambda: clinic.texts("回复"))) == 1


def _count(folder: Path, query: str, patient: str) -> int:
    with sqlite3.connect(f"file:{folder}/clinic.db?mode=ro", uri=True) as database:
        return int(database.execute(query, (patient,)).fetchone()[0])
