"""How patients name trouble with their sight in English."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_SIGHT = (
    r"\b(?:see(?:ing|s)?|saw|seen|eyes?|vision|visoin|sight|eye ?si(?:ght|te)|view|field|whatever i look|look(?:s|ing|ed)? (?:at|up|out|"
    r"through|to me)|"
    r"in front of (?:me|my|him|her)|glasses|specs|spectacles)\b"
)
# What is looked at.
_THINGS = (
    r"\b(?:tell?y|tv|television|screen|road(?: signs?)?|signs?|number ?plates?|clock|faces|print|words?|letters?|texts?|lines?|"
    r"page|news ?paper|subtitles|book|phone|everything|world|newsreaders?|lights?|lamps?|edges?|picture|numbers|writing|"
    r"needles?|the stitches|cards|bible|menu|dials?|things|doorways?|pavement|walls?|street|labels?|recipe|price tags?|stairs|kerb|"
    r"football|ball|moon|people)\b"
)
_DISTORTED = (
    r"blur\w*|fuzz\w*|fog\w*|mist\w*|haz[ey]\w*|wavy|bent|bend\w*|wobbl\w*|smear\w*|swim\w*|smudg\w*|dim(?:mer|ming|med)?|"
    r"out of focus|milky|distort\w*|crooked|jumbl\w*|danc\w*|jump(?:s|ing) (?:about|around)|mov(?:es?|ing) (?:about|around)|"
    r"run(?:ning|s)? (?:together|into each other)|not (?:clear|sharp)|unclear|furry|two of|in pairs|rings? (?:round|around)|halos?|"
    r"double(?:d|s)?(?! rainbow| dose| dutch| check| room|"
    r" bed| take| the)|in twos|"
    r"split\w* (?:in|into) two|ghosting|melt\w*|disappear\w*|missing|cloudy|frosted|vaseline|greas\w*|steam(?:y|ed)|milky"
)
_DIMMED = (
    r"in two|twice over|missing (?:bits?|pieces?|parts?|letters?|middle)|(?:middle|half|side|part|piece|bit)[^.,!?]{0,20} missing|"
    r"gone dark|blot|blank|(?:dark|black|grey|gray) (?:patch|spot|shadow|blob|blotch|smudge|circle|curtain|area|dot|fl(?:y|ies)|"
    r"hole|bit|thing|veil|specks?|snow|strings?)\w*|shadows?|curtain|veil|lightning\w*|flash\w*(?! flood)|sparks?|sparkl\w*|flies|"
    r"floating (?:spots|things|specks|dots)|"
    r"floaters?|shutter|cotton wool|gauze|cling ?film|holes?\b(?! in my (?:sock|shoe|pocket|tooth))|cobwebs?|tunnel|snow|static|"
    r"zig ?-?zag\w*|halos?|rings round|steam\w*|frosted|greas\w*|vaseline|petroleum jelly|dirty|"
    r"wet window|under ?water|cloud\w*|film over|net curtain|gone (?:grey|black|milky)|black (?:spots|dots)|stars|midges|tadpoles|spiders?"
)
_UNSEEN = rf"\b(?:{_DISTORTED}|{_DIMMED})"
_CANNOT = (
    r"(?:can'?t|cant|couldnt|cannot|can not|couldn'?t|unable to|not able to|no longer|hardly|barely|struggl\w* to|no fit|"
    r"hard(?:er)? to|difficult\w* to|trouble|not|squint\w* to)"
)
# What else is not seen or read: a bone under a swelling, a doctor, handwriting, a point.
_NOT_SIGHT = (
    r"(?! (?:my|the|his|her|any) (?:ankle|bone|vein|doctor|nurse|knuckle|gp|specialist|point|toes|dr|doc|improvement|difference|change)"
    r"| (?:you|him|her|them|why|how|a doctor|anyone|anybody|any (?:reason|problem))\b| (?:your|the|this|that) (?:\w+ )?(?:leaflet|"
    r"writing|hand ?writing|label|form|letter|message|report|prescription))"
)
_SEE = (
    r"(?:see|seeing|read|reading|make out|recognis\w*|recogniz\w*|thread|tell (?:who|faces|the time)|focus\w*|"
    r"watch (?:the )?(?:tell?y|tv)|drive at night)"
)

VISION = (
    # Its names
    r"(?<!photo is )(?<!picture is )(?<!photo was )(?<!bit )\bblurr?\w*\b(?! (?:line|photo|picture|image|copy|scan))",
    r"\bbluri\w*",
    r"\b(?:amauros|diplop|scotoma|photops|metamorphops)\w*",
    (
        r"\b(?:vision|eye ?si(?:ght|te))\b(?! (?:boards?|of (?:retirement|the future|life|how)|tests?|checks?|insurance|centre|center|"
        r"(?:is )?(?:fine|ok\w*|good|normal|great|"
        r"clear|perfect|sharp|as (?:sharp|good|clear)|excellent|(?:the )?same|unchanged|stable|20)))(?!: ?(?:no|fine|ok))"
    ),
    r"(?<!colour )(?<!color )(?<!snow )(?<!a )(?<!the )\bblind(?:ness)?\b(?! (?:spot for|date|trust|drunk))",
    r"\b(?:going|go|went|gone|half|turning) blind\b",
    r"\bfloaters\b",
    r"\bjust (?:smudges|blurs?|blobs|shapes|shadows|outlines)\b",
    r"\btwo (?:\w+ ){1,3}in front of (?:me|him|her)\b",
    r"\bzig ?-?zags?\b",
    r"\bno (?:vision|sight) (?:in|on|at|from|out|whatever)\b",
    r"\b(?:all|everything|the world) (?:is|looks|went|goes|has gone) (?:all |so )?(?:milky|misty|foggy|hazy|cloudy|blurry|grey|dim)\b",
    # Sight that is bad, or gone
    (
        r"\b(?:double|loss of|lost|losing|cloudy|foggy|fuzzy|hazy|dim|dark|tunnel|worse|poor\w*|reduced|sudden\w*|wavy|distorted|missing|"
        r"trouble with)\b[^.,!?;]{0,12}?\b(?:vision|sight|eye ?si(?:ght|te))\b"
    ),
    (
        r"\b(?:vision|visoin|sight|eye ?si(?:ght|te))\b" + NEAR
        + r"(?:gone|worse\w*|dark\w*|black|blind|lost|spots?|fail\w*|fad\w+|"
        r"deteriorat\w*|bad|going|com(?:es|ing) and go\w*|went|drop\w*|poor|change\w*|weird|strange|funny|not (?:clear|good))"
    ),
    (
        r"\beyes?\b" + NEAR
        + r"(?:\bblind|\bgone (?:black|dark)|went (?:dark|black)|see nothing|can'?t see|cannot see|not see|stopped seeing|lost sight)"
    ),
    r"\b(?:lost|gone|going|went|losing) (?:the )?sight\b",
    (
        r"\b(?:right|left|one|other) eye\b[^.!?]{0,20}\b(?:gone|dark|black|nothing|blind|dead|useless|not see\w*|grey)\b(?! (?:itch|"
        r"water|puff|swol)\w*)"
    ),
    # What is seen is not as it is
    beside(_SIGHT, _UNSEEN, 45, r"fireworks|police|yellow\w*|swell\w*|swollen|puffy|rash|skin|arms?|legs?|head|brain"),
    beside(_THINGS, rf"\b(?:{_DISTORTED})", 35, r"photo|picture|camera|selfie|head|brain|swell\w*|stomach|skin|memory"),
    beside(
        _THINGS,
        r"\b(?:missing|gone|dark|black|grey) (?:bits?|pieces?|parts?|letters?|middle|patch\w*|hole|blob\w*|smudge\w*|spots?)\b",
        35,
    ),
    (
        r"(?<!head )(?<!brain )(?<!head is )(?<!brain is )(?<!mind )(?<!a bit )\b(?:hazy|fuzzy) (?:to me|round the edges|at the edges|"
        r"picture|outline\w*|screen|print|image)"
    ),
    r"\b(?:is|are|was|look\w*|becomes?|becoming|turn\w*) (?:all |like )?(?:two|double)\b(?=[.,!]| and| now|$| to me| at night)",
    (
        r"\btwo (?:moons?|suns?|faces|noses|wives|wifes|husbands|heads|roads|tvs|screens|doctors|clocks|cups|doors|cats|dogs|grandsons|"
        r"daughters|of (?:him|her|you|me|my (?:wife|husband)|everyone|everybody|everything|every \w+|each))\b(?! (?:to|at home))"
    ),
    r"\btwo (?:\w+ ){1,3}(?:where|when|instead of) (?:there (?:is|was|used|should)|one)\b",
    (
        r"\bsee(?:s|ing|n)? (?:\w+ )?(?:double|two|spots|flash\w*|black (?:dots|spots)|floaters|halos?|stars|shadows|"
        r"wavy)\b(?! (?:doctors?|nurses?|days|of you|on my|on his|on her))"
    ),
    r"\b(?:black|dark) (?:spots|specks|dots|bits|flies) (?:\w+ )?(?:float|drift|danc|swim|fly)\w*",
    r"\blost (?:\w+ ){1,4}(?:sight|vision)\b",
    r"\bsees? (?:\w+ )?(?:nothing|little|black|shapes|shadows|outlines)\b(?! (?:wrong|unusual|bad|new|to|of))",
    r"\bspots? (?:\w+ )?(?:in front of|before|in) (?:my|his|her|the) (?:eyes?|vision|sight)\b",
    r"\bflash(?:es|ing) (?:of )?lights?\b",
    r"\b(?:dark|black|grey|gray|blind) (?:spots?|curtain|shadow|veil|cloud|hole)\b" + NEAR + r"\b(?:eyes?|vision|sight|view)\b",
    (
        r"\b(?:half|middle|cent(?:re|er)|side|part|piece|bits?|corner) (?:of )?(?:the |my |his |her |every |what )?"
        r"(?:\w+ ){0,3}?(?:is |are |was |just )?(?:missing|(?:is)?n[o']t there|not there|disappear\w*|gone (?:grey|black|dark))"
    ),
    r"\b(?:whole side|half|part|bits?|middle|corner) of (?:my vision|my view|what i see|the view|everything)",
    # As if through something
    r"\b(?:fog|mist|film|veil|curtain|haze|cobweb\w*|cloud|smoke|gauze)\b" + NEAR + r"\b(?:eyes?|front of me|everything)\b",
    (
        r"\blook\w* (?:\w+ )?through\b"
        + NEAR
        + r"(?:fog|mist|water|steam\w*|smoke|dirty|glass|net|plastic|milk|gauze|curtain|tunnel|straw|waxed|wax)"
    ),
    r"\blike looking (?:through|out)\b",
    # Cannot see or read
    rf"\b{_CANNOT} (?:\w+ )?{_SEE}\b{_NOT_SIGHT}",
    (
        r"\b(?:glasses|specs|spectacles)\b[^.!?]{0,40}\b(?:no (?:help|difference|use)|not help\w*|don'?t help|make no difference|"
        r"didn'?t help|but same|still the same|same thing)\b"
    ),
    r"\bbump\w* into\b[^.!?]{0,30}\b(?:door\w*|furniture|things|side)\b(?=[^.!?]{0,40}\b(?:see|eye|sight)\b)",
)  # fmt: skip
