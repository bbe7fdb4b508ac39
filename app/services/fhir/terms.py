"""Code systems of what is exchanged as FHIR R4B (ADR 0028).

LOINC only where the code is certain: method-less codes, for which method a laboratory used is not
known here. A level of imatinib, its correction and all that is this project's own have codes of
the project. Units are UCUM.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.clinical.units import plain_unit

Resource = dict[str, Any]

VERSION = "4.3.0"  # R4B
LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
MEDDRA, ATC = "https://www.meddra.org", "http://www.whocc.no/atc"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
SEVERITY = "http://terminology.hl7.org/CodeSystem/adverse-event-severity"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_OWN = "urn:gist-companion:"
CODES = _OWN + "codes"
PATIENT_CODE = _OWN + "patient-code"
LAST_DOSE = _OWN + "last-dose-at"
PROVENANCE = _OWN + "provenance"
CONFIRMED = _OWN + "confirmed"
GRADE = _OWN + "ctcae-grade"
SF36 = _OWN + "questionnaire:sf36"

IMATINIB, TROUGH = "imatinib", "imatinib-trough-24h"

_BY_UNIT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "haemoglobin": {"718-7": ("g/L", "g/dL"), "59260-0": ("mmol/L",)},
    "RBC": {"26453-1": ("10^12/L",)},
    "WBC": {"26464-8": ("10^9/L", "/mm3")},
    "neutrophils": {"26499-4": ("10^9/L", "/mm3")},
    "lymphocytes": {"26474-7": ("10^9/L", "/mm3")},
    "platelets": {"26515-7": ("10^9/L", "/mm3")},
    "ALT": {"1742-6": ("U/L",)},
    "AST": {"1920-8": ("U/L",)},
    "ALP": {"6768-6": ("U/L",)},
    "bilirubin": {"1975-2": ("mg/dL",), "14631-6": ("umol/L",)},
    "creatinine": {"2160-0": ("mg/dL",), "14682-9": ("umol/L",)},
}
# Of a named method; they are read, and never written.
_AUTOMATED = {
    "789-8": "26453-1", "6690-2": "26464-8", "751-8": "26499-4", "731-0": "26474-7",
    "777-3": "26515-7",
}  # fmt: skip
_UCUM = {"10^9/L": "10*9/L", "10^12/L": "10*12/L"}


def loinc_of(analyte: str, unit: str) -> str | None:
    """The LOINC code of an analyte reported in a unit, or None."""
    codes = _BY_UNIT.get(analyte, {})
    return next((code for code, units in codes.items() if unit in units), None)


def analyte_of_loinc(code: str) -> tuple[str, tuple[str, ...]] | None:
    """The analyte of a LOINC code and the units that the code is reported in, or None."""
    plain = _AUTOMATED.get(code, code)
    for analyte, codes in _BY_UNIT.items():
        if plain in codes:
            return analyte, codes[plain]
    return None


def loincs() -> list[str]:
    """Every LOINC code that is read."""
    return sorted({*_AUTOMATED, *(code for codes in _BY_UNIT.values() for code in codes)})


def coded(text: str, *codings: tuple[str, str | None]) -> Resource:
    """A CodeableConcept of (system, code); those without a code are left out."""
    told = [{"system": system, "code": code} for system, code in codings if code]
    return {**({"coding": told} if told else {}), "text": text}


def own(code: str, text: str) -> Resource:
    return coded(text, (CODES, code))


def quantity(value: float, unit: str, comparator: str | None = None) -> Resource:
    """A Quantity in UCUM."""
    sign, plain = {"comparator": str(comparator)} if comparator else {}, plain_unit(unit)
    code = _UCUM.get(plain, plain)
    return {"value": value, **sign, "unit": plain, "system": UCUM, "code": code}


def extension(url: str, **value: Any) -> Resource:
    return {"url": url, **value}


def without_none(resource: Mapping[str, Any]) -> Resource:
    """FHIR has no null and no empty list: what is not known is left out."""
    return {name: value for name, value in resource.items() if value not in (None, [], {}, "")}


def instant(at: datetime) -> str:
    """A moment in UTC."""
    return at.astimezone(UTC).isoformat()


def subject(patient_id: str) -> Resource:
    return {"reference": f"Patient/{patient_id}"}
