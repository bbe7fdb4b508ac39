"""How patients name bleeding from the gut, drying out and severe belly pain in English."""

from app.clinical.triage.english_words import BELLY, CANNOT, NEAR, near
from app.clinical.triage.wording import beside

_STOOL = (
    r"\b(?:stools?|poo+(?:p|ps|ed|ing|s)?|bowel (?:movement|motion)s?|bowels?|bms?|motions?|shit|crap|turds?|feces|"
    r"faeces|number ?(?:twos?|2s?)|" r"diarr?h\w*|purg\w*|the runs|stoma(?: bag)?|toilet(?! (?:times|\d))|loo\b(?! (?:times|\d))|bowl|commode|bed ?pan|"
    r"paper|tissue when|wip(?:e|es|ed|ing)|" r"back passage|backside|bottom|bum|rectum|anus|what came out|comes out(?: of me)?|when i (?:go|went))\b"
)

_PASSED = r"(?:stools?|poo+(?:p|ps|ed|ing)?|bowel movements?|bms?|motions?|shit|feces|faeces|turds?|number two)"

_VOMIT = r"(?:vom+[ie]t\w*|thr[eo]w\w*(?: \w+){0,2} up|puk\w*|br(?:ing\w*|ought)(?: \w+){0,2} up|spat up|spit\w* up|retch\w*|sick)"

_BLACK = (
    r"\b(?:bl(?:ac?k|k)|blackish|pitch|jet|coal|charcoal|tar+y?|road tar|ink|li[qc]uorice|licorice|soot|treacle|"
    r"molasses|engine oil|oil|soya? sauce|vegemite|marmite|" r"dark and sticky|sticky and dark|(?:very|so) dark|maroon|burgundy|beet ?root|wine|scarlet|crimson|raspberry|"
    r"cherry|red|reddish|pink|" r"blood\w*|bleed\w*|clots?|streak(?:s|ed|y)?)\b"
)

_THROWN_UP = (
    r"(?:\bvom+[ie]t\w*|\bvomit\w*|\bthr[eo]w\w*(?: \w+){0,2} up|\bpuk(?:e|ed|es|ing)\b|\bbr(?:ing\w*|"
    r"ought)(?: \w+){0,2} up|\bspew\w*|\bchuck\w* up|\bbarf\w*|\bsick (?:bowl|bucket|bag)|" r"\b(?:was|been|being|got) sick\b|\bheav(?:ed|ing)\b|\bretch\w*|\bcame up\b)"
)

_LIQUID = (
    r"\b(?:water|fluids?|liquids?|drinks?|drink|sips?|tea|juice|squash|broth|soup|ice chips?|rehydrat\w*|dioralyte|"
    r"pedialyte|lucozade|gatorade|spoon\w*|drop|thing|anything|everything|whatever)\b"
)

_COMES_BACK = (
    r"\b(?:(?:come|came|coming|comes|shoot|shoots|shot|fly|flies|bounce|bounces|goes|went|go) (?:straight |right |"
    r"back |flying |out )*(?:back|up|out)(?: again| up)?(?! on\b| in (?:the|my|his|her))|chuck\w*|"
    r"brings? it (?:straight |right )?back|reject\w*|vomit\w*|thr[eo]w\w* (?:it |them )?(?:straight |"
    r"right )?(?:back )?up|refund\w*|reappear\w*)\b"
)

_URINE = r"\b(?:urine|pee|peed|peeing|wee|weed|weeing|water works|pass(?:ed|ing)? (?:any |a \w+ of )?(?:water|urine)|urinat\w*|nappy|pad)\b"

_HARDLY = (
    r"\b(?:hardly|barely|scarcely|almost no|drops?|dribbl\w*|teaspoon\w*|thimble\w*|egg ?cup\w*|trickle|only once|"
    r"just once|once since|next to no(?:thing|ne)|dry all day|bone dry)\b"
)

_BELLY = (
    r"(?:\b"
    + BELLY
    + r"(?: ?-?aches?)?\b|\bbelle\b|\btum\b|\bnavel\b|\bbelly ?button\b|\bmidriff\b|\binsides?\b|\bmidsection\b|"
    r"\b(?:below|under|beneath) (?:the|my|his|her) (?:\w+ )?ribs?\b|\b(?:lower|upper) (?:right|left)\b|\bepigastri\w*)"
)

