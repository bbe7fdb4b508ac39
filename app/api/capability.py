"""What is offered as FHIR: no more than there is."""

from app.api.outcomes import FHIR_JSON
from app.services.fhir.terms import (
    CODES,
    CONFIRMED,
    LAST_DOSE,
    PATIENT_CODE,
    VERSION,
    Resource,
    loincs,
)

_SINCE = "2026-11-26"  # when what is offered was last changed
_OBSERVATION = (
    "create takes a laboratory result that is final: subject by identifier (the patient's code, "
    f"system {PATIENT_CODE} or none) or by reference Patient/ID; code by LOINC ({{loincs}}), or "
    f"by system {CODES} (imatinib, and the analytes' names); valueQuantity in UCUM, with a "
    "comparator where it is only a limit; effectiveDateTime with offset (of a value other than "
    "imatinib a day is enough); referenceRange.low and .high as limits of normal; extension "
    f"{LAST_DOSE} (valueDateTime) for the last dose before the draw, {CONFIRMED} (valueBoolean) "
    "for a level under 10 or over 10 000 ug/L that was checked. The same identifier, or the same "
    "result of the same draw, again is answered 200 with what is kept; another content 409. "
    "read gives levels as measured and laboratory values. The whole record of a patient is a "
    "Bundle at /api/v1/patients/ID/fhir."
)


def capability(base: str) -> Resource:
    """The CapabilityStatement; `base` is the address of our FHIR."""
    return {
        "resourceType": "CapabilityStatement", "status": "active", "date": _SINCE,
        "kind": "instance", "software": {"name": "GIST companion", "version": "1"},
        "implementation": {"description": "Laboratory results of GIST patients", "url": base},
        "fhirVersion": VERSION, "format": [FHIR_JSON, "json"],
        "rest": [{
            "mode": "server",
            "security": {"description": "Authorization: Bearer KEY, a key of the clinic"},
            "resource": [{
                "type": "Observation",
                "interaction": [{"code": "create"}, {"code": "read"}],
                "versioning": "no-version",
                "documentation": _OBSERVATION.format(loincs=", ".join(loincs())),
            }],
        }],
    }  # fmt: skip
