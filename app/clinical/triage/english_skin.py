"""How patients name what the skin and the mouth have in English."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_MOUTH = r"\b(?:mou(?:th|f)|tongue|lips?|gums?|cheeks?|palate|inside of (?:my|the) cheeks?)\b"

_RAW = r"\b(?:sores?|ulcer\w*|raw|blister\w*|ulcerated|crust\w*|holes?|craters?|open|split\w*|bleeding and sore|on fire|skinned|shredded)\b"

_SKIN = r"(?:skin|palms?|soles?|hands?|feet|face|arms?|legs?|scalp|lips?|fingers?|heels?|back)"

_COMES_OFF = (
    r"\b(?:(?:bubbl|com|fall|peel|lift|rub|slid|slip|flak|strip|tear|pull|slough|shed)\w* (?:right |straight |clean |"
    r"itself )?(?:off|away)|(?:fell|tore|slid) (?:right |straight |clean )?(?:off|away)|(?:came|went) (?:right |"
    r"straight |clean )?off|take away|slough\w*|shedd(?:ing|s)|sheds|in (?:sheets|strips|layers|chunks|lumps|handfuls|"
    r"big pieces|rags|ribbons)|" r"like (?:wet )?(?:tissue|paper|wallpaper|a snake|an onion|raw meat|meat|a glove|clingfilm|bubble ?wrap)|"
    r"hang\w* off|handfuls of skin|big pieces|sheets of|raw meat)\b"
)

SKIN = (
    r"\blobster\b",
    r"\b(?:skin|finger ?tips?|fingers?|heels?)\b" + NEAR + r"\bsplit\w*",
    r"\bpaper ?cuts\b",
    r"\bcaught\b[^.,!?]{0,20}\bsun\b",
    r"\bwent red in the sun\b",
    r"\brash\w*",
    r"\brahs\b",
    r"\braches\b",
    r"(?<!eyes )(?<!eye )\bitch\w*",
    r"\bicth\w*",
    r"\bichy\b",
    r"\bitc(?:y|hing)\b",
    r"\b(?:dry|flaky|flakey|cracked|cracking|scaly|peeling|discolou?red|blotchy|burning|red|raw|sore|sensitive|rough|thin)(?: \w+)? skin\b",
    r"\bscal(?:y|ing)\b",
    r"\bscales on\b",
    r"\b(?:lizard|crocodile|snake|fish) skin\b",
    r"\bprickly (?:heat|skin)",
    r"\bred as a\b",
    r"\bcaught the sun\b",
    r"\b(?:red|blotchy|rough|sore|raw|patchy)(?: \w+)? (?:cheeks?|face|hands?|palms?|soles?|arms?|legs?|neck)\b",
    r"(?<!tongue like )(?<!tongue is like )(?<!mouth like )\bsandpaper\b",
    (
        r"\bskin\b"
        + NEAR
        + r"(?:\bdry|peel|flak|\bred\b|crack|rough|burn|pale|white|light|dark|colou?r|sore|scal|\braw\b|patch|spot|hurt|"
        r"tight|bleed|irritat|sensitiv|bumpy|tender|thin|sting|leather|sandpaper|coming off|falls? off|falling off)"
    ),
    r"\bpeel\w*(?! (?:the )?(?:spuds|potato\w*|carrots?|veg\w*|onions?|apples?|oranges?|fruit))",
    r"\bhives\b",
    r"\bwelts?\b",
    r"\b(?:red |little |small |itchy |raised )+bumps\b",
    r"\bbumps (?:on|all over)",
    r"\bpimples?\b",
    r"\bacne\b",
    r"\bspots\b (?:on|all over)",
    r"\bblister\w*",
    r"\bblis+ers?\b",
    r"\beczema\b",
    r"\b(?:white|pale|dark|brown|red|dry|lighter|rough)(?: \w+)? (?:patch\w*|spots|blotch\w*|marks|dots)",
    r"(?<!dark )(?<!black )(?<!grey )\bblotch\w*",
    r"\bhand[- ]?(?:and )?foot\b",
    r"\b(?:palms?|soles?)\b" + NEAR + r"(?:red|sore|hurt|burn|peel|tender|crack|tingl)",
    r"\bsun ?burn\w*",
    r"\bburn\w*" + NEAR + r"\bin the sun\b",
    r"\bsun\b" + NEAR + r"(?:hurts|burns?|red)",
    r"\bsensitive to (?:the )?sun",
    r"\bphotosens\w*",
    r"\bscratch\w*(?! (?:by evening|at the screen))",
    r"\bflak(?:y|ey|ing|es)\b",
    r"\bdermatitis\b",
    r"\bpustul\w*",
    r"\bboils?\b",
    r"\b(?:mouth|lips?|tongue)\b" + NEAR + r"(?:\bsores?\b|ulcer\w*|blister\w*)",
    r"\bcanker\w*",
    r"\b(?:hands?|feet|heels?|fingers?|lips?|scalp|face)\b" + NEAR + r"(?:\bdry\b|crack\w*|peel\w*|flak\w*|\bred\b)",
    r"\b(?:lost|losing|loss of|lighter|darker)(?: \w+){0,2} (?:pigment\w*|colou?r)\b",
)

SEVERE_SKIN = (
    r"\bbull(?:ae?|ous)\b",
    r"\b(?:water|fluid|liquid) ?-?(?:y |filled |full )?(?:bumps?|bubbles?|bags?|sacs?|pockets?|lumps?)\b",
    r"\bnikolsky\w*",
    r"\bstevens\b",
    r"\btops? (?:come|comes|came|coming) off\b",
    r"\bstomatitis\b",
    r"\bmucositis\b",
    beside(
        r"\b(?:bubbles?|bumps?|balloons?|pockets?|big ones)\b",
        r"\b(?:burst\w*|pop(?:ped|ping)?|(?:clear |with |of |full of )?(?:fluid|liquid|water))\b",
        40,
    ),
    beside(_SKIN, _COMES_OFF, 40),
    beside(_MOUTH, _RAW, 35),
    beside(r"\b(?:eyes?|eye ?lids?)\b", r"\b(?:sores|ulcer\w*|raw|crust\w*|blister\w*)\b", 25),
    beside(
        r"\bpeel\w*",
        r"\b(?:everywhere|all over|whole|entire|sheets|large|strips|layers|body|head to toe|top to toe|snake|badly|raw|"
        r"underneath)\b",
        35,
    ),
    r"\b(?:shedding|moulting|losing|handfuls of|sheets of|lumps of) (?:\w+ )?skin\b",
    r"\bskin (?:is |has |was )?(?:just )?(?:dissolv\w*|melt\w*|rott?\w*)",
    r"\b(?:bubbles?|boils|sacs|sacks)\b" + NEAR + r"(?:liquid|fluid|water|skin|soles?|palms?|hands?|feet|foot|arms?|legs?|back)",
    r"\bskin\b(?: (?!hair)\w+){0,3}? (?:com\w+ (?:away|off)|lift\w*|slid\w*|shed\w*|hang\w*|fall\w*|rub\w* off|slipp\w*)",
    r"\b(?:mouth|tongue|gums?|lips?)\b" + NEAR + r"(?:full of|covered|raw\b|sores|white patches)",
    r"\bmouth sores?\b",
    r"\bsores?\b" + NEAR + r"\b(?:mouth|tongue|lips?|gums?|eyes?)\b",
    r"\bpeel\w*" + NEAR + r"(?:like (?:an? )?(?:onion|orange|wallpaper|paint)|in patches)",
    r"\bblister\w*",
    r"\bblis+ers?\b",
    r"\bblistr\w*",
    (
        r"\bskin\b"
        + NEAR
        + r"(?:coming off|comes? off|falls? off|falling off|sheets|sloughing|slough\w*|peel\w*"
        + NEAR
        + r"(?:off|everywhere|all over|whole|sheets|strips|layers))"
    ),
    r"\bpeel\w*" + NEAR + r"(?:everywhere|all over|whole|entire|sheets|large|big|strips|layers|body|like a snake|badly)",
    r"\b(?:whole|entire)" + NEAR + r"peel\w*",
    r"\b(?:losing|shedding)(?: \w+)? skin\b",
    r"\b(?:mouth|lips?|tongue|cheeks?|gums?|inside of my mouth)\b" + NEAR + r"(?:\bsores?\b|ulcer\w*|blister\w*|\braw\b|canker\w*)",
    (
        r"\b(?:sores?|ulcers?|ulcerat\w*|blisters?|raw)\b"
        + NEAR
        + r"\b(?:mouth|lips?|tongue|eyes?|eye ?lids?|gums?|genital\w*|private|cheeks?)\b"
    ),
    r"\bmouth ulc\w*",
    r"\bcanker\w*",
    r"\b(?:eyes?|eye ?lids?)\b" + NEAR + r"(?:\bsores\b|ulcer\w*|\braw\b|crust\w*)",
    r"\bopen sores?\b",
)
