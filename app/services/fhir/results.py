"""Levels and laboratory values as FHIR Observations."""

from app.clinical.grading import canonical_analyte
from app.clinical.trough import EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L
from app.clinical.units import plain_unit
from app.services.fhir.terms import (
    CATEGORY,
    CODES,
    GRADE,
    IMATINIB,
    LAST_DOSE,
    LOINC,
    PROVENANCE,
    TROUGH,
    Resource,
    coded,
    extension,
    instant,
    loinc_of,
    own,
    quantity,
    subject,
    without_none,
)
from models import Lab, Sample

_LABORATORY = [{"coding": [{"system": CATEGORY, "code": "laboratory"}]}]
_DIGITS = 3  # of a corrected level in ug/L: the arithmetic's, not the assay's


def level(sample: Sample) -> list[Resource]:
    """As measured, and where it could be corrected the level at 24 h, derived from it."""
    found = [measured(sample)]
    if sample.corrected_ug_per_l is not None:
        found.append(_corrected(sample, sample.corrected_ug_per_l))
    return found


def observation(row: Sample | Lab, *, is_withdrawn: bool = False) -> Resource:
    """A level as measured or a value; one that was taken back is `entered-in-error`."""
    found = lab_value(row) if isinstance(row, Lab) else measured(row)
    return {**found, "status": "entered-in-error"} if is_withdrawn else found


def measured(sample: Sample) -> Resource:
    """The level in the unit that it was reported in."""
    return without_none({
        **_observation(sample.id, sample, instant(sample.drawn_at)),
        "extension": _dose(sample), "identifier": _identifier(sample.identifier),
        "code": own(IMATINIB, "Imatinib in plasma, as measured"),
        "valueQuantity": quantity(sample.concentration, sample.unit, sample.comparator),
        "note": [{"text": flag.replace("_", " ")} for flag in sample.flags],
    })  # fmt: skip


def _corrected(sample: Sample, corrected_ug_per_l: float) -> Resource:
    ends = {"low": sample.low_ug_per_l, "high": sample.high_ug_per_l}
    return without_none({
        **_observation(f"{sample.id}-24h", sample, instant(sample.drawn_at)),
        "code": own(TROUGH, "Imatinib in plasma, corrected to 24 h after the dose"),
        "valueQuantity": quantity(round(corrected_ug_per_l, _DIGITS), "ug/L"),
        "method": {"text": f"C(t) * exp(ke * (t - 24 h)), ke {sample.ke_per_h:g} /h "
                           "(Wang 2009, Ther Drug Monit 31:579)"},
        "referenceRange": [{
            "low": quantity(EXPECTED_FROM_UG_PER_L, "ug/L"),
            "high": quantity(EXPECTED_TO_UG_PER_L, "ug/L"),
            "text": "expected range (Bouchet 2016, Demetri 2009)",
        }],
        "component": [
            {"code": own(f"{TROUGH}-{end}", f"{end} end of the range for ke 0.023-0.070 /h"),
             "valueQuantity": quantity(round(value, _DIGITS), "ug/L")}
            for end, value in ends.items() if value is not None
        ],
        "derivedFrom": [{"reference": f"Observation/{sample.id}"}],
    })  # fmt: skip


def lab_value(lab: Lab) -> Resource:
    """A value in the unit that it was reported in, with its limits and its grade."""
    limits = {name: quantity(limit, lab.unit) for name, limit in
              (("low", lab.lln), ("high", lab.uln)) if limit is not None}  # fmt: skip
    return without_none({
        **_observation(lab.id, lab, instant(lab.collected_at)),
        "identifier": _identifier(lab.identifier), "code": lab_code(lab.analyte, lab.unit),
        "valueQuantity": quantity(lab.value, lab.unit, lab.comparator),
        "referenceRange": [limits] if limits else None, "component": _grade(lab),
    })  # fmt: skip


def lab_code(analyte: str, unit: str) -> Resource:
    """Of an analyte in a unit, however they were spelt when it was kept."""
    name = canonical_analyte(analyte)
    return coded(name, (LOINC, loinc_of(name, plain_unit(unit))), (CODES, name))


def _grade(lab: Lab) -> list[Resource] | None:
    """The confirmed grade where there is one, else the suggested one."""
    grade = lab.grade if lab.confirmed_grade is None else lab.confirmed_grade
    if grade is None:
        return None
    status = "suggested" if lab.confirmed_grade is None else "confirmed"
    text = f"CTCAE v{lab.ctcae_version} grade, {status}"
    return [{"code": coded(text, (CODES, GRADE.rpartition(":")[2])), "valueInteger": grade}]


def _observation(name: str, row: Sample | Lab, at: str) -> Resource:
    return {
        "resourceType": "Observation", "id": name, "category": _LABORATORY,
        "status": "final" if row.corrected_at is None else "corrected",
        "subject": subject(row.patient_id), "effectiveDateTime": at,
    }  # fmt: skip


def _dose(sample: Sample) -> list[Resource]:
    if sample.last_dose_at is None:
        return []
    told = extension(LAST_DOSE, valueDateTime=instant(sample.last_dose_at))
    return [told, extension(PROVENANCE, valueCode=str(sample.dose_provenance))]


def _identifier(stored: str | None) -> list[Resource] | None:
    """A laboratory's own identifier, which is kept as "system|value"."""
    if stored is None:
        return None
    system, _, value = stored.rpartition("|")
    return [without_none({"system": system, "value": value})]
