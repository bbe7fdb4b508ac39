"""How patients name what stomach and bowel have in English."""

from app.clinical.triage.english_words import BELLY, CANNOT, NEAR

GI = (
    (
        r"\b(?:barely|hardly|not|never|stopped|isn'?t) (?:\w+ )?(?:touch\w*|finish\w*) (?:\w+ )?(?:dinner|food|plate|"
        r"meals?|breakfast|lunch|tea)\b"
    ),
    r"\b" + BELLY + r"\b ?" + NEAR + r"(?:\btight\w*|like a drum|\bturns?\b|turn(?:ed|ing)? over|sings?|knots? up)",
    r"\bturns my stomach\b",
    (
        r"\b(?:don'?t|doesn'?t|didn'?t|won'?t|never|not) (?:\w+ )?(?:feel like|want to|want any|wanting to|"
        r"fancy) (?:eat\w*|food|any food|dinner|anything)"
    ),
    r"\bgone (?:\w+ )?off (?:me|my|his|her|the|all) ?(?:food|grub|meals|dinner)?\b",
    r"\b(?:so much|terrible|passing|break\w*|lots? of|trapped|awful) wind\b",
    r"\bwind\b(?=!| all (?:day|night|evening)| since| so bad| pains?)",
    r"\brunny (?:tummy|belly|stomach|bum)\b",
    r"\b(?:not|haven'?t|hasn'?t|havent) been (?:for|in) (?:\w+ )?(?:\d+|two|three|four|five|six|seven) days\b",
    r"\bprunes\b",
    r"\bfood (?:has|holds) no\b",
    r"\bpush\w* (?:it|the food|food|my food) (?:a)?round\b",
    r"\b(?:half|quarter) (?:of )?(?:his|her|my|the) (?:portions?|plate|dinner|meals?|usual)\b",
    r"\bfull after (?:\w+ ){0,2}(?:spoon\w*|bites?|mouthfuls?)\b",
    r"\bchuck\w* (?:it )?up\b",
    r"\blatrine\b",
    r"\bspew\w*",
    r"\bupchuck\w*",
    r"\bhurl(?:ing|ed)\b",
    r"\bheav(?:ed|ing) (?:up|my|all|over)\b",
    r"\bgas\b(?! (?:station|mask|bill|stove|cooker|price|bottle|cylinder|heater|ring|pump|meter|money|leak))",
    r"\bruns since\b",
    r"\b(?:just|very|bit|quite|too|always|still|so|really|a little) loose\b(?! (?:skin|tooth|teeth|clothes|shoes|fit))",
    r"\b(?:no|zero|any|lost my|without|hardly any) hunger\b",
    r"\bwater\w* (?:poo\w*|stools?|shit|motions?)\b",
    r"\bnaus\w*",
    r"\bnasu\w*",
    r"\bnaeus\w*",
    r"\bnauz\w*",
    r"\bnaushe?\w*",
    r"\bqueas\w*",
    r"\bqueez\w*",
    r"\bsick to (?:my|his|her|the) \w+",
    r"\b(?:feel|feels|feeling|felt) (?:\w+ ){0,2}sick\b",
    r"\b(?:been|being|was|got|get|getting|am|is|i'm|im|he's|she's) (?:\w+ ){0,2}sick\b(?! leave| note| of)",
    r"\bsick (?:twice|once|again|\w+ times|this morning|all night|every)",
    r"\bvom+[ie]t\w*",
    r"\bvomm?it\w*",
    r"\bvomt\w*",
    r"\bthr[eo]w\w*(?: \w+){0,2} up\b",
    r"\bpuk(?:e|ed|es|ing)\b",
    r"\bbarf\w*",
    r"\bretch\w*",
    r"\bdry heav\w*",
    r"\bbr(?:ing\w*|ought) (?:\w+ ){0,2}up\b",
    r"\bkeep\w* (?:(?!runn|going|com|slow|blood|bp|weight|cost|pric)\w+ ){0,3}down\b",
    r"\bdia?r+h?o?e?a\w*",
    r"\bdiar(?!y|ies)\w*",
    r"\bdirr?h?\w*ea\b",
    r"\b(?:loose|watery|runny|liquid|mushy|soft)(?: \w+)? (?:stools?|bowels?|motions?|poo\w*|bms?|movements?)\b",
    r"\b(?:stools?|poo\w*|motions?|bowels?|bms?)\b" + NEAR + r"(?:loose|water|runny|liquid|hard|black|blood|tar|often|times)",
    r"\b(?:the |got |have |and |with |\+ ?|bad )(?:runs|trots|squits|squirts)\b",
    r"\b(?:dicky|dodgy|bad|funny|upset|gippy|delicate|unsettled)(?: \w+)? (?:tummy|stomach|belly|guts?)\b",
    r"\b(?:tummy|stomach|belly),? (?:is |'s )?(?:upset|off|bad|dodgy|windy|bubbl\w*|in knots)\b",
    r"\bwindy\b",
    r"\b(?:toilet|loo|bathroom|restroom|washroom)\b" + NEAR + r"(?:times|all day|all night|constantly|every|non ?stop)",
    r"\b(?:\w+ times|constantly|always|running|run|back and forth|live)" + NEAR + r"\b(?:to|in|on) the (?:toilet|loo|bathroom|restroom)\b",
    r"\bheart ?burn\w*",
    r"\bheat ?burn\b",
    r"\bacid\b",
    r"\bindigest\w*",
    r"\breflux\b",
    r"\bdyspeps\w*",
    (
        r"\b"
        + BELLY
        + r"\b ?"
        + NEAR
        + r"(?:\bach\w+|pain(?!t)\w*|hurt\w*|cramp\w*|\bsore|upset\w*|burn\w*|grip(?:e|es|ing)|churn\w*|bloat\w*|\bhard\b|tender|"
        r"discomfort|bad|kill\w*|rumbl\w*|gassy|gurgl\w*|unsettled|funny|knot\w*|trouble|issues?|problems?|swollen|"
        r"distended|full|twist\w*|nervous)"
    ),
    (
        r"(?:pain(?!t)\w*|\bach\w+|cramp\w*|hurt\w*|\bsore\w*|discomfort|\bknots?|burning|upset|bad|dodgy|swollen|distended|"
        r"bloated|queasy|grumbly|gripes?)\b"
        + NEAR
        + r"\b"
        + BELLY
        + r"\b"
    ),
    r"\b(?:stomach|tummy|belly) ?aches?\b",
    r"\bconstip\w*",
    r"\bconstapat\w*",
    r"\bbunged up\b",
    r"\blaxatives?\b",
    (
        r"\b(?:can'?t|cannot|couldn'?t|not|haven'?t|havent|hasn'?t|no)"
        + NEAR
        + r"\b(?:poo+p?\w*|bowel movements?|been to the toilet|opened my bowels|bms?|moved my bowels|go number two|"
        r"had a motion)\b"
    ),
    r"\bstrain\w*" + NEAR + r"\b(?:toilet|stools?|go|poo\w*)\b",
    (
        r"\b(?:lost|lose|losing|loss of|poor|no|little|zero|not much|bad|don'?t have any|don'?t have an?|without|lack of|"
        r"hardly any|have not got any)(?: \w+)? ?(?:appetite|apetite|appetit|interest in food|desire to eat)\b"
    ),
    r"\bapp?etite?\b" + NEAR + r"(?:gone|poor|bad|lost|zero|terrible|\bnot\b|down|low|awful|disappear\w*|vanish\w*|less)",
    r"\b(?:not|never|isn'?t|don'?t feel|not feeling) (?:\w+ )?hungry\b",
    r"\bdon'?t (?:feel like|want to|want any) (?:eat\w*|food)",
    (
        r"\b(?:"
        + CANNOT
        + r"|don'?t|not|hardly|barely|struggl\w* to|no longer) (?:\w+ )?(?:eat\w*|stomach (?:any|food)|face (?:food|eating|"
        r"\w+ food))"
    ),
    r"\boff (?:my|his|her|their) (?:food|grub|meals|dinner)\b",
    r"\bappetite'?s? (?:is )?(?:rubbish|shot|nil|bad|gone|poor|crap|off)\b",
    r"\bpick\w* at (?:my|his|her) food",
    r"\b(?:smell|sight|thought) of (?:food|\w+ food|cooking|meat)\b",
    r"\bbloat\w*",
    r"\bpain (?:\w+ )?(?:under|below|beneath) (?:the |my |his |her |right |left )*ribs",
    r"\bgas+y\b",
    r"\b(?:lots? of|trapped|too much|terrible|bad|full of|passing) (?:gas|wind)\b",
    r"\bflatul\w*",
    r"\bfart\w*",
    r"\bbelch\w*",
    r"\bburp\w*",
    r"\bfull (?:after|so|very) (?:\w+ )?(?:\w+ )?(?:bites?|quickly|fast|little)\b",
)
