"""Skin: terms and criteria of CTCAE v5.0 (NCI, 27 November 2017), as printed."""

from app.clinical.grading.term import Term

TERMS = (
    Term(
        "rash_maculo_papular",
        "Rash maculo-papular",
        "10037868",
        "skin",
        {
            1: (
                "Macules/papules covering <10% BSA with or without symptoms (e.g., pruritus, "
                "burning, tightness)"
            ),
            2: (
                "Macules/papules covering 10 - 30% BSA with or without symptoms (e.g., "
                "pruritus, burning, tightness); limiting instrumental ADL; rash covering > "
                "30% BSA with or without mild symptoms"
            ),
            3: (
                "Macules/papules covering >30% BSA with moderate or severe symptoms; "
                "limiting self care ADL"
            ),
        },
    ),
    Term(
        "rash_acneiform",
        "Rash acneiform",
        "10037847",
        "skin",
        {
            1: (
                "Papules and/or pustules covering <10% BSA, which may or may not be "
                "associated with symptoms of pruritus or tenderness"
            ),
            2: (
                "Papules and/or pustules covering 10 - 30% BSA, which may or may not be "
                "associated with symptoms of pruritus or tenderness; associated with "
                "psychosocial impact; limiting instrumental ADL; papules and/or pustules "
                "covering > 30% BSA with or without mild symptoms"
            ),
            3: (
                "Papules and/or pustules covering >30% BSA with moderate or severe symptoms; "
                "limiting self-care ADL; associated with local superinfection with oral "
                "antibiotics indicated"
            ),
            4: (
                "Life-threatening consequences; papules and/or pustules covering any % BSA, "
                "which may or may not be associated with symptoms of pruritus or tenderness "
                "and are associated with extensive superinfection with IV antibiotics "
                "indicated"
            ),
            5: "Death",
        },
    ),
    Term(
        "pruritus",
        "Pruritus",
        "10037087",
        "skin",
        {
            1: "Mild or localized; topical intervention indicated",
            2: (
                "Widespread and intermittent; skin changes from scratching (e.g., edema, "
                "papulation, excoriations, lichenification, oozing/crusts); oral "
                "intervention indicated; limiting instrumental ADL"
            ),
            3: (
                "Widespread and constant; limiting self care ADL or sleep; systemic "
                "corticosteroid or immunosuppressive therapy indicated"
            ),
        },
    ),
    Term(
        "dry_skin",
        "Dry skin",
        "10013786",
        "skin",
        {
            1: "Covering <10% BSA and no associated erythema or pruritus",
            2: (
                "Covering 10 - 30% BSA and associated with erythema or pruritus; limiting "
                "instrumental ADL"
            ),
            3: "Covering >30% BSA and associated with pruritus; limiting self care ADL",
        },
    ),
    Term(
        "bullous_dermatitis",
        "Bullous dermatitis",
        "10006556",
        "skin",
        {
            1: "Asymptomatic; blisters covering <10% BSA",
            2: "Blisters covering 10 - 30% BSA; painful blisters; limiting instrumental ADL",
            3: "Blisters covering >30% BSA; limiting self care ADL",
            4: (
                "Blisters covering >30% BSA; associated with fluid or electrolyte "
                "abnormalities; ICU care or burn unit indicated"
            ),
            5: "Death",
        },
    ),
    Term(
        "palmar_plantar_erythrodysesthesia_syndrome",
        "Palmar-plantar erythrodysesthesia syndrome",
        "10054524",
        "skin",
        {
            1: (
                "Minimal skin changes or dermatitis (e.g., erythema, edema, or "
                "hyperkeratosis) without pain"
            ),
            2: (
                "Skin changes (e.g., peeling, blisters, bleeding, fissures, edema, or "
                "hyperkeratosis) with pain; limiting instrumental ADL"
            ),
            3: (
                "Severe skin changes (e.g., peeling, blisters, bleeding, fissures, edema, or "
                "hyperkeratosis) with pain; limiting self care ADL"
            ),
        },
    ),
    Term(
        "skin_hypopigmentation",
        "Skin hypopigmentation",
        "10040868",
        "skin",
        {
            1: "Hypopigmentation or depigmentation covering <10% BSA; no psychosocial impact",
            2: (
                "Hypopigmentation or depigmentation covering >10% BSA; associated "
                "psychosocial impact"
            ),
        },
    ),
    Term(
        "photosensitivity",
        "Photosensitivity",
        "10034966",
        "skin",
        {
            1: "Painless erythema and erythema covering <10% BSA",
            2: "Tender erythema covering 10 - 30% BSA",
            3: (
                "Erythema covering >30% BSA and erythema with blistering; photosensitivity; "
                "oral corticosteroid therapy indicated; pain control indicated (e.g., "
                "narcotics or NSAIDs)"
            ),
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
    Term(
        "stevens_johnson_syndrome",
        "Stevens-Johnson syndrome",
        "10042033",
        "skin",
        {
            3: (
                "Skin sloughing covering <10% BSA with associated signs (e.g., erythema, "
                "purpura, epidermal detachment, and mucous membrane detachment)"
            ),
            4: (
                "Skin sloughing covering 10 - 30% BSA with associated signs (e.g., erythema, "
                "purpura, epidermal detachment and mucous membrane detachment)"
            ),
            5: "Death",
        },
    ),
    Term(
        "toxic_epidermal_necrolysis",
        "Toxic epidermal necrolysis",
        "10044223",
        "skin",
        {
            4: (
                "Skin sloughing covering >=30% BSA with associated symptoms (e.g., erythema, "
                "purpura, or epidermal detachment)"
            ),
            5: "Death",
        },
    ),
)
