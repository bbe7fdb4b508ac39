"""How patients name what the skin and the mouth have in English."""

from app.clinical.triage.english_words import NEAR, STOPS, near
from app.clinical.triage.wording import beside

_MOUTH = (
    r"\b(?:mou(?:th|f)|gob|tongue|lips?|gums?|cheeks?|palate|roof of (?:my|the|his|her) mouth)\b"
)
_RAW = (
    r"\b(?:sores|(?:a|open|many|some|one) (?:\w+ )?sore|ulcer\w*|raw|blister\w*|ulcerated|crust\w*|soars|holes?|craters?|open (?:wounds?|"
    r"cuts?)|cracked open|split\w*|"
    r"bleeding and sore|on fire|skinned|shredded|white patches|burned off|like (?:raw meat|hamburger|minced meat))\b"
)
_PLACE = (
    r"\b(?:skin|hide|soles?|palms?|hands?|feet|foot|finger ?tips?|fingers?|toes?|back|arms?|legs?|shins?|thighs?|chest|"
    r"stomach|body|face|neck|shoulders?|heels?|elbows?)\b"
)
_FLUID = r"(?:water|fluid|liquid|clear (?:fluid|liquid|stuff)|juice|pus)"
_BUBBLE = (
    r"(?:bumps?|bubbles?|bags?|sacs?|sacks?|pockets?|lumps?|pouches|balloons?|domes?|boils?|blobs?|blebs?|vesicles?|jelly things?|"
    r"big ones)\b"
)
_COMES_OFF = (
    r"(?<!won't )(?<!wont )(?<!can't )(?<!cannot )(?<!not )\b(?:(?:com|fall|peel|lift|rub|slid|slip|flak|strip|tear|pull|slough|shed|"
    r"wip|loosen)\w* (?:right |straight |clean |just |itself )?"
    r"(?:off|away)|(?:fell|tore|slid|(?<!won't )(?<!wont )came|comes?) (?:right |straight |clean )?(?:off|away)|take away|slough\w*|"
    r"shedd(?:ing|s)|sheds|in (?:\w+ )?(?:sheets|strips|layers|chunks|lumps|handfuls|big pieces|large pieces|rags|ribbons|curls|sheet)|"
    r"like (?:a |an |wet |old |raw )*(?:tissue|paper|wallpaper|paint|snake|onion|orange|meat|glove|sock|cling ?film|bubble ?wrap|"
    r"boiled tomato|birch bark|bark)|hang\w* (?:off|in|loose)|handfuls of skin|big pieces|sheets of|raw meat)\b"
)
# What else does not come off a hand or a foot, or washes off.
_WORN = r"(?:wedding )?(?:ring|band|shoe|sock|boot|watch|won'?t|wont|hair|polish|cream|towel|hat)s?"
_WIDELY = (
    r"(?:everywhere|all over|whole|entire|sheets|large|big|strips|layers|body|head to (?:toe|foot)|top to toe|snake|badly|raw|"
    r"underneath|in patches|like (?:an? )?(?:onion|orange|wallpaper|paint|snake))"
)

# Blisters and their slips; a pack of tablets is a blister too.
_BLISTERS = (
    r"(?<!in the )(?<!empty )\bblister\w*\b(?! ?(?:packs?|strips?|foil|card|sheet|heat|pace|sun\b|hot|speed))",
    r"\bblis+ers?\b",
    r"\bcanker\w*",
)

# A yellow skin is jaundice and no trouble of the skin; what is dark may be the urine.
_NEAR_SKIN = near(r"yellow\w*|mustard|golden|saffron|banana|pee|urine|wee|eyes|" + STOPS)
_SKIN_ILL = (
    r"(?:\bdry|peel|flak|\bred\b|crack|rough|burn|pale|white|light|dark|colou?r|sore|scal|\braw\b|patch|spot|hurt|tight|bleed|"
    r"irritat|sensitiv|bumpy|tender|thin|sting|leather|sandpaper|com\w+ off|falls? off|falling off|itch|split|fading|bleach\w*|"
    r"blotch|prick|crawl|inflam|erupt|break\w* out|broken out|parchment)"
)