_UNBEARABLE = (
    r"\b(?:doubl\w+ (?:up|over)|bent (?:over|double|in (?:two|half))|(?:on )?all fours|(?:on|for|"
    r"to) (?:the )?(?:\w+ )?(?:floor|ground|carpet|tiles)|roll(?:ing|ed)|" r"groan\w*|moan\w*|scream\w*|howl\w*|cry(?:ing)? (?:out|with|in)|in tears|agon\w*|excruciat\w*|unbear\w*|rigid|"
    r"guarding|" r"twist\w* (?:a |the )?kni\w+|a knife|kni(?:fe|ves)|stabb\w*|bit the|sweat\w* with it|can'?t tahan|die|dying|"
    r"kill\w*|" r"(?:8|9|10|eight|nine|ten)(?:\.5)? ?(?:/|out of|on)(?: a scale)? ?(?:of )?(?:10|ten)|" r"(?:can'?t|cannot|could not|couldn'?t|no fit|unable to) (?:stand|straighten|move|walk|sit|get up|talk|speak|bear|"
    r"lie still)|" r"(?:painkillers?|paracetamol|morphine|tylenol|codeine|tramadol)\b[^.,!?]{0,20}(?:touch|help|work|nothing|"
    r"useless)|" r"worst (?:pain )?(?:of|in|i|ever|he|she)|never (?:had|felt|known|seen)|labou?r|childbirth|contractions|curled|"
    r"fetal|foetal|in(?:to)? a ball|buckl\w*|writh\w*|out of this world|hard (?:like|as) (?:a )?(?:board|rock|stone|"
    r"wood|brick|plank)|worse than (?:any of|all|my kidney|any pain|having|kidney|labou?r|childbirth|gall\w*|surgery|"
    r"the operation)|indescribable|beyond words|blinding|savage|horrendous|wicked|unholy|like wood|torn|ripp\w*|"
    r"tear\w* (?:apart|me|up|him|her))\b"
)

_SEVERE = (
    r"(?:(?<!nothing )severe\w*|\bsever\b|unbear\w*|terribl\w*|excruciat\w*|\bworst\b|awful\w*|agoni[sz]\w*|\bagony\b|"
    r"intense\w*|extreme\w*|" r"(?:very|really|so|too|incredibly) (?:very )?(?:bad\w*|strong\w*|painful|much)|horribl\w*|horrific|violent\w*|"
    r"kill(?:s|ing)? me|doubl\w+ (?:up|over)|" r"bent (?:over|double)|stabb\w*|like (?:a )?kni(?:fe|ves)|knife|can'?t (?:stand|bear|take|move|straighten|walk|"
    r"cope)|cannot (?:stand|bear|take|move|straighten|walk)|" r"(?:10|9|nine|ten) ?(?:/|out of) ?(?:10|ten)|scream\w*|crippl\w*|insane|curled up|never (?:had|felt)"
    + NEAR
    + r"such|strong|dying|crying (?:with|from|in)|on the floor|brutal|rigid|torture|like hell|off the (?:scale|charts?)|"
    r"childbirth|labou?r pains?|giving birth|morphine|rip\w* (?:me )?apart|tear\w* (?:me )?(?:apart|open)|foetal|"
    r"fetal|(?:in|into) a ball|wanted to die|want to die|could not (?:stand|walk|move|sleep)|unable to (?:stand|move|"
    r"walk)|can(?:not|t|'t) (?:sit|lie|sleep|breathe)|ambulance|writh\w*|howl\w*|shouting|unreal|never known|"
    r"never felt)"
)

_PAIN = r"(?:pain\w*|\bach\w+|cramp\w*|hurt\w*|\bsore\w*|stabb\w*)"

