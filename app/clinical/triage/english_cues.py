"""How English says that a symptom is long past, only asked about, or of somebody else."""

from app.clinical.triage.english import CATEGORIES, WEAK
from app.clinical.triage.english_denied import (
    DENIED_AFTER,
    FILLERS,
    GAP_BREAKS,
    GONE,
    GONE_BEFORE,
    NEGATORS,
    NOT_GONE,
    NOT_NEGATORS,
)
from app.clinical.triage.english_flags import RED_FLAGS
from app.clinical.triage.wording import Cues, Lexicon, any_of

_THE_DRUG = (
    r"(?:this|it|that|the|these|imatinib|gl[ie]+vec|gleevec|my|taking)(?: \w+)?"
    r"(?: (?:drug|medicine|pills?|tablets?|medication|treatment))?"
)

PAST = any_of(
    (
        # A time long past at the head of the sentence reaches over its commas.
        (
            r"\b(?:(?:years?|yrs?|months) (?:back|ago)|last (?:year|summer|winter|spring|autumn)|in (?:19|20)\d\d|"
            r"back then|as a (?:child|kid|boy|girl))\b[^.,!?]{0,15},(?: (?:in|when|at|on|as|before|after|during)\b"
            r"[^.,!?]{0,30},)? (?=(?:i|he|she|my|we|mum|dad)\b)"
        ),
        r"\b(?:two|three|four|five|six|several|few|[2-9]) weeks ago\b",
        (
            r"\blast (?:year|winter|summer|spring|autumn|fall|christmas|easter|january|february|march|april|may|june|july|"
            r"august|september|october|november|december)\b"
        ),
        r"\b(?:years?|yrs?|months) ago\b",
        (
            r"\bbefore (?:the|my|his|her|i had (?:the|my)|they removed|i was diagnosed)?\s*(?:surgery|operation|op\b|"
            r"diagnosis|imatinib|gl[ie]+vec|gleevec|treatment|tumou?r)"
        ),
        (
            r"\bas a (?:child|kid|baby|newborn|infant|toddler|school ?boy|school ?girl|lad|lass|student|youngster|"
            r"young man|young woman|boy|girl|teenager|young)\b"
        ),
        r"\bin (?:19|20)\d\d\b",
        r"\bwhen i was (?:young\w*|a child|a kid|little|\d+|pregnant)\b",
        r"(?<!there )\bused to\b",
        r"\bback in (?:the )?\w+",
        r"\bback then\b",
        r"\byears back\b",
        r"\bin the past\b",
        r"^ at (?:the age of |age )?\d\d\b",
        r"\bhistory of\b",
        r"\bchildhood\b",
        r"\bprevious(?:ly)? (?:drug|medicine|treatment|chemo)",
    )
)

LASTING = any_of(
    (
        (
            r"\b(?:since(?! then)|ever since|started|began|for (?:the|over)? ?(?:last|past)|for (?:\w+ ){0,3}now|for (?:months|"
            r"years|weeks|ages)|still|the same|lately|recently|again|on and off|keeps?|until now|(?:has|have|'ve|'s) always|"
            r"always (?:had|been)|same as|like|than|"
            r"worse)\b"
        ),
    )
)

