"""How patients name a red flag in English."""

from app.clinical.triage.english import BELLY, NEAR
from app.clinical.triage.wording import by_code

_CANNOT = r"(?:can'?t|cannot|can not|couldn'?t|could not|unable to|not able to|won'?t|will not)"
_STOOL = r"(?:stools?|poo+(?:p|ps|ed|ing)?|bowel movements?|bms?|motions?|shit|feces|faeces|turds?|number two)"
_VOMIT = r"(?:vom+[ie]t\w*|thr[eo]w\w*(?: \w+){0,2} up|puk\w*|br(?:ing\w*|ought)(?: \w+){0,2} up|spat up|spit\w* up|retch\w*|sick)"
_SEVERE = (
    r"(?:severe\w*|unbear\w*|terribl\w*|excruciat\w*|\bworst\b|awful\w*|agoni[sz]\w*|\bagony\b|intense\w*|extreme\w*|"
    r"(?:very|really|so|too|incredibly) (?:very )?(?:bad\w*|strong\w*|painful|much)|horribl\w*|horrific|violent\w*|kill(?:s|ing)? me|doubl\w+ (?:up|over)|"
    r"bent (?:over|double)|stabb\w*|like (?:a )?kni(?:fe|ves)|knife|can'?t (?:stand|bear|take|move|straighten|walk|cope)|cannot (?:stand|bear|take|move|straighten|walk)|"
    r"(?:10|9|nine|ten) ?(?:/|out of) ?(?:10|ten)|scream\w*|crippl\w*|insane|curled up|never (?:had|felt)" + NEAR + r"such|strong|dying|crying (?:with|from|in)|on the floor|brutal|rigid|torture)"
)
_PAIN = r"(?:pain\w*|\bach\w+|cramp\w*|hurt\w*|\bsore\w*|stabb\w*)"

