"""How patients name bleeding from the gut, drying out and severe belly pain in English."""

from app.clinical.triage.english_words import BELLY, CANNOT
from app.clinical.triage.wording import beside

# --- Bleeding from the gut --------------------------------------------------------------------
_STOOL = (
    r"\b(?:stools?|poo+(?:p|h|ps|ed|ing|s|py)?|bowel (?:movement|motion)s?|bowels?|bms?|motions?|shits?|crap\w*|turds?|feces|"
    r"faeces|excrement|number ?(?:twos?|2s?)|no\.? ?2|diarr?h\w*|purg\w*|the runs|(?:col|ile)?ostomy(?: bag)?|stoma(?: bag)?|bag output|"
    r"toilet(?! (?:times|\d))|loo\b(?! (?:times|\d))|lav(?:atory)?|latrine|dunny|bog|(?<!soup )(?<!rice )bowl(?! of)|commode|"
    r"bed ?pan|the pan(?! of)|chamber pot|potty|(?<!kitchen )(?<!wall)paper(?!work| ?cuts?)|tissue (?:when|after)|(?:did|do|does|"
    r"doing) (?:my|his|her) business|wip(?:e|es|ed|ing)\b(?! (?:the|my|his|her) (?:table|nose|eyes|floor|hands?|face|mouth|chin|"
    r"counter))|back passage|back ?side|back end|when (?:i|he|she) pass(?:es)? wind|rear end|"
    r"bottom(?! of)|bum|butt|arse|rectum|anus|what(?:ever)? (?:came|comes) out|comes? out (?:of me|the back)|when i (?:go|went)|"
    r"pass(?:ed|ing) (?:what|something|stuff)|(?:what|all) (?:\w+ )?(?:i|he|she)(?:'ve|'s)? (?:just )?(?:pass(?:ed)?|did|dropped|"
    r"left)(?: today| this morning)?|flush\w*|nappy|diaper)\b"
)
_BLACK = (
    r"\b(?:bl(?:ac?k|k)|blackish|pitch|jet|coal|charcoal|tar+(?:y|red)?|road tar|asphalt|bitumen|tarmac|ink|inky|li[qc]uorice|licorice|"
    r"soot\w*|"
    r"treacle|molasses|engine oil|motor oil|used oil|soya? sauce|vegemite|marmite|boot polish|shoe polish|dark,? (?:and )?(?:sticky|foul|"
    r"tarry|shiny)|sticky,? (?:and )?(?:black|dark|foul|smelly)|(?:black|sticky) paste|"
    r"(?:very|so|really) dark|maroon|burgundy|beet ?root|wine|scarlet|crimson|raspberry|cherry|claret|red|reddish|pink|ruby|murder|"
    r"crime scene|slaughter\w*|massacre|abattoir|butcher\w*|"
    r"blood\w*|bleed\w*|bled|clots?|streak(?:s|ed|y)?|coff?ee grounds?)\b"
)
_THROWN_UP = (
    r"\b(?:vom+[ie]t\w*|thr[eo]w\w*(?: \w+){0,2} up|puk(?:e|ed|es|ing)\b|br(?:ing\w*|ought)(?: \w+){0,2} up|spew\w*|"
    r"chuck\w* up|barf\w*|sick (?:bowl|bucket|bag)|sick(?:ed)? up|upchuck\w*|hurl(?:ed|ing)|(?:was|been|being|got) sick\b|"
    r"sick and it'?s|sick (?:this morning|twice|once|again|last night|in the)\b|"
    r"heav(?:ed|ing)\b|retch\w*|(?:came|comes|coming) (?:back )?up\b)"
)
_BLOOD_UP = (
    r"\b(?:blood\w*|red|coff?ee?|(?:brown|dark|black) (?:bits|grains?|specks|sludge|sand|granules|flecks)|grain(?:s|y)|gritty|brown stuff|grounds|granules|"
    r"dregs|"
    r"clots?|black|burgundy|claret|wine|cherry)\b"
)
_COUGHED = "phlegm|sputum|mucus|saliva|cough\\w*|nose"