POSSIBLE = any_of(
    (
        r"\bwhat (?:temp\w*|number|reading|level|grade)\b[^.!]{0,30}\b(?:counts?|is|means?)\b",
        r"\bcounts? as an?\b",
        (
            r"\b(?:can|could|may|might|will|would|does|do|is)\b[^.,?]{0,5}"
            + _THE_DRUG
            + r"[^.,?]{0,20}?\b(?:caus\w*|give|make|lead|bring|trigger|produce)\b(?: (?:you|me|people|us|to|any|a|an|"
            r"on))*(?! (?:my|this|these|the))"
        ),
        (
            r"\b(?:can|could|may|might|will|would)\b[^.,?]{0,5}"
            + _THE_DRUG
            + r"[^.,?]{0,20}?\b(?:make|give|bring|trigger)\b(?: (?:me|my|us|your?|his|her))?"
        ),
        r"\b(?:what|which)(?: is| are)?(?: the)? (?:\w+ )?(?:signs?|symptoms?)\b",
        r"\b(?:is|are|could|can|isn'?t|aren'?t)\b(?=[^.?!]*\bside ?-?effects?\b[^.!?]*\?)",
        (
            r"\b(?:afraid|scared|frightened|fear\w*|terrified|worr\w+|nervous|anxious|"
            r"dread\w*)\b(?=[^.?!,]{0,40}\b(?:will|might|may|could|'ll|going to|would)\b)"
        ),
        r"\b(?:scared|afraid|frightened|terrified) (?:\w+ )?of(?= (?:going|getting|having)\b)",
        r"\b(?:i |we )?(?:read|heard|saw online|googled)\b(?=[^.?!]{0,50}\b(?:can|may|might|could)\b)",
        r"\b(?:asks?|asked|asking|know|wonder\w*) (?:whether|if)\b(?=[^.!?]{0,50}\bside ?-?effect)",
        r"^(?:is|are) (?!(?:my|this|that|these|the|his|her|it|there)\b)(?=[^.?!,]{0,30}\b(?:dangerous|serious|common|usual)\b)",
        r"\bwhat (?:does|do|would)\b(?=[^.?!]*\b(?:look|feel) like\b)",
        r"\bis it true\b",
        r"\b(?:is|are)\b(?=[^.?!]{0,40}\b(?:listed|mentioned|in the leaflet|on the list)\b)",
        r"\b(?:let me know|tell me) (?:if|when|whether)\b",
        r"\basked (?:me )?(?:whether|if (?=my\b))",
        (
            r"\b(?:is|are) (?!(?:my|this|that|these|the|his|her|it|there)\b)(?=[^.?!,]{0,30}\b(?:dangerous|serious|normal|"
            r"common|an? (?:bad )?sign|an emergency|urgent)\b[^.!]*\?)"
        ),
        r"\bis it (?:normal|ok|okay) to (?:have|get|see)\b",
        r"\bis it (?:dangerous|risky|serious|possible|likely|usual|common) (?:to|if|for)\b(?! (?:my|this|these))",
        r"\b(?:do|does|can|could|will|would|might|should)\b(?=[^.?!,]{0,40}\b(?:happen|occur|come up|appear|show up|go with)\b[^.!?]*\?)",
        r"\b(?:which|what) (?:kind|sort|type)s? of\b(?=[^.!?]*\?)",
        r"\bhow (?:much|high|bad)\b(?=[^.!?]{0,40}\b(?:should|counts?|is too|before|do i)\b)",
        r"\brisk of\b",
        r"\b(?:can|could|may|might|will|does|do)\b[^.,?]{0,5}" + _THE_DRUG + r"(?= turns?\b)",
        r"\b(?:leaflet|label|booklet)\b[^.]{0,30}?\b(?:mentions?|lists?|says?)\b",
        (
            r"\b(?:worr\w+|afraid|scared|frightened|fear\w*|terrified)\b(?: \w+){0,4}? (?:i\'?ll|i will|he\'?ll|she\'?ll|"
            r"of (?=going|getting|losing|turning)|getting|every day that)(?:\b|(?<= ))"
        ),
        r"\bwhat (?:if|happens if|to do if|should i do if|do i do if)\b",
        r"\b(?:what|when|how)\b[^.?!]{0,40}\b(?:if|in case|should) (?:i|he|she|it|there|my)\b",
        (
            r"(?<!even )(?<!as )(?<!know )(?<!sure )(?<!wonder )(?<!wondering )(?<!ask )\bif\b(?= (?:i|he|she|it|there|my|"
            r"you|we|the|temp\w*|fever|blood|any)\b)(?=[^.!?]*(?:\?|\b(?:what|should|who|how|call|ring|phone|come in)\b))"
        ),
        r"\bworr(?:y|ied|ying) about(?! (?:this|the|my|these|his|her|how|what)\b)",
        r"\bin case (?:i|of|he|she|there)\b",
        (
            r"\b(?:afraid|scared|fear\w*|terrified|worr\w+|nervous|anxious) (?:of |about |that )?(?:i |it |he |she |"
            r"my \w+ )?(?:getting|having|might|may|will|'ll|could|would|of(?! (?:this|the|my|that|it|his|her))|vomiting|"
            r"losing|the future)\b"
        ),
        r"\b(?:should|do|must|would) i (?:expect|get|watch|look|be afraid|have to)\b",
        r"\b(?:watch|look)(?:ing)? out for\b",
        r"\b(?:prevent|avoid|stop me getting)\b",
        r"\b(?:is|are|list of|what)(?: \w+)? (?:common |usual |possible |the )?side ?-?effects?\b",
        r"\bis (?:it |there )?(?:possible|a risk|risk|likely|chance)\b",
        r"\b(?:read|heard|leaflet|label|google\w*|internet|warned)\b[^.]{0,30}?\b(?:can|may|might|could|causes?|side ?effects?|about)\b",
        r"\bis (?:[\w ]{0,20})a (?:common )?side ?effect",
        r"\bwill (?:i|my|the|it|his|her)\b",
        r"\bcan i get\b",
        r"\bwould i\b",
        r"\bdo (?:people|patients|you) (?:usually )?(?:get|have)\b",
        r"\bmight (?:get|have)\b",
    )
)

