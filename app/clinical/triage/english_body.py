"""How patients name fever and jaundice in English."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_TOUCHED = r"\b(?:forehead|brow|to (?:the )?touch|body dey|skin is|head is|back of (?:my|his|her) neck|touch(?:ed)? (?:him|her|his|my))\b"

_HOT = (
    r"\b(?:hot|burning|burn|boiling|roasting|baking|scalding|on fire|like (?:a |an )?(?:fire|furnace|oven|radiator|"
    r"stove|kettle|iron|hot water bottle|toaster)|fry an egg|glowing|radiating heat|sky ?high)\b"
)

FEVER = (
    beside(
        r"\b(?:temp\w*|fever\w*|thermometer)\b",
        r"\b(?:thirty[ -]?(?:eight|nine)|forty|(?:a |one )?hundred (?:and )?(?:one|two|three|four)|10[1-5])\b",
        30,
    ),
    beside(_TOUCHED, _HOT, 30),
    r"\bfeels? like (?:a |an )?(?:hot water bottle|oven|furnace|stove|radiator|fire|boiler)\b",
    r"\bbody heat\b[^.!?]{0,20}\b(?:high|up|too much)\b",
    (
        r"\b(?:body|he|she|i|grandad|granny|mum|dad|papa|mama|wife|husband|baba)(?:'s|'m| is| am| was| feels?|"
        r" dey)? (?:\w+ )?(?:burning|roasting|boiling|baking|on fire|very hot)(?: hot| up)?\b(?! (?:mad|with rage|over|the|water|an|"
        r"eggs?|in (?:my|his|her)|on|when|at|behind|feeling|sensation|pain)\b)(?! (?:in|under) the (?:sun|"
        r"kitchen|room))"
    ),
    (
        r"\bhot (?:as|like) (?:a |an |the )?(?:stove|oven|fire|furnace|iron|kettle|radiator|pan|coals?|charcoal|toast\w*|sun|brick|"
        r"griddle|hell)\b"
    ),
    r"\brigou?rs?\b",
    r"\bpyrexia\w*",
    r"\b(?:thermometer|mercury)\b[^.!?]{0,25}\b(?:red|high|top|through)\b",
    r"\btemp\w*\b[^.!?]{0,20}\b(?:sky ?high|through the roof|high|spik\w*|shot up|soar\w*|up again)\b",
    r"\b(?:run|ran|running|spik\w*|raging|high|got) (?:a )?(?:temp\w*|fever)\b",
    r"\b(?:hot (?:and|then) cold|shak\w* (?:and|with) (?:burn\w*|fever|cold))\b(?=[^.!?]{0,40}\b(?:burn\w*|temp\w*|fever)\b)",
    r"\bburning (?:hot|with (?:fever|heat|temp\w*))\b",
    r"\b(?:boiling|roasting|scorching)(?: hot)? (?:to (?:the )?touch|all night|and (?:shak|shiv|swea))\w*",
    r"\bforehead\b" + NEAR + r"(?:hot|burn\w*|fire|oven)",
    r"\bhot as (?:an? )?(?:oven|fire|stove|furnace|radiator)\b",
    r"\bspik\w* (?:a |another )?(?:temp\w*|fever)",
    (
        r"(?<!hay )(?<!cup )(?<!cabin )(?<!election )(?<!football )(?<!spring )(?<!gold )(?<!lottery )(?<!wedding )\bfever\w*(?! (?:medicine|"
        r""
        r""
        r"pill|reducer|tablet|med|clinic|blister))"
    ),
    r"\bfevr\w*",
    r"\bfeaver\b",
    r"\bfervor\b",
    r"\bfebrile\b",
    r"\b(?:high|got a|have a|running a|ran a|has a|had a|raised|bit of a) temp\w*",
    r"\btemp(?:erature)?\b" + NEAR + r"(?:\bhigh\b|\bup\b(?! to)|raised|spik\w*|through the roof)",
    r"\bburning up\b(?! (?:to|into|in) (?:my|the|his|her))",
)

# What is yellow, and what the yellow is likened to.
_FACE = (
    r"\b(?:eyes?|eye ?balls?|sclera\w*|whites?|skin|face|complexion|palms?|colou?r(?:ed)? of|tinge|tint|look like|looks like|"
    r"gone (?:the|all|a)|turned|head to (?:toe|foot)|(?:sun)?tan|look(?:s|ing)?|shade|hue)\b"
)
_YELLOW = (
    r"\b(?:yel+ow\w*|mustard|lemon\w*|canary|simpsons?|minions?|saffron|turmeric|haldi|golden|amber|piano keys|nicotine|"
    r"daffodils?|primrose|yolk|tangerine|sallow|highlighter|post-?it|sunflowers?|buttercups?|brass|ochre|tobacco|"
    r"old newspaper|bees ?wax)\b"
)
_YELLOW_FOOD = (
    r"(?:custard|banana|butter|butternut|pumpkin|curry|quince|squash|mango|cheese|corn|egg)\b"
)
# Yellow things that are no patient.
_NOT_SKIN = (
    r"(?! (?:pills?|tablets?|phlegm|mucus|snot|bile|liquid|form|folder|card|line|book|bus|pages?|tape|taxi|door|sign|"
    r"flowers?|label|discharge|urine|pee|wee|stools?|poo\w*|diarr\w*|vomit|spots?|teeth|nails?|stuff|sheet|paper|box|slip|"
    r"pus|sputum|crust|fever|capsules?|dress|curtains?|jumper|shirt|paint|ones?))"
)
_NOT_WATER = "(?<!urine yellow)(?<!pee yellow)(?<!wee yellow)(?<!stool yellow)(?<!poo yellow)(?<!dark yellow)"
_TURNED = r"\b(?:eyes?|skin|face|whites?|eye ?balls?|complexion|body|he|she|soles|palms|hands|i'?m|i|mine|look\w*|gone|turn\w*|going|went)\b"

JAUNDICE = (
    r"\bwhites? of (?:\w+ )?eyes? (?:\w+ ){0,2}?(?:aren'?t|isn'?t|are not|is not|not|no longer) (?:so )?white\b",
    r"\b(?:sub)?icter\w*",
    r"\b(?:jaun|jond|jand)\w*",
    r"\bbilirubin\b[^.!?]{0,20}\b(?:high|up|raised)\b",
    beside(_FACE, _YELLOW, 40),
    rf"{_FACE}[^.,!?;]{{0,40}}?\b(?:like|of|as|than)\b[^.,!?;]{{0,15}}?\b{_YELLOW_FOOD}",
    rf"\bcolou?r(?:ed)? of (?:an? )?(?:\w+ )?{_YELLOW_FOOD}",
    rf"{_TURNED}{NEAR}\byel+ow\w*\b{_NOT_SKIN}{_NOT_WATER}",
    rf"^(?:(?!no\b|not\b|nobody\b|without\b|never\b|any\b)\w+ ){{0,2}}?yel+ow\w*\b{_NOT_SKIN}{_NOT_WATER}",
    rf"\byel+ow\w*\b{_NOT_SKIN}(?= (?:as|like|tinge|tint|colou?r|all over|since|skin|eyes?|whites|face|from)){_NOT_WATER}",
    r"\b(?:buttery|bright|all|so|slightly|bit|quite|very) yel+ow\w*\b(?=[.,!?;]|$)",
    r"\byel+ow\w*\b[^.!?;]{0,20}\bpalms\b",
    r"\b(?:eyes?|skin|face|he|she|i)\b" + NEAR + r"\blike (?:an? )?(?:lemon|banana|canary|minion|simpsons?|custard|mustard)",
    r"\b(?:skin|eyes?|face)\b" + NEAR + r"\b(?:golden|mustard|orange)\b",
)  # fmt: skip
