"""The demo clinic of the sandbox: `python -m app.demo` fills it once, `--banner` tells of it."""

import hashlib
import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlmodel import select

from app.clock import clock_from
from app.database import make_engine
from app.demo_codes import give_second_factors, one_time_secret
from app.demo_course import Course, after_a_reduction, in_mid_course, newly_linked
from app.services.recall_marks import mark_recall
from app.settings import Settings, load_settings
from app.work import Work, work_on
from models import (
    ApiKey,
    Chat,
    ChatState,
    Clinic,
    Invitation,
    Language,
    Operation,
    Patient,
    Risk,
    Role,
    Rota,
    Sex,
    Site,
    Staff,
)
from models.columns import new_id

CLINIC = "demo"
CLINIC_PHONE = "+8675583366388"
PASSWORD = "demo-companion-26"
API_KEY = "sandbox-key"
INVITATION = "GSTD2468"
STAFF = (
    ("李静", "nurse@example.com", "nurse", "+8613800000001", "zh-CN"),
    ("周敏", "nurse2@example.com", "nurse", "+8613800000002", "zh-CN"),
    ("陈医生", "doctor@example.com", "doctor", "+8613800000003", "zh-CN"),
    ("管理员", "admin@example.com", "admin", None, "zh-CN"),
)
EMAILS = [email for _, email, _, _, _ in STAFF]


class OnlyInTheSandbox(RuntimeError):
    """The demo clinic is for the sandbox only: set SANDBOX=1."""


def seed(settings: Settings, work: Work) -> None:
    """Make the demo clinic where it is not yet. Raises OnlyInTheSandbox."""
    if not settings.sandbox:
        raise OnlyInTheSandbox(OnlyInTheSandbox.__doc__)
    if work.session.get(Clinic, CLINIC) is None:
        _clinic(work)
    give_second_factors(settings, work, EMAILS)


def _clinic(work: Work) -> None:
    work.session.add(Clinic(
        id=CLINIC, name="GIST 随访门诊（演示）", phone=CLINIC_PHONE, patients_made=4
    ))  # fmt: skip
    work.session.flush()
    _staff(work)
    _key(work)
    _patients(work)


def _staff(work: Work) -> None:
    roles = {name: _role(work, name) for name in ("nurse", "doctor", "admin")}
    password = PasswordHasher().hash(PASSWORD)
    for name, email, role, phone, language in STAFF:
        work.session.add(Staff(
            clinic_id=CLINIC, name=name, email=email, password=password, phone=phone,
            language=language, fs_uniquifier=f"demo-{email}", roles=[roles[role]],
        ))  # fmt: skip
        work.session.flush()
    _rota(work)


def _role(work: Work, name: str) -> Role:
    known = work.session.exec(select(Role).where(Role.name == name)).first()
    role = known or Role(name=name)
    work.session.add(role)
    return role


def _rota(work: Work) -> None:
    nurses = work.session.exec(
        select(Staff).where(Staff.clinic_id == CLINIC, Staff.email.startswith("nurse"))  # type: ignore[attr-defined]
    ).all()
    for weekday in range(7):
        for position, nurse in enumerate(sorted(nurses, key=lambda one: one.id or 0)):
            work.session.add(Rota(
                clinic_id=CLINIC, id=new_id(work.now), staff_id=nurse.id, weekday=weekday,
                position=position,
            ))  # fmt: skip


def _key(work: Work) -> None:
    work.session.add(ApiKey(
        clinic_id=CLINIC, id=new_id(work.now), name="sandbox", made_at=work.now,
        key_sha256=hashlib.sha256(API_KEY.encode()).hexdigest(),
    ))  # fmt: skip


def _patients(work: Work) -> None:
    zh, en = Language.CHINESE, Language.ENGLISH
    high = {"risk": Risk.HIGH, "site": Site.STOMACH, "operation": Operation.WEDGE}
    newly = _patient(work, "P-0001", 1961, Sex.FEMALE, zh, 60, 900001, **high)
    middle = _patient(work, "P-0002", 1966, Sex.FEMALE, zh, 95, 900002, weight_kg=58.0,
                      height_cm=160.0, **high)  # fmt: skip
    after = _patient(work, "P-0003", 1957, Sex.MALE, en, 430, 900003, weight_kg=71.0,
                     height_cm=172.0, **high)  # fmt: skip
    newcomer = _patient(work, "P-0004", 1958, Sex.MALE, zh, 12, None)
    for one in (newly, middle, after, newcomer):
        mark_recall(work, CLINIC, one.id)
    newly_linked(Course(work, newly))
    in_mid_course(Course(work, middle))
    after_a_reduction(Course(work, after))
    Course(work, newcomer).regimen(1, 400)
    work.session.add(Invitation(
        clinic_id=CLINIC, id=new_id(work.now), patient_id=newcomer.id,
        code_sha256=hashlib.sha256(INVITATION.encode()).hexdigest(),
        expires_at=work.now + timedelta(days=14),
    ))  # fmt: skip


