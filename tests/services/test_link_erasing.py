"""A patient who asked to be forgotten: what goes, what stays, and that nothing is sent."""

from datetime import time, timedelta

import pytest
from sqlmodel import select

from app.delivery import Post, deliver_due
from app.senders import Sent
from app.services.daily import plan_daily, set_daily
from app.services.doses import record_dose
from app.services.erasing import (
    AlertStillOpen,
    ErasedAlready,
    NotAsked,
    ask_to_forget,
    decline_to_forget,
    erase,
)
from app.services.errors import PatientErased
from app.services.free_text import hear_words
from app.services.invitations import invite
from app.services.messages import tell
from app.services.patients import change_patient
from app.services.planning import plan_prompts
from app.services.reports import report_symptoms
from app.services.strangers import forget_strangers, forget_updates
from app.services.visits import plan_visit
from app.settings import load_settings
from app.sweeping import sweep, sweep_clinic
from models import (
    Alert,
    AlertEvent,
    Audit,
    Chat,
    ChatState,
    Clinic,
    Dose,
    Idempotency,
    InboxItem,
    InboxKind,
    Invitation,
    Media,
    MedicineReview,
    Message,
    Patient,
    Provenance,
    SymptomGrade,
    SymptomReport,
    TelegramUpdate,
    Visit,
)
from models.columns import new_id

CHAT, CARER = 7001, 7002
SECRETS = ("7001", "7002", "+8613900000000", "我住在东湖", "家里人说", "护士记的")


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    (folder / "wuhan").mkdir(parents=True)
    return folder


@pytest.fixture
def full(begin, clock, patient, media) -> Patient:
    """A patient with something in every table that can tell who it is."""
    with begin() as work:
        mine = work.session.merge(patient)
        mine.phone, mine.sms_consent = "+8613900000000", True
        for number, proxy in ((CHAT, False), (CARER, True)):
            work.session.add(Chat(id=number, clinic_id="wuhan", patient_id=mine.id, proxy=proxy,
                                  state=ChatState.ACTIVE, consented_at=work.now, seen_at=work.now))  # fmt: skip
        work.session.flush()
        record_dose(work, mine, taken_at=work.now, provenance=Provenance.STAFF)
        report_symptoms(work, mine, answers={"periorbital_edema.swelling": "soft", "periorbital_edema.vision": "no", "periorbital_edema.treatment": "none"}, intolerable=False,
                        provenance=Provenance.PROXY, note="家里人说")  # fmt: skip
        hear_words(work, mine, "我住在东湖")
        plan_visit(work, mine, clock.now + timedelta(days=4))
        tell(work, mine, "said", "nav.paused")
        for row in work.session.exec(select(Message)):
            row.sent_to, row.sent_body = str(row.chat_id), "我住在东湖"
        work.session.add_all([
            Alert(clinic_id="wuhan", id=new_id(work.now), patient_id=mine.id, code="AB23", family="gi",
                  state="closed", raised_at=work.now, note="护士记的"),
            *(AlertEvent(clinic_id="wuhan", id=f"event{n}", alert_id="a", patient_id=mine.id, at=work.now,
                         what=what, **words)
              for n, (what, words) in enumerate((("closed", {"why": "other", "note": "护士记的"}),
                                                 ("reopened", {"why": "家里人说"})))),
            MedicineReview(clinic_id="wuhan", id="m", patient_id=mine.id, asked_on=work.now.date(), answer="listed",
                           words="我住在东湖", recorded_by="staff:1", recorded_at=work.now),
            Media(clinic_id="wuhan", id="photo1", patient_id=mine.id, kind="photo", state="stored",
                  file_id="f", next_at=work.now, received_at=work.now),
            TelegramUpdate(id=1, chat_id=CHAT, at=work.now, set_aside=True, raw={"name": "我住在东湖"},
                           told="7001:5:ab"),
            Idempotency(clinic_id="wuhan", id="k", request_sha256="x", status=201, at=work.now,
                        body={"id": mine.id, "phone": "+8613900000000"}),
        ])  # fmt: skip
        invite(work, mine, "bot")
    (media / "wuhan" / "photo1.jpg").write_bytes(b"x")
    return patient


