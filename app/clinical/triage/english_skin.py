"""How patients name what the skin and the mouth have in English."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_MOUTH = r"\b(?:mou(?:th|f)|gob|tongue|lips?|gums?|cheeks?|palate|roof of (?:my|the|his|her) mouth)\b"
_RAW = (
    r"\b(?:sores|(?:a|open|cold|many|some|one) sore|ulcer\w*|raw|blister\w*|ulcerated|crust\w*|soars|holes?|craters?|open|split\w*|"
    r"bleeding and sore|on fire|skinned|shredded|white patches|burned off|like (?:raw meat|hamburger|minced meat))\b"
)
_PLACE = (
    r"\b(?:skin|hide|soles?|palms?|hands?|feet|foot|finger ?tips?|fingers?|toes?|back|arms?|legs?|shins?|thighs?|chest|"
    r"stomach|body|face|neck|shoulders?|heels?|elbows?)\b"
)
_FLUID = r"(?:water|fluid|liquid|clear (?:fluid|liquid|stuff)|juice|pus)"
_BUBBLE = r"(?:bumps?|bubbles?|bags?|sacs?|sacks?|pockets?|lumps?|pouches|balloons?|domes?|boils?|blobs?|blebs?|vesicles?|jelly things?|big ones)\b"
_COMES_OFF = (
    r"(?<!won't )(?<!wont )(?<!can't )(?<!cannot )(?<!not )\b(?:(?:com|fall|peel|lift|rub|slid|slip|flak|strip|tear|pull|slough|shed|wip)\w* (?:right |straight |clean |just |itself )?"
    r"(?:off|away)|(?:fell|tore|slid|(?<!won't )(?<!wont )came|comes?) (?:right |straight |clean )?(?:off|away)|take away|slough\w*|"
    r"shedd(?:ing|s)|sheds|in (?:\w+ )?(?:sheets|strips|layers|chunks|lumps|handfuls|big pieces|rags|ribbons|curls|sheet)|"
    r"like (?:a |an |wet |old |raw )*(?:tissue|paper|wallpaper|paint|snake|onion|orange|meat|glove|sock|cling ?film|bubble ?wrap|"
    r"boiled tomato|birch bark|bark)|hang\w* (?:off|in|loose)|handfuls of skin|big pieces|sheets of|raw meat)\b"
)
# What else does not come off a hand or a foot, or washes off.
_WORN = r"(?:wedding )?(?:ring|band|shoe|sock|boot|watch|won'?t|wont|hair|polish|cream|towel|hat)s?"
_WIDELY = (
    r"(?:everywhere|all over|whole|entire|sheets|large|big|strips|layers|body|head to (?:toe|foot)|top to toe|snake|badly|raw|"
    r"underneath|in patches|like (?:an? )?(?:onion|orange|wallpaper|paint|snake))"
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
    # Blisters, by name and by what they look like
    r"(?<!in the )(?<!empty )\bblister\w*\b(?! ?(?:packs?|strips?|foil|card|sheet))",
    r"\bblis+ers?\b",
    r"\bblistr\w*",
    r"\bbull(?:ae?|ous)\b",
    r"\b(?:nikolsky|stevens)\b",
    rf"\b{_FLUID}[ -]*(?:y |filled |full |type )*{_BUBBLE}",
    beside(rf"\b{_BUBBLE}", rf"\b(?:burst\w*|pop(?:ped|ping)?|broke(?! (?:my|the|his|her))|weep\w*|{_FLUID}(?! bottle))\b", 40, "nothing|eyes?|gas|wind"),
    beside(_PLACE, r"\bbubbl(?:ed|ing|es)\b", 30, "stomach|belly|tummy"),
    beside(r"\b(?:bubbles|sacs|pouches)\b", _PLACE, 25, "gas|wind|ankles?|feel"),
    r"\btops? (?:come|comes|came|coming) off\b",
    # Skin that comes off
    beside(_PLACE, _COMES_OFF, 40, _WORN),
    beside(r"\bpeel\w*", rf"\b{_WIDELY}\b", 35, "a bit|little"),
    r"\b(?:shedding|moulting|losing|handfuls of|sheets of|lumps of|strips of|layers? of) (?:\w+ )?skin\b",
    r"\bskin (?:is |has |was |are )?(?:just )?(?:dissolv\w*|melt\w*|rott?\w*|slough\w*)",
    r"\bopen sores?\b",
    r"\bexfoliat\w*",
    # Sores of mouth and eyes
    beside(_MOUTH, _RAW, 35, r"heart|stomach|smile"),
    r"\bmouth (?:sores?|ulc\w*)",
    r"\b(?:stomatitis|mucositis)\b",
    r"\bcanker\w*",
    r"(?<!stomach )(?<!gastric )(?<!peptic )(?<!duodenal )(?<!bleeding )(?<!leg )\b(?:mouth |oral )?(?:ulcers|apht\w+)\b",
    beside(r"\b(?:eyes?|eye ?lids?)\b", r"\b(?:sores|ulcer\w*|raw|crust\w*|blister\w*|glued)\b", 25),
    beside(r"\b(?:genital\w*|private\w*|down below|vagina\w*|penis)\b", r"\b(?:sores?|ulcer\w*|raw|blister\w*)\b", 25),
)  # fmt: skip
