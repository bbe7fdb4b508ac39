"""People who sign in, their roles, and who is on call when."""

from datetime import date, datetime, time

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

from models.columns import clinic_key, json_list, row_key


class StaffRole(SQLModel, table=True):
    __tablename__ = "staff_role"
    staff_id: int = Field(primary_key=True, foreign_key="staff.id")
    role_id: int = Field(primary_key=True, foreign_key="role.id")


class Role(SQLModel, RoleMixin, table=True):
    """nurse, doctor or admin."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    description: str | None = None
    permissions: list[str] = json_list()


class Staff(SQLModel, UserMixin, table=True):
    id: int | None = Field(default=None, primary_key=True)
    clinic_id: str = Field(foreign_key="clinic.id", index=True)
    name: str
    email: str = Field(unique=True)
    password: str
    active: bool = True
    fs_uniquifier: str = Field(unique=True)
    language: str = "zh-CN"
    phone: str | None = None
    texts_stopped_at: datetime | None = None  # said STOP to our number
    chat_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)  # own Telegram
    chat_code_sha256: str | None = Field(default=None, max_length=64)
    chat_code_until: datetime | None = None
    confirmed_at: datetime | None = None
    failed_sign_ins: int = 0  # since the last complete sign-in
    locked_until: datetime | None = None  # by real time
    signed_in_at: datetime | None = None
    tf_primary_method: str | None = None  # of the second factor: "authenticator", or none yet
    tf_totp_secret: str | None = None  # encrypted with a key made of SECRET_KEY
    totp_counter: int | None = Field(default=None, sa_type=BigInteger)  # of the last code used
    mf_recovery_codes: list[str] = json_list()  # keyed hashes; a code that was used is gone
    link_sha256: str | None = Field(default=None, max_length=64)  # sets a password once
    link_until: datetime | None = None  # by real time
    roles: list[Role] = Relationship(link_model=StaffRole)


class StaffSession(SQLModel, table=True):
    """A browser in which somebody has signed in; without its row it is signed out."""

    __tablename__ = "staff_session"
    __table_args__ = (Index("staff_session_of_staff", "staff_id"),)
    clinic_id: str = clinic_key()
    id: str = row_key()
    staff_id: int = Field(foreign_key="staff.id")
    begun_at: datetime  # real time


class Rota(SQLModel, table=True):
    """Who answers alerts: a weekday (Monday 0) from and until a wall-clock time.

    Of those whose hours cover a moment, the lowest position is called first. Hours that end
    no later than they start go on into the next day; `until` 00:00 is the end of the day.
    """

    __table_args__ = (UniqueConstraint("clinic_id", "weekday", "position", "starts"),)
    clinic_id: str = clinic_key()
    id: str = row_key()
    staff_id: int = Field(foreign_key="staff.id")
    weekday: int
    starts: time = time(0)
    until: time = time(0)
    position: int = 0


class SpecialDay(SQLModel, table=True):
    """A date that counts as another weekday: a holiday as a Sunday, a make-up day as a Monday."""

    __tablename__ = "special_day"
    clinic_id: str = clinic_key()
    on: date = Field(primary_key=True)
    counts_as: int  # Monday 0
    name: str = ""