POSSIBLE_AFTER = any_of(
    (
        r"\bsomething (?:i|we|to|he|she)\b[^.]{0,20}\b(?:look|watch|worry|expect|know|fear)",
        r"\b(?:a |one of the )(?:known |common |usual |possible |normal )?side ?-?effects?\b(?=[^.]*\?)",
        r"\b(?:common|usual|possible|expected|likely|normal) (?:with|on|from|for)\b",
        r"\bcoming with (?:this|the|these)\b",
        r"^ (?:happen|occur|come|show up|appear)\b(?=[^.]*\?)",
        r"^ one of the (?:\w+ )?side ?-?effects?\b",
        r"\bwhat (?:should|do|would|shall) (?:i|we) do\b(?=[^.]*\?)(?<!now)",
    )
)

OTHERS = any_of(
    (
        (
            r"(?<!i'm a )(?<!am a )(?<!as a )(?<!was a )(?<!i'm )(?<!am )(?<!as )(?<!was )\b(?:my |our |the |his |her |"
            r"a )?(?:neighbou?r\w*|friend\w*|grand ?-?(?:son|daughter|child|children|kids?|baby)\w*|colleague\w*|"
            r"co-?worker\w*|postman|waiter|barber|boss|roommate|nephew|niece|cousin\w*|kids|toddler|landlord|teacher)\b(?!'?s? (?:says?|"
            r"said|"
            r"saw|notic\w+|thinks?|thought|told|asked|found|drove|took|pointed|commented|remarked))"
        ),
        r"\b(?:my|our|the|his|her) (?:dog|cat)(?:'s)?(?: (?!and|but|while|when|then|till|until|because|now|so)\w+){0,4} ?$",
        r"\bmy (?:brother|sister) who\b",
        r"\b(?:my|our) (?:son|daughter) $",
        r"\b(?:sister|brother|son|daughter)s?[ -]in[ -]law\b",
        r"\b(?:my|our) (?:son|daughter)(?: also| just)? (?:had|has|got|is|was|caught|came down with)\b",
        r"\b(?:patient|man|woman|lady|guy|person|bloke|chap|fellow|girl|boy|lad) (?:in|on|at|next to|beside|opposite) (?:the |my |me\b)",
        r"\b(?:next|opposite|other) bed\b",
        r"\bnot your patient\b",
        r"\b(?:his|her) (?:brother|sister|uncle|aunt|auntie|nephew|niece)\b",
        r"\bone of the (?:men|women|ladies|guys|others|people|patients)\b",
        (
            r"\b(?:wife|husband|mum|mom|dad|sister|brother|friend|mate|neighbou?r|cousin|daughter|son)'?s (?:husband|wife|"
            r"son|daughter|mum|dad|mother|father|mate|friend|cousin|colleague|boss|brother|sister|boyfriend|girlfriend|"
            r"partner)\b"
        ),
        r"\b(?:another|other|some|most|many|fellow) (?:patients?|people|person|man|woman|lady|guy)\b",
        (
            r"(?<!like )(?<!if )(?<!though )\b(?:(?:someone|somebody)(?! (?:drew|pulled|put|turned|smeared|hung|dimmed|switched|stuck|"
            r"poured|stabb|squeez|kick|hit))|people|everyone else|a (?:man|woman|lady|guy|person)|"
            r"the (?:man|woman|lady|guy) (?:next(?: to (?:me|us))?|in))\b(?! (?:ask|say|said|tell|told me i|think|thought|notice|comment|"
            r"remark|joke|keep|stare|look at)\w*)(?:[^.,!?]{0,30}\b(?:told|tells|showed) (?:me|us)\b)?"
        ),
    )
)

CONTRAST = any_of(
    (
        (
            r"\b(?:but|however|though|although|except|yet|now|instead|whereas|today|apart from|other than|only thing|"
            r"these days|currently|this time|suddenly|all of a sudden)\b"
        ),
    )
)

CUES = Cues(
    negators=NEGATORS,
    not_negators=NOT_NEGATORS,
    gap_breaks=GAP_BREAKS,
    fillers=FILLERS,
    gap_limit=14,
    denied_after=DENIED_AFTER,
    gone=GONE,
    not_gone=NOT_GONE,
    gone_before=GONE_BEFORE,
    past=PAST,
    lasting=LASTING,
    possible=POSSIBLE,
    possible_after=POSSIBLE_AFTER,
    others=OTHERS,
    contrast=CONTRAST,
)

ENGLISH = Lexicon(CATEGORIES, WEAK, RED_FLAGS, CUES)