SKIN = (
    # Rash and itch
    r"\brash\w*",
    r"\b(?:rahs|raches)\b",
    r"(?<!eyes )(?<!eye )\bitch\w*",
    r"\b(?:icth\w*|ichy|itc(?:y|hing))\b",
    r"(?<!throat )\bscratch(?:ing|es|ed)\b(?! (?:by|at the screen|from|me on))",
    r"\bscratch(?: \w+){0,2} (?:body|all|anyhow|raw|till|until|at night|myself)\b",
    r"\b(?:hives|welts?|urticaria|eczema|dermatitis|psoriasis|pustul\w*|pimples?|acne|boils?|zits)\b",
    r"\b(?:red |little |small |itchy |raised )+bumps\b",
    r"\bbumps (?:on|all over)",
    r"\bspots\b (?:on|all over)",
    r"\bgoose ?bumps|goose skin\b",
    r"\bprickly (?:heat|skin)",
    r"\bbr(?:eaking|oke|oken) out in\b",
    r"\bhand[- ]?(?:and )?foot\b",
    # Dry, rough, cracked, peeling
    (
        r"\b(?:dry|flaky|flakey|cracked|cracking|scaly|peeling|discolou?red|blotchy|burning|red|raw|sore|sensitive|rough|thin|"
        r"patchy|itchy|pale|tight)(?: \w+)? skin\b"
    ),
    r"\bskin\b" + _NEAR_SKIN + _SKIN_ILL,
    r"\b(?:skin|finger ?tips?|fingers?|heels?)\b" + NEAR + r"\bsplit\w*",
    r"\b(?:hands?|feet|heels?|fingers?|lips?|scalp|face)\b" + NEAR + r"(?:\bdry\b|crack\w*|chapp\w*|peel\w*|flak\w*|\bred\b)",
    r"\b(?:chapped|cracked) (?:lips|hands|heels)\b",
    r"\bpeel\w*\b(?! (?:the |a |some )?(?:spuds|potato\w*|carrots?|veg\w*|onions?|apples?|oranges?|fruit|prawns))",
    r"\b(?:scal(?:y|ing)|scales on|flak(?:y|ey|ing|es)|dandruff)\b",
    r"\b(?:lizard|crocodile|snake|fish|elephant|chicken) skin\b",
    r"(?<!tongue like )(?<!tongue is like )(?<!mouth like )(?<!throat like )(?<!throat's like )(?<!lips like )\bsandpaper\b",
    r"\bpaper ?cuts\b",
    # Colour
    (
        r"\b(?:white|pale|dark|brown|red|dry|lighter|rough)(?: \w+)? (?:patch\w*|spots|blotch\w*|marks|dots)\b(?! (?:floating|in front|"
        r"in my (?:eye|vision|sight)|when|before my|in the middle))"
    ),
    r"(?<!dark )(?<!black )(?<!grey )\bblotch\w*",
    r"\b(?:red|blotchy|rough|sore|raw|patchy)(?: \w+)? (?:face|hands?|palms?|soles?|arms?|legs?|neck)\b",
    r"\b(?:palms?|soles?)\b" + NEAR + r"(?:red|sore|hurt|burn|peel|tender|crack|tingl)",
    r"\b(?:lost|losing|loss of|lighter|darker)(?: \w+){0,2} (?:pigment\w*|colou?r)\b",
    r"\bcolou?r of (?:my|his|her|the) skin\b" + _NEAR_SKIN + r"(?:fad\w*|chang\w*|lighter|darker|going|white|pale)",
    r"\bvitiligo\b",
    r"\bred as a\b",
    r"\blobster\b",
    # Sun
    r"\bsun ?burn\w*",
    r"\bburn\w*" + NEAR + r"\bin the sun\b",
    r"\bburn(?:ed|t|s)?\b[^.,!?]{0,30}\b(?:garden|beach|sun|outside|outdoors|minutes)\b",
    r"\bsun\b" + NEAR + r"(?:hurts|burns?|red)",
    r"\bsensitive to (?:the )?sun",
    r"\bphotosens\w*",
    r"\bcaught\b[^.,!?]{0,20}\bsun\b",
    r"\bwent red in the sun\b",
    # Blisters, and sores of the mouth
    *_BLISTERS,
    r"\b(?:mouth|lips?|tongue)\b" + NEAR + r"(?:\bsores?\b|ulcer\w*|blister\w*)",
)  # fmt: skip

SEVERE_SKIN = (
    # Blisters, by name and by what they look like
    *_BLISTERS,
    r"\bblistr\w*",
    r"\bbull(?:ae?|ous)\b",
    r"\b(?:nikolsky|stevens)\b",
    rf"\b{_FLUID}[ -]*(?:y |filled |full |type )*{_BUBBLE}",
    beside(
        rf"\b{_BUBBLE}",
        rf"\b(?:burst\w*|pop(?:ped|ping)?|broke(?! (?:my|the|his|her))|weep\w*|{_FLUID}(?! bottle))\b",
        40,
        "nothing|eyes?|gas|wind",
    ),
    beside(_PLACE, r"\bbubbl(?:ed|ing|es)\b", 30, "stomach|belly|tummy"),
    beside(r"\b(?:bubbles|sacs|pouches)\b", _PLACE, 25, "gas|wind|ankles?|feel"),
    r"\btops? (?:come|comes|came|coming) off\b",
    # Skin that comes off
    beside(_PLACE, _COMES_OFF, 40, _WORN),
    beside(r"\bpeel\w*", rf"\b{_WIDELY}\b", 35, "a bit|little"),
    r"\b(?:shedding|moulting|losing|handfuls of|sheets of|lumps of|strips of|layers? of) (?:\w+ )?skin\b",
    r"\bskin (?:is |has |was |are )?(?:just )?(?:dissolv\w*|melt\w*|rott?\w*|slough\w*)",
    r"\bopen sores?\b",
    r"\bskin\b[^.,!?]{0,25}\b(?:slides?|sliding|slips)\b(?! (?:on|down) (?:a|the))",
    r"\bskin of (?:the|my|his|her) (?:hands?|feet|foot|palms?|fingers?|legs?) (?:is |are )?(?:com|remov|go)\w+",
    r"\bexfoliat\w*",
    # Sores of mouth and eyes
    beside(_MOUTH, _RAW, 45, r"heart|stomach|smile"),
    r"\bmouth (?:sores?|ulc\w*)",
    r"\b(?:stomatitis|mucositis)\b",
    r"(?<!stomach )(?<!gastric )(?<!peptic )(?<!duodenal )(?<!bleeding )(?<!leg )\b(?:mouth |oral )?(?:ulcers|apht\w+)\b",
    beside(r"\b(?:eyes?|eye ?lids?)\b", r"\b(?:sores|ulcer\w*|raw|crust\w*|blister\w*|glued)\b", 25),
    beside(r"\b(?:genital\w*|private\w*|down below|vagina\w*|penis)\b", r"\b(?:sores?|ulcer\w*|raw|blister\w*)\b", 25),
)  # fmt: skip
