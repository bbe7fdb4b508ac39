"""FHIR R4B: a patient's record out, laboratory results in (ADR 0028)."""
