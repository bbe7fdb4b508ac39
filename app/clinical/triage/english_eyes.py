"""How patients name trouble with their sight in English."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_SEEN = (
    r"\b(?:see(?:ing|s)?|saw|seen|eyes?|vision|sight|eye ?sight|tell?y|tv|screen|road signs?|signs?|number ?plates?|"
    r"clock|faces?|print|words?|letters?|lines?|page|news ?paper|subtitles|book|phone|everything|world|view|field|"
    r"whatever i look|newsreaders?|lights|edges?|picture|when i look|look at)\b"
)

_UNSEEN = (
    r"\b(?:double(?! rainbow| dose| dutch| check| room| bed)|doubled|in two|twice|two of (?:every|each|them|him|"
    r"her)\w*|blur\w*|fuzz\w*|fog\w*|mist\w*|haz[ey]\w*|wavy|bent|bend\w*|wobbl\w*|missing (?:bits?|pieces?|parts?|"
    r"letters?|middle)|(?:middle|half|side|part|piece|bit)[^.,!?]{0,20} missing|smear\w*|swim\w*|smudg\w*|dim(?:mer|"
    r"ming|med)?|gone dark|blot|blank|hole|dark (?:patch|spot|shadow|blob|blotch|smudge|circle|curtain|area)|" r"black (?:patch|spot|shadow|blob|blotch|smudge|circle|curtain|dot|flies|hole|bit|thing)\w*|grey (?:patch|spot|"
    r"shadow|blob|curtain|dot|veil)\w*|shadow|curtain|veil|lightning\w*|flash\w*|sparks?|flies|(?:black|dark|floating|"
    r"grey|gray|white) spots|floaters?|cobwebs?|tunnel|out of focus|snow|zig ?-?zag\w*|halos?|ghost\w*|steam\w*|"
    r"frosted|greas\w*|vaseline|wet window|under ?water|milky|cloud\w*|distort\w*|crooked|jumbl\w*|run(?:ning|"
    r"s)? (?:together|into each other)|disappear\w*)\b"
)

VISION = (
    beside(_SEEN, _UNSEEN, 45),
    (
        r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|not able to|no longer|hardly|barely|struggl\w* to|"
        r"no fit) (?:\w+ )?(?:see|read|make out|recognis\w*|recogniz\w*|thread|tell (?:who|faces|the time)|"
        r"watch (?:the )?(?:tell?y|tv)|focus)\b(?! (?:my|the|his|her) (?:ankle|bone|vein|doctor|nurse|knuckle|gp|"
        r"specialist|point)| (?:you|him|them|why|how|any (?:reason|problem))\b)"
    ),
    r"\b(?:amauros|diplop|scotoma|photops|metamorphops)\w*",
    r"\bsee (?:\w+ )?(?:nothing|little|black|shapes|shadows|outlines)\b(?! (?:wrong|unusual|bad|new))",
    r"\b(?:lost|gone|going|went|losing) (?:the )?(?:sight|blind)\b",
    (
        r"\b(?:half|middle|cent(?:re|er)|side|part|piece|bits?|corner) (?:of )?(?:the |my |his |her |every |"
        r"what )?(?:\w+ ){0,3}?(?:is |are |was |just )?(?:missing|not there|disappear\w*|gone (?:grey|black|dark))"
    ),
    r"\b(?:right|left|one|other) eye\b[^.!?]{0,20}\b(?:gone|dark|black|nothing|blind|dead|useless|not see\w*|grey)\b",
    r"\bglasses\b[^.!?]{0,30}\b(?:no (?:help|difference|use)|not help\w*|don'?t help|make no difference|didn'?t help)\b",
    r"\bbump\w* into\b[^.!?]{0,30}\b(?:door\w*|furniture|things|side)\b(?=[^.!?]{0,40}\b(?:see|eye|sight)\b)",
    r"\blike looking (?:through|out)\b",
    r"\btwo (?:\w+ ){1,3}(?:where|when) there (?:is|was|used|should)\b",
    (
        r"\b(?:vision|eye ?sight)\b(?! (?:boards?|tests?|checks?|insurance|centre|center|(?:is )?(?:fine|ok\w*|good|"
        r"normal|great)))(?!: ?(?:no|fine|ok))"
    ),
    (
        r"\b(?:letters?|words?|print|screen|faces|text|lines|writing|newspaper|everything|things)\b"
        + NEAR
        + r"(?:blur\w*|fuzz\w*|swim\w*|doubl\w*|wavy|smudg\w*|foggy|hazy|out of focus|in twos|bend\w*)"
    ),
    (
        r"\b(?:cant|couldnt|cannot|can'?t|couldn'?t) (?:\w+ )?(?:read|see|make out|recognis\w*|recogniz\w*)\b(?! (?:my|"
        r"the|his|her) (?:ankle|bone|vein|doctor|nurse|knuckle|point)| (?:you|him|her|them|the (?:dr|doc))\b)"
    ),
    r"\b(?:fog|mist|film|veil|curtain|haze|cobweb\w*|cloud)\b" + NEAR + r"\b(?:eyes?|front of me)\b",
    r"\blooking through\b" + NEAR + r"(?:fog|mist|water|steam\w*|smoke|dirty|glass|net|plastic|milk)",
    r"\bseeing (?:two|double|stars|spots|flashes|shadows|halos)\b",
    r"\bblurr?\w*",
    r"\bbluri\w*",
    (
        r"\b(?:double|loss of|lost|losing|cloudy|foggy|fuzzy|hazy|dim|dark|tunnel|worse|poor\w*|reduced|sudden\w*|wavy|"
        r"distorted|missing|no|trouble with)\b[^.,!?;]{0,12}?\b(?:vision|sight|eye ?sight)\b"
    ),
    (
        r"\b(?:vision|visoin|sight|eye ?sight)\b"
        + NEAR
        + r"(?:double|gone|worse\w*|cloud\w*|fog\w*|fuzz\w*|haz\w*|\bdim\w*|dark\w*|black|blind|lost|spots?|distort\w*|"
        r"fail\w*|fad\w+|deteriorat\w*|disappear\w*|bad|going|went|drop\w*|poor|change\w*|not (?:clear|good)|weird|wavy|"
        r"milky)"
    ),
    (
        r"\beyes?\b"
        + NEAR
        + r"(?:\bblind|\bgone (?:black|dark)|went (?:dark|black)|see nothing|can'?t see|cannot see|\bcloudy\b|\bfoggy\b|"
        r"\bfuzzy\b|\bhazy\b|\bdim\b|dark (?:spots?|shadow)|black (?:spots?|shadow|curtain)|not see|stopped seeing|"
        r"lost sight)"
    ),
    r"\bsee(?:s|ing)? (?:\w+ )?(?:double|two of|spots|flash\w*|black (?:dots|spots)|floaters|halos?|things double|wavy)",
    (
        r"\b(?:can'?t|cannot|cant|couldn'?t|hardly|barely|hard to|difficult\w* to|trouble|not) (?:\w+ )?(?:see|seeing|"
        r"read|reading|focus\w*)\b(?! (?:my|the|his|her) (?:ankle|bone|vein|doctor|nurse|knuckle))"
    ),
    r"\bblind(?:ness)?\b",
    r"\b(?:dark|black|grey|gray|blind) (?:spots?|curtain|shadow|veil|cloud|hole)\b" + NEAR + r"\b(?:eyes?|vision|sight|view)\b",
    r"\bflashes of light\b",
    r"\bflashing lights?\b",
    r"\bfloaters\b",
    r"\bwhole side of (?:my )?vision",
)
