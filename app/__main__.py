"""Commands of the operator: `python -m app COMMAND`.

  secret                              print a new SECRET_KEY
  clinic ID NAME                      make a clinic
  ctcae CLINIC VERSION                grade its laboratory values by CTCAE 5.0 or 6.0 from now on
  consent CLINIC VERSION              ask everybody for their consent to a new text, by its version
  prior CLINIC MODEL                  estimate from jiang_2023 or widmer_2006 from now on
  wording CLINIC FILE                 ask the SF-36 in the licensed words of a file from now on
  wording-check FILE                  say whether a file could be loaded, and load nothing
  wording-own CLINIC LANGUAGE         go back to our own words
  wording-template LANGUAGE           print the file to fill in, with our own words
  key CLINIC NAME                     make a bearer key; it is printed once
  staff CLINIC EMAIL NAME ROLE PHONE  make a nurse, doctor or admin; asks for the password
  readmit CLINIC EMAIL                let somebody in again: unlock, have the authenticator app set
                                      up anew, and print a link that sets a password
"""

import getpass
import secrets
import sys
from collections.abc import Callable
from enum import StrEnum
from inspect import signature
from pathlib import Path

from argon2 import PasswordHasher
from sqlmodel import select

from app.clock import clock_from, real_now
from app.database import make_engine
from app.services.audit import audit
from app.services.consent import NotAVersion, set_consent_version
from app.services.keys import NameMissing, NameTaken, add_key
from app.services.password_links import make_link
from app.services.passwords import LEAST, is_common
from app.services.second_factors import reset_second_factor
from app.services.sign_ins import unlock
from app.services.wording import (
    WordingRefused,
    drop_wording,
    load_wording,
    read_wording,
    template,
)
from app.settings import UnsafeSettings, load_settings
from app.work import Work, work_on
from models import Clinic, CtcaeVersion, Language, Prior, Role, Staff

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


def consent(work: Work, clinic_id: str, version: str) -> str:
    _known(work, clinic_id)
    set_consent_version(work, clinic_id, version)
    return f"Clinic {clinic_id} asks for consent to version {version} from now on."


def _choose(
    work: Work, clinic_id: str, column: str, choices: type[StrEnum], chosen: str
) -> None:
    """Set one of the clinic's clinical choices, and keep in the audit that it was set."""
    _known(work, clinic_id)
    if chosen not in list(choices):
        raise Refused(f"{chosen} is not known here; it is one of {', '.join(choices)}.")
    setattr(work.session.get_one(Clinic, clinic_id), column, choices(chosen))
    audit(work, clinic_id, "system", f"clinic.{column.removesuffix('_version')}")


def wording(work: Work, clinic_id: str, path: str) -> str:
    _known(work, clinic_id)
    licensed = read_wording(_text(path))
    load_wording(work, clinic_id, licensed)
    return f"Clinic {clinic_id} asks the SF-36 in the words of: {licensed.source} from now on."


def wording_own(work: Work, clinic_id: str, language: str) -> str:
    _known(work, clinic_id)
    if language not in list(Language) or not drop_wording(work, clinic_id, Language(language)):
        raise Refused(f"Clinic {clinic_id} has loaded no wording in {language}.")
    return f"Clinic {clinic_id} asks the SF-36 in our own words ({language}) from now on."


def _checked(path: str) -> str:
    licensed = read_wording(_text(path))
    return f"{path} can be loaded: {licensed.language}, {licensed.source}."


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as a UTF-8 file: {error}.") from None


def key(work: Work, clinic_id: str, name: str) -> str:
    _known(work, clinic_id)
    try:
        return add_key(work, clinic_id, name, "system").key
    except (NameMissing, NameTaken) as error:
        raise Refused(error.detail) from None


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
    return (
        f"{name} can sign in as {email}. "
        "The first sign-in sets up an authenticator app and recovery codes."
    )


def readmit(work: Work, clinic_id: str, email: str) -> str:
    _known(work, clinic_id)
    query = select(Staff).where(Staff.clinic_id == clinic_id, Staff.email == email, Staff.active)
    person = work.session.exec(query).first()
    if person is None:
        raise Refused(f"Nobody of clinic {clinic_id} signs in as {email}.")
    unlock(work, person, "system")
    reset_second_factor(work, person, "system")
    link = make_link(work, person, load_settings().public_url, real_now(), "system")
    return (
        f"{link.url}\nsets the password of {person.name} once, within 24 hours. "
        "The next sign-in sets up an authenticator app."
    )


def _role(work: Work, name: str) -> Role:
    known = work.session.exec(select(Role).where(Role.name == name)).first()
    return known or Role(name=name)


def _password() -> str:
    """Ask for it, never as an argument; kept as argon2."""
    asked = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    if len(asked) < LEAST or is_common(asked):
        raise Refused(f"A password has at least {LEAST} characters and is not easily guessed.")
    return PasswordHasher().hash(asked)


COMMANDS: dict[str, Callable[..., str]] = {
    "clinic": make_clinic, "ctcae": ctcae, "consent": consent, "prior": prior, "key": key,
    "staff": staff, "readmit": readmit, "wording": wording, "wording-own": wording_own,
}  # fmt: skip
# These need no clinic, and no settings.
_ALONE: dict[str, Callable[..., str]] = {
    "secret": lambda: secrets.token_urlsafe(48), "wording-template": template,
    "wording-check": _checked,
}  # fmt: skip


def _at_work(command: Callable[..., str], rest: list[str]) -> str:
    settings = load_settings()
    with work_on(make_engine(settings.database_url), clock_from(settings.clock_url))() as work:
        return command(work, *rest)


def main(arguments: list[str]) -> int:
    name, *rest = arguments or ["help"]
    command = _ALONE.get(name) or COMMANDS.get(name)
    if command is None or len(rest) != len(signature(command).parameters) - (name in COMMANDS):
        print(__doc__)
        return 2
    try:
        print(command(*rest) if name in _ALONE else _at_work(command, rest))
    except (UnsafeSettings, Refused, NotAVersion, WordingRefused) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
