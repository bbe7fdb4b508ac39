"""Whose Observation it is, and what it is of."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.errors import NoSuchPatient
from app.services.fhir.receiving import NotTaken
from app.services.fhir.terms import CODES, IMATINIB, LOINC, PATIENT_CODE, UCUM, analyte_of_loinc
from app.services.lab_list.names import analyte_called, fitting_units, unit_called
from app.services.patients import find_by_code, find_patient
from app.work import Work
from models import Patient


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a system; the system may be left out."""

    system: str | None
    code: str | None


def patient_of(
    work: Work, clinic_id: str, code: Coded | None, reference: str | None
) -> Patient:
    """By the patient's code under our system or under none, else by `Patient/ID`.

    A number of another system is not read as a code: it may be another person's. Raises NotTaken.
    """
    at = "subject/identifier" if code and code.code else "subject"
    if code and code.code:
        if code.system not in (None, PATIENT_CODE):
            raise NotTaken(f"Send the patient's code, with the system {PATIENT_CODE}.", field=at)
        found = find_by_code(work, clinic_id, code.code)
    else:
        found = _referred(work, clinic_id, reference or "")
    if found is None:
        raise NotTaken("There is no such patient in this clinic; check the code.", field=at)
    return found


def _referred(work: Work, clinic_id: str, reference: str) -> Patient | None:
    kind, _, name = reference.rpartition("Patient/")
    if not name or (kind and not kind.endswith("/")):
        return None
    try:
        return find_patient(work, clinic_id, name)
    except NoSuchPatient:
        return None


def analyte_of(codings: Sequence[Coded], text: str | None) -> tuple[str, tuple[str, ...]]:
    """The analyte of a code and the units that the code is reported in.

    By LOINC, by our own codes, else by a name in the text. Raises NotTaken, also where codes of
    two analytes stand together.
    """
    known = [one for one in (_read(coding) for coding in codings) if one]
    named = analyte_called(text or "")
    if not known and not codings and named:
        return named, fitting_units(named)
    if not known or len({analyte for analyte, _ in known}) > 1:
        raise NotTaken(
            "The code is not one that is kept here; send LOINC as listed under /metadata, or a "
            f"code of {CODES}.", field="code",
        )  # fmt: skip
    return known[0][0], tuple(unit for unit in known[0][1] if all(unit in u for _, u in known))


def _read(coding: Coded) -> tuple[str, tuple[str, ...]] | None:
    if coding.system == LOINC:
        return analyte_of_loinc(coding.code or "")
    own = coding.system in (None, CODES)
    analyte = analyte_called(coding.code or "") if own else None
    if analyte is None or (analyte == IMATINIB and (coding.code or "") != IMATINIB):
        return None
    return analyte, fitting_units(analyte)


def unit_of(
    analyte: str, units: Sequence[str], code: Coded, words: str | None
) -> str:
    """The unit of a quantity in UCUM, else as it is written. Raises NotTaken."""
    if code.system not in (None, UCUM):
        raise NotTaken(f"Send the unit in UCUM ({UCUM}).", field="valueQuantity/system")
    found = unit_called(code.code or words or "", analyte)
    if found is None or found not in units:
        fitting = ", ".join(units)
        raise NotTaken(
            f"{analyte} under this code is reported in {fitting}; convert the value or the code.",
            field="valueQuantity/code",
        )
    return found