GI_BLEEDING = (
    beside(_STOOL, _BLACK, 45),
    beside(
        _THROWN_UP,
        r"\b(?:blood\w*|red|coff?ee?|brown bits|dark grains|grounds|granules|clots?|black|burgundy|claret|wine|cherry)\b",
        60,
        "phlegm|sputum|mucus|saliva",
    ),
    r"\bmel[ae]+na\b",
    r"\bha?ematochezia\b",
    r"\bha?ematem\w*",
    r"\b(?:pr|rectal|per rectum) bleed\w*",
    r"\b(?:fobt?|fit test|occult blood|stool test)\b[^.!?]{0,25}\b(?:positive|blood)",
    r"\b(?:used|old|cold|ground) coff?ee\b",
    r"\bpass\w* (?:clots|blood|fresh blood)\b(?! in (?:the |my |his |her )?(?:urine|pee|wee|water))",
    r"\bbleed\w*\b[^.,!?;]{0,20}\b(?:piles|ha?emorrhoids|stoma)\b",
    r"\b(?:black\w*|tar+[ie]?\w*|bloody|dark red|maroon|blood\w*|coal\w*|jet black)(?: \w+){0,3}? " + _PASSED + r"\b",
    (
        r"\b(?:"
        + _PASSED
        + r"|toilet (?:bowl|paper|water|pan)|toilet|diarr?h\w*|back passage)\b(?:(?!\b(?:no|not|"
        r"without)\b)[^.,!?;]){0,30}?(?:\bblack\w*|\btar\w*|blood\w*|\bred\b|maroon|coal|\bink\b|licorice|liquorice)"
    ),
    r"\bpoo\w* (?:is |was |looks )?(?:\w+ )?(?:black|tar\w*|red)\b",
    r"\bwip\w*[^.,!?;]{0,30}?blood\w*",
    (
        r"\bblood\w*[^.,!?;]{0,45}?\b(?:"
        + _PASSED
        + r"|toilet|loo\b|bowels?|bottom|back passage|rectum|wip\w*|anus|behind|pan|bowl|diarr?h\w*|butt|bum)"
    ),
    r"\b" + _VOMIT + r"\b" + near("no|not|without|never|phlegm|sputum|mucus") + r"(?:blood\w*|\bred\b|coff?ee?)",
    r"\bblood\w*" + NEAR + r"\b(?:vomit\w*|sick\b|puke|puking|thr[eo]w\w*)",
    r"\bcoff?ee?[- ]?grounds?\b",
    r"\blike coff?ee\b",
    r"\bmela?ena\b",
    r"\bha?ematemesis\b",
    r"\b(?:rectal|gi|stomach|gut|bowel|internal) ?bleed\w*",
    r"\bbleed\w*" + NEAR + r"\b(?:bottom|back passage|rectum|behind|anus|bowels?|stomach|butt|bum)\b",
)

