"""How patients name a red flag in English."""

from app.clinical.triage.english import BELLY, NEAR, near
from app.clinical.triage.english_signs import SIGNS
from app.clinical.triage.wording import by_code

_CANNOT = r"(?:can'?t|cannot|can not|couldn'?t|could not|unable to|not able to|won'?t|will not)"
_STOOL = r"(?:stools?|poo+(?:p|ps|ed|ing)?|bowel movements?|bms?|motions?|shit|feces|faeces|turds?|number two)"
_VOMIT = r"(?:vom+[ie]t\w*|thr[eo]w\w*(?: \w+){0,2} up|puk\w*|br(?:ing\w*|ought)(?: \w+){0,2} up|spat up|spit\w* up|retch\w*|sick)"
_SEVERE = (
    r"(?:(?<!nothing )severe\w*|\bsever\b|unbear\w*|terribl\w*|excruciat\w*|\bworst\b|awful\w*|agoni[sz]\w*|\bagony\b|intense\w*|extreme\w*|"
    r"(?:very|really|so|too|incredibly) (?:very )?(?:bad\w*|strong\w*|painful|much)|horribl\w*|horrific|violent\w*|kill(?:s|ing)? me|doubl\w+ (?:up|over)|"
    r"bent (?:over|double)|stabb\w*|like (?:a )?kni(?:fe|ves)|knife|can'?t (?:stand|bear|take|move|straighten|walk|cope)|cannot (?:stand|bear|take|move|straighten|walk)|"
    r"(?:10|9|nine|ten) ?(?:/|out of) ?(?:10|ten)|scream\w*|crippl\w*|insane|curled up|never (?:had|felt)" + NEAR + r"such|strong|dying|crying (?:with|from|in)|on the floor|brutal|rigid|torture|like hell|off the (?:scale|charts?)|childbirth|labou?r pains?|giving birth|morphine|rip\w* (?:me )?apart|tear\w* (?:me )?(?:apart|open)|foetal|fetal|(?:in|into) a ball|wanted to die|want to die|could not (?:stand|walk|move|sleep)|unable to (?:stand|move|walk)|can(?:not|t|'t) (?:sit|lie|sleep|breathe)|ambulance|writh\w*|howl\w*|shouting|unreal|never known|never felt)"
)
_PAIN = r"(?:pain\w*|\bach\w+|cramp\w*|hurt\w*|\bsore\w*|stabb\w*)"

