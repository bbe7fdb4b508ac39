"""How Flask-Security reads and writes the staff: it changes a copy, which one Work keeps."""

from typing import Any

from flask import session as browser_session
from flask_security import SQLAlchemySessionUserDatastore
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import scoped_session, sessionmaker
from sqlmodel import Session

from app.services.audit import audit
from app.services.password_links import end_link
from app.work import Begin
from models import Role, Staff

MAKE_CODES = "make_recovery_codes"  # in the session: a second factor was set up just now
_AUDITED = {
    "password": "password.change",
    "tf_totp_secret": "second_factor.set",
    "mf_recovery_codes": "recovery_codes.make",
}


class StaffStore(SQLAlchemySessionUserDatastore):
    """Reads take no write lock; what is to be kept is written, and audited, in a Work."""

    def __init__(self, engine: Engine, begin: Begin) -> None:
        reading = engine.execution_options(read_only=True)
        self._begin = begin
        self.session = scoped_session(sessionmaker(reading, class_=Session, autoflush=False))
        super().__init__(self.session, Staff, Role)

    def commit(self) -> None:
        """Keep what Flask-Security changed of the staff since this request began."""
        changes = {one.id: _changes(one) for one in self.session.dirty if isinstance(one, Staff)}
        with self._begin() as work:
            for staff_id, changed in changes.items():
                staff = work.session.get_one(Staff, staff_id, with_for_update=True)
                for name, value in changed.items():
                    setattr(staff, name, value)
                if "password" in changed:
                    end_link(staff)
                for name in _AUDITED.keys() & changed.keys():
                    audit(work, staff.clinic_id, f"staff:{staff.id}", _AUDITED[name])
        if any("tf_totp_secret" in changed for changed in changes.values()):
            browser_session[MAKE_CODES] = True


def _changes(staff: Staff) -> dict[str, Any]:
    seen = inspect(staff).attrs
    return {one.key: one.value for one in seen if one.history.has_changes()}
