"""How patients name short breath in English."""

from app.clinical.triage.english_words import CANNOT, NEAR

DYSPNOEA = (
    r"\b(?:orthopn|tachypn|dyspn|apn[eo])\w*",
    r"\bsob(?:oe)?\b",
    r"\bshort ?-?winded\b",
    r"\b(?:(?:find|get|catch|lost|lose|losing) (?:my |his |her )(?:wind|puff)|(?:short of|out of|no) puff)\b",
    r"\b(?:half|short|full|whole|a|my|finish\w*|his|her) sentences?\b",
    r"\bbetween (?:the |my |his |her |each |every )?(?:words?|sentences?)\b",
    r"\b(?:suck|gulp|drag|pull|gasp|fight|hunger|hungry|starv|crav|struggl)\w*(?: \w+){0,3} (?:air|breath)\b",
    r"\b(?:not|isn'?t|never) (?:\w+ )?enough (?:of )?(?:air|oxygen)\b",
    r"\b(?:get|getting|take|taking|draw) (?:any |enough |in )?air\b",
    r"\bair\b (?:\w+ ){0,2}?(?:won'?t|doesn'?t|isn'?t|not|hardly|is thin|runs? out)",
    (
        r"\blungs?\b(?! (?:function|x-?ray|scan|nodule|cancer|is|are) ?(?:fine|ok\w*|clear)?)"
        + r"(?=[^.!?]{0,40}\b(?:sit\w*|full|fill\w*|water\w*|tight|burst\w*|burn\w*|give|work\w*|air|shrunk|small|half|"
        r"enough|concrete|rattl\w*|crackl\w*|bubbl\w*|squash\w*|heavy|not)\b)"
    ),
    r"\b(?:fill|empty|expand) (?:my|his|her) lungs?\b",
    r"\b(?:sits?|sitting|standing|squash\w*|press\w*|weight) (?:\w+ )?on (?:my |the |his |her )?lungs?\b",
    r"\bchest (?:\w+ ){0,2}?(?:go|goes|going|heav\w+|moving|pump\w*) (?:up and down|like|in and out)",
    r"\b(?:puff|pant|blow|wheez|huff)(?:ing|ed|s)?\b(?: \w+){0,2} (?:like|after|when|walking|at|up the|going|just)\b",
    r"\bblow(?:ing|n) (?:hard|like|out)\b",
    r"\b(?:steam (?:train|engine)|bellows|fish out of water|darth vader)\b",
    r"\bwithout (?:stopp\w*|rest\w*|sitting down|a (?:break|rest|sit)|pausing|hav\w+ to (?:stop|rest|sit))",
    (
        r"\bstop\w* (?:\w+ ){0,2}?(?:half ?-?way|every (?:few|couple|two|three|ten)|twice|three times|at each|on (?:the|"
        r"each) (?:landing|stairs|step)|for a (?:rest|breather))"
    ),
    (
        r"\b(?:have to|need to|had to) (?:stop|rest|sit|pause) (?:\w+ ){0,3}?(?:stairs?|steps?|landing|hill|driveway|"
        r"hall\w*|kitchen|yards?|metres?|meters?)\b"
    ),
    r"\bbreather\b",
    (
        r"\b(?:lie|lying|lay|laying|sleep\w*|flat) (?:\w+ ){0,2}?(?:flat|down|on my back)\b"
        + r"(?=[^.!?]{0,40}\b(?:drown\w*|choke?\w*|suffocat\w*|smother\w*|air|impossible|gasp\w*|sit (?:back )?up|shoot up))"
    ),
    r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|not able to|no fit) (?:lie|lay|sleep) (?:\w+ )?(?:flat|down|on (?:my|his|her) back)\b",
    (
        r"\bsle(?:ep|pt)\w* (?:\w+ ){0,3}?(?:sitting|upright|bolt upright|in (?:the|a|my|his|her) (?:arm ?|easy |"
        r"lazy ?-?boy |reclining )?(?:chair|recliner))"
    ),
    r"\b(?:drown\w*|suffocat\w*|smother\w*|strangl\w*) (?:when|at night|in bed|if)\b",
    r"\b(?:oxygen|o2|sats|spo2|saturation)\b(?=[^.!?]{0,25}(?:\b(?:7\d|8\d|9[0-3])\b|low|drop|down|fall|poor))",
    r"\b(?:lips?|fingers?|nails?) (?:\w+ ){0,3}?(?:blue|bluish|purple)\b",
    r"\b(?:no|half|enough|more|need|little) (?:the )?oxygen\b",
    r"\bblue (?:lips|round the mouth|around the mouth)\b",
    r"\b(?:ribs?|nostrils?|neck muscles?|tummy) (?:\w+ ){0,3}?(?:suck\w*|flar\w*|pull\w* in|work\w* hard)",
    (
        r"\bbr[ea]+th\w*"
        + r"(?=[^.!?]{0,30}\b(?:fast|quick\w*|rapid\w*|labou?r\w*|shallow|heavy|hard|noisy|rattl\w*|bad|wrong|worse|well|"
        r"properly)\b)"
    ),
    (
        r"(?<!bad )(?<!deep )(?<!big )(?<!smelly )\b(?:breath|breaths|breathe|breathing|breathless\w*|"
        r"breadth)\b(?! (?:smells?|stinks?|tests?|exercises?|of fresh|normal\w*|fine|ok\w*|well|easy|easily|easier|better|"
        r"in deep\w*|deep\w*|is (?:fine|ok\w*|normal|good|easy|better)))"
    ),
    r"\bhuffing\b",
    r"\bpuff(?:ed|ing)\b(?! up| eyes?| face| lids?)",
    r"\bair\b" + NEAR + r"(?:won'?t|doesn'?t|not|hardly|barely)" + NEAR + r"(?:go|come|get|reach|enter)\w*",
    r"\b(?:two|three|four|five|2|3|4|5|extra|more) pillows\b",
    r"\bpropped up\b",
    r"\bsit\w* up" + NEAR + r"(?:to|just to|all night|so i can) (?:sleep|breathe|get)",
    r"\bshort\w* (?:of|off|in|on)(?: my| the)? br\w+",
    r"\bout of (?:breath|breth|puff)\b",
    r"\bbreath ?less\w*",
    r"\bshort ?breath\w*",
    (
        r"\b(?:"
        + CANNOT
        + r"|hard\w*|difficult\w*|difficlt\w*|trouble|struggl\w*|hardly|barely|problems?|fight\w*|labou?red|heavy|shallow|"
        r"tough)(?: \w+){0,3}? br[ea]+th\w*"
    ),
    (
        r"\bbr[ea]+th\w*\b"
        + NEAR
        + r"(?:\bhard\w*|difficult\w*|heav\w*|\bfast\b|labou?red|\bbad\w*|tough|\bshort\b|struggl\w*|worse|problem\w*|"
        r"trouble|rapid\w*|not (?:good|easy|right)|shallow)"
    ),
    r"\bgasp\w*",
    r"\bwheez\w*",
    r"\bsuf+oc\w*",
    r"\b(?:get|catch\w*|getting)(?: \w+)? ?(?:enough )?(?:breath|breth|air)\b",
    r"\b(?:not enough|no|short of|need|hungry for|starved of) (?:air|breath)\b",
    r"\bair hunger\b",
    r"\bsob\b",
    r"\bwinded\b",
    r"\bdyspn\w*",
    r"\bpuffed out\b",
    r"\bpuffing and panting\b",
    r"\bpanting\b",
    r"\bsmother\w*",
    r"\bchok(?:ing|ed) for (?:air|breath)",
    r"\bdrowning\b(?! in (?:paper|work|email|form|bill|debt))",
    r"\blungs?\b" + NEAR + r"(?:air|water|full|fluid)",
    r"\bsleep\w* (?:sitting|upright|in (?:a|the|my) (?:chair|recliner))",
    r"\b(?:can'?t|cannot) lie (?:flat|down)",
)