DEHYDRATION = (
    beside(_LIQUID, _COMES_BACK, 35, "and (?:she|he|they)|bubbles?|blister\\w*"),
    beside(_URINE, _HARDLY, 30),
    (
        r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|not able to|no fit|won'?t|refus\w+ to) (?:even )?(?:drink|"
        r"swallow (?:even |any )?(?:water|liquids?|fluids?|anything|a sip)|take (?:any )?(?:fluids?|water|"
        r"liquid))\b(?! (?:(?:my|his|her|the|any|this|that) )?(?:coffee|tea|milk|alcohol|wine|beer|grapefruit|soup|"
        r"supplement))"
    ),
    (
        r"\b(?:not|never|hasn'?t|haven'?t|hasnt|havent|nothing|didn'?t|couldn'?t|can'?t|cannot|unable to|cant|won'?t|"
        r"don'?t|doesn'?t) (?:\w+ ){0,3}?(?:held|hold|kept|keep|keeping|holding|stay\w*) (?:\w+ ){0,4}?(?:down|in)\b"
    ),
    r"\b(?:keep|keeps|keeping|hold|holds) (?:nothing|no (?:water|fluid\w*|liquid\w*|food|drink)) (?:down|in)\b",
    r"\bnothing (?:\w+ ){0,2}?(?:stays?|staying|stops) (?:down|in|put)\b",
    (
        r"\b(?:dried (?:up|out)|dry as (?:a |an )?(?:bone|stick|prune|chip|dust)|shrivel\w*|prune|sunken eyes|"
        r"eyes (?:are |have )?(?:sunk\w*|hollow)|sunk\w* (?:in )?eyes|tongue (?:is |like )?(?:\w+ )?(?:leather|sandpaper|"
        r"cardboard|stuck|shoe ?leather)|parched|skin (?:stays|stay|tents))\b"
    ),
    r"\b(?:no|not a drop of|zero|not any|without) (?:urine|wee|pee)\b(?! (?:infection|pain|problem|test|sample))",
    r"\banuri\w*",
    r"\bnot (?:holding|keeping|tolerating|managing) (?:any )?(?:fluids?|liquids?|water|anything|food or drink)\b",
    (
        r"\b(?:not|hasn'?t|haven'?t|hasnt|havent|didn'?t) (?:\w+ ){0,2}?(?:been for a (?:wee|pee)|"
        r"passed (?:any )?(?:water|urine)|peed|weed|urinated|wet (?:a|the|his|her) (?:nappy|pad)|had a (?:wee|pee))\b"
    ),
    r"\bnothing (?:\w+ )?(?:stay|stop|go|remain|sit)\w* (?:down|in)\b",
    (
        r"\b(?:no|any|hardly any|barely any|almost no|not a drop of|nothing but drops of|very little|zero) (?:urine|pee|"
        r"wee|water (?:has )?pass\w*)\b(?! (?:infection|pain|problem|test|sample))"
    ),
    (
        r"\b(?:not|no|never|hardly|barely|haven'?t|hasn'?t|didn'?t) (?:\w+ ){0,3}?(?:a )?(?:pe+d?|wee+d?|peeing|urinat\w*|"
        r"passed (?:water|urine))\b"
    ),
    r"\b(?:pee|peed|urinated|weed|wee|urine)\b(?: \w+){0,3} only once\b",
    r"\b(?:only|just) (?:peed|urinated|weed|a (?:few )?drops? of (?:urine|pee|wee))\b",
    r"\b(?:comes?|came|coming|goes|shoots?|flies|flew)(?: \w+){0,3}? (?:straight|right) (?:back )?(?:up|out)\b",
    (
        r"\b(?:"
        + CANNOT
        + r"|not|hardly|barely|nothing|don'?t|doesn'?t|no)\b[^.,!?;]{0,35}?\b(?:keep\w*|kept|hold\w*|"
        r"stay\w*)\b[^.,!?;]{0,30}?\b(?:down|in)\b"
    ),
    r"\bnothing (?:\w+ )?stays?\b",
    (
        _VOMIT
        + r"\b[^.!?;]{0,30}?\b(?:everything|water|fluids?|liquids?|anything|whatever|every (?:sip|drop|drink)|sips?|"
        r"all i (?:drink|eat))\b"
    ),
    (
        r"\b(?:everything|water|fluids?|liquids?|sips?|drinks?|anything|whatever i (?:drink|eat)|all i drink|every (?:sip|"
        r"drop))\b[^.!?;]{0,30}?\b(?:comes?|came|coming|goes|shoots?)(?: \w+){0,3}? (?:up|back|out)\b"
    ),
    (
        r"\b(?:everything|even water|water|whatever|anything)\b(?:(?!\b(?:no|not|without|never|"
        r"didn'?t)\b)[^.!?;]){0,30}?\b(?:vomit\w*|thr[eo]w\w* (?:\w+ )?up|puk\w*)"
    ),
    (
        r"\b(?:not|no|haven'?t|havent|hasn'?t|didn'?t|barely|hardly)\b(?:(?!dark|red|blood|pink|brown|burn|pain|smell|"
        r"orange|change)[^.,!?;]){0,15}?\b(?:peed?|urine|urinat\w*|pass\w* (?:any )?(?:water|urine)|weed?|weeing|peeing)\b"
    ),
    r"\bde?hydrat\w*",
    r"\bdehidrat\w*",
)

SEVERE_ABDOMINAL_PAIN = (
    beside(_BELLY, _UNBEARABLE, 60, "rash|itch\\w*"),
    r"\b(?:severe?|bad|terrible) (?:abdo\w*|epigastric|ruq|rlq|luq|llq|stoma\w*) (?:\w+ )?pain\w*",
    r"\bacute abdomen\b",
    r"\bperiton\w*",
    r"\bstomach (?:is )?(?:very very|so so) pain\b",
    _SEVERE + r"\b[^.!?;]{0,40}?" + _PAIN + r"[^.!?;]{0,30}?\b" + BELLY + r"\b",
    _SEVERE + r"[^.!?;]{0,40}?\b" + BELLY + r"\b ?[^.!?;]{0,20}?" + _PAIN,
    r"\b" + BELLY + r" ?[^.!?;]{0,25}?" + _PAIN + r"[^.!?;]{0,45}?" + _SEVERE,
    _PAIN + r"[^.!?;]{0,25}?\b" + BELLY + r"\b[^.!?;]{0,45}?" + _SEVERE,
    r"\b" + BELLY + r"\b ?(?:\w+ ){0,4}?(?:kill(?:s|ing) me|agony|excruciat\w*|unbear\w*)",
    r"\b(?:agony|excruciat\w*|unbear\w*)[^.!?;]{0,25}?\b" + BELLY + r"\b",
    r"\b" + BELLY + r"\b[^.,!?;]{0,20}?(?:rock hard|hard as (?:a )?(?:rock|board|wood)|rigid)",
)
