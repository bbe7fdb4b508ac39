"""Itch, dry or pale skin, hands and feet: what is asked, by the criteria of CTCAE v5.0."""

from app.clinical.symptoms import rash
from app.clinical.symptoms.model import (
    NO,
    NONE,
    AskedTerm,
    Option,
    Question,
    after,
    limits,
)

_FAMILY = "skin"
_HANDS_FEET = "palmar_plantar_erythrodysesthesia_syndrome"

PRURITUS = AskedTerm(
    "pruritus",
    _FAMILY,
    (
        Question(
            "pruritus.itch",
            (
                NONE,
                Option("mild", 1, "Mild or localized"),
                Option("scratched", 2, "skin changes from scratching"),
                Option("comes_and_goes", 2, "Widespread and intermittent"),
                Option("constant", 3, "Widespread and constant"),
            ),
        ),
        limits(
            "pruritus",
            "mild",
            "scratched",
            "comes_and_goes",
            first="itch",
            more=(Option("sleep", 3, "limiting self care ADL or sleep"),),
        ),
        Question(
            "pruritus.treatment",
            (
                NONE,
                Option("pills", 2, "oral intervention indicated"),
                Option(
                    "steroids", 3, "systemic corticosteroid or immunosuppressive therapy indicated"
                ),
            ),
            (
                after("pruritus.itch", "mild", "scratched", "comes_and_goes"),
                after("pruritus.limits", "no", "chores"),
            ),
        ),
    ),
)

# Holes of CTCAE: under 10 % with redness or itch, 10-30 % without, over 30 % without itch.
DRY_SKIN = AskedTerm(
    "dry_skin",
    _FAMILY,
    (
        Question(
            "dry_skin.extent",
            (
                NONE,
                Option("under_10", 1, "Covering <10% BSA and no associated erythema or pruritus"),
                Option("from_10", 2, "[own] Covering 10 - 30% BSA, erythema or pruritus not asked"),
                Option("over_30", 3, "[own] Covering >30% BSA, pruritus not asked"),
            ),
        ),
        Question(
            "dry_skin.itch",
            (NO, Option("red_or_itchy", 2, "[own] Covering <10% BSA with erythema or pruritus")),
            (after("dry_skin.extent", "under_10"),),
        ),
        limits("dry_skin", "under_10", "from_10", first="extent"),
    ),
)

# Holes of CTCAE: clear or severe changes without pain. Pain is asked where it changes the grade.
HANDS_AND_FEET = AskedTerm(
    _HANDS_FEET,
    _FAMILY,
    (
        Question(
            f"{_HANDS_FEET}.skin",
            (
                NONE,
                Option("minimal", 1, "Minimal skin changes or dermatitis"),
                Option("clear", 2, "[own] Skin changes, pain not asked"),
                Option("severe", 3, "[own] Severe skin changes, pain not asked"),
            ),
        ),
        Question(
            f"{_HANDS_FEET}.pain",
            (NO, Option("painful", 2, "[own] Minimal skin changes with pain")),
            (after(f"{_HANDS_FEET}.skin", "minimal"),),
        ),
        limits(_HANDS_FEET, "minimal", "clear", first="skin"),
    ),
)

# A hole of CTCAE: exactly 10 %.
HYPOPIGMENTATION = AskedTerm(
    "skin_hypopigmentation",
    _FAMILY,
    (
        Question(
            "skin_hypopigmentation.extent",
            (
                NONE,
                Option("under_10", 1, "Hypopigmentation or depigmentation covering <10% BSA"),
                Option("about_10", 2, "[own] Hypopigmentation or depigmentation covering 10% BSA"),
                Option("over_10", 2, "Hypopigmentation or depigmentation covering >10% BSA"),
            ),
        ),
        Question(
            "skin_hypopigmentation.distress",
            (NO, Option("yes", 2, "associated psychosocial impact")),
            (after("skin_hypopigmentation.extent", "under_10"),),
        ),
    ),
)

TERMS = (
    rash.MACULO_PAPULAR,
    rash.ACNEIFORM,
    PRURITUS,
    DRY_SKIN,
    rash.BULLOUS,
    HANDS_AND_FEET,
    HYPOPIGMENTATION,
    rash.PHOTOSENSITIVITY,
)
