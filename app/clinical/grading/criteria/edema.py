"""Oedema: terms and criteria of CTCAE v5.0 (NCI, 27 November 2017), as printed."""

from app.clinical.grading.term import Term

TERMS = (
    Term(
        "edema_face",
        "Edema face",
        "10014222",
        "edema",
        {
            1: "Localized facial edema",
            2: "Moderate localized facial edema; limiting instrumental ADL",
            3: "Severe swelling; limiting self care ADL",
        },
    ),
    Term(
        "edema_limbs",
        "Edema limbs",
        "10050068",
        "edema",
        {
            1: (
                "5 - 10% inter-limb discrepancy in volume or circumference at point of "
                "greatest visible difference; swelling or obscuration of anatomic "
                "architecture on close inspection"
            ),
            2: (
                ">10 - 30% inter-limb discrepancy in volume or circumference at point of "
                "greatest visible difference; readily apparent obscuration of anatomic "
                "architecture; obliteration of skin folds; readily apparent deviation from "
                "normal anatomic contour; limiting instrumental ADL"
            ),
            3: (
                ">30% inter-limb discrepancy in volume; gross deviation from normal anatomic "
                "contour; limiting self care ADL"
            ),
        },
    ),
    Term(
        "edema_trunk",
        "Edema trunk",
        "10058720",
        "edema",
        {
            1: "Swelling or obscuration of anatomic architecture on close inspection",
            2: (
                "Readily apparent obscuration of anatomic architecture; obliteration of skin "
                "folds; readily apparent deviation from normal anatomic contour; limiting "
                "instrumental ADL"
            ),
            3: "Gross deviation from normal anatomic contour; limiting self care ADL",
        },
    ),
    Term(
        "localized_edema",
        "Localized edema",
        "10062466",
        "edema",
        {
            1: "Localized to dependent areas, no disability or functional impairment",
            2: ("Moderate localized edema and intervention indicated; limiting instrumental ADL"),
            3: "Severe localized edema and intervention indicated; limiting self care ADL",
        },
    ),
    Term(
        "periorbital_edema",
        "Periorbital edema",
        "10054541",
        "edema",
        {
            1: "Soft or non-pitting",
            2: "Indurated or pitting edema; topical intervention indicated",
            3: (
                "Edema associated with visual disturbance; increased intraocular pressure, "
                "glaucoma or retinal hemorrhage; optic neuritis; diuretics indicated; "
                "operative intervention indicated"
            ),
        },
    ),
    Term(
        "generalized_edema",
        "Generalized edema",
        "10018112",
        "edema",
        {
            1: "Noted on exam; 1+ pitting edema",
            2: "Interfering with instrumental ADLs; oral therapy initiated",
            3: "Interferes with self care ADL; intravenous therapy indicated; skin breakdown",
            4: "Life-threatening consequences",
        },
    ),
    Term(
        "pulmonary_edema",
        "Pulmonary edema",
        "10037375",
        "edema",
        {
            1: "Radiologic findings only; minimal dyspnea on exertion",
            2: (
                "Moderate dyspnea on exertion; medical intervention indicated; limiting "
                "instrumental ADL"
            ),
            3: "Severe dyspnea or dyspnea at rest; oxygen indicated; limiting self care ADL",
            4: (
                "Life-threatening respiratory compromise; urgent intervention or intubation "
                "with ventilatory support indicated"
            ),
            5: "Death",
        },
    ),
)
