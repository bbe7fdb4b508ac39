"""How patients name chest pain and a faint in English."""

from app.clinical.triage.english_words import CANNOT, NOT_QUITE, SOMEONE
from app.clinical.triage.wording import beside

_HEART = (
    r"\b(?<!spots on )(?<!rash on )(?<!all over my )(?<!spots on my )(?<!rash on my )(?:chest|breast ?bone|sternum|(?<!heavy )heart|"
    r"ticker|breast|ches|chst|chets|bosom|rib ?cage|retro ?sternal|"
    r"substernal|precordial|region of the heart|behind (?:the|my|his|her) ribs|left ribs|(?:round|around|across) (?:the|my|his|her) ribs|"
    r"between (?:my|the|his|her) (?:shoulder blades|breasts|boobs))\b(?! ?-?(?:burn|beat\w*|rate|freezer|of drawers|hair|x-?ray|infection))"
)
_PAIN = (
    r"\b(?:pain(?!t)\w*|ach(?:e|es|ed|ing|y)(?! for)|hurt\w*|sore|stab\w*|squeez\w*|pressure|press(?:ing|es|ed)|tight\w*|"
    r"heav(?:y|iness)(?! (?:since my|with (?:grief|sorrow|worry)|for))|pinch\w*|crush\w*|grip\w*|clutch\w*|clench\w*|discomfort|twing\w*|"
    r"jab\w*|cramp\w*|"
    r"clamp\w*|constrict\w*|fist|vi[cs]e|belt|(?:rubber |iron |steel )?band|corset|elephant|brick|anvil|concrete|boulder|slab|"
    r"stitch|weight|knife|dagger|spear|spasm\w*|iron|needles?|burn\w*|wring\w*|sting\w*|stung|prick\w*|tearing|"
    r"throb\w*|dull|lead|catches|(?:(?:someone|somebody|something) (?:is |was |has |had )?)?(?:sat|sits?|sitting|stand\w*|stood|parked|"
    r"kneel\w*|knelt|lying|lies|"
    r"rest(?:ing|s)|stamp\w*|stomp\w*|trampl\w*|jump\w*|pushing|leaning) (?:down |right )?on)\b"
)
_ODD = (
    r"(?:(?:does|do|did)n'?t feel (?:right|good|normal)|feels? (?:funny|odd|wrong|strange|queer|bad|not right|weird)|not (?:feel )?right|"
    r"play\w* up|bother\w*|"
    r"troubl\w*|giving (?:me|him|her) (?:gyp|jip|grief|bother|trouble|hell|what for)|disturb\w*|complain\w*)"
)
# What is on the chest, and not in it.
_NOT_ON = "".join(
    f"(?<!{before} )"
    for before in (
        "off my", "off his", "off her", "on my", "on his", "on her", "on the", "over my", "over the",
        "over his", "over her", "across my", " on", "tightened the", "medicine", "treasure", "tool",
        "flat", "hairy", "and", "across the", "across", "from my", "from the", "skin of his", "skin of my", "skin of her",
    )
)  # fmt: skip
_NOT_PAIN = (
    r"(?! (?:infection|x-?ray|ct|scan|hair|cold|cough|clinic|doctor|physio|rub|freezer|of drawers|height|"
    r"is (?:fine|ok\w*|clear|good)|clear|film|port|drain))"
    r"(?![^.,!?;]{0,25}(?:rash|itch|spot|\bred\b|blister|pimple|acne|hair|freckle|peel|yellow|dry))"
)

CHEST_PAIN = (
    beside(_HEART, _PAIN, 35, r"rash|itch\w*|skin|yellow|knees?|joints?|legs?|blister\w*"),
    beside(r"\b(?:chest|heart)\b(?! ?-?burn)", rf"\b{_ODD}\b", 25),
    rf"{_NOT_ON}\bchest\b{_NOT_PAIN}",
    r"\bchestp\w*",
    r"\bcp(?= ?[+&]| (?:and|on|at|since|when|radiat|again))",
    r"\bangina\b(?! in the family)",
    r"(?<!me a )(?<!you a )(?<!him a )(?<!her a )(?<!us a )\bheart attack\b",
    r"\b(?:gtn|nitro\w*)\b(?= (?:spray|helped|under|tablet))",
    r"\bpain\w*\b[^.!?;]{0,30}\b(?:down|into|along|up|to) (?:the |my |his |her )?(?:left )?(?:arm|jaw)\b",
)