RED_FLAGS = by_code({
    "dyspnoea": (
        r"\bshort\w* (?:of|off|in|on)(?: my| the)? br\w+", r"\bout of (?:breath|breth|puff)\b", r"\bbreath ?less\w*", r"\bshort ?breath\w*",
        r"\b(?:" + _CANNOT + r"|hard\w*|difficult\w*|difficlt\w*|trouble|struggl\w*|hardly|barely|problems?|fight\w*|labou?red|heavy|shallow|tough)(?: \w+){0,3}? br[ea]+th\w*",
        r"\bbr[ea]+th\w*\b" + NEAR + r"(?:\bhard\w*|difficult\w*|heav\w*|\bfast\b|labou?red|\bbad\w*|tough|\bshort\b|struggl\w*|worse|problem\w*|trouble|rapid\w*|not (?:good|easy|right)|shallow)",
        r"\bgasp\w*", r"\bwheez\w*", r"\bsuf+oc\w*", r"\b(?:get|catch\w*|getting)(?: \w+)? ?(?:enough )?(?:breath|breth|air)\b", r"\b(?:not enough|no|short of|need|hungry for|starved of) air\b", r"\bair hunger\b",
        r"\bsob\b", r"\bwinded\b", r"\bdyspn\w*", r"\bpuffed out\b", r"\bpuffing and panting\b", r"\bpanting\b", r"\bsmother\w*", r"\bchok(?:ing|ed) for (?:air|breath)", r"\bdrowning\b", r"\blungs?\b" + NEAR + r"(?:air|water|full|fluid)",
        r"\bsleep\w* (?:sitting|upright|in (?:a|the|my) (?:chair|recliner))", r"\b(?:can'?t|cannot) lie (?:flat|down)",
    ),
    "chest_pain": (
        r"\bchest\b" + NEAR + r"(?:pain\w*|hurt\w*|tight\w*|pressure|ach\w+|heav\w+|squeez\w*|crush\w*|burn\w*|stab\w*|\bsore|discomfort|weight|\bband\b|elephant|\bbad\b|pressing)",
        r"(?:pain\w*|tight\w*|pressure|hurt\w*|ach\w+|squeez\w*|crush\w*|discomfort|heav\w+|stab\w*|burning|elephant|weight|brick|band|pressing)\b" + NEAR + r"\b(?:chest|breast ?bone|sternum)\b",
        r"\bchestp\w*", r"\bangina\b", r"\bheart (?:hurts|pains?|aches?|attack)\b", r"\bpain\w*" + NEAR + r"\bheart\b",
    ),
    "syncope": (
        r"\bfaint(?:ed|s|ing)\b", r"\b(?:a|in a|did a) (?:dead )?faint\b(?! (?:rash|pain|line|smell|mark))", r"\bfianted\b", r"\bfainte\b", r"\bpas+(?:ed|ing|es|t)? ?out\b", r"\bblack(?:ed|ing|s)? ?-?out\w*", r"\bcol+aps\w*", r"\bunconsc\w*", r"\b(?:lost|loss of|lose|losing) (?:my |his |her )?consc?i?\w*",
        r"\bkeeled over\b", r"\b(?:woke|came (?:to|round)|found)" + NEAR + r"on the (?:\w+ )?(?:floor|ground|tiles?)", r"\bout cold\b", r"\bsyncop\w*", r"\bwent (?:out|down) like\b", r"\beverything went (?:black|dark)\b", r"\bout for (?:a |some |\w+ )?(?:seconds?|minutes?)",
    ),
    "gi_bleeding": (
        r"\b(?:black\w*|tar+[ie]?\w*|bloody|dark red|maroon|blood\w*|coal\w*|jet black)(?: \w+){0,3}? " + _STOOL + r"\b",
        r"\b(?:" + _STOOL + r"|toilet (?:bowl|paper|water|pan)|toilet|diarr?h\w*|back passage)\b(?:(?!\b(?:no|not|without)\b)[^.,!?;]){0,30}?(?:\bblack\w*|\btar\w*|blood\w*|\bred\b|maroon|coal|\bink\b|licorice|liquorice)",
        r"\bpoo\w* (?:is |was |looks )?(?:\w+ )?(?:black|tar\w*|red)\b", r"\bwip\w*[^.,!?;]{0,30}?blood\w*", r"\bblood\w*[^.,!?;]{0,30}?\b(?:" + _STOOL + r"|toilet|loo\b|bowels?|bottom|back passage|rectum|wip\w*|anus|behind|pan|bowl|diarr?h\w*|butt|bum)",
        r"\b" + _VOMIT + r"\b" + NEAR + r"(?:blood\w*|\bred\b|coff?ee?)", r"\bblood\w*" + NEAR + r"\b(?:vomit\w*|sick\b|puke|puking|thr[eo]w\w*)",
        r"\bcoff?ee?[- ]?grounds?\b", r"\blike coff?ee\b", r"\bmela?ena\b", r"\bha?ematemesis\b", r"\b(?:rectal|gi|stomach|gut|bowel|internal) ?bleed\w*", r"\bbleed\w*" + NEAR + r"\b(?:bottom|back passage|rectum|behind|anus|bowels?|stomach|butt|bum)\b", r"\bpassing blood\b",
    ),
    "bleeding": (
        r"\bnose ?-?bl(?:ee|e)d\w*", r"\bnose\b" + NEAR + r"(?:bl(?:ee|e)d\w*|blood\w*)", r"\bbl(?:ee|e)d\w*" + NEAR + r"\b(?:nose|gums?|mouth|cut|wound|ears?|scar)\b", r"\bgums?\b" + NEAR + r"(?:bl(?:ee|e)d\w*|blood\w*)",
        r"\b(?:blood\w*|red|pink)\b" + NEAR + r"\b(?:urine|pee\w*|wee)\b", r"\b(?:urine|pee\w*|wee)\b" + NEAR + r"(?:blood\w*|\bred\b|pink)", r"\b(?:big|huge|large|lots of|many|purple|new|unexplained|massive|loads of|strange|random)(?: \w+)? bruis\w*", r"\bbruis\w*" + NEAR + r"(?:everywhere|all over|without|no reason|easily|for nothing|big|huge|\w+ body|not remember|don'?t know|just from|every)",
        r"\bbl(?:ee|e)d(?:s|ing)?\b", r"\bcough\w* (?:\w+ )?(?:\w+ )?blood\w*", r"\bha?emorr\w*", r"\bblood (?:won'?t|wont|doesn'?t|does not|not) (?:stop|clot)", r"\bcut\b[^.!?;]{0,60}?(?:pouring|gush\w*|stop|bleed\w*)", r"\bblood blister\w*", r"\b(?:spit\w*|spat) (?:\w+ )?blood\w*", r"\bblood\b" + NEAR + r"\b(?:pillow|tooth ?brush|tissues?|handkerchief|sink|eye)\b",
    ),
    "severe_skin": (
        r"\bblister\w*", r"\bblis+ers?\b", r"\bblistr\w*", r"\bskin\b" + NEAR + r"(?:coming off|comes? off|falls? off|falling off|sheets|sloughing|slough\w*|peel\w*" + NEAR + r"(?:off|everywhere|all over|whole|sheets|strips|layers))",
        r"\bpeel\w*" + NEAR + r"(?:everywhere|all over|whole|entire|sheets|large|big|strips|layers|body|like a snake|badly)", r"\b(?:whole|entire)" + NEAR + r"peel\w*", r"\b(?:losing|shedding)(?: \w+)? skin\b",
        r"\b(?:mouth|lips?|tongue|cheeks?|gums?|inside of my mouth)\b" + NEAR + r"(?:\bsores?\b|ulcer\w*|blister\w*|\braw\b|canker\w*)", r"\b(?:sores?|ulcers?|ulcerat\w*|blisters?|raw)\b" + NEAR + r"\b(?:mouth|lips?|tongue|eyes?|eye ?lids?|gums?|genital\w*|private|cheeks?)\b",
        r"\bmouth ulc\w*", r"\bcanker\w*", r"\b(?:eyes?|eye ?lids?)\b" + NEAR + r"(?:\bsores\b|ulcer\w*|\braw\b|crust\w*)", r"\bopen sores?\b",
    ),
    "jaundice": (
        r"\bjaun\w*", r"\b(?:eyes?|skin|face|whites?|eye ?balls?|complexion|body|he|she|i'?m|i|look\w*|gone|turn\w*|going|went)\b" + NEAR + r"yel+ow\w*(?! (?:pills?|tablets?|phlegm|mucus|snot|bile|liquid))",
        r"\byel+ow\w*" + NEAR + r"\b(?:eyes?|skin|face|whites|eye ?balls?|tinge|tint|colou?r)",
    ),
    "fever": (
        r"(?<!hay )\bfever\w*(?! (?:medicine|pill|reducer|tablet|med|clinic|blister))", r"\bfevr\w*", r"\bfeaver\b", r"\bfervor\b", r"\bfebrile\b", r"\b(?:high|got a|have a|running a|ran a|has a|had a|raised|bit of a) temp\w*", r"\btemp(?:erature)?\b" + NEAR + r"(?:\bhigh\b|\bup\b(?! to)|raised|spik\w*|through the roof)", r"\bburning up\b",
    ),
    "dehydration": (
        r"\b(?:" + _CANNOT + r"|not|hardly|barely|nothing|don'?t|doesn'?t|no)\b[^.,!?;]{0,35}?\b(?:keep\w*|kept|hold\w*|stay\w*)\b[^.,!?;]{0,30}?\b(?:down|in)\b", r"\bnothing (?:\w+ )?stays?\b",
        _VOMIT + r"\b[^.!?;]{0,30}?\b(?:everything|water|fluids?|liquids?|anything|whatever|every (?:sip|drop|drink)|sips?|all i (?:drink|eat))\b", r"\b(?:everything|water|fluids?|liquids?|sips?|drinks?|anything|whatever i (?:drink|eat)|all i drink|every (?:sip|drop))\b[^.!?;]{0,30}?\b(?:comes?|came|coming|goes|shoots?)(?: \w+){0,3}? (?:up|back|out)\b",
        r"\b(?:everything|even water|water|whatever|anything)\b[^.!?;]{0,30}?\b(?:vomit\w*|thr[eo]w\w* (?:\w+ )?up|puk\w*)", r"\b(?:not|no|haven'?t|havent|hasn'?t|didn'?t|barely|hardly)\b[^.,!?;]{0,15}?\b(?:peed?|urine|urinat\w*|pass\w* (?:any )?(?:water|urine)|weed?|weeing|peeing)\b",
        r"\bde?hydrat\w*", r"\bdehidrat\w*",
    ),
    "vision": (
        r"\bblurr?\w*", r"\bbluri\w*", r"\b(?:double|loss of|lost|losing|cloudy|foggy|fuzzy|hazy|dim|dark|tunnel|worse|poor\w*|reduced|sudden\w*|wavy|distorted|missing|no|trouble with)\b[^.,!?;]{0,12}?\b(?:vision|sight|eye ?sight)\b",
        r"\b(?:vision|visoin|sight|eye ?sight)\b" + NEAR + r"(?:double|gone|worse\w*|cloud\w*|fog\w*|fuzz\w*|haz\w*|\bdim\w*|dark\w*|black|blind|lost|spots?|distort\w*|fail\w*|fad\w+|deteriorat\w*|disappear\w*|bad|going|went|drop\w*|poor|change\w*|not (?:clear|good)|weird|wavy|milky)",
        r"\beyes?\b" + NEAR + r"(?:\bblind|\bgone (?:black|dark)|went (?:dark|black)|see nothing|can'?t see|cannot see|\bcloudy\b|\bfoggy\b|\bfuzzy\b|\bhazy\b|\bdim\b|dark (?:spots?|shadow)|black (?:spots?|shadow|curtain)|not see|stopped seeing|lost sight)",
        r"\bsee(?:s|ing)? (?:\w+ )?(?:double|two of|spots|flash\w*|black (?:dots|spots)|floaters|halos?|things double|wavy)", r"\b(?:can'?t|cannot|cant|couldn'?t|hardly|barely|hard to|difficult\w* to|trouble|not) (?:\w+ )?(?:see|seeing|read|reading|focus\w*)\b(?! (?:my|the|his|her) (?:ankle|bone|vein|doctor|nurse|knuckle))",
        r"\bblind(?:ness)?\b", r"\b(?:dark|black|grey|gray|blind) (?:spots?|curtain|shadow|veil|cloud|hole)\b" + NEAR + r"\b(?:eyes?|vision|sight|view)\b", r"\bflashes of light\b", r"\bflashing lights?\b", r"\bfloaters\b", r"\bwhole side of (?:my )?vision",
    ),
    "severe_abdominal_pain": (
        _SEVERE + r"\b[^.!?;]{0,40}?" + _PAIN + r"[^.!?;]{0,30}?\b" + BELLY + r"\b", _SEVERE + r"[^.!?;]{0,40}?\b" + BELLY + r"\b ?[^.!?;]{0,20}?" + _PAIN,
        r"\b" + BELLY + r" ?[^.!?;]{0,25}?" + _PAIN + r"[^.!?;]{0,45}?" + _SEVERE, _PAIN + r"[^.!?;]{0,25}?\b" + BELLY + r"\b[^.!?;]{0,45}?" + _SEVERE,
        r"\b" + BELLY + r"\b ?(?:\w+ ){0,4}?(?:kill(?:s|ing) me|agony|excruciat\w*|unbear\w*)", r"\b(?:agony|excruciat\w*|unbear\w*)[^.!?;]{0,25}?\b" + BELLY + r"\b", r"\b" + BELLY + r"\b[^.,!?;]{0,20}?(?:rock hard|hard as (?:a )?(?:rock|board|wood)|rigid)",
    ),
})  # fmt: skip
