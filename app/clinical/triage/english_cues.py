"""How English denies a symptom, says that it is over, or only asks about it."""

from app.clinical.triage.english import CATEGORIES, WEAK
from app.clinical.triage.english_flags import RED_FLAGS
from app.clinical.triage.wording import Cues, Lexicon, any_of

_HAVE_NOT = r"(?:don'?t|do not|doesn'?t|does not|didn'?t|did not|haven'?t|have not|hasn'?t|has not)"
_THE_DRUG = (
    r"(?:this|it|that|the|these|imatinib|gl[ie]+vec|gleevec|my|taking)(?: \w+)?"
    r"(?: (?:drug|medicine|pills?|tablets?|medication|treatment))?"
)

CUES = Cues(
    negators=any_of((
        r"\bno\b", r"\bnot\b", r"\bnothing (?:in|on|about|wrong with)\b", r"\bnothing $", r"\bnobody\b", r"\bno one\b", r"\bnever\b", r"\bnone\b", r"\bwithout\b", r"\bden(?:y|ies|ied|ying)\b", r"\bneither\b", r"\bnor\b", r"\bnil\b", r"\bnegative for\b",
        r"\b(?:do|does|did|have|has|had|is|are|was|were)n'?t\b", r"\bain'?t\b", r"\bfree (?:of|from)\b", r"\bzero\b", r"\babsence of\b",
    )),
    not_negators=any_of((
        r"\bnot (?:only|just|better|improv\w*|getting (?:any )?better|going (?:away|down)|gone|sure|very|too|so|as|that|really|much|able|slee?p\w*|eat\w*|help\w*|work\w*|stop\w*|enough|all that|complete\w*|quite|fully|normal|terribl\w*|particularly|extremely|until)\b",
        r"\bno (?:better|relief|improvement|worse|change|idea|doubt|one|wonder|matter|thanks|good|use|luck|joke|rest)\b",
        r"\b(?:is|are|was|were)n'?t (?:getting (?:any )?better|better|improving|going|very|too|that|so|helping|normal|right|stopping)\b",
        _HAVE_NOT + r" (?:know|like|want|understand|remember|take|taken|took|drink|drank|sleep|slept|eat|eaten|ate|help\w*|work\w*|go(?:ne)? (?:away|down)|stop\w*|get (?:any )?better|got better|improve\w*|told|tell|dare|look|been able|look\w*|wear|want\w*|make)\b",
        r"\bnever (?:ending|stops?|seen|knew)\b", r"\bno longer able\b", r"\bwhy not\b", r"\bif not\b", r"\bnot\?", r"\bhas(?:n'?t| not) (?:been )?normal\b",
    )),
    gap_breaks=any_of((
        r"\b(?:but|however|though|although|just|only|except|because|cause|cos|coz|so|then|now|still|yet|which|who|since|when|as|while|until|due to|from|apart|other than|besides|after|before|and (?:this|that|there|i|my|now|then|also|he|she|his|her|the|a|it|have|had|feel)|i have|i mean|i'?ve|i am|i'?m|my|having|lots?|started|today|take|taken|tablets?|pills?|dose|doctor)\b",
        r"\d", r"[:;()]", r" - ",
    )),
    fillers=any_of((
        r"\b(?:any|a|an|the|had|have|has|having|been|feel|feeling|felt|got|get|getting|of|or|nor|and|more|sign|signs|trace|experienc\w+|notic\w+|seen|see|in|on|at|all|to|for|with|there|is|are|was|actually|real|new|particular|specific|kind|problems?|symptoms?|bit|suffer\w*|complain\w*|such|either|yet|also|ever|i|think|that|it)\b",
    )),
    gap_limit=14,
    denied_after=any_of((r"^ ?(?:[:=?-]|is|are|was|wise)* ?(?:no|none|nil|nope|negative|never|absent|not present|zero)\b(?! (?:better|relief|idea|change|worse|improvement))\s*(?=[.,;!]|$|\band\b)", r"^ ?-free\b", r"^ ?free\b")),
    gone=any_of((
        r"\bgone\b(?=\s*(?:$|[^\w\s\'-]|now|away|complete\w*|total\w*|today|since|after|by|thank\w*|and|with|as|i\b|again|for good|already|yesterday|this|but|too|in|so|pretty|mostly))", r"\bgo(?:es|ing)? away\b", r"\bwent away\b", r"\bclear(?:ed|s)\b", r"\bclear(?:ing)? up\b", r"(?:\b(?:is|are|all|now|was|were)|'s) (?:\w+ )?clear\b", r"\bresolved\b", r"\bdisap+e?ar+ed\b", r"\bvanished\b", r"\bhas stopped\b", r"\bstop+ed(?: \w+)?\b", r"\bsettled\b", r"\b(?:has|have|is|are|was|it'?s|all|now)(?: \w+)? (?:passed|better|fine|ok|okay|normal|good)\b(?! (?:last|yesterday|before|until|till|on|a |two|three|up))", r"\b(?:is|are|was|it'?s|all|now) over\b(?! (?:my|the|his|her|\d|me))(?<!all over)", r"\bback to normal\b", r"\b(?:feel\w*|felt) (?:like )?(?:myself|himself|herself|fine|normal|well|right) again\b", 
        r"\b(?:is|are) history\b", r"\bgone (?:right |all |completely |totally )down\b", r"\bgone down (?:com\w+|total\w*|nicely|now)\b", r"\bhealed\b", r"\bsubsided\b", r"\bfaded\b", r"\bwent down\b", r"\bno (?:longer|more)\b", r"\bnot any ?more\b", r"(?<!that are )(?<!which are )\b(?:isn'?t|aren'?t|not) there\b", r"\b(?:all over|over) (?:long|now|weeks|months)\b", r"\blong (?:since|gone|healed|over)\b", r"\bended\b", r"\bcured\b", r"\bnormal again\b", r"\bfine (?:now|again)\b", r"\bfinish(?:ed)?\b", r"\brecovered\b", r"\bended\b", r"(?<!some )(?<!skin )\bbroke\b(?! (?:open|out|through|off|my|the|down))",
    )),
    not_gone=any_of((
        r"\b(?:not|n'?t|never|won'?t|wont|hasn'?t|hasnt|haven'?t|isn'?t|doesn'?t|doesnt|didn'?t|don'?t|can'?t|refuses? to|when will|until|will it|how can|if it|before it|make it|wish|want)\b[^.]{0,14}?\b(?:gone|go|going|went|clear\w*|stop\w*|settl\w*|better|pass\w*|heal\w*|normal|disappear\w*|fad\w*|resolv\w*|subsid\w*|ok|okay|fine|good|over)",
        r"\bnot (?:\w+ )?(?:away|yet)\b", r"\b(?:otherwise|everything else|apart from)\b", r"\bthe (?:right|left|other)(?: one| foot| leg| eye| side)? is\b",
        r"\b(?:sight|vision|appetite|sleep|breathing|bp|temperature|pressure|bloods?|weight|energy|mood|stomach|heart|eating)\b[^.,]{0,15}\b(?:good|fine|ok\w*|normal|great|clear|better)\b", r"\b(?:almost|nearly|partly|partially|mostly|half|a bit|a little|somewhat|slightly|some of|not fully|not completely|not all) ?\w*\b", r"\b(?:no|not|never|any) (?:better|good|ok|okay|fine|normal)\b", r"\b(?:still|back again|(?<!he )(?<!she )(?<!everyone )is back(?! to)|(?<!never )came back|(?<!not )come back|comes back|returned|keeps? coming|coming back|remain\w*|left over|worse)\b", r"\bgone (?:up|worse|bad|red|yellow|black|dark|numb|blind|to|through|from|on|for|too|blurr\w*|puffy|swollen|white|hard|very|all|grey|over)\b",
        r"\bstopped (?:me|working|taking|eating|sleeping|the (?:pills?|tablets?|drug|medicine))\b", r"\bnever any ?more\b", r"\b(?:can'?t|cannot|couldn'?t|don'?t)\b[^.,]{0,20}any ?more\b", r"\bbetter (?:than|when|if|at|after|in)\b", r"\bmuch better\b", r"\bgetting better\b", r"\bok(?:ay)? if\b",
    )),
    gone_before=any_of((r"\b(?:no (?:more|longer)|got rid of|recovered from|used to (?:have|get|be)|free of|stopped|cured of|(?<!all )over (?:the|my)|cleared up (?:the|my)|goodbye to)(?: (?:the|my|any|having|having the|all|that|this|have|feeling|\w+ing))?\s*$",)),
    past=any_of((
        r"\blast (?:year|winter|summer|spring|autumn|fall|christmas|easter|january|february|march|april|may|june|july|august|september|october|november|december)\b", r"\b(?:years?|yrs?|months) ago\b", r"\bbefore (?:the|my|his|her|i had (?:the|my)|they removed|i was diagnosed)?\s*(?:surgery|operation|op\b|diagnosis|imatinib|gl[ie]+vec|gleevec|treatment|tumou?r)", r"\bas a (?:child|kid|baby|newborn|infant|toddler|school ?boy|school ?girl|lad|lass|student|youngster|young man|young woman|boy|girl|teenager|young)\b", r"\bin (?:19|20)\d\d\b", r"\bwhen i was (?:young\w*|a child|a kid|little|\d+|pregnant)\b", r"(?<!there )\bused to\b", r"\bback in (?:the )?\w+", r"\bback then\b", r"\byears back\b", r"\bin the past\b", r"^ at (?:the age of |age )?\d\d\b", r"\bhistory of\b", r"\bchildhood\b", r"\bprevious(?:ly)? (?:drug|medicine|treatment|chemo)",
    )),
    lasting=any_of((r"\b(?:since|ever since|started|began|for (?:the|over)? ?(?:last|past)|for (?:\w+ ){0,3}now|for (?:months|years|weeks|ages)|still|the same|lately|recently|again|on and off|keeps?|until now|always|same as|like|than|worse)\b",)),
    possible=any_of((
        r"\b(?:can|could|may|might|will|would|does|do|is)\b[^.,?]{0,5}" + _THE_DRUG + r"[^.,?]{0,20}?\b(?:caus\w*|give|make|lead|bring|trigger|produce)\b(?: (?:you|me|people|us|to|any|a|an|on))*(?! (?:my|this|these|the))",
        r"\b(?:can|could|may|might|will|would)\b[^.,?]{0,5}" + _THE_DRUG + r"[^.,?]{0,20}?\b(?:make|give|bring|trigger)\b(?: (?:me|my|us|your?|his|her))?",
        r"\b(?:what|which)(?: is| are)?(?: the)? (?:\w+ )?(?:signs?|symptoms?)\b",
        r"\b(?:is|are|could|can|isn'?t|aren'?t)\b(?=[^.?!]*\bside ?-?effects?\b[^.!?]*\?)",
        r"\b(?:afraid|scared|frightened|fear\w*|terrified|worr\w+|nervous|anxious|dread\w*)\b(?=[^.?!,]{0,40}\b(?:will|might|may|could|'ll|going to|would)\b)",
        r"\b(?:scared|afraid|frightened|terrified) (?:\w+ )?of(?= (?:going|getting|having)\b)",
        r"\b(?:i |we )?(?:read|heard|saw online|googled)\b(?=[^.?!]{0,50}\b(?:can|may|might|could)\b)",
        r"\b(?:asks?|asked|asking|know|wonder\w*) (?:whether|if)\b(?=[^.!?]{0,50}\bside ?-?effect)",
        r"\basked (?:me )?(?:whether|if (?=my\b))",
        r"\b(?:is|are) (?!(?:my|this|that|these|the|his|her|it|there)\b)(?=[^.?!,]{0,30}\b(?:dangerous|serious|normal|common|an? (?:bad )?sign|an emergency|urgent)\b[^.!]*\?)",
        r"\bis it (?:normal|ok|okay) to (?:have|get|see)\b",
        r"\bis it (?:dangerous|risky|serious|possible|likely|usual|common) (?:to|if|for)\b(?! (?:my|this|these))",
        r"\b(?:do|does|can|could|will|would|might|should)\b(?=[^.?!,]{0,40}\b(?:happen|occur|come up|appear|show up|go with)\b[^.!?]*\?)",
        r"\b(?:which|what) (?:kind|sort|type)s? of\b(?=[^.!?]*\?)",
        r"\bhow (?:much|high|bad)\b(?=[^.!?]{0,40}\b(?:should|counts?|is too|before|do i)\b)", r"\brisk of\b", r"\b(?:can|could|may|might|will|does|do)\b[^.,?]{0,5}" + _THE_DRUG + r"(?= turns?\b)", r"\b(?:leaflet|label|booklet)\b[^.]{0,30}?\b(?:mentions?|lists?|says?)\b", r"\b(?:worr\w+|afraid|scared|frightened|fear\w*|terrified)\b(?: \w+){0,4}? (?:i\'?ll|i will|he\'?ll|she\'?ll|of (?:going|getting|losing)|getting|every day that)\b", r"\bwhat (?:if|happens if|to do if|should i do if|do i do if)\b", r"\b(?:what|when|how)\b[^.?!]{0,40}\b(?:if|in case|should) (?:i|he|she|it|there|my)\b", r"(?<!even )(?<!as )(?<!know )(?<!sure )(?<!wonder )(?<!wondering )(?<!ask )\bif\b(?= (?:i|he|she|it|there|my|you|we|the|temp\w*|fever|blood|any)\b)(?=[^.!?]*(?:\?|\b(?:what|should|who|how|call|ring|phone|come in)\b))",
        r"\bworr(?:y|ied|ying) about(?! (?:this|the|my|these|his|her|how|what)\b)", r"\bin case (?:i|of|he|she|there)\b", r"\b(?:afraid|scared|fear\w*|terrified|worr\w+|nervous|anxious) (?:of |about |that )?(?:i |it |he |she |my \w+ )?(?:getting|having|might|may|will|'ll|could|would|of(?! (?:this|the|my|that|it|his|her))|vomiting|losing|the future)\b", r"\b(?:should|do|must|would) i (?:expect|get|watch|look|be afraid|have to)\b", r"\b(?:watch|look)(?:ing)? out for\b", r"\b(?:prevent|avoid|stop me getting)\b", r"\b(?:is|are|list of|what)(?: \w+)? (?:common |usual |possible |the )?side ?-?effects?\b", r"\bis (?:it |there )?(?:possible|a risk|risk|likely|chance)\b", r"\b(?:read|heard|leaflet|label|google\w*|internet|warned)\b[^.]{0,30}?\b(?:can|may|might|could|causes?|side ?effects?|about)\b", r"\bis (?:[\w ]{0,20})a (?:common )?side ?effect", r"\bwill (?:i|my|the|it|his|her)\b", r"\bcan i get\b", r"\bwould i\b", r"\bdo (?:people|patients|you) (?:usually )?(?:get|have)\b", r"\bmight (?:get|have)\b",
    )),
    possible_after=any_of((
        r"\bsomething (?:i|we|to|he|she)\b[^.]{0,20}\b(?:look|watch|worry|expect|know|fear)", r"\b(?:a |one of the )(?:known |common |usual |possible |normal )?side ?-?effects?\b(?=[^.]*\?)", r"\b(?:common|usual|possible|expected|likely|normal) (?:with|on|from|for)\b", r"\bcoming with (?:this|the|these)\b", r"^ (?:happen|occur|come|show up|appear)\b(?=[^.]*\?)", r"^ one of the (?:\w+ )?side ?-?effects?\b", r"\bwhat (?:should|do|would|shall) (?:i|we) do\b(?=[^.]*\?)(?<!now)",
    )),
    others=any_of((
        r"(?<!i'm a )(?<!am a )(?<!as a )(?<!was a )(?<!i'm )(?<!am )(?<!as )(?<!was )\b(?:my |our |the |his |her |a )?(?:neighbou?r\w*|friend\w*|grand ?-?(?:son|daughter|child|children|kids?|baby)\w*|colleague\w*|co-?worker\w*|boss|roommate|nephew|niece|cousin\w*|kids|toddler|landlord|teacher)\b(?!'?s? (?:says?|said|saw|notic\w+|thinks?|thought|told|asked|found|drove|took|pointed|commented|remarked))", r"\b(?:my|our|the|his|her) (?:dog|cat)(?:'s)?(?: (?!and|but|while|when|then|till|until|because|now|so)\w+){0,4} ?$", r"\b(?:sister|brother|son|daughter)s?[ -]in[ -]law\b", r"\b(?:my|our) (?:son|daughter)(?: also| just)? (?:had|has|got|is|was|caught|came down with)\b",
        r"\b(?:patient|man|woman|lady|guy|person|bloke|chap|fellow|girl|boy|lad) (?:in|on|at|next to|beside|opposite) (?:the |my |me\b)", r"\b(?:next|opposite|other) bed\b", r"\bnot your patient\b",
        r"\b(?:his|her) (?:brother|sister|uncle|aunt|auntie|nephew|niece)\b", r"\bone of the (?:men|women|ladies|guys|others|people|patients)\b", r"\b(?:wife|husband|mum|mom|dad|sister|brother|friend|mate|neighbou?r|cousin|daughter|son)'?s (?:husband|wife|son|daughter|mum|dad|mother|father|mate|friend|cousin|colleague|boss|brother|sister|boyfriend|girlfriend|partner)\b", r"\b(?:another|other|some|most|many|fellow) (?:patients?|people|person|man|woman|lady|guy)\b", r"(?<!like )(?<!if )(?<!though )\b(?:someone|somebody|people|everyone else|a (?:man|woman|lady|guy|person)|the (?:man|woman|lady|guy) (?:next|in))\b(?! (?:ask|say|said|tell|told me i|think|thought|notice|comment|remark|joke|keep|stare|look at)\w*)(?:[^.,!?]{0,30}\b(?:told|tells|showed) (?:me|us)\b)?",
    )),
    contrast=any_of((r"\b(?:but|however|though|although|except|yet|now|instead|whereas|today|apart from|other than|only thing|these days|currently|this time)\b",)),
)  # fmt: skip

ENGLISH = Lexicon(CATEGORIES, WEAK, RED_FLAGS, CUES)
