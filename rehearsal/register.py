"""The cohort becomes known: clinics and staff as rows, patients as a clinic does it."""

from datetime import timedelta

from app.services.invitations import invite
from app.services.patients import register_patient
from app.services.regimens import add_regimen
from app.work import Work
from models import Clinic, Role, Rota, Sex, SpecialDay, Staff
from models.columns import new_id
from rehearsal.stage import Stage
from rehearsal.truth import Nurse, Person, Site

BOT = "rehearsal_bot"


def register(stage: Stage) -> None:
    """Clinics, staff and rotas; then each patient, linked by their own phone."""
    with stage.begin() as work:
        doctor = Role(name="doctor")
        work.session.add(doctor)
        for site in stage.truth.sites:
            _clinic(work, site)
            for nurse in site.nurses:
                _staff(work, nurse, doctor)
    for person in stage.truth.people:
        _patient(stage, person)


def _clinic(work: Work, site: Site) -> None:
    work.session.add(Clinic(
        id=site.id, name=site.id, time_zone=site.zone, language="zh-CN", phone="+8675583366388",
        quiet_from=site.quiet_from, quiet_until=site.quiet_until,
        protocol_from=site.protocol_from, evening_at=site.evening_at,
        close_within_min=site.close_within_min, nurse_wait_min=site.waits_min["nurse"],
        next_wait_min=site.waits_min["next"], doctor_wait_min=site.waits_min["doctor"],
        call_wait_min=site.waits_min["call"],
    ))  # fmt: skip
    work.session.flush()
    for on, weekday in site.special_days.items():
        work.session.add(SpecialDay(clinic_id=site.id, on=on, counts_as=weekday))


def _staff(work: Work, nurse: Nurse, doctor: Role) -> None:
    name = f"{nurse.site.id}-{nurse.number}"
    staff = Staff(
        clinic_id=nurse.site.id, name=name, email=f"{name}@example.com", password="none",
        fs_uniquifier=name, phone=nurse.phone.now, roles=[doctor] if nurse.is_doctor else [],
    )  # fmt: skip
    work.session.add(staff)
    work.session.flush()
    assert staff.id is not None
    nurse.id = staff.id
    for duty in nurse.duties:
        work.session.add(Rota(
            clinic_id=nurse.site.id, id=new_id(work.now), staff_id=staff.id,
            weekday=duty.weekday, starts=duty.starts, until=duty.until, position=duty.position,
        ))  # fmt: skip


def _patient(stage: Stage, person: Person) -> None:
    """Registered, on 400 mg, invited; the code is sent with the year of birth, and agreed to."""
    with stage.begin() as work:
        row = register_patient(work, person.site.id, {
            "year_of_birth": person.year_of_birth, "sex": Sex.FEMALE, "language": person.language,
            "time_zone": person.zone.now, "dose_reminder": person.usual.now is not None,
            "check_weekday": person.check.now[0], "check_at": person.check.now[1],
            **({"usual_dose_time": person.usual.now} if person.usual.now else {}),
        })  # fmt: skip
        began = (work.now - timedelta(days=40 + person.number % 90)).date()
        add_regimen(work, row, daily_dose_mg=400, started_on=began)
        person.id, person.code = row.id, row.code
        code = invite(work, row, BOT).code
    stage.says(person, text=f"/start {code}")
    stage.says(person, text=str(person.year_of_birth))
    stage.says(person, tap="link.consent:agree")
    person.linked_at = stage.clock.now