GI_BLEEDING = (
    r"\bmel[ae]+na\b",
    r"\bha?ematochezia\b",
    r"\bha?ematem\w*",
    r"\b(?:pr|rectal|per rectum|gi|stomach|gut|bowel|internal) ?bleed\w*",
    r"\b(?:fobt?|fit test|occult blood|stool test)\b[^.!?]{0,25}\b(?:positive|blood)",
    # What is passed is black or bloody
    beside(_STOOL, _BLACK, 70, "urine|pee|wee|sore|rash|itch\\w*|nose|eyes?"),
    r"\b(?:black\w*|tarry|bloody)(?: \w+){0,3}? (?:poo+\w*|stools?|motions?|shit)\b",
    r"\bpoo\w* (?:is |was |looks )?(?:\w+ )?(?:black|tar\w*|red)\b",
    r"\b(?:toilet|bowl|pan|loo)\b.{0,60}?\b(?:pour|empt|spill|tip)\w* (?:\w+ ){0,2}?(?:red|wine|ink|blood|soot|tar|paint)\b",
    r"\b(?:came|comes?|coming) out (?:\w+ ){0,2}?(?:black|tar\w*|soot)\b",
    r"\bpass\w* (?:clots|blood|fresh blood|black|tar\w*)\b(?! in (?:the |my |his |her )?(?:urine|pee|wee|water))",
    r"\bblood\w*[^.,!?;]{0,45}?\b(?:pan|behind|bum|butt)\b",
    r"\b(?:bleed\w*|blood)\b[^.,!?;]{0,20}\b(?:piles|ha?emorrhoids|stoma)\b",
    r"\b(?:bleed\w*|bled)\b[^.,!?;]{0,25}\b(?:bottom|back passage|rectum|behind|anus|bowels?|stomach|butt|bum)\b",
    # What is vomited is bloody
    beside(_THROWN_UP, _BLOOD_UP, 60, _COUGHED),
    r"\bblood\w*\b[^.,!?;]{0,25}\b(?:vomit\w*|sick\b|puke|puking|thr[eo]w\w*)",
    r"\bsick\b[^.,!?;]{0,20}\bblood\b",
    r"\bsp[ai]t\w* up\b[^.,!?;]{0,25}\b(?:coff?ee|blood\w*)",
    r"\b(?:used |old |cold |ground )?coff?ee?[- ]?(?:grounds?|dregs|granules)\b(?! (?:are|for|on the|go))",
    r"\b(?:used|old|cold|ground) coff?ee\b(?=[^.!?]{0,20}(?:$|[.!?,]))",
)  # fmt: skip

