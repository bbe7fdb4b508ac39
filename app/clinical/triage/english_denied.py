"""How English denies a symptom, and says that it is over."""

from app.clinical.triage.wording import any_of

_HAVE_NOT = r"(?:don'?t|do not|doesn'?t|does not|didn'?t|did not|haven'?t|have not|hasn'?t|has not)"

NEGATORS = any_of(
    (
        r"\bno\b",
        r"\bnot\b",
        r"\bnothing (?:in|on|about|wrong with)\b",
        r"\bnothing $",
        r"\bnobody\b",
        r"\bno one\b",
        r"\bnever\b",
        r"\bnone\b",
        r"\bwithout\b",
        r"\bden(?:y|ies|ied|ying)\b",
        r"\bneither\b",
        r"\bnor\b",
        r"\bnil\b",
        r"\bnegative for\b",
        r"\b(?:do|does|did|have|has|had|is|are|was|were)n'?t\b",
        r"\bain'?t\b",
        r"\bfree (?:of|from)\b",
        r"\bzero\b",
        r"\babsence of\b",
    )
)

NOT_NEGATORS = any_of(
    (
        (
            r"\bnot (?:only|just|better|improv\w*|getting (?:any )?better|going (?:away|down)|gone|sure|very|too|so|as|"
            r"that|really|much|able|slee?p\w*|eat\w*|help\w*|work\w*|stop\w*|enough|all that|complete\w*|quite|fully|"
            r"normal|terribl\w*|particularly|extremely|until)\b"
        ),
        r"\bno (?:better|relief|improvement|worse|change|idea|doubt|one|wonder|matter|thanks|good|use|luck|joke|rest)\b",
        r"\b(?:is|are|was|were)n'?t (?:getting (?:any )?better|better|improving|going|very|too|that|so|helping|normal|right|stopping)\b",
        (
            _HAVE_NOT
            + r" (?:know|like|want|understand|remember|take|taken|took|drink|drank|sleep|slept|eat|eaten|ate|help\w*|"
            r"work\w*|go(?:ne)? (?:away|down)|stop\w*|get (?:any )?better|got better|improve\w*|told|tell|dare|look|"
            r"been able|look\w*|wear|want\w*|make)\b"
        ),
        r"\bnever (?:ending|stops?|seen|knew)\b",
        r"\bno longer able\b",
        r"\bwhy not\b",
        r"\bif not\b",
        r"\bnot\?",
        r"\bhas(?:n'?t| not) (?:been )?normal\b",
        r"\b(?:is|are)(?:n'?t| not) (?:so )?white\b",
    )
)

GAP_BREAKS = any_of(
    (
        (
            r"\b(?:but|however|though|although|just|only|except|because|cause|cos|coz|so|then|now|still|yet|which|who|"
            r"since|when|as|while|until|due to|from|apart|other than|besides|after|before|and (?:this|that|there|i|my|now|"
            r"then|also|he|she|his|her|the|a|it|have|had|feel)|i have|i mean|they'?re|they are|i'?ve|i am|i'?m|my|having|lots?|started|"
            r"today|take|taken|tablets?|pills?|dose|doctor)\b"
        ),
        r"\d",
        r"[:;()]",
        r" - ",
    )
)

FILLERS = any_of(
    (
        (
            r"\b(?:any|a|an|the|had|have|has|having|been|feel|feeling|felt|got|get|getting|of|or|nor|and|more|sign|signs|"
            r"trace|experienc\w+|notic\w+|seen|see|in|on|at|all|to|for|with|there|is|are|was|actually|real|new|particular|"
            r"specific|kind|problems?|symptoms?|bit|suffer\w*|complain\w*|such|either|yet|also|ever|i|think|that|it)\b"
        ),
    )
)

DENIED_AFTER = any_of(
    (
        (
            r"^ ?(?:[:=?-]|is|are|was|wise)* ?(?:no|none|nil|nope|negative|never|neither [^.!?]*|absent|not present|zero)\b(?! (?:better|"
            r"relief|idea|change|worse|improvement))\s*(?=[.,;!]|$|\band\b)"
        ),
        r"^ ?-free\b",
        r"^ ?free\b",
    )
)

