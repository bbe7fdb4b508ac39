"""Commands of the operator: `python -m app COMMAND`.

  secret                              print a new SECRET_KEY
  clinic ID NAME                      make a clinic
  ctcae CLINIC VERSION                grade its laboratory values by CTCAE 5.0 or 6.0 from now on
  prior CLINIC MODEL                  estimate from jiang_2023 or widmer_2006 from now on
  key CLINIC NAME                     make a bearer key; it is printed once
  staff CLINIC EMAIL NAME ROLE PHONE  make a nurse, doctor or admin; asks for the password
"""

import getpass
import secrets
import sys
from collections.abc import Callable
from enum import StrEnum
from inspect import signature

from argon2 import PasswordHasher
from sqlmodel import select

from app.clock import clock_from
from app.database import make_engine
from app.services.audit import audit
from app.services.keys import make_key
from app.settings import UnsafeSettings, load_settings
from app.work import Work, work_on
from models import Clinic, CtcaeVersion, Prior, Role, Staff

ROLES = ("nurse", "doctor", "admin")


class Refused(Exception):
    """The command cannot be done; the message says why."""


def make_clinic(work: Work, clinic_id: str, name: str) -> str:
    work.session.add(Clinic(id=clinic_id, name=name))
    return f"Clinic {clinic_id} is made."


def ctcae(work: Work, clinic_id: str, version: str) -> str:
    _choose(work, clinic_id, "ctcae_version", CtcaeVersion, version)
    return f"Clinic {clinic_id} grades laboratory values by CTCAE {version} from now on."


def prior(work: Work, clinic_id: str, model: str) -> str:
    _choose(work, clinic_id, "prior", Prior, model)
    return f"Clinic {clinic_id} estimates from {model} from now on."


def _choose(
    work: Work, clinic_id: str, column: str, choices: type[StrEnum], chosen: str
) -> None:
    """Set one of the clinic's clinical choices, and keep in the audit that it was set."""
    _known(work, clinic_id)
    if chosen not in list(choices):
        raise Refused(f"{chosen} is not known here; it is one of {', '.join(choices)}.")
    setattr(work.session.get_one(Clinic, clinic_id), column, choices(chosen))
    audit(work, clinic_id, "system", f"clinic.{column.removesuffix('_version')}")


def key(work: Work, clinic_id: str, name: str) -> str:
    _known(work, clinic_id)
    return make_key(work, clinic_id, name)


def _known(work: Work, clinic_id: str) -> None:
    if work.session.get(Clinic, clinic_id) is None:
        raise Refused(f"There is no clinic {clinic_id}; `python -m app clinic ID NAME` makes one.")


def staff(work: Work, clinic_id: str, email: str, name: str, role: str, phone: str) -> str:
    _known(work, clinic_id)
    if role not in ROLES:
        raise Refused(f"The role is one of {', '.join(ROLES)}.")
    row = Staff(
        clinic_id=clinic_id, email=email, name=name, phone=phone, password=_password(),
        fs_uniquifier=secrets.token_hex(16), roles=[_role(work, role)],
    )  # fmt: skip
    work.session.add(row)
    return f"{name} can sign in as {email}."


def _role(work: Work, name: str) -> Role:
    known = work.session.exec(select(Role).where(Role.name == name)).first()
    return known or Role(name=name)


def _password() -> str:
    """Ask for it, never as an argument; kept as argon2."""
    asked = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    return PasswordHasher().hash(asked)


COMMANDS: dict[str, Callable[..., str]] = {
    "clinic": make_clinic, "ctcae": ctcae, "prior": prior, "key": key, "staff": staff,
}  # fmt: skip


def main(arguments: list[str]) -> int:
    name, *rest = arguments or ["help"]
    if name == "secret":
        print(secrets.token_urlsafe(48))
        return 0
    if name not in COMMANDS or len(rest) != len(signature(COMMANDS[name]).parameters) - 1:
        print(__doc__)
        return 2
    try:
        settings = load_settings()
        with work_on(make_engine(settings.database_url), clock_from(settings.clock_url))() as work:
            print(COMMANDS[name](work, *rest))
    except (UnsafeSettings, Refused) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
