"""Every alert that is not closed has a next step in time, and somebody was told of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, literal_column
from sqlmodel import col, select

from app.services.escalation import LONGEST_PAUSE, return_at
from app.services.findings import Finding, found
from app.services.old_results import of_old
from app.work import Work
from models import Alert, AlertEvent, AlertState, AlertWhat, Clinic

_IN_TIME = timedelta(minutes=2)  # [own] by which a step may be late, or a wait be longer
_CLOSED_AT_MOST = timedelta(days=16)  # beyond all the openings that are looked for
_AT_MOST = 200  # in one round; the rest in the next
_TOLD = (AlertWhat.CALLED, AlertWhat.NOBODY, AlertWhat.UNANSWERED)
_UNCLOSED = col(Alert.state) != literal_column("'closed'")  # as the index of those is written


def alert_findings(work: Work) -> list[Finding]:
    """What is wrong is put right at once: its next step is now. A late one is the clock's fault."""
    return [
        *_without_step(work), *_without_return(work), *_too_far(work), *_old_too_far(work),
        *_back_too_late(work), *_untold(work), *_late(work), *_twins(work),
    ]  # fmt: skip


def _locked(work: Work, *which: ColumnElement[bool]) -> Sequence[Alert]:
    query = select(Alert).where(_UNCLOSED, *which).order_by(col(Alert.next_step_at).desc())
    return work.session.exec(query.limit(_AT_MOST).with_for_update(skip_locked=True)).all()


def _is(state: AlertState) -> ColumnElement[bool]:
    return col(Alert.state) == state


def _without_step(work: Work) -> list[Finding]:
    lost = _locked(work, _is(AlertState.OPEN), col(Alert.next_step_at).is_(None))
    return _step_now(work, "alert_without_step", lost)


def _step_now(work: Work, word: str, alerts: Sequence[Alert]) -> list[Finding]:
    for alert in alerts:
        alert.next_step_at = work.now
    return found(word, [alert.raised_at for alert in alerts], repaired=True)


def _without_return(work: Work) -> list[Finding]:
    lost = _locked(work, _is(AlertState.ACKNOWLEDGED), col(Alert.next_step_at).is_(None))
    return _returned_in_time(work, "alert_without_return", lost)


def _returned_in_time(work: Work, word: str, alerts: Sequence[Alert]) -> list[Finding]:
    for alert in alerts:
        alert.next_step_at = return_at(work, alert)
    return found(word, [alert.acknowledged_at for alert in alerts], repaired=True)


def _too_far(work: Work) -> list[Finding]:
    """Further ahead than any wait of its clinic, as a clock that jumped back leaves it."""
    clinics = {clinic.id: clinic for clinic in work.session.exec(select(Clinic))}
    least = min(map(_longest_wait, clinics.values()), default=timedelta())
    ahead = _locked(
        work, _is(AlertState.OPEN), ~of_old(), col(Alert.next_step_at) > work.now + least + _IN_TIME
    )
    far = [one for one in ahead if _ahead(work, one) > _may_wait(one, clinics) + _IN_TIME]
    return _step_now(work, "alert_step_too_far", far)


def _old_too_far(work: Work) -> list[Finding]:
    """About old results alone, and further ahead than a clinic is without staff."""
    far = col(Alert.next_step_at) > work.now + _CLOSED_AT_MOST
    return _step_now(
        work, "alert_step_too_far", _locked(work, _is(AlertState.OPEN), of_old(), far)
    )


def _may_wait(alert: Alert, clinics: Mapping[str, Clinic]) -> timedelta:
    """Longer between two rounds than between two people."""
    longest = _longest_wait(clinics[alert.clinic_id])
    return longest if alert.step else max(longest, LONGEST_PAUSE)


def _longest_wait(clinic: Clinic) -> timedelta:
    return timedelta(minutes=max(
        clinic.nurse_wait_min, clinic.next_wait_min, clinic.doctor_wait_min, clinic.call_wait_min
    ))  # fmt: skip


def _ahead(work: Work, alert: Alert) -> timedelta:
    return (alert.next_step_at or work.now) - work.now


def _back_too_late(work: Work) -> list[Finding]:
    """Taken by somebody, and coming back later than if they took it now."""
    least = work.session.exec(select(func.min(Clinic.close_within_min))).one()
    beyond = work.now + timedelta(minutes=least or 0) + _IN_TIME
    ahead = _locked(work, _is(AlertState.ACKNOWLEDGED), col(Alert.next_step_at) > beyond)
    far = [one for one in ahead if _ahead(work, one) > return_at(work, one) - work.now + _IN_TIME]
    return _returned_in_time(work, "alert_back_too_late", far)


def _untold(work: Work) -> list[Finding]:
    """Nobody was called, and nobody knows that there is nobody; of old results that may wait."""
    told = exists().where(
        col(AlertEvent.clinic_id) == col(Alert.clinic_id),
        col(AlertEvent.alert_id) == col(Alert.id),
        col(AlertEvent.what).in_(_TOLD),
    )
    raised = col(Alert.raised_at) < work.now - _IN_TIME
    untold = _locked(work, _is(AlertState.OPEN), ~of_old(), raised, ~told)
    return _step_now(work, "alert_untold", untold)


def _late(work: Work) -> list[Finding]:
    """Its time came and nobody was called: the tick that does it is dead, or fails."""
    late = col(Alert.next_step_at) < work.now - _IN_TIME
    query = select(Alert.next_step_at).where(_UNCLOSED, late).limit(_AT_MOST)
    return found("alert_step_late", work.session.exec(query).all())


def _twins(work: Work) -> list[Finding]:
    """Two of a patient about the same, so that one answer leaves the other open."""
    key = (col(Alert.clinic_id), col(Alert.patient_id), col(Alert.family))
    query = select(func.min(Alert.raised_at)).where(_UNCLOSED, col(Alert.red_flag).is_(False))
    twins = query.group_by(*key).having(func.count() > 1).limit(_AT_MOST)
    return found("alert_twice", work.session.exec(twins).all())