@pytest.fixture
def erased(begin, full, media):
    def erased(on_forget="keep_record"):
        with begin() as work:
            work.session.get_one(Clinic, "wuhan").on_forget = on_forget
        with begin() as work:
            erase(work, "wuhan", full.id, "staff:1")
        sweep_clinic(begin, str(media), "wuhan")

    return erased


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def sent(begin):
    got = []

    def say(many):
        got.extend((chat, words.text) for chat, words in many)
        return [Sent("1") for _ in many]

    with begin() as work:
        later = work.now + timedelta(days=10)
    deliver_due(begin, Post(say, lambda *_: Sent("SM"), lambda *_: Sent("SM")), load_settings({"SANDBOX": "1"}))
    return got, later


def test_keeping_the_record_removes_who_it_is_and_keeps_what_was_measured(begin, erased, media):
    erased()
    [patient] = every(begin, Patient)
    assert (patient.phone, patient.sms_consent, patient.year_of_birth) == (None, False, 1966)
    assert patient.erased_at is not None
    assert len(every(begin, Dose)) == len(every(begin, SymptomReport)) == len(every(begin, Visit)) == 1
    assert every(begin, SymptomGrade) != []
    assert (every(begin, Media), every(begin, Invitation), every(begin, Idempotency)) == ([], [], [])
    assert list(media.rglob("*.jpg")) == []
    assert [item.handled_by for item in every(begin, InboxItem)] == ["staff:1"]


def leftovers(begin, but=()):
    """Where one of the secrets still stands, in any row of any table."""
    tables = (Patient, SymptomReport, Alert, InboxItem, Message, TelegramUpdate, Audit, Media, Idempotency)
    rows = [row for table in tables for row in every(begin, table)]
    return [(type(row).__name__, one) for row in rows for one in SECRETS
            if one in str(row.model_dump(warnings=False)) and getattr(row, "key", "") not in but]  # fmt: skip


@pytest.mark.parametrize("how", ["keep_record", "remove_record"])
def test_nothing_that_tells_who_it_is_is_left(begin, erased, clock, how):
    assert {one for _, one in leftovers(begin)} == set(SECRETS)
    erased(how)
    assert leftovers(begin, but=("forget.goodbye", "forget.goodbye_carer")) == []
    sent(begin)
    clock.now += timedelta(days=15)
    with begin() as work:
        forget_strangers(work)
    assert (every(begin, Chat), leftovers(begin)) == ([], [])


def test_removing_the_record_leaves_the_code_and_the_audit(begin, erased):
    erased("remove_record")
    [patient] = every(begin, Patient)
    assert (patient.code, patient.year_of_birth, patient.surgery_date) == ("P-0001", 0, None)
    for table in (Dose, SymptomReport, SymptomGrade, Visit, Alert, InboxItem):
        assert every(begin, table) == []
    assert [row.about for row in every(begin, Audit) if row.action == "patient.erase"] == ["remove_record"]


@pytest.mark.parametrize("how", ["keep_record", "remove_record"])
def test_the_last_message_is_sent_and_nothing_after_it(begin, erased, clock, how, full):
    erased(how)
    got, later = sent(begin)
    assert sorted(to for to, _ in got) == [CHAT, CARER]
    assert all("最后一条消息" in text for _, text in got)
    with begin() as work:
        mine = work.session.get_one(Patient, ("wuhan", full.id))
        assert tell(work, mine, "more", "nav.paused") == []
        with pytest.raises(PatientErased):
            invite(work, mine, "bot")
        with pytest.raises(PatientErased):
            change_patient(work, mine, {"phone": "+8613900000000"})
    clock.now = later
    assert sent(begin)[0] == []


def test_a_message_that_a_worker_holds_while_the_record_goes_stops_nobody(begin, erased):
    from app.services.settling import settle

    with begin() as work:
        row = work.session.exec(select(Message)).first()
        row.state, held = "sending", (row.clinic_id, row.id, row.attempts)
    erased("remove_record")
    with begin() as work:
        settle(work, *held[:2], Sent("1"), held[2])
    assert held[1] not in [row.id for row in every(begin, Message)]


def test_an_open_alert_is_closed_first(begin, full, erased):
    with begin() as work:
        work.session.exec(select(Alert)).one().state = "open"
    with pytest.raises(AlertStillOpen):
        erased()
    assert every(begin, Patient)[0].erased_at is None