# --- Drying out -------------------------------------------------------------------------------
_LIQUID = (
    r"\b(?:(?:tap |coconut |plain |rice )?water|fluids?|liquids?|drinks?|sips?|sipped|squash|ice (?:chips?|lolly|pops?)|popsicles?|"
    r"reh[iy]drat\w*|dioralyte|pedialyte|electrolytes?|ors\b|lucozade|gatorade|ginger ale|lemonade|cola|coke|sprite|gulps?|tea ?spoons?|spoonfuls?|mouthfuls?|drops?|"
    r"anything|everything|whatever|even (?:\w+ ){0,3}?(?:tea|juice|broth|soup|coke|squash))\b"
    r"(?![ -](?:bubble|blister|filled|bump|pocket|sac|retention|infection|tablet|bottle|on the|of (?:blood|urine|pee|wee)))"
)
_COMES_BACK = (
    r"\b(?:(?:come|came|coming|comes|shoot|shoots|shot|fly|flies|flew|bounce|bounces|goes|went|go) (?:straight |right |back |flying |out )*"
    r"(?:back|up|out)(?: again| up)?(?! on\b| in\b)|chuck\w*|(?:brings?|bringing|brought|spits?|spat) (?:it |them |"
    r"everything )?(?:straight |right |all )?(?:back|up)|"
    r"reject\w*|vom+[ie]t\w*|thr[eo]w\w* (?:it |them )?(?:straight |right |all )?(?:back )?up|puk\w+|retch\w*|heav(?:e|es|ed|ing)|gag\w*|"
    r"refund\w*|sends? (?:them|it|everything) (?:straight |right )?back|reappear\w*|regurgitat\w*|up (?:it|they) (?:comes?|came)|"
    r"return(?:s|ed) (?:to sender|at once))\b"
)
_KEEP = (
    r"(?:held|hold|holds|kept|keep|keeps|keeping|holding|stay\w*|stomach\w*|tolerat\w*|remain\w*)"
)
_NOTHING = (
    r"(?:not|never|hasn'?t|haven'?t|hasnt|havent|nothing|none|didn'?t|couldn'?t|can'?t|cannot|unable to|cant|won'?t|wont|"
    r"don'?t|doesn'?t|no fit|hardly|barely|no\b|isn'?t|impossible to)"
)
_URINE = (
    r"\b(?:urine|pee|peed|peeing|pees|wee|weed|weeing|weewee|water works|waterworks|piss\w*|"
    r"pass(?:ed|ing)? (?:any |a \w+ of |much )?(?:water|urine)|urinat\w*|nappy|wee pot|catheter bag)\b"
)
_HARDLY = (
    r"\b(?:(?:hardly|barely|scarcely)(?! (?:sle|ea|ate|walk)\w*)|almost no|drops?|dribbl\w*|tea ?spoon\w*|thimble\w*|egg ?cup\w*|trickle|"
    r"(?:only|just) once|"
    r"once since|next to no(?:thing|ne)|nothing|none|zero|nil|"
    r"(?:is|was|been|stays?) (?:dry|empty)|dry all day|bone dry|dry (?:nappy|pad)|empty)\b"
)
_HAS_NOT = r"(?:not|no|never|hasn'?t|haven'?t|hasnt|havent|didn'?t|don'?t|doesn'?t|hardly|barely)"

