"""How patients name what stomach and bowel have in English."""

from app.clinical.triage.english_words import BELLY, CANNOT, NEAR

_FOOD = (
    r"(?:food|grub|meals?|dinner|plate|breakfast|lunch|tea|supper|scran|tucker|rice|cooking|meat)"
)
_ACHES = (
    r"(?:\bach\w+|\bpain(?!t)\w*|\bhurt\w*|\bcramp\w*|\bsore\b|\bupset\w*|\bburn\w*|\bgrip(?:e|es|ing)|\bchurn\w*|\bbloat\w*|\bhard\b|"
    r"\btender|\bdiscomfort|\bbad\b|\bkill\w*|\brumbl\w*|\bgrumbl\w*|\bgassy|\bgurgl\w*|\bunsettled|\bfunny|\bknot\w*|\btrouble|\bissues?|"
    r"\bproblems?|\bswollen|\bdistended|\bfull\b(?! of (?:fluid|water))|\btwist\w*|\bnervous|\btight\w*|\blike a drum|\bturns?\b|"
    r"\bturn(?:ed|ing)? over|"
    r"\bsings?\b|"
    r"\bspasm\w*|\bblown up|\bheavy|\bprotest\w*|\bplay\w* (?:up|a)|\bqueasy|\boff\b|\bdodgy|\bsomersault\w*|\bpeculiar|\bburst\w*)"
)
_ACHING = (
    r"\b(?:pain(?!t)\w*|ach\w+|cramp\w*|hurt\w*|sore(?:ness)?|discomfort|knots?|burning|upset|bad|dodgy|dicky|funny|gippy|delicate|"
    r"unsettled|bloated|queasy|grumbly|gripes?|heaviness|pressure|butterflies|bug|spasms?|colic)\b"
)
_STOOL = r"\b(?:stools?|poo\w*|motions?|bowels?|bms?|number two)\b"
_TOILET = r"(?:toilet|loo|bathroom|restroom|washroom|bog|throne|latrine)\b(?! (?:for|to) (?:a )?(?:wee|pee|urin))"
_HARDLY = r"(?:barely|hardly|not|never|stopped|isn'?t|no longer|don'?t|doesn'?t|didn'?t|can'?t|cannot|struggl\w* to)"
# What says nothing of the appetite: he eats no more than before, or not salt.
_NOT_APPETITE = r"(?! (?:any )?(?:more|beet\w*|salt\w*|out|with|after \d|before))"

