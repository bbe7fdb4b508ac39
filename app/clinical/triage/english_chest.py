"""How patients name chest pain and a faint in English."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_HEART = (
    r"\b(?:chest|breast ?bone|sternum|heart|ticker|breast|ches|chst|chets|bosom|retro ?sternal|substernal|precordial|"
    r"region of the heart|behind (?:the|my|his|her) ribs|between (?:my|the|his|her) (?:shoulder blades|breasts|"
    r"boobs))\b(?! ?-?burn)"
)

_PAIN = (
    r"\b(?:pain\w*|ach(?:e|es|ed|ing|y)|hurt\w*|sore|stab\w*|squeez\w*|pressure|press(?:ing|es|ed)|tight\w*|heav(?:y|"
    r"iness)|" r"pinch\w*|crush\w*|grip\w*|clutch\w*|discomfort|twing\w*|jab\w*|cramp\w*|clamp\w*|fist|vi[cs]e|belt|band|" r"elephant|brick|anvil|concrete|stitch|weight|knife|spasm\w*|iron|sitting on|sits on|standing on|needles?|"
    r"burn\w*)\b"
)

CHEST_PAIN = (
    beside(_HEART, _PAIN, 35, "rash|itch\\w*|skin|yellow"),
    r"\bcp (?:on|at|since|when|radiat\w*|again)\b",
    r"\bangina\b(?! in the family)",
    r"\bheart attack\b",
    r"\b(?:gtn|nitro\w*)\b(?= (?:spray|helped|under|tablet))",
    r"\bpain\w*\b[^.!?;]{0,30}\b(?:down|into|along) (?:the |my |his |her )?(?:left )?(?:arm|jaw)\b",
    beside(
        r"\b(?:chest|heart)\b(?! ?-?burn)",
        r"\b(?:feels? (?:funny|odd|wrong|strange|queer|bad|not right)|not (?:feel )?right|play\w* up|bother\w*|troubl\w*|"
        r"giving me (?:gyp|jip|grief|bother|trouble))\b",
        25,
    ),
    (
        r"(?<!off my )(?<!off his )(?<!off her )(?<!on my )(?<!on his )(?<!on her )(?<!on the )(?<!over my )(?<!over the )(?<!over his )(?<!over her )(?<!across my )(?<! on )\bchest\b(?! (?:infection|"
        r"x-?ray|ct|scan|hair|cold|cough|clinic|doctor|physio|rub|freezer|of drawers|height|is (?:fine|ok\w*|"
        r"clear)))(?![^.,!?;]{0,25}(?:rash|itch|spot|\bred\b|blister|pimple|acne|hair|freckle))"
    ),
    r"\bheart\b" + NEAR + r"(?:squeez\w*|stab\w*|hurt\w*|sharp|crush\w*|tight\w*)",
    (
        r"\bchest\b"
        + NEAR
        + r"(?:pain\w*|hurt\w*|tight\w*|pressure|ach\w+|heav\w+|squeez\w*|crush\w*|burn\w*|stab\w*|\bsore|discomfort|weight|"
        r"\bband\b|elephant|\bbad\b|pressing)"
    ),
    (
        r"(?:pain\w*|tight\w*|pressure|hurt\w*|ach\w+|squeez\w*|crush\w*|discomfort|heav\w+|stab\w*|burning|elephant|"
        r"weight|brick|band|pressing)\b"
        + NEAR
        + r"\b(?:chest|breast ?bone|sternum)\b"
    ),
    r"\bchestp\w*",
    r"\bangina\b",
    r"\bheart (?:hurts|pains?|aches?|attack)\b",
    r"\bpain\w*" + NEAR + r"\bheart\b",
)

SYNCOPE = (
    (
        r"\b(?:no idea|not know|don'?t know|don'?t remember|no memory|can'?t remember|cannot remember|"
        r"no recollection)\b[^.!?]{0,30}\b(?:got there|ended up|on the floor|fell|falling|hit|going down|happened after|"
        r"how i got)"
    ),
    (
        r"\bnext (?:thing|minute|moment|i knew|i know|i'?m|i was)\b[^.!?]{0,40}\b(?:floor|ground|back|looking up|ceiling|"
        r"sky|paramedic\w*|ambulance|people (?:around|over|standing))\b"
    ),
    (
        r"\b(?:fell|falls?|fall|dropp?ed|went|go|drop) (?:\w+ ){0,2}?(?:without (?:sense|conscious)\w*|senseless|lifeless|"
        r"like a (?:stone|sack|tree|log|rag ?doll|sack of (?:potatoes|spuds|coal)))"
    ),
    r"\b(?:lost|lose|loses|losing|loss of) (?:of )?(?:the |my |his |her |all )?(?:con[sc]+\w*|senses?)\b(?! of (?:smell|taste|humou?r))",
    r"\bloc\b(?! ?\()",
    r"\bfell out (?:in|at|on)\b",
    r"\b(?:was|were) gone (?:near|about|for|nearly|a)\b",
    r"\bno (?:dey )?know (?:himself|herself|myself)\b",
    r"\bsenseless\b",
    r"\beyes (?:(?:rolled|rolling)\b|went (?:\w+ )?(?:back|up|white))",
    r"\bfaint\b[^.]{0,60}\bhappen\w* again\b",
    r"\b(?:brought|bring) (?:him|her|me) (?:round|around|back|to)\b",
    r"\b(?:smelling salts|slapped (?:his|her|my) (?:face|cheeks?))\b",
    (
        r"\b(?:woke|came (?:to|round|around)|waking)\b[^.!?]{0,30}\b(?:floor|ground|tiles?|mat|lino|pavement|grass|"
        r"ambulance|hospital|with people|face down)\b"
    ),
    r"\b(?:found|lying|lay|laid) (?:him|her|me|out)?[^.!?]{0,15}\b(?:unconscious|unresponsive|out cold|not responding)\b",
    r"\b(?:flop|crumpl|slump)\w* (?:\w+ ){0,3}?(?:floor|chair|ground|heap|down|over|arms)\b",
    r"\b(?:went|gone|clean|right|was|were) out (?:cold|like a light|for (?:a|two|three|\d+|some|several|about|half))",
    r"\b(?:pass|passed|black|blacked|faint|fainted) (?:clean|right|completely|straight|dead) (?:out|away)\b",
    r"\bthe world went (?:black|dark|away)\b",
    r"\ball went (?:black|dark)\b",
    r"\btook a turn\b[^.!?]{0,40}\b(?:floor|fell|down|came round)\b",
    r"\bcould not (?:wake|rouse) (?:him|her)\b",
    r"\b(?:hit|met) the (?:deck|floor|ground|tiles|carpet)\b",
    (
        r"\b(?:slump\w*|crumpl\w*|drop\w*|slid\w*|slip\w*|sank|sink\w*|went|gone|go) (?:\w+ ){0,2}?(?:to|onto|"
        r"on) the (?:\w+ )?(?:floor|ground|deck|tiles)\b"
    ),
    r"\b(?:un|not |wasn'?t |isn'?t |stopped )respon(?:sive|ding)\b",
    r"\b(?:could not|couldn'?t|can'?t|cannot|unable to) (?:be )?(?:woken|wake|rouse|roused)\b(?! up (?:early|in|at|on))",
    r"\bwent (?:all )?limp\b",
    r"\blights (?:went|were) out\b",
    r"\bblank(?:ed)? out\b",
    r"\b(?:flaked|conked|spark(?:ed)?|zonked) out\b",
    r"\bswoon\w*",
    r"\bfeint\w*",
    r"\b(?:came to|come to|came round|came around|come round)\b(?= (?:on|in|with|after|and|to find|a)\b|[.,!]|$)",
    r"\b(?:fell|fallen|fall)" + NEAR + r"(?:unconscious|no memory|don'?t remember|black)",
    r"(?<!nearly )(?<!almost )(?<!not )\bfaint(?:ed|s|ing)\b",
    r"\b(?:a|in a|did a) (?:dead )?faint\b(?! (?:rash|pain|line|smell|mark))",
    r"\bfianted\b",
    r"\bfainte\b",
    r"(?<!nearly )(?<!almost )\bpas+(?:ed|ing|es|t)? ?out\b",
    r"(?<!nearly )(?<!almost )\bblack(?:ed|ing|s)? ?-?out\w*",
    r"(?<!nearly )(?<!almost )\bcol+aps\w*",
    r"\bunconsc\w*",
    r"\b(?:lost|loss of|lose|losing) (?:my |his |her )?consc?i?\w*",
    r"\bkeeled over\b",
    r"\b(?:woke|came (?:to|round)|found)" + NEAR + r"on the (?:\w+ )?(?:floor|ground|tiles?)",
    r"\bout cold\b",
    r"\bsyncop\w*",
    r"\bwent (?:out|down) like\b",
    r"\beverything went (?:black|dark)\b",
    r"\bout for (?:a |some |\w+ )?(?:seconds?|minutes?)",
)