DEHYDRATION = (
    r"\bde?hydrat\w*",
    r"\bdehidrat\w*",
    r"\b(?:anuri|oliguri)\w*",
    r"\b(?:tolerat\w*|manag\w*) (?:\w+ )?(?:oral )?(?:fluids?|intake|liquids?)\b(?<!well)",
    r"\b(?:has|have|had)(?: not|n'?t) (?:drunk|had a drink|had a drop)\b",
    # What is drunk comes back
    beside(_LIQUID, _COMES_BACK, 42, r"and (?:she|he|they)|bubbles?|blister\w*|blood\w*|stayed down|fine|after (?:dinner|breakfast|lunch)"),
    r"\b(?:comes?|came|coming|goes|shoots?|flies|flew)(?: \w+){0,3}? (?:straight|right) (?:back )?(?:up|out)\b",
    # It does not stay down
    rf"\b{_NOTHING} (?:\w+ ){{0,4}}?{_KEEP} (?:\w+ ){{0,4}}?(?:down|in|put)\b(?! (?:mind|touch|bed|the|my))",
    rf"\b{_NOTHING} (?:\w+ ){{0,2}}?{_KEEP} (?:any |even )?(?:fluids?|liquids?|water|anything|a sip)\b(?! (?:retention|tablets?))",
    r"\b(?:keep|keeps|keeping|hold|holds) (?:nothing|no (?:water|fluid\w*|liquid\w*|food|drink))\b",
    r"\bnothing (?:\w+ )?(?:stay|stop|go|remain|sit)\w* (?:down|in|put)\b",
    r"\bnothing (?:\w+ )?stays?\b",
    (
        r"\b(?:sick|vom+[ie]t\w*|thr[eo]w\w* up|retch\w*|heav\w+) (?:\w+ ){0,2}?(?:(?:every|each|any) ?time|whenever|as soon as|"
        r"the minute|the moment) (?:\w+ ){0,4}?(?:sips?|drinks?|swallows?|water)\b"
    ),
    r"\bnot (?:even )?(?:a |one )?(?:\w+ )?(?:sip|drop|mouthful|spoon\w*|thing|glass)\b[^.!?]{0,25}\b(?:stay|stop|remain|keep)\w*",
    r"\b(?:everything|it all|all|whatever i \w+) returns\b",
    # Cannot drink
    (
        rf"\b(?:{CANNOT}|refus\w+ to|refus\w+ (?:all |any |even )?(?:water|drinks?|fluids|liquids)) ?(?:even |now )?(?:drink|"
        r"swallow (?:even |any )?(?:water|liquids?|fluids?|anything|a sip)|"
        r"take (?:any )?(?:fluids?|water|liquid))\b(?! (?:(?:my|his|her|the|any|this|that) )?(?:coffee|tea|milk|alcohol|"
        r"wine|beer|grapefruit|soup|supplement)| with)"
    ),
    (
        rf"\b{CANNOT} (?:even |now )?(?:manage|take|get|swallow|face|sip|drink) (?:even |down |so much as |as much as )*(?:a |one |two |"
        r"any )*(?:\w+ )?(?:drop|sip|tea ?spoon\w*|mouthful|thimble\w*|spoon\w*|water|fluids?|liquids?)\b"
    ),
    r"\bstopped drinking (?:altogether|water|fluids|anything|completely)\b",
    r"\brefus\w+ (?:all |any |even |her |his )*(?:water|drinks?|fluids?|liquids?)\b(?! retention)",
    r"\b(?:drinks?|drinking|drank|drunk|swallow\w*) (?:nothing|no (?:water|fluids?|liquids?))\b",
    (
        r"\b(?:hasn'?t|haven'?t|not|didn'?t) (?:\w+ )?(?:drunk|drank|drink|drinking|had|taken|swallowed) (?:\w+ )?(?:anything|a thing|"
        r"a drop|a sip|any (?:water|fluids?))\b(?! (?:to eat|for|like|wrong|new|else))(?=[^.!?]{0,40})"
    ),
    r"\b(?:hardly|barely|not|never|no longer) wets? (?:the|a|his|her)\b",
    r"\bnot (?:drinking|drunk) (?:\w+ )?(?:anything|a thing|water|fluids?)\b",
    # No water is passed
    beside(_URINE, _HARDLY, 30, "blood|pain|burn\\w*|red|pink"),
    (
        r"\b(?:no|any|hardly any|barely any|almost no|not a drop of|nothing but drops of|very little|zero|not any|without|"
        r"little) (?:(?!dark|red|blood|pink|brown|change)\w+ )?(?:urine|pee|wee|piss)\b(?! (?:infection|pain|problem|test|sample|"
        r"trouble))"
    ),
    (
        rf"\b{_HAS_NOT} (?:(?!problem|trouble|difficult|pain|issue)\w+ ){{0,5}}?(?:a |the |for )*(?:pe+d?|wee+d?|peeing|urinat\w*|"
        r"pass\w* (?:any )?(?:water|urine)|pass\w* (?:a |one |any )*(?:drop|dribble)|wet (?:a |the |"
        r"his |her )?(?:nappy|pad))\b(?! (?:blood|red|problem|pain|infection|trouble|issue))"
    ),
    (
        r"\b(?:not|no|haven'?t|havent|hasn'?t|didn'?t|barely|hardly)\b(?:(?!dark|red|blood|pink|brown|burn|pain|smell|orange|"
        r"change)[^.,!?;]){0,15}?\b(?:urine|urinat\w*)\b"
    ),
    r"\b(?:only|just) (?:peed|urinated|weed|a (?:few )?drops? of (?:urine|pee|wee))\b",
    _URINE + r"(?: \w+){0,2} (?:dried up|has stopped|stopped|stop coming|not coming|stop)\b(?! (?:burn|hurt|sting)\w*)",
    r"\blast (?:pee|wee|urine|passed (?:water|urine)|urinat\w*) (?:was|is|:)?",
    r"\bno water (?:out|passed|passing)\b",
    r"\bbladder\b[^.!?]{0,25}\b(?:nothing|dry|no urine)\b",
    r"\bonly one (?:\w+ )?(?:wee|pee|piss)\b",
    r"\b(?:thimble|tea ?spoon|egg ?cup)\w* of (?:water|urine|pee|wee)\b",
    # Dried out
    r"(?<!skin )(?<!skin is )(?<!skin all )(?<!hands )(?<!hair )(?<!lips )(?<!eyes )\bdried out\b(?! (?:skin|hands|lips|hair))",
    r"(?<!skin )(?<!skin is )(?<!eyes )(?<!hair )(?<!hands )\bdry as (?:a |an )?(?:bone|stick|prune|chip|dust|desert)",
    r"\bdr(?:y|ied) up like\b",
    r"\b(?:shrivel\w*|like a prune|parched|(?:no|without|not a) (?:spit|tears|saliva))\b",
    r"\beyes (?:\w+ ){0,2}?(?:sunk\w*|hollow|inside|gone in)|\bsunk\w* (?:in )?eyes\b",
    rf"\b{CANNOT} (?:even )?(?:make|produce|raise) (?:any |a )?(?:spit|saliva|tears?)\b",
    r"\btongue (?:is |like |as )*(?:\w+ )?(?:leather|cardboard|stuck|shoe ?leather|cracked and dry)\b",
    r"\bskin (?:stays?|tents?|\w+ when i pinch)\b[^.!?]{0,20}\b(?:up|pinch\w*|tent)\b",
    r"\bpinch\w*\b[^.!?]{0,25}\b(?:stays?|stood|tent|up)\b",
)  # fmt: skip