_FLOOR = r"(?:floor|ground|deck|tiles?|carpet|lino|mat|rug|pavement|sidewalk|grass|dirt|concrete)"
# Where somebody finds themselves who comes round.
_AWAKE_AT = (
    rf"(?:{_FLOOR}|looking up|ceiling|sky|paramedic\w*|ambulance|stretcher|hospital|with people|"
    r"people (?:around|over|standing|all)|faces|face down|flat on my back|on my back|strangers|slapp\w*|fanning)"
)
_DOWN = (
    r"(?:fell|falls?|fall|fallen|falling|dropp?ed|drops?|went down|go down|goes down|down i went|down (?:he|she) went|slid|sank|crumpled|"
    r"slumped|topple\w*)"
)
_KNEW_NOTHING = (
    r"(?:not know\w*|no know\w*|not aware|unaware|without knowing|(?:don'?t|do not|didn'?t) (?:know|remember|recall|feel)\w*|"
    r"(?:can'?t|cannot|couldn'?t) (?:remember|recall)|no (?:memory|recollection|idea)|remember(?:s|ed)? nothing|"
    r"nothing (?:after|till|until)|(?:knew|know) (?:nothing|no more)|woke\w*|blank|senseless|without senses?|lifeless|unconscious\w*|black)"
)
_LIKE_A_STONE = (
    r"(?:like a (?:stone|sack|tree|log|rag ?doll|sack of (?:potatoes|spuds|coal)|tonne? of bricks|felled|skittle|"
    r"light|ninepin|plank|bag|tower)|out like)"
)
_AFTERWARDS = r"(?:got there|ended up|on the floor|fell|falling|hit|going down|happened after|how i got|what happened)"
_AWOKE = (
    r"(?:woke|waking|awoke|came (?:to|round|around|back)|com(?:e|ing) (?:round|around|to(?! (?:you|the|see|clinic|hospital|my|your)))|"
    r"opened my eyes|"
    r"(?:then|suddenly) i was|next (?:thing|minute|moment|i knew|i know|i'?m|i was))"
)