def test_of_an_alerts_life_stays_what_happened_and_nothing_that_anybody_wrote(begin, erased):
    erased()
    life = [(one.what, one.why, one.note) for one in every(begin, AlertEvent)]
    assert ("closed", "other", None) in life
    assert ("reopened", None, None) in life


def test_erasing_twice_is_refused(erased):
    erased()
    with pytest.raises(ErasedAlready):
        erased()


def test_other_patients_keep_everything(begin, erased, clock):
    with begin() as work:
        work.session.add(Clinic(id="beijing", name="Other"))
        work.session.flush()
        other = Patient(clinic_id="beijing", id=new_id(work.now), code="P-0001", year_of_birth=1950,
                        sex="male", phone="+8613800000000", registered_at=work.now)  # fmt: skip
        work.session.add(other)
        work.session.flush()
        work.session.add(Chat(id=1, clinic_id="beijing", patient_id=other.id, state="active", consented_at=work.now))
        hear_words(work, other, "你好")
    erased("remove_record")
    with begin() as work:
        kept = work.session.get_one(Patient, ("beijing", other.id))
        assert (kept.phone, work.session.get(Chat, 1).patient_id) == ("+8613800000000", other.id)
    assert [item.text for item in every(begin, InboxItem)] == ["你好"]


def test_strangers_are_forgotten_and_who_may_still_link_is_not(begin, clock, clinic):
    with begin() as work:
        for number, seen, consented in ((1, 20, None), (2, 3, None), (3, 20, 30)):
            work.session.add(Chat(
                id=number, seen_at=work.now - timedelta(days=seen),
                consented_at=consented and work.now - timedelta(days=consented),
            ))  # fmt: skip
    with begin() as work:
        forget_strangers(work)
    assert sorted(chat.id for chat in every(begin, Chat)) == [2, 3]


def test_wrong_years_tell_the_clinic(begin, patient):
    from app.services.linking import year_fits

    with begin() as work:
        code = invite(work, work.session.merge(patient), "bot").code
    for year in (1950, 1951, 1952):
        with begin() as work:
            year_fits(work, code, year)
    [item] = every(begin, InboxItem)
    assert (item.kind, item.patient_id) == (InboxKind.LINKING, patient.id)


FORMER = 7003


@pytest.fixture
def former(begin, full):
    """A phone that the patient had before, whose update was set aside while it was theirs."""
    with begin() as work:
        work.session.add_all([
            Chat(id=FORMER, consented_at=work.now - timedelta(days=90), seen_at=work.now),
            Message(clinic_id="wuhan", id=new_id(work.now), dedupe="before", channel="telegram", chat_id=FORMER,
                    patient_id=full.id, key="nav.paused", state="sent", due_at=work.now, made_at=work.now),
            TelegramUpdate(id=2, chat_id=FORMER, at=work.now - timedelta(days=80), set_aside=True,
                           raw={"name": "我住在东湖"}, told="7003:1:cd"),
        ])  # fmt: skip


@pytest.mark.parametrize("how", ["keep_record", "remove_record"])
def test_of_a_phone_that_the_patient_had_before_nothing_is_left_either(begin, former, erased, clock, how):
    erased(how)
    update = next(one for one in every(begin, TelegramUpdate) if one.id == 2)
    assert (update.raw, update.told, update.chat_id) == (None, None, None)
    sent(begin)
    clock.now += timedelta(days=15)
    with begin() as work:
        forget_strangers(work)
    assert every(begin, Chat) == []


def test_what_another_patient_said_on_that_phone_since_stays(begin, former, erased):
    with begin() as work:
        other = Patient(clinic_id="wuhan", id=new_id(work.now), code="P-0002", year_of_birth=1950, sex="male",
                        registered_at=work.now)  # fmt: skip
        work.session.add(other)
        chat = work.session.get_one(Chat, FORMER)
        chat.clinic_id, chat.patient_id, chat.state = "wuhan", other.id, "active"
        chat.consented_at = work.now - timedelta(days=3)
        work.session.add(TelegramUpdate(id=3, chat_id=FORMER, at=work.now, set_aside=True, raw={"name": "他"}))
    erased()
    raw = {one.id: one.raw for one in every(begin, TelegramUpdate)}
    assert (raw[2], raw[3]) == (None, {"name": "他"})
    assert next(one for one in every(begin, Chat) if one.id == FORMER).consented_at is not None