# --- Severe belly pain ------------------------------------------------------------------------
_BELLY = (
    rf"\b(?:{BELLY}(?: ?-?aches?)?\b|belle\b|insides?\b(?! (?:of|my (?:mouth|cheek)))|midsection\b|breadbasket\b|solar plexus\b|"
    r"(?:below|under|beneath) (?:the|my|his|her) (?:\w+ )?ribs?\b|(?:lower|upper) (?:right|left)\b|perut\b)"
)
_POSTURE = (
    r"doubl\w+ (?:up|over|me|him|her)|bent (?:over|double|in (?:two|half))|folded (?:in (?:two|half)|over)|(?:on )?all fours|"
    r"(?:on|for|to) (?:the )?(?:\w+ )?(?:floor|ground|carpet|tiles)|roll(?:ing|ed)|curled|fetal|foetal|in(?:to)? a ball|buckl\w*|"
    r"writh\w*|squirm\w*|pacing|climb\w* (?:the )?walls|up the walls?|took (?:my|his|her) legs|brought me to my knees|on (?:my|his|"
    r"her) knees|"
    r"thrash\w*|bit(?:ing)? (?:the|my|a)"
)
_CRY = (
    r"groan\w*|moan\w*|scream\w*|howl\w*|yell\w*|shout\w*|wail\w*|cry(?:ing)? (?:out|with|in|from)|(?:in|to) tears|took my breath|crying|"
    r"begs?|begging|"
    r"sweat\w* (?:with it|pouring)|sweat pouring|pouring (?:with )?sweat|grey with"
)
_FIERCE = (
    r"agon\w*|excruciat\w*|unbear\w*|intolerabl\w*|fierce\w*|ferocious|savage|horrendous|horrific|horribl\w*|wicked|unholy|brutal|"
    r"vicious|violent\w*|blinding|indescribable|beyond words|insane|crippling|torture|out of this world|unreal|rigid|guarding|"
    r"sev[ea]+re?\w*|intense\w*|hell(?:ish)?|terrible|terribly|awful|atrocious|(?:really|so|very|too) (?:very )?(?:bad\w*|strong\w*)|"
    r"too much(?! (?:for|food|to|of|after))|"
    r"(?:8|9|10|eight|nine|ten)(?:\.5)? ?(?:/|out of|of|on)(?: a scale)? ?(?:of )?(?:10|ten)|off the (?:scale|charts?)|"
    r"worst(?! (?:is|was|part|thing))|never (?:had|felt|known|seen)|worse than (?:any|all|my|having|kidney|labou?r|child\w*|gall\w*|"
    r"surgery|the op\w*|giving|broken)|"
    r"like nothing|not (?:tolerable|bearable)|none of them hurt"
)
_LIKENED = (
    r"labou?r|child ?birth|contractions|giving birth|twist\w* (?:a |the )?kni\w+|a knife|kni(?:fe|ves|fed|fing)|stabb\w*|sword|dagger|"
    r"red.hot poker|"
    r"torn|ripp\w*|tear\w* (?:apart|me|up|him|her|open)|like wood|(?:hard|stiff|rigid|solid) (?:like|as) (?:a )?(?:board|rock|stone|wood|"
    r"brick|plank|table)|rock hard|"
    r"thunder ?clap|kick\w* by|hit by|exploded|burst(?:ing)? (?:open|inside)|die|dying|kill\w*|can'?t tahan|done for"
)
_DISABLED = (
    r"(?:can'?t|cannot|could not|couldn'?t|no fit|unable to|not able to|can hardly|can barely|hardly|barely) (?:even )?(?:stand|"
    r"straighten|move|walk|sit|get up|talk|speak|bear|cope|lie|sleep|breathe|take it)|"
    r"(?:pain ?killers?|paracetamol|morphine|tylenol|codeine|tramadol|oramorph|oxy\w*)\b[^.,!?]{0,20}(?:touch|help|work|nothing|useless|"
    r"laugh\w*)|"
    r"(?:need\w*|want\w*|ask\w*|beg\w*|begs) (?:for )?(?:morphine|something strong|an ambulance)|ambulance|morphine"
)
_UNBEARABLE = rf"\b(?:{_POSTURE}|{_CRY}|{_FIERCE}|{_LIKENED}|{_DISABLED})\b"
_PAIN = r"(?:\bpain\w*|\bach\w+|\bcramp\w*|\bhurt\w*|\bsore\w*|stabb\w*|\bspasm\w*|\bcolic\w*|\bgrip(?:es|ing)\b|\bkni\w+|\bon fire)"
_HURTING_BELLY = beside(_BELLY, _PAIN, 40, "rash|itch\\w*|head|back|knees?|legs?|throat|joints?")
_BELLY_ACHE = rf"\b{BELLY} ?-?aches?\b"
# These say pain by themselves.
_PAIN_ITSELF = (
    rf"\b(?:{_POSTURE}|{_LIKENED}|agon\w*|excruciat\w*|scream\w*|writh\w*|groan\w*|howl\w*|wail\w*|clutch\w*|(?:anybody|anyone|me) touch|"
    r"(?:8|9|10|nine|ten) ?(?:/|out of) ?(?:10|ten)|in tears)\b"
)
_NOT_MILD = r"(?:(?!\b(?:no|not|nothing|never|mild|bearable|slight)\b)[^.!?;])"
_ELSEWHERE = r"nothing|mild|rash|itch\w*|nausea|bloat\w*|gas|wind|swell\w*"

SEVERE_ABDOMINAL_PAIN = (
    rf"(?>{_HURTING_BELLY}){_NOT_MILD}{{0,60}}?{_UNBEARABLE}",
    rf"{_UNBEARABLE}{_NOT_MILD}{{0,40}}?{_HURTING_BELLY}",
    beside(_BELLY_ACHE, _UNBEARABLE, 60, "nothing|mild"),
    beside(_BELLY, _PAIN_ITSELF, 60, _ELSEWHERE),
    r"\b(?:severe?|bad|terrible) (?:abdo\w*|epigastric|ruq|rlq|luq|llq|stoma\w*) (?:\w+ )?pain(?!t)\w*",
    r"\b(?:severe|excruciating|agoni[sz]ing|unbearable|terrible|violent|awful) (?:\w+ )?(?:gripes?|colic)\b",
    r"\bacute abdomen\b",
    r"\bperiton\w*",
    r"\bstomach (?:is )?(?:very very|so so) pain\b",
)  # fmt: skip