def _patient(
    work: Work, code: str, born: int, sex: Sex, language: Language, operated: int,
    chat_id: int | None, **more: Any,
) -> Patient:  # fmt: skip
    surgery = work.now.date() - timedelta(days=operated)
    patient = Patient(
        clinic_id=CLINIC, id=new_id(work.now), code=code, year_of_birth=born, sex=sex,
        language=language, surgery_date=surgery, registered_at=work.now, **more,
    )  # fmt: skip
    work.session.add(patient)
    work.session.flush()
    if chat_id:
        work.session.add(Chat(
            id=chat_id, clinic_id=CLINIC, patient_id=patient.id, language=language,
            state=ChatState.ACTIVE, consent_version="1", consented_at=work.now,
        ))  # fmt: skip
        work.session.flush()
    return patient


def seed_file(settings: Settings) -> dict[str, Any]:
    """What the phones page shows of the demo clinic."""
    start = f"/start {INVITATION}"
    return {
        "chats": [
            _chat(900001, "P-0001", "zh-CN", "First month; blood draw in two days",
                  "用药第一个月，后天抽血"),
            _chat(900002, "P-0002", "zh-CN", "400 mg, swollen eyelids; blood draw tomorrow",
                  "400 mg，眼睑肿，明天抽血"),
            _chat(900003, "P-0003", "en", "300 mg since a year; in English",
                  "减量到 300 mg 已近一年，用英文"),
            _chat(900004, "P-0004", "zh-CN", f"Not linked yet: send {start}, born 1958",
                  f"尚未绑定：发送 {start}，出生年份 1958"),
        ],
        "nurses": [{"name": name, "phone": phone} for name, _, _, phone, _ in STAFF if phone],
        "clinic": {"phone": CLINIC_PHONE},
        "links": [
            {"label_en": "Clinic", "label_zh": "门诊网页", "url": settings.public_url},
            {"label_en": "API", "label_zh": "接口说明",
             "url": f"{settings.public_url}/api/openapi.json"},
        ],
        "staff": [
            {"name": name, "email": email, "password": PASSWORD, "role": role,
             "otp_secret": one_time_secret(settings, email)}
            for name, email, role, _, _ in STAFF
        ],
        "first_steps": [{"en": en, "zh": zh} for en, zh in _FIRST_STEPS],
    }  # fmt: skip


_FIRST_STEPS = (
    (f"Patient P-0004: send /start {INVITATION}, then the year 1958, and agree.",
     f"患者 P-0004：发送 /start {INVITATION}，再输入 1958，然后同意。"),
    ("Patient P-0001: move the clock on; answer the dose reminder; see your blood window.",
     "患者 P-0001：拨快时钟，回答服药提醒，看抽血时间段。"),
    ("P-0001: tell how I feel, swelling, around the eyes, sight affected: the nurse gets a text.",
     "P-0001：说说身体情况，水肿，眼睛周围肿，影响看东西：护士手机会收到短信。"),
    ("Leave that text unanswered: press Next event until the nurse's phone rings, and press 1.",
     "不回复这条短信：点“下一事件”，直到护士的手机响起，接听并按 1。"),
    ("Clinic: sign in as the doctor (code: phones page) and open P-0002: decide on the dose.",
     "门诊网页：以医生身份登录（验证码见本页“进入诊所”），打开 P-0002，作出剂量决定。"),
)  # fmt: skip


def _chat(chat_id: int, code: str, language: str, hint_en: str, hint_zh: str) -> dict[str, Any]:
    return {"chat_id": chat_id, "name": code, "code": code, "language": language,
            "hint_en": hint_en, "hint_zh": hint_zh}  # fmt: skip


def banner(settings: Settings) -> str:
    """Addresses, sign-ins and what to try first."""
    phones = settings.telegram_base_url.removesuffix("/bot")
    lines = [
        "GIST companion, sandbox. Nothing leaves this machine.",
        f"  Clinic   {settings.public_url}", f"  Phones   {phones}", "",
        *(f"  {role:8} {email:20} {PASSWORD}" for _, email, role, _, _ in STAFF),
        f"  One-time codes of these: on the phones page, or {phones}/control/staff",
        f"  API key  {API_KEY}", "", "Try first:",
        *(f"  {number}. {en}" for number, (en, _) in enumerate(_FIRST_STEPS, 1)),
    ]  # fmt: skip
    return "\n".join(lines)


def write_seed_file(settings: Settings) -> None:
    path = Path(settings.seed_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(seed_file(settings), ensure_ascii=False, indent=1), "utf-8")


def main(arguments: list[str], say: Callable[[str], object] = print) -> None:
    settings = load_settings()
    if "--banner" in arguments:
        say(banner(settings))
        return
    begin = work_on(make_engine(settings.database_url), clock_from(settings.clock_url))
    with begin() as work:
        seed(settings, work)
    write_seed_file(settings)


if __name__ == "__main__":
    main(sys.argv[1:])