def test_an_erasure_that_does_not_come_about_leaves_the_files_with_their_rows(begin, full, media):
    class Stopped(RuntimeError):
        pass

    with pytest.raises(Stopped), begin() as work:
        erase(work, "wuhan", full.id, "staff:1")
        raise Stopped
    assert sweep(begin, str(media)) == 0
    assert [path.name for path in media.rglob("*.jpg")] == ["photo1.jpg"]


def test_files_without_a_row_are_swept_and_no_others(begin, full, media):
    for name in ("wuhan/gone.jpg", "wuhan/gone.7.half", "wuhan/photo1.7.half", "elsewhere/1.jpg"):
        (media / name).parent.mkdir(exist_ok=True)
        (media / name).write_bytes(b"x")
    assert sweep(begin, str(media)) == 2
    left = sorted(str(path.relative_to(media)) for path in media.rglob("*.*"))
    assert left == ["elsewhere/1.jpg", "wuhan/photo1.7.half", "wuhan/photo1.jpg"]


@pytest.mark.parametrize(("aside", "handled", "days", "left"), [
    (True, False, 8, [5]), (True, True, 8, []), (True, True, 6, [5]), (False, False, 8, []), (True, None, 8, []),
])
def test_an_update_set_aside_goes_when_it_was_handled_and_is_a_week_old(begin, clock, clinic, aside, handled, days, left):
    with begin() as work:
        work.session.add(TelegramUpdate(id=5, chat_id=1, at=work.now - timedelta(days=days), set_aside=aside, raw={}))
        if handled is not None:
            work.session.add(InboxItem(clinic_id="wuhan", id="i", kind=InboxKind.BROKEN_UPDATE, text="update 5",
                                       received_at=work.now, handled_at=work.now if handled else None))  # fmt: skip
    with begin() as work:
        forget_updates(work)
    assert [one.id for one in every(begin, TelegramUpdate)] == left


@pytest.fixture
def wishes(begin, full):
    """One who is reminded each day, asked once a week, has a visit, and now asks to be forgotten."""
    with begin() as work:
        set_daily(work, work.session.get_one(Patient, ("wuhan", full.id)), time(20))
    plan_prompts(begin)
    assert going(begin) >= {"dose.daily", "check.ask", "visit.eve"}
    with begin() as work:
        mine = work.session.get_one(Patient, ("wuhan", full.id))
        ask_to_forget(work, mine, work.session.get_one(Chat, CHAT))
    return full


def going(begin) -> set[str]:
    return {row.key for row in every(begin, Message) if row.state == "queued"}


def plans(begin) -> set[str]:
    plan_prompts(begin)
    with begin() as work:
        plan_daily(work)
    return going(begin)


def test_who_asks_to_be_forgotten_is_asked_nothing_and_reminded_of_visits_only(begin, wishes):
    left = plans(begin)
    assert "visit.eve" in left and left & {"dose.daily", "check.ask", "sf36.ask"} == set()


@pytest.mark.parametrize("daily", [True, False])
def test_a_request_that_is_declined_leaves_all_as_before_and_the_patient_is_told(begin, wishes, daily):
    with begin() as work:
        item = work.session.exec(select(InboxItem).where(InboxItem.kind == InboxKind.FORGET)).one()
        item.data = {"dose_reminder": daily}
        decline_to_forget(work, "wuhan", wishes.id, "staff:1")
    [mine] = every(begin, Patient)
    assert (mine.forget_asked_at, mine.dose_reminder, mine.usual_dose_time) == (None, daily, time(20))
    assert plans(begin) >= {"check.ask", "visit.eve", "forget.declined"}
    assert ("dose.daily" in going(begin)) is daily
    assert [row.chat_id for row in every(begin, Message) if row.key == "forget.declined"] == [CHAT]
    assert [row.handled_by for row in every(begin, InboxItem) if row.kind == "forget"] == ["staff:1"]
    assert [row.actor for row in every(begin, Audit) if row.action == "forget.decline"] == ["staff:1"]


def test_what_nobody_asked_for_cannot_be_declined(begin, full):
    with pytest.raises(NotAsked), begin() as work:
        decline_to_forget(work, "wuhan", full.id, "staff:1")