SYNCOPE = (
    # Its names
    rf"{NOT_QUITE}\bfaint(?:ed|s|ing)\b(?! spells? are)",
    rf"\b(?<!make )(?<!makes )(?:{SOMEONE}|and|then|suddenly|just|did) (?:also |suddenly |just )?faint\b(?! (?:rash|line|smell|mark))",
    r"\b(?:a|in a|did a|dead) (?:dead )?faint\b(?! (?:rash|pain|line|smell|mark|hope|taste|pink|red))",
    r"\bfaint\b(?=[^.]{0,60}\bhappen\w* again\b)",
    r"\b(?:fianted|fainte|feint\w*|swoon\w*)\b",
    r"\bsyncop\w*",
    r"\bvaso ?vagal\b",
    rf"{NOT_QUITE}\bpas+(?:ed|ing|es|t)? ?(?:right |clean |straight |completely )?out\b(?! (?:leaflets|sweets|flyers|the))",
    (
        rf"{NOT_QUITE}(?<!power )\b(?:black|grey|gray)(?:ed|d|ing|s)? ?-?(?:right |clean )?out\w*(?! (?:the|curtain|blind|in (?:our|the|"
        r"my) (?:street|town|area|village|city|building|house)))"
    ),
    (
        rf"{NOT_QUITE}\bcol+aps\w*\b(?<!tent collapsed)(?<!roof collapsed)(?<!chair collapsed)(?<!shed collapsed)(?<!bed collapsed)(?! (?:of|"
        r"the|my|a|under the weight of)\b)"
    ),
    rf"{NOT_QUITE}\bkeel(?:ed|ing|s)? over\b",
    r"\bunconsc\w*",
    r"\b(?:lost|lose|loses|losing|loss of) (?:of )?(?:the |my |his |her |all )?(?:con[sc]+\w*|senses?)\b(?! of (?:smell|taste|humou?r))",
    r"\b(?:lost|missing) (?:a few|some|about|\d+|two|three|five|ten|several) (?:minutes|seconds)\b",
    r"\bloc\b(?! ?\()",
    r"\bsenseless\b",
    # Out, away, gone
    r"\bout cold\b",
    r"\bout for the count\b",
    r"\bout (?:for|about) (?:\w+ ){0,3}?(?:seconds?|secs?|minutes?|mins?)\b",
    (
        r"\b(?:went|gone|clean|right|was|were|am|is) out (?:cold|like a light|for (?:a|two|three|\d+|some|several|about|"
        r"half))\b(?! (?:walk|meal|drive|day|while with|coffee|stroll))"
    ),
    r"\b(?:blank|flak|conk|spark|zonk|checked|clock)(?:ed)? out\b",
    r"\b(?:was|were) gone (?:near|about|for|nearly|a)\b",
    r"\b(?:everything|all|it all|the (?:world|room|whole room)) went (?:black|dark|blank|white|away)\b",
    r"\blights (?:went|were) out\b",
    r"\bwent (?:all )?limp\b",
    r"\b(?:un|not |wasn'?t |isn'?t |stopped )respon(?:sive|ding)\b",
    r"\b(?:didn'?t|did not|wouldn'?t|would not|no|not) respon(?:d|se)\b(?! (?:to (?:the|your|my)|from))",
    rf"\b{SOMEONE} (?:just |suddenly )?(?:crumpl|slump|topple|flop)\w*",
    rf"\b{CANNOT} (?:be )?(?:woken|wake|rouse|roused) (?:him|her|up\b|me|dad|mum)(?! (?:early|in|at|on))",
    r"\bno (?:dey )?know (?:himself|herself|myself)\b",
    r"\beyes (?:(?:rolled|rolling)\b|went (?:\w+ )?(?:back|up|white))",
    # Down, and knowing nothing of it
    beside(rf"\b{_DOWN}\b", rf"\b{_KNEW_NOTHING}\b", 35, "asleep"),
    (
        r"\b(?:no idea|not know|don'?t know|don'?t remember|no memory|can'?t remember|cannot remember|"
        rf"no recollection)\b[^.!?]{{0,30}}\b{_AFTERWARDS}"
    ),
    rf"\b(?:{_DOWN}|went|go) (?:\w+ ){{0,2}}?{_LIKE_A_STONE}",
    r"\bfell out (?:in|at|on)\b",
    rf"{NOT_QUITE}\b(?:hit|met|kissed) the {_FLOOR}\b",
    (
        r"\b(?:slump|crumpl|drop|slid|slip|sank|sink|flop|topple|fold)\w* (?:(?!the|my|a|it|his|her|pill|tablet|"
        rf"some)\w+ ){{0,3}}?(?:(?:to|onto|on) the (?:\w+ )?{_FLOOR}|in(?:to)? a heap|chair|arms)\b"
    ),
    rf"\bwent (?:\w+ ){{0,2}}?(?:to|onto|on) the (?:\w+ )?{_FLOOR}\b",
    r"\btook a (?:turn|dizzy turn)\b[^.!?]{0,40}\b(?:floor|fell|down|came round)\b",
    # Found, and coming round
    rf"\b{_AWOKE}\b[^.!?]{{0,60}}\b{_AWAKE_AT}\b",
    r"\b(?:came to|come to|came round|came around|come round)\b(?= (?:on|in|with|after|and|to find|a)\b|[.,!]|$)",
    rf"\b(?:found|find|finds) (?:{SOMEONE}|my \w+)? ?(?:\w+ ){{0,4}}?on the (?:\w+ )?{_FLOOR}\b",
    r"\b(?:found|lying|lay|laid) (?:him|her|me|out)?[^.!?]{0,15}\b(?:unresponsive|out cold|not responding)\b",
    r"\b(?:brought|bring) (?:him|her|me) (?:round|around|back|to)\b(?! (?:the|a|see|you|your|hospital|clinic|home|tears|my knees|mind))",
    r"\b(?:the|and) next i (?:lay|was|am|woke|found)\b",
    r"\bno idea what (?:was|happened) (?:in )?between\b",
    r"\bsmelling salts\b",
    r"\bslapp\w* (?:his|her|my) (?:face|cheeks?)\b",
    r"\b(?:water|wet cloth) (?:on|in|over) (?:my|his|her) face to wake\b",
)  # fmt: skip
