"""Swelling: what is asked, by the criteria of CTCAE v5.0."""

from app.clinical.symptoms.model import NO, NONE, AskedTerm, Option, Question, after, limits

_FAMILY = "edema"
_CLOSE_INSPECTION = "obscuration of anatomic architecture on close inspection"

# The inter-limb discrepancy is measured, raised eye pressure is found by an examination:
# neither is asked.
PERIORBITAL = AskedTerm(
    "periorbital_edema",
    _FAMILY,
    (
        Question(
            "periorbital_edema.swelling",
            (
                NONE,
                Option("soft", 1, "Soft or non-pitting"),
                Option("firm", 2, "Indurated or pitting edema"),
            ),
        ),
        Question(
            "periorbital_edema.vision",
            (NO, Option("affected", 3, "Edema associated with visual disturbance", "vision")),
            (after("periorbital_edema.swelling", "soft", "firm"),),
        ),
        Question(
            "periorbital_edema.treatment",
            (
                NONE,
                Option("drops", 2, "topical intervention indicated"),
                Option("diuretic", 3, "diuretics indicated"),
                Option("surgery", 3, "operative intervention indicated"),
            ),
            (
                after("periorbital_edema.swelling", "soft", "firm"),
                after("periorbital_edema.vision", "no"),
            ),
        ),
    ),
)

FACE = AskedTerm(
    "edema_face",
    _FAMILY,
    (
        Question(
            "edema_face.swelling",
            (
                NONE,
                Option("mild", 1, "Localized facial edema"),
                Option("moderate", 2, "Moderate localized facial edema"),
                Option("severe", 3, "Severe swelling"),
            ),
        ),
        limits("edema_face", "mild", "moderate", first="swelling"),
    ),
)

LIMBS = AskedTerm(
    "edema_limbs",
    _FAMILY,
    (
        Question(
            "edema_limbs.swelling",
            (
                NONE,
                Option("slight", 1, f"swelling or {_CLOSE_INSPECTION}"),
                Option("clear", 2, "readily apparent obscuration of anatomic architecture"),
                Option("gross", 3, "gross deviation from normal anatomic contour"),
            ),
        ),
        limits("edema_limbs", "slight", "clear", first="swelling"),
    ),
)

TRUNK = AskedTerm(
    "edema_trunk",
    _FAMILY,
    (
        Question(
            "edema_trunk.swelling",
            (
                NONE,
                Option("slight", 1, f"Swelling or {_CLOSE_INSPECTION}"),
                Option("clear", 2, "Readily apparent obscuration of anatomic architecture"),
                Option("gross", 3, "Gross deviation from normal anatomic contour"),
            ),
        ),
        limits("edema_trunk", "slight", "clear", first="swelling"),
    ),
)

# Moderate or severe "and intervention indicated": whether it is indicated is the clinician's to
# say, so without it the grade is the higher neighbour.
LOCALIZED = AskedTerm(
    "localized_edema",
    _FAMILY,
    (
        Question(
            "localized_edema.swelling",
            (
                NONE,
                Option(
                    "mild",
                    1,
                    "Localized to dependent areas, no disability or functional impairment",
                ),
                Option("moderate", 2, "[own] Moderate localized edema, intervention not known"),
                Option("severe", 3, "[own] Severe localized edema, intervention not known"),
            ),
        ),
        limits("localized_edema", "mild", "moderate", first="swelling"),
    ),
)

GENERALIZED = AskedTerm(
    "generalized_edema",
    _FAMILY,
    (
        Question(
            "generalized_edema.swelling",
            (
                NONE,
                Option("slight", 1, "1+ pitting edema"),
                Option("broken_skin", 3, "skin breakdown"),
            ),
        ),
        Question(
            "generalized_edema.treatment",
            (
                NONE,
                Option("pills", 2, "oral therapy initiated"),
                Option("drip", 3, "intravenous therapy indicated"),
                Option("intensive", 4, "Life-threatening consequences"),
            ),
            (after("generalized_edema.swelling", "slight", "broken_skin"),),
        ),
        Question(
            "generalized_edema.limits",
            (
                NO,
                Option("chores", 2, "Interfering with instrumental ADLs"),
                Option("self_care", 3, "Interferes with self care ADL"),
            ),
            (
                after("generalized_edema.swelling", "slight"),
                after("generalized_edema.treatment", "none", "pills"),
            ),
        ),
    ),
)

# Asked as breathlessness; the radiologic finding is not asked.
PULMONARY = AskedTerm(
    "pulmonary_edema",
    _FAMILY,
    (
        Question(
            "pulmonary_edema.breath",
            (
                NONE,
                Option("hurrying", 1, "minimal dyspnea on exertion"),
                Option("walking", 2, "Moderate dyspnea on exertion"),
                Option("resting", 3, "Severe dyspnea or dyspnea at rest", "dyspnoea"),
                Option("gasping", 4, "Life-threatening respiratory compromise", "dyspnoea"),
            ),
        ),
        Question(
            "pulmonary_edema.treatment",
            (
                NONE,
                Option("medicine", 2, "medical intervention indicated"),
                Option("oxygen", 3, "oxygen indicated", "dyspnoea"),
                Option(
                    "ventilator",
                    4,
                    "urgent intervention or intubation with ventilatory support indicated",
                    "dyspnoea",
                ),
            ),
            (after("pulmonary_edema.breath", "hurrying", "walking", "resting"),),
        ),
        Question(
            "pulmonary_edema.limits",
            (
                NO,
                Option("chores", 2, "limiting instrumental ADL"),
                Option("self_care", 3, "limiting self care ADL", "dyspnoea"),
            ),
            (
                after("pulmonary_edema.breath", "hurrying", "walking"),
                after("pulmonary_edema.treatment", "none", "medicine"),
            ),
        ),
    ),
)

TERMS = (PERIORBITAL, FACE, LIMBS, TRUNK, LOCALIZED, GENERALIZED, PULMONARY)
