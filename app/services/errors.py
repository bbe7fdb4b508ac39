"""What can go wrong in the clinic's words. A docstring is the message.

`DomainError` (carries field and detail)
+-- NotFound: NoSuchPatient, NoSuchVisit, NoSuchAlert, ...
+-- Conflict: already there, or no longer possible
+-- Invalid: a value that cannot be
"""

from collections.abc import Mapping


class DomainError(Exception):
    """Something the clinic's rules do not allow."""

    told: Mapping[str, str] = {}  # what its message in the reader's words names

    def __init__(self, detail: str | None = None, field: str | None = None) -> None:
        self.detail = detail or (type(self).__doc__ or "").strip()
        self.field = field
        super().__init__(self.detail)


class NotFound(DomainError):
    """There is no such thing in this clinic."""


class NoSuchPatient(NotFound):
    """There is no such patient in this clinic."""


class NoSuchVisit(NotFound):
    """There is no such visit in this clinic."""


class NoSuchAlert(NotFound):
    """There is no such alert in this clinic."""


class Conflict(DomainError):
    """This is already there, or no longer possible."""


class PatientErased(Conflict):
    """This patient was erased; nothing that tells who it is can be added."""


class Invalid(DomainError):
    """This value cannot be."""