_NAMES = {
    "dyspnoea": (
        r"(?<!bad )(?<!deep )(?<!big )(?<!smelly )\b(?:breath|breaths|breathe|breathing|breathless\w*|breadth)\b(?! (?:smells?|stinks?|tests?|exercises?|of fresh|normal\w*|fine|ok\w*|well|easy|easily|easier|better|in deep\w*|deep\w*|is (?:fine|ok\w*|normal|good|easy|better)))",
        r"\bhuffing\b", r"\bpuff(?:ed|ing)\b(?! up| eyes?| face| lids?)", r"\bair\b" + NEAR + r"(?:won'?t|doesn'?t|not|hardly|barely)" + NEAR + r"(?:go|come|get|reach|enter)\w*", r"\b(?:two|three|four|five|2|3|4|5|extra|more) pillows\b", r"\bpropped up\b", r"\bsit\w* up" + NEAR + r"(?:to|just to|all night|so i can) (?:sleep|breathe|get)",
        r"\bshort\w* (?:of|off|in|on)(?: my| the)? br\w+", r"\bout of (?:breath|breth|puff)\b", r"\bbreath ?less\w*", r"\bshort ?breath\w*",
        r"\b(?:" + _CANNOT + r"|hard\w*|difficult\w*|difficlt\w*|trouble|struggl\w*|hardly|barely|problems?|fight\w*|labou?red|heavy|shallow|tough)(?: \w+){0,3}? br[ea]+th\w*",
        r"\bbr[ea]+th\w*\b" + NEAR + r"(?:\bhard\w*|difficult\w*|heav\w*|\bfast\b|labou?red|\bbad\w*|tough|\bshort\b|struggl\w*|worse|problem\w*|trouble|rapid\w*|not (?:good|easy|right)|shallow)",
        r"\bgasp\w*", r"\bwheez\w*", r"\bsuf+oc\w*", r"\b(?:get|catch\w*|getting)(?: \w+)? ?(?:enough )?(?:breath|breth|air)\b", r"\b(?:not enough|no|short of|need|hungry for|starved of) (?:air|breath)\b", r"\bair hunger\b",
        r"\bsob\b", r"\bwinded\b", r"\bdyspn\w*", r"\bpuffed out\b", r"\bpuffing and panting\b", r"\bpanting\b", r"\bsmother\w*", r"\bchok(?:ing|ed) for (?:air|breath)", r"\bdrowning\b(?! in (?:paper|work|email|form|bill|debt))", r"\blungs?\b" + NEAR + r"(?:air|water|full|fluid)",
        r"\bsleep\w* (?:sitting|upright|in (?:a|the|my) (?:chair|recliner))", r"\b(?:can'?t|cannot) lie (?:flat|down)",
    ),
    "chest_pain": (
        r"(?<!off my )(?<!off his )(?<!off her )(?<!on my )(?<!on his )(?<!on her )(?<!on the )(?<!over my )(?<!over the )(?<!over his )(?<!over her )(?<!across my )(?<! on )\bchest\b(?! (?:infection|x-?ray|ct|scan|hair|cold|cough|clinic|doctor|physio|rub|freezer|of drawers|height|is (?:fine|ok\w*|clear)))(?![^.,!?;]{0,25}(?:rash|itch|spot|\bred\b|blister|pimple|acne|hair|freckle))",
        r"\bheart\b" + NEAR + r"(?:squeez\w*|stab\w*|hurt\w*|sharp|crush\w*|tight\w*)",
        r"\bchest\b" + NEAR + r"(?:pain\w*|hurt\w*|tight\w*|pressure|ach\w+|heav\w+|squeez\w*|crush\w*|burn\w*|stab\w*|\bsore|discomfort|weight|\bband\b|elephant|\bbad\b|pressing)",
        r"(?:pain\w*|tight\w*|pressure|hurt\w*|ach\w+|squeez\w*|crush\w*|discomfort|heav\w+|stab\w*|burning|elephant|weight|brick|band|pressing)\b" + NEAR + r"\b(?:chest|breast ?bone|sternum)\b",
        r"\bchestp\w*", r"\bangina\b", r"\bheart (?:hurts|pains?|aches?|attack)\b", r"\bpain\w*" + NEAR + r"\bheart\b",
    ),
    "syncope": (
        r"\b(?:hit|met) the (?:deck|floor|ground|tiles|carpet)\b", r"\b(?:slump\w*|crumpl\w*|drop\w*|slid\w*|slip\w*|sank|sink\w*|went|gone|go) (?:\w+ ){0,2}?(?:to|onto|on) the (?:\w+ )?(?:floor|ground|deck|tiles)\b", r"\b(?:un|not |wasn'?t |isn'?t |stopped )respon(?:sive|ding)\b", r"\b(?:could not|couldn'?t|can'?t|cannot|unable to) (?:be )?(?:woken|wake|rouse|roused)\b(?! up (?:early|in|at|on))", r"\bwent (?:all )?limp\b", r"\blights (?:went|were) out\b", r"\bblank(?:ed)? out\b", r"\b(?:flaked|conked|spark(?:ed)?|zonked) out\b", r"\bswoon\w*", r"\bfeint\w*", r"\b(?:came to|come to|came round|came around|come round)\b(?= (?:on|in|with|after|and|to find|a)\b|[.,!]|$)", r"\b(?:fell|fallen|fall)" + NEAR + r"(?:unconscious|no memory|don'?t remember|black)",
        r"(?<!nearly )(?<!almost )(?<!not )\bfaint(?:ed|s|ing)\b", r"\b(?:a|in a|did a) (?:dead )?faint\b(?! (?:rash|pain|line|smell|mark))", r"\bfianted\b", r"\bfainte\b", r"(?<!nearly )(?<!almost )\bpas+(?:ed|ing|es|t)? ?out\b", r"(?<!nearly )(?<!almost )\bblack(?:ed|ing|s)? ?-?out\w*", r"(?<!nearly )(?<!almost )\bcol+aps\w*", r"\bunconsc\w*", r"\b(?:lost|loss of|lose|losing) (?:my |his |her )?consc?i?\w*",
        r"\bkeeled over\b", r"\b(?:woke|came (?:to|round)|found)" + NEAR + r"on the (?:\w+ )?(?:floor|ground|tiles?)", r"\bout cold\b", r"\bsyncop\w*", r"\bwent (?:out|down) like\b", r"\beverything went (?:black|dark)\b", r"\bout for (?:a |some |\w+ )?(?:seconds?|minutes?)",
    ),
    "gi_bleeding": (
        r"\b(?:black\w*|tar+[ie]?\w*|bloody|dark red|maroon|blood\w*|coal\w*|jet black)(?: \w+){0,3}? " + _STOOL + r"\b",
        r"\b(?:" + _STOOL + r"|toilet (?:bowl|paper|water|pan)|toilet|diarr?h\w*|back passage)\b(?:(?!\b(?:no|not|without)\b)[^.,!?;]){0,30}?(?:\bblack\w*|\btar\w*|blood\w*|\bred\b|maroon|coal|\bink\b|licorice|liquorice)",
        r"\bpoo\w* (?:is |was |looks )?(?:\w+ )?(?:black|tar\w*|red)\b", r"\bwip\w*[^.,!?;]{0,30}?blood\w*", r"\bblood\w*[^.,!?;]{0,45}?\b(?:" + _STOOL + r"|toilet|loo\b|bowels?|bottom|back passage|rectum|wip\w*|anus|behind|pan|bowl|diarr?h\w*|butt|bum)",
        r"\b" + _VOMIT + r"\b" + near("no|not|without|never|phlegm|sputum|mucus") + r"(?:blood\w*|\bred\b|coff?ee?)", r"\bblood\w*" + NEAR + r"\b(?:vomit\w*|sick\b|puke|puking|thr[eo]w\w*)",
        r"\bcoff?ee?[- ]?grounds?\b", r"\blike coff?ee\b", r"\bmela?ena\b", r"\bha?ematemesis\b", r"\b(?:rectal|gi|stomach|gut|bowel|internal) ?bleed\w*", r"\bbleed\w*" + NEAR + r"\b(?:bottom|back passage|rectum|behind|anus|bowels?|stomach|butt|bum)\b",
    ),
    "bleeding": (
        r"(?<!my )(?<!your )(?<!draw )(?<!drawing )(?<!take )(?<!taking )(?<!took )(?<!give )(?<!giving )(?<!gave )(?<!the )(?<!for )(?<!have )(?<!imatinib )(?<!drew )(?<!drawn )(?<!his )(?<!her )(?<!high )(?<!low )(?<!full )(?<!fasting )(?<!next )(?<!a )(?<!our )\b(?:blood|bloody|bloodied|bloodstained)\b(?! ?-?(?:tests?|pressure|sugars?|counts?|works?|draws?|samples?|levels?|results?|thinn\w*|types?|groups?|clots?|cells?|vessels?|pudding|reports?|forms?|taken|checks?|vials?|tubes?|drawn|orange|glucose|oxygen|transfusions?|bank|donors?|donat\w*|shot|hell|relative\w*|stream|monitor\w*|collection|tomorrow|today|on (?:mon|tues|wednes|thurs|fri)|at \d|appointment|nurse|lab|again|done|numbers?|values?|concentration))",
        r"\b(?:wound|incision|stitch\w*|scar|cut|gash)\b" + NEAR + r"(?:ooz\w*|weep\w*|seep\w*|leak\w*)", r"\b(?:red|pink|cola|rust\w*)(?: \w+)? (?:urine|pee|wee)\b", r"\bpass\w* (?:red|pink) water\b",
        r"\bnose ?-?bl(?:ee|e)d\w*", r"\bnose\b" + NEAR + r"(?:bl(?:ee|e)d\w*|blood\w*)", r"\bbl(?:ee|e)d\w*" + NEAR + r"\b(?:nose|gums?|mouth|cut|wound|ears?|scar)\b", r"\bgums?\b" + NEAR + r"(?:bl(?:ee|e)d\w*|blood\w*)",
        r"\b(?:blood\w*|red|pink)\b" + NEAR + r"\b(?:urine|pee\w*|wee)\b", r"\b(?:urine|pee\w*|wee)\b" + NEAR + r"(?:blood\w*|\bred\b|pink)", r"\b(?:big|huge|large|lots of|many|purple|new|unexplained|massive|loads of|strange|random)(?: \w+)? bruis\w*", r"\bbruis\w*" + NEAR + r"(?:everywhere|all over|without|no reason|easily|for nothing|big|huge|\w+ body|not remember|don'?t know|just from|every)",
        r"\bbl(?:ee|e)d(?:s|ing)?\b", r"\bcough\w* (?:\w+ )?(?:\w+ )?blood\w*", r"\bha?emorr\w*", r"\bblood (?:won'?t|wont|doesn'?t|does not|not) (?:stop|clot)", r"\bcut\b[^.!?;]{0,60}?(?:pouring|gush\w*|stop|bleed\w*)", r"\bblood blister\w*", r"\b(?:spit\w*|spat) (?:\w+ )?blood\w*", r"\bblood\b" + NEAR + r"\b(?:pillow|tooth ?brush|tissues?|handkerchief|sink|eye)\b",
    ),
    "severe_skin": (
        r"\b(?:bubbles?|boils|sacs|sacks)\b" + NEAR + r"(?:liquid|fluid|water|skin|soles?|palms?|hands?|feet|foot|arms?|legs?|back)", r"\bskin\b(?: (?!hair)\w+){0,3}? (?:com\w+ (?:away|off)|lift\w*|slid\w*|shed\w*|hang\w*|fall\w*|rub\w* off|slipp\w*)", r"\b(?:mouth|tongue|gums?|lips?)\b" + NEAR + r"(?:full of|covered|raw\b|sores|white patches)", r"\bmouth sores?\b", r"\bsores?\b" + NEAR + r"\b(?:mouth|tongue|lips?|gums?|eyes?)\b", r"\bpeel\w*" + NEAR + r"(?:like (?:an? )?(?:onion|orange|wallpaper|paint)|in patches)",
        r"\bblister\w*", r"\bblis+ers?\b", r"\bblistr\w*", r"\bskin\b" + NEAR + r"(?:coming off|comes? off|falls? off|falling off|sheets|sloughing|slough\w*|peel\w*" + NEAR + r"(?:off|everywhere|all over|whole|sheets|strips|layers))",
        r"\bpeel\w*" + NEAR + r"(?:everywhere|all over|whole|entire|sheets|large|big|strips|layers|body|like a snake|badly)", r"\b(?:whole|entire)" + NEAR + r"peel\w*", r"\b(?:losing|shedding)(?: \w+)? skin\b",
        r"\b(?:mouth|lips?|tongue|cheeks?|gums?|inside of my mouth)\b" + NEAR + r"(?:\bsores?\b|ulcer\w*|blister\w*|\braw\b|canker\w*)", r"\b(?:sores?|ulcers?|ulcerat\w*|blisters?|raw)\b" + NEAR + r"\b(?:mouth|lips?|tongue|eyes?|eye ?lids?|gums?|genital\w*|private|cheeks?)\b",
        r"\bmouth ulc\w*", r"\bcanker\w*", r"\b(?:eyes?|eye ?lids?)\b" + NEAR + r"(?:\bsores\b|ulcer\w*|\braw\b|crust\w*)", r"\bopen sores?\b",
    ),
    "jaundice": (
        r"\byellow(?:ish|y|ing|ed|er)?\b(?! (?:pills?|tablets?|phlegm|mucus|snot|bile|liquid|form|folder|card|line|book|bus|pages?|tape|taxi|door|sign|flowers?|label|discharge|urine|pee|wee|stools?|poo\w*|diarr\w*|vomit|spots?|teeth|nails?|stuff|sheet|paper|box|slip|pus|sputum|crust))(?= (?:as|like|tinge|tint|colou?r|in (?:the|my|his|her)|look|all over|today|since|now|again|skin|eyes?|whites|face)|[.,!?;]|$)(?<!urine yellow)(?<!pee yellow)(?<!wee yellow)(?<!stool yellow)(?<!poo yellow)",
        r"\b(?:eyes?|skin|face|he|she|i)\b" + NEAR + r"\blike (?:an? )?(?:lemon|banana|canary|minion|simpsons?|custard|mustard)", r"\b(?:skin|eyes?|face)\b" + NEAR + r"\b(?:golden|mustard|orange)\b",
        r"\bjaun\w*", r"\b(?:eyes?|skin|face|whites?|eye ?balls?|complexion|body|he|she|i'?m|i|look\w*|gone|turn\w*|going|went)\b" + NEAR + r"yel+ow\w*(?! (?:pills?|tablets?|phlegm|mucus|snot|bile|liquid))",
        r"\byel+ow\w*" + NEAR + r"\b(?:eyes?|skin|face|whites|eye ?balls?|tinge|tint|colou?r)",
    ),
    "fever": (
        r"\bburning (?:hot|with (?:fever|heat))\b", r"\b(?:boiling|roasting|scorching)(?: hot)? (?:to (?:the )?touch|all night|and (?:shak|shiv|swea))\w*", r"\bforehead\b" + NEAR + r"(?:hot|burn\w*|fire|oven)", r"\bhot as (?:an? )?(?:oven|fire|stove|furnace|radiator)\b", r"\bpyrexia\w*", r"\bspik\w* (?:a |another )?(?:temp\w*|fever)",
        r"(?<!hay )\bfever\w*(?! (?:medicine|pill|reducer|tablet|med|clinic|blister))", r"\bfevr\w*", r"\bfeaver\b", r"\bfervor\b", r"\bfebrile\b", r"\b(?:high|got a|have a|running a|ran a|has a|had a|raised|bit of a) temp\w*", r"\btemp(?:erature)?\b" + NEAR + r"(?:\bhigh\b|\bup\b(?! to)|raised|spik\w*|through the roof)", r"\bburning up\b",
    ),
    "dehydration": (
        r"\bnothing (?:\w+ )?(?:stay|stop|go|remain|sit)\w* (?:down|in)\b", r"\b(?:no|any|hardly any|barely any|almost no|not a drop of|nothing but drops of|very little|zero) (?:urine|pee|wee|water (?:has )?pass\w*)\b(?! (?:infection|pain|problem|test|sample))", r"\b(?:not|no|never|hardly|barely|haven'?t|hasn'?t|didn'?t) (?:\w+ ){0,3}?(?:a )?(?:pe+d?|wee+d?|peeing|urinat\w*|passed (?:water|urine))\b", r"\b(?:pee|peed|urinated|weed|wee|urine)\b(?: \w+){0,3} only once\b", r"\b(?:only|just) (?:peed|urinated|weed|a (?:few )?drops? of (?:urine|pee|wee))\b", r"\b(?:comes?|came|coming|goes|shoots?|flies|flew)(?: \w+){0,3}? (?:straight|right) (?:back )?(?:up|out)\b",
        r"\b(?:" + _CANNOT + r"|not|hardly|barely|nothing|don'?t|doesn'?t|no)\b[^.,!?;]{0,35}?\b(?:keep\w*|kept|hold\w*|stay\w*)\b[^.,!?;]{0,30}?\b(?:down|in)\b", r"\bnothing (?:\w+ )?stays?\b",
        _VOMIT + r"\b[^.!?;]{0,30}?\b(?:everything|water|fluids?|liquids?|anything|whatever|every (?:sip|drop|drink)|sips?|all i (?:drink|eat))\b", r"\b(?:everything|water|fluids?|liquids?|sips?|drinks?|anything|whatever i (?:drink|eat)|all i drink|every (?:sip|drop))\b[^.!?;]{0,30}?\b(?:comes?|came|coming|goes|shoots?)(?: \w+){0,3}? (?:up|back|out)\b",
        r"\b(?:everything|even water|water|whatever|anything)\b(?:(?!\b(?:no|not|without|never|didn'?t)\b)[^.!?;]){0,30}?\b(?:vomit\w*|thr[eo]w\w* (?:\w+ )?up|puk\w*)", r"\b(?:not|no|haven'?t|havent|hasn'?t|didn'?t|barely|hardly)\b(?:(?!dark|red|blood|pink|brown|burn|pain|smell|orange|change)[^.,!?;]){0,15}?\b(?:peed?|urine|urinat\w*|pass\w* (?:any )?(?:water|urine)|weed?|weeing|peeing)\b",
        r"\bde?hydrat\w*", r"\bdehidrat\w*",
    ),
    "vision": (
        r"\b(?:vision|eye ?sight)\b(?! (?:boards?|tests?|checks?|insurance|centre|center|(?:is )?(?:fine|ok\w*|good|normal|great)))(?!: ?(?:no|fine|ok))", r"\b(?:letters?|words?|print|screen|faces|text|lines|writing|newspaper|everything|things)\b" + NEAR + r"(?:blur\w*|fuzz\w*|swim\w*|doubl\w*|wavy|smudg\w*|foggy|hazy|out of focus|in twos|bend\w*)", r"\b(?:cant|couldnt|cannot|can'?t|couldn'?t) (?:\w+ )?(?:read|see|make out|recognis\w*|recogniz\w*)\b(?! (?:my|the|his|her) (?:ankle|bone|vein|doctor|nurse|knuckle|point)| (?:you|him|her|them|the (?:dr|doc))\b)", r"\b(?:fog|mist|film|veil|curtain|haze|cobweb\w*|cloud)\b" + NEAR + r"\b(?:eyes?|front of me)\b", r"\blooking through\b" + NEAR + r"(?:fog|mist|water|steam\w*|smoke|dirty|glass|net|plastic|milk)", r"\bseeing (?:two|double|stars|spots|flashes|shadows|halos)\b",
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
}  # fmt: skip

RED_FLAGS = by_code({flag: (*signs, *_NAMES.get(flag, ())) for flag, signs in SIGNS.items()})
