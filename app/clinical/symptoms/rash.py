"""Rash, blisters and sun rash: what is asked, by the criteria of CTCAE v5.0.

The extent is asked in palms: one palm is about 1 % of the body surface.
"""

from app.clinical.symptoms.model import (
    CHORES,
    NO,
    NONE,
    SELF_CARE,
    AskedTerm,
    Combined,
    Option,
    Question,
    after,
    limits,
)

_FAMILY = "skin"
_ANY_EXTENT = ("under_10", "from_10", "over_30")
_RASH = "Macules/papules covering"
_ACNE = "apules and/or pustules covering"
_EITHER_WAY = "which may or may not be associated with symptoms of pruritus or tenderness"

# Over 30 % of the body is grade 2 with no or mild symptoms, grade 3 with moderate or severe ones.
MACULO_PAPULAR = AskedTerm(
    "rash_maculo_papular",
    _FAMILY,
    (
        Question(
            "rash_maculo_papular.extent",
            (
                NONE,
                Option("under_10", 1, f"{_RASH} <10% BSA with or without symptoms"),
                Option("from_10", 2, f"{_RASH} 10 - 30% BSA with or without symptoms"),
                Option("over_30", 2, "rash covering > 30% BSA with or without mild symptoms"),
            ),
        ),
        limits("rash_maculo_papular", *_ANY_EXTENT, first="extent"),
        Question(
            "rash_maculo_papular.symptoms",
            (
                Option("mild"),
                Option("strong", 3, f"{_RASH} >30% BSA with moderate or severe symptoms"),
            ),
            (
                after("rash_maculo_papular.extent", "over_30"),
                after("rash_maculo_papular.limits", "no", "chores"),
            ),
        ),
    ),
)

ACNEIFORM = AskedTerm(
    "rash_acneiform",
    _FAMILY,
    (
        Question(
            "rash_acneiform.extent",
            (
                NONE,
                Option("under_10", 1, f"P{_ACNE} <10% BSA, {_EITHER_WAY}"),
                Option("from_10", 2, f"P{_ACNE} 10 - 30% BSA, {_EITHER_WAY}"),
                Option("over_30", 2, f"p{_ACNE} > 30% BSA with or without mild symptoms"),
            ),
        ),
        Question(
            "rash_acneiform.infection",
            (
                NO,
                Option(
                    "pills",
                    3,
                    "associated with local superinfection with oral antibiotics indicated",
                ),
                Option(
                    "drip",
                    4,
                    f"p{_ACNE} any % BSA, {_EITHER_WAY} and are associated with"
                    " extensive superinfection with IV antibiotics indicated",
                ),
            ),
            (after("rash_acneiform.extent", *_ANY_EXTENT),),
        ),
        Question(
            "rash_acneiform.limits",
            (
                NO,
                Option("distress", 2, "associated with psychosocial impact"),
                CHORES,
                Option("self_care", 3, "limiting self-care ADL"),
            ),
            (
                after("rash_acneiform.extent", *_ANY_EXTENT),
                after("rash_acneiform.infection", "no"),
            ),
        ),
        Question(
            "rash_acneiform.symptoms",
            (
                Option("mild"),
                Option("strong", 3, f"P{_ACNE} >30% BSA with moderate or severe symptoms"),
            ),
            (
                after("rash_acneiform.extent", "over_30"),
                after("rash_acneiform.limits", "no", "distress", "chores"),
            ),
        ),
    ),
)

# CTCAE v5.0 prints "Blisters covering >30% BSA" in grades 3 and 4: in grade 4 it stands with fluid
# loss or a burn unit, which are asked; any blister is also the red flag severe_skin.
BULLOUS = AskedTerm(
    "bullous_dermatitis",
    _FAMILY,
    (
        Question(
            "bullous_dermatitis.extent",
            (
                NONE,
                Option("under_10", 1, "Asymptomatic; blisters covering <10% BSA", "severe_skin"),
                Option("from_10", 2, "Blisters covering 10 - 30% BSA", "severe_skin"),
                Option("over_30", 3, "Blisters covering >30% BSA", "severe_skin"),
            ),
        ),
        Question(
            "bullous_dermatitis.treatment",
            (
                NONE,
                Option("drip", 4, "associated with fluid or electrolyte abnormalities"),
                Option("intensive", 4, "ICU care or burn unit indicated"),
            ),
            (after("bullous_dermatitis.extent", *_ANY_EXTENT),),
        ),
        Question(
            "bullous_dermatitis.limits",
            (NO, Option("painful", 2, "painful blisters"), CHORES, SELF_CARE),
            (
                after("bullous_dermatitis.extent", "under_10", "from_10"),
                after("bullous_dermatitis.treatment", "none"),
            ),
        ),
    ),
)

# Holes of CTCAE: tender under 10 %, painless 10-30 %, blisters up to 30 %, none over 30 %. The
# lone word "photosensitivity" among the alternatives of grade 3 is not read as a criterion.
PHOTOSENSITIVITY = AskedTerm(
    "photosensitivity",
    _FAMILY,
    (
        Question(
            "photosensitivity.extent",
            (
                NONE,
                Option("under_10", 1, "Painless erythema and erythema covering <10% BSA"),
                Option("from_10", 2, "[own] Erythema covering 10 - 30% BSA"),
                Option("over_30", 3, "[own] Erythema covering >30% BSA"),
            ),
        ),
        Question(
            "photosensitivity.skin",
            (
                NO,
                Option("tender", 2, "[own] Tender erythema covering <10% BSA"),
                Option("blisters", 3, "[own] Erythema with blistering", "severe_skin"),
            ),
            (after("photosensitivity.extent", *_ANY_EXTENT),),
        ),
        Question(
            "photosensitivity.treatment",
            (
                NONE,
                Option("painkillers", 3, "pain control indicated"),
                Option("steroids", 3, "oral corticosteroid therapy indicated"),
                Option("emergency", 4, "urgent intervention indicated"),
            ),
            (after("photosensitivity.extent", *_ANY_EXTENT),),
        ),
    ),
    (
        Combined(
            frozenset(
                {("photosensitivity.extent", "from_10"), ("photosensitivity.skin", "tender")}
            ),
            2,
            "Tender erythema covering 10 - 30% BSA",
        ),
        Combined(
            frozenset(
                {("photosensitivity.extent", "over_30"), ("photosensitivity.skin", "blisters")}
            ),
            3,
            "Erythema covering >30% BSA and erythema with blistering",
        ),
    ),
)