GI = (
    # Nausea
    r"\bnaus\w*",
    r"\b(?:nasu|naeus|nauz|noseus|nawse)\w*",
    r"\b(?:queas|queez)\w*",
    r"\bsick to (?:my|his|her|the) \w+",
    r"\b(?:feel|feels|feeling|felt) (?:\w+ ){0,2}sick\b",
    r"\b(?:been|being|was|got|get|getting|am|is|i'm|im|he's|she's) (?:(?!not|never|no)\w+ ){0,2}sick\b(?! leave| note| of| and tired)",
    r"\bsick (?:twice|once|again|\w+ times|this morning|all night|every|feeling)",
    r"\bturns? (?:my|his|her) stomach\b",
    r"\b(?:smell|sight|thought) of (?:food|\w+ food|cooking|meat|\w+ cooking|eating|coffee)\b",
    r"\bgreen around the gills\b",
    # Vomiting
    r"\bvom+[ie]t\w*",
    r"\b(?:vomm?it|vomt)\w*",
    r"\bthr[eo]w\w*(?: \w+){0,2} up\b",
    r"\bwants? to (?:throw|vomit|puke)\b",
    r"\b(?:puk(?:e|ed|es|ing)|hurl(?:ing|ed))\b",
    r"\b(?:barf|retch|spew|upchuck|gagg)\w*",
    r"\b(?:chuck|sick)\w* (?:it )?up\b",
    r"\bdry heav\w*",
    r"\bheav(?:ed|ing) (?:up|my|all|over)\b",
    r"\bbr(?:ing\w*|ought) (?:(?!phlegm|me|him|her)\w+ ){0,2}up\b(?! (?:phlegm|mucus|sputum|the))",
    r"\bkeep\w* (?:(?!runn|going|com|slow|blood|bp|weight|cost|pric)\w+ ){0,3}down\b",
    # Diarrhoea
    r"\bdia?r+h?o?e?a\w*",
    r"\bdiar(?!y|ies)\w*",
    r"\bdirr?h?\w*ea\b",
    r"\b(?:loose|watery|runny|liquid|mushy|soft)(?: \w+)? (?:stools?|bowels?|motions?|poo\w*|bms?|movements?)\b",
    rf"{_STOOL}{NEAR}(?:loose|water|runny|liquid|hard|black|blood|tar|often|times|mush|explo)",
    r"\bwater\w* (?:poo\w*|stools?|shit|motions?)\b",
    r"\b(?:the |got |have |and |with |\+ ?|bad |terrible )(?:runs|trots|squits|squirts|skitters)\b",
    r"\bruns since\b",
    r"\brunny (?:tummy|belly|stomach|bum)\b",
    r"\b(?:just|very|bit|quite|too|always|still|so|really|a little) loose\b(?! (?:skin|tooth|teeth|clothes|shoes|fit))",
    rf"\b{_TOILET}{NEAR}(?:times|all day|all night|constantly|every|non ?stop)",
    rf"\b(?:\w+ times|constantly|always|running|run|back and forth|live|living){NEAR}\b(?:to|in|on) the {_TOILET}",
    r"\blatrine\b",
    r"\bon the (?:loo|toilet|throne|bog) all (?:day|night|morning|afternoon|evening)\b",
    r"\bbowels? (?:is |are |has |have )?(?:all over|not right|play\w* up|upset|gone|irregular|sluggish|lazy|don'?t work|won'?t)\b",
    # Constipation
    r"\b(?:constip|constapat)\w*",
    r"\b(?:bunged|blocked|backed|stopped) up\b(?! (?:nose|sink|drain|ear))",
    r"\b(?:laxatives?|prunes|senna|movicol|miralax)\b",
    (
        r"\b(?:can'?t|cannot|couldn'?t|not|haven'?t|havent|hasn'?t|no)" + NEAR
        + r"\b(?:poo+p?\w*|bowel movements?|been to the toilet|opened my bowels|bms?|moved my bowels|go number two|had a motion)\b"
    ),
    r"\b(?:not|haven'?t|hasn'?t|havent) been (?:for|in) (?:\w+ )?(?:\d+|two|three|four|five|six|seven) days\b",
    r"\bstrain\w*" + NEAR + r"\b(?:toilet|stools?|go|poo\w*)\b",
    # Acid
    r"\bhear?t ?burn\w*",
    r"\b(?:acid|reflux|gerd)\b(?! (?:rain|test|tongue))(?<!like acid)(?<!usual reflux)",
    r"\bindigest\w*",
    r"\bdyspeps\w*",
    # Belly that aches
    rf"\b{BELLY}\b ?{NEAR}{_ACHES}",
    rf"{_ACHING}{NEAR}\b{BELLY}\b",
    rf"\b{BELLY} ?-?aches?\b",
    rf"\b(?:swollen|distended) {BELLY}\b",
    r"\b(?:tummy|stomach|belly),? (?:is |'s )?(?:upset|off|bad|dodgy|windy|bubbl\w*|in knots)\b",
    r"\bpain (?:\w+ )?(?:under|below|beneath) (?:the |my |his |her |right |left )*ribs",
    # Wind
    r"\bbloat\w*",
    r"\b(?:gas+y|flatul\w*|fart\w*|belch\w*|burp\w*)\b",
    r"\bgas\b(?! (?:station|mask|bill|stove|cooker|price|bottle|cylinder|heater|ring|pump|meter|money|leak|tank|man|fire))",
    r"\b(?:so much|terrible|passing|pass|break\w*|lots? of|trapped|awful|too much|bad|full of|some|got) wind\b",
    r"^wind and\b",
    r"\bwind\b(?=!| all (?:day|night|evening)| since| so bad| pains?)",
    r"(?<!fine )(?<!a )(?<!very )\bwindy\b(?! (?:day|here|out|weather|today))",
    # Appetite
    (
        r"\b(?:lost|lose|losing|loss of|poor|no|little|zero|not much|bad|don'?t have any|don'?t have an?|without|lack of|"
        r"hardly any|have not got any)(?: \w+)? ?(?:app?etite?|interest in food|desire to eat)\b"
    ),
    (
        r"\bapp?etite?\b"
        + NEAR
        + r"(?:gone|poor|bad|lost|zero|terrible|\bnot\b|down|low|awful|disappear\w*|vanish\w*|less|rubbish|shot|nil|crap|off\b)"
    ),
    r"\b(?:not|never|isn'?t|don'?t feel|not feeling) (?:\w+ )?hungry\b",
    r"\b(?:no|zero|any|lost my|without|hardly any) hunger\b",
    rf"\b(?:{CANNOT}|{_HARDLY}) (?:\w+ )?(?:eat\w*\b|stomach (?:any|food)|face (?:food|eating|\w+ food)){_NOT_APPETITE}",
    rf"\b{_HARDLY} (?:\w+ )?(?:feel like|want to|want any|wanting to|fancy|wants) (?:eat\w*|food|any food|dinner|anything)",
    rf"\b{_HARDLY} (?:\w+ )?(?:touch\w*|finish\w*) (?:\w+ )?{_FOOD}\b",
    rf"\boff (?:me|my|his|her|their|the|all) {_FOOD}\b",
    r"\bgone (?:\w+ )?off (?:me|my|his|her|the|all) ?(?:food|grub|meals|dinner)?\b",
    r"\beat(?:s|ing)? (?:like a (?:bird|sparrow|mouse)|nothing|next to nothing|hardly anything|(?:so |very )little)\b",
    r"\bfood (?:\w+ )?(?:sits|lies|stays|won'?t go|gets stuck|sticks)\b",
    r"\bpick\w* at (?:my|his|her) food",
    r"\bpush\w* (?:it|the food|food|my food|his food|her food) (?:a)?round\b",
    r"\bfood (?:has|holds) no (?!taste)",
    r"\b(?:half|quarter) (?:of )?(?:his|her|my|the) (?:portions?|plate|dinner|meals?|usual)\b",
    r"\bfull after (?:\w+ ){0,2}(?:spoon\w*|bites?|mouthfuls?)\b",
    r"\bfull (?:after|so|very) (?:\w+ )?(?:\w+ )?(?:bites?|quickly|fast|little)\b",
)  # fmt: skip
