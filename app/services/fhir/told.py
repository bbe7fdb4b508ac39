"""What the patient told as FHIR: grades of families, graded symptoms, SF-36."""

from collections.abc import Mapping, Sequence

from app.clinical.grading import printed_term
from app.clinical.sf36 import ITEMS
from app.services.fhir.terms import (
    ABSENT,
    CODES,
    GRADE,
    MEDDRA,
    PROVENANCE,
    SEVERITY,
    SF36,
    Resource,
    coded,
    extension,
    instant,
    own,
    quantity,
    subject,
    without_none,
)
from app.services.questionnaires import SUMMARIES
from models import GradeStatus, Questionnaire, SymptomGrade, SymptomReport

# CTCAE calls grade 1 mild, 2 moderate and 3 severe; FHIR has nothing above severe.
_SEVERITY = {1: "mild", 2: "moderate"}


def report(told: SymptomReport) -> list[Resource]:
    """The grade of each family: preliminary, for it is suggested from the patient's answers."""
    return [_family(told, family, grade) for family, grade in told.families.items()]


def _family(told: SymptomReport, family: str, grade: int) -> Resource:
    return {
        "resourceType": "Observation", "id": f"{told.id}-{family}", "status": "preliminary",
        "extension": [extension(PROVENANCE, valueCode=str(told.provenance))],
        "code": own(f"ctcae-grade-{family}", f"CTCAE grade of the family {family}, suggested"),
        "subject": subject(told.patient_id), "effectiveDateTime": instant(told.reported_at),
        "valueInteger": grade,
    }  # fmt: skip


def adverse_events(grades: Sequence[SymptomGrade]) -> list[Resource]:
    """The symptoms of grade 1 or more; grade 0 is no event."""
    return [_event(one) for one in grades if grade_of(one)]


def grade_of(grade: SymptomGrade) -> int:
    """The confirmed grade where there is one, else that suggested."""
    return grade.grade if grade.confirmed_grade is None else grade.confirmed_grade


def _event(one: SymptomGrade) -> Resource:
    grade, term = grade_of(one), printed_term(one.term, one.ctcae_version)
    confirmed = one.status == GradeStatus.CONFIRMED
    return {
        "resourceType": "AdverseEvent", "id": one.id, "actuality": "actual",
        "extension": [
            extension(GRADE, valueInteger=grade),
            extension(f"{GRADE}-status", valueCode="confirmed" if confirmed else "suggested"),
            extension(f"{GRADE}-version", valueString=one.ctcae_version),
        ],
        "event": coded(term.name, (MEDDRA, term.meddra), (CODES, one.term)),
        "subject": subject(one.patient_id), "date": instant(one.graded_at),
        "severity": {"coding": [{"system": SEVERITY, "code": _SEVERITY.get(grade, "severe")}]},
    }  # fmt: skip


def questionnaire(told: Questionnaire) -> list[Resource]:
    """The 36 answers as they were given, and the scores."""
    return [_response(told), _scores(told)]


def _response(told: Questionnaire) -> Resource:
    return {
        "resourceType": "QuestionnaireResponse", "id": told.id, "questionnaire": SF36,
        "status": "completed", "subject": subject(told.patient_id),
        "authored": instant(told.answered_at), "source": subject(told.patient_id),
        "extension": [
            extension(PROVENANCE, valueCode=str(told.provenance)),
            extension(f"{SF36}:wording", valueString=told.wording),
        ],
        "item": [
            without_none({
                "linkId": item.code, "text": f"SF-36 item {item.number}",
                "answer": None if answer is None else [{"valueInteger": answer}],
            })
            for item, answer in zip(ITEMS, told.items, strict=True)
        ],
    }  # fmt: skip


def _scores(told: Questionnaire) -> Resource:
    scores: Mapping[str, float | None] = {
        **told.scales, **{name: getattr(told, name) for name in SUMMARIES},
    }  # fmt: skip
    return {
        "resourceType": "Observation", "id": f"{told.id}-scores", "status": "final",
        "code": own("sf36-scores", "SF-36 scales and summaries"),
        "subject": subject(told.patient_id), "effectiveDateTime": instant(told.answered_at),
        "derivedFrom": [{"reference": f"QuestionnaireResponse/{told.id}"}],
        "component": [_score(name, value) for name, value in scores.items()],
    }  # fmt: skip


def _score(name: str, value: float | None) -> Resource:
    code = own(f"sf36-{name.replace('_', '-')}", f"SF-36 {name}")
    if value is None:
        absent = {"coding": [{"system": ABSENT, "code": "not-performed"}], "text": "too few items"}
        return {"code": code, "dataAbsentReason": absent}
    return {"code": code, "valueQuantity": quantity(round(value, 3), "{score}")}