GONE = any_of(
    (
        (
            r"\bgone\b(?=\s*(?:$|[^\w\s\'-]|now|away|complete\w*|total\w*|today|since|after|by|thank\w*|and|with|as|i\b|"
            r"again|for good|already|yesterday|this|but|too|in|so|pretty|mostly))"
        ),
        r"\bgo(?:es|ing)? away\b",
        r"\bwent away\b",
        r"\bclear(?:ed|s)\b",
        r"\bclear(?:ing)? up\b",
        r"(?:\b(?:is|are|all|now|was|were)|'s) (?:\w+ )?clear\b",
        r"\bresolved\b",
        r"\bdisap+e?ar+ed\b",
        r"\bvanished\b",
        r"\bhas stopped\b",
        (
            r"\bstop+ed\b(?! (?:driving|reading|walking|going|eating|sleeping|working|taking|sewing|knitting|cooking|"
            r"playing|drinking|wearing|the|my|at|by|in|on|to|me|half|every|twice)\b)"
        ),
        r"\bsettled\b",
        (
            r"\b(?:has|have|is|are|was|it'?s|all|now)(?: \w+)? (?:passed|better|fine|ok|okay|normal|good)\b(?! (?:last|"
            r"yesterday|before|until|till|on|a |two|three|up))"
        ),
        r"\b(?:is|are|was|it'?s|all|now) over\b(?! (?:my|the|his|her|\d|me))(?<!all over)",
        r"\bback to normal\b",
        r"\b(?:feel\w*|felt) (?:like )?(?:myself|himself|herself|fine|normal|well|right) again\b",
        r"\b(?:is|are) history\b",
        r"\bgone (?:right |all |completely |totally )down\b",
        r"\bgone down (?:com\w+|total\w*|nicely|now)\b",
        r"\bhealed\b",
        r"\bsubsided\b",
        r"\bfaded\b",
        r"\bwent down\b",
        r"\bno (?:longer|more)\b",
        r"\bnot any ?more\b",
        r"(?<!that are )(?<!which are )\b(?:isn'?t|aren'?t|not) there\b",
        r"\b(?:all over|over) (?:long|now|weeks|months)\b",
        r"\blong (?:since|gone|healed|over)\b",
        r"\bended\b",
        r"\bcured\b",
        r"\bnormal again\b",
        r"\bfine (?:now|again)\b",
        r"(?<!eating )(?<!curry )\b(?:it'?s|they'?re|all|now|has|have|that'?s|is) finish(?:ed)?\b(?! for)",
        r"\brecovered\b",
        r"(?<!some )(?<!skin )\bbroke\b(?! (?:open|out|through|off|my|the|down))",
    )
)

NOT_GONE = any_of(
    (
        (
            r"\b(?:not|n'?t|never|won'?t|wont|hasn'?t|hasnt|haven'?t|isn'?t|doesn'?t|doesnt|didn'?t|don'?t|can'?t|"
            r"refuses? to|when will|until|will it|how can|if it|before it|make it|wish|want)\b[^.]{0,14}?\b(?:gone|go|"
            r"going|went|clear\w*|stop\w*|settl\w*|better|pass\w*|heal\w*|normal|disappear\w*|fad\w*|resolv\w*|subsid\w*|"
            r"ok|okay|fine|good|over)"
        ),
        r"\bnot (?:\w+ )?(?:away|yet)\b",
        r"\b(?:otherwise|everything else|apart from)\b",
        r"\bthe (?:right|left|other)(?: one| foot| leg| eye| side)? is\b",
        (
            r"\b(?:sight|vision|appetite|sleep|breathing|bp|temperature|pressure|bloods?|weight|energy|mood|stomach|heart|"
            r"eating)\b[^.,]{0,15}\b(?:good|fine|ok\w*|normal|great|clear|better)\b"
        ),
        (
            r"\b(?:almost|nearly|partly|partially|mostly|half|a bit|a little|somewhat|slightly|some of|not fully|not completely|"
            r"not all) ?\w*\b"
        ),
        r"\b(?:no|not|never|any) (?:better|good|ok|okay|fine|normal)\b",
        (
            r"\b(?:still|back again|(?:comes?|came|starts?) again|every (?:evening|night|afternoon|day)|(?<!he )(?<!she )(?<!everyone )is back(?! to)|(?<!never )came back|(?<!not )come back|"
            r"comes back|returned|keeps? coming|coming back|remain\w*|left over|worse)\b"
        ),
        (
            r"\bgone (?:up|worse|bad|red|yellow|black|dark|numb|blind|to|through|from|on|for|too|blurr\w*|puffy|swollen|"
            r"white|hard|very|all|grey|over)\b"
        ),
        r"\bstopped (?:me|working|taking|eating|sleeping|the (?:pills?|tablets?|drug|medicine))\b",
        r"\bnever any ?more\b",
        r"\b(?:can'?t|cannot|couldn'?t|don'?t)\b[^.,]{0,20}any ?more\b",
        r"\bbetter (?:than|when|if|at|after|in)\b",
        r"\bmuch better\b",
        r"\bgetting better\b",
        r"\bok(?:ay)? if\b",
    )
)

GONE_BEFORE = any_of(
    (
        (
            r"\b(?:no (?:more|longer)|got rid of|recovered from|used to (?:have|get|be)|free of|stopped|cured of|"
            r"(?<!all )over (?:the|my)|cleared up (?:the|my)|goodbye to)(?: (?:the|my|any|having|having the|all|that|this|"
            r"have|feeling|\w+ing))?\s*$"
        ),
    )
)
