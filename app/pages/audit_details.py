"""The details of a row of the audit in words: who is meant by name, what was set and why."""

import re
from collections.abc import Callable

from app.pages.words import t, word
from models import Audit

_AN_ID = re.compile("[0-9a-f]{22}")
_WITH_ROLES = re.compile(r"(staff:\d+) ([a-z,]+)")
_LOOKED_FOR = ("audit.read", "audit.export")

Who = Callable[[str], str | None]


def details(row: Audit, who: Who) -> list[str]:
    """What a person can read of them, in lines: ids of records say nothing and are left out."""
    if not row.about or _AN_ID.fullmatch(row.about):
        return []
    return [_said(row.action, one, who) for one in row.about.split("; ")]


def _said(action: str, told: str, who: Who) -> str:
    name, _, value = told.partition(": ")
    if action == "clinic.change":
        return _setting(name, value)
    if action in _LOOKED_FOR and value:
        return _asked(name, value, who)
    with_roles = _WITH_ROLES.fullmatch(told)
    if with_roles:
        roles = t("page.summary.comma").join(word("role", one) for one in with_roles[2].split(","))
        return f"{_named(with_roles[1], who)}: {roles}"
    return _named(told, who)


def _setting(name: str, change: str) -> str:
    said = word("settings.f", name)
    return f"{said}: {change.replace('->', '→')}" if change else said


def _asked(name: str, value: str, who: Who) -> str:
    """What the audit itself was looked through for."""
    if name == "actor":
        return f"{t('page.audit.who')}: {who(value) or value}"
    said = word("audit.action", value) if name == "action" else value
    return f"{t(f'page.audit.{name}')}: {said}"


def _named(told: str, who: Who) -> str:
    return who(told) or word("audit.about", told.replace(" ", "_"))
