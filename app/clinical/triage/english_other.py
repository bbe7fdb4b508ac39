"""How patients name every other complaint in English."""

from app.clinical.triage.english_words import CANNOT, NEAR, NEAR_LIMB

_LIMB = (
    r"(?:muscles?|joints?|legs?|knees?|back|bones?|shoulders?|arms?|neck|hips?|calf|calves|feet|foot|hands?|fingers?|wrists?|elbows?|"
    r"heels?|thighs?|ribs?|body|throat|ears?|tooth|teeth|jaw|ankles?|shins?|spine|toes?|groin|side|kidneys?)"
)
_HURT = r"(?:\bpain(?!t|k| k)\w*|\bach(?:e|es|ing|ey|y)\b|\bhurt\w*|\bsore(?:ness|r)?\b|\bstiff\w*|\bthrob\w*|\btwing\w*|\bspasm\w*)"
_PUT_ON = r"(?:put(?:ting)? on|gain\w*|up|heavier by|added)"
_WEIGHT = r"(?:weight|kgs?|kilos?|pounds?|lbs?|stone)\b"
_URINE = r"(?:urine|pee|wee|urinat\w*|peeing|weeing|water works)"
_HE_IS = r"(?:i'?m|i am|he'?s|she'?s|he is|she is|mum|dad|mother|father|wife|husband|feel\w*|felt|been|so|very|really|all)"
_NEARLY = r"(?:nearly|almost|about to|close to|thought i (?:would|was going to)|like i (?:would|was going to|might))"

OTHER = (
    # Tired and weak
    r"\btired\w*",
    r"\btierd\b",
    r"\b(?:fatig|fatiq)\w*",
    r"\bexh?aust\w*",
    r"\bweak(?!ly|end)\w*",
    r"\bno (?:\w+ )?(?:energy|strength|stamina|power|go|oomph|pep|get up and go|puff left)\b",
    r"\benergy\b" + NEAR + r"(?:low|gone|zero|none|drain\w*)",
    r"\b(?:low|lack of|without|zero|little) energy\b",
    (
        r"\b(?:worn (?:out|to a|down)|knackered|wiped out|washed out|shattered|whacked|cream crackered|bushed|pooped|zonked|done in|"
        r"dog tired|"
        r"dead beat|dead on (?:my|his|her) feet)\b"
    ),
    r"(?<!runs have )\bdrained\b(?! (?:it|the|off|on|my|him|her|me|and (?:it|they)))",
    rf"\b{_HE_IS} (?:beat|spent|flat|wrecked|banjaxed|flattened|wasted|sluggish)\b(?! (?:the|money|a|on|time|up))",
    r"\b(?:wrung|flattens?|knocks?) (?:me|him|her) (?:out|flat|for six)\b",
    r"\b(?:letharg\w*|sleepy|drows\w*|listless|sluggish)\b",
    r"\b(?:sleep\w* all day|could sleep|fall\w* asleep (?:in|at|over|everywhere)|fell asleep (?:at|over))\b",
    # Muscles, joints and other pain
    r"\bcramp\w*",
    r"\bcharley horse\w*",
    r"\bspasm\w*",
    r"\btwing\w*",
    r"\b(?:calf|calves|toes|legs?|foot|feet) (?:\w+ )?knot\w*",
    r"\block(?:s|ed|ing)? up\b",
    rf"\b{_LIMB}\b{NEAR_LIMB}{_HURT}",
    rf"(?<!a ){_HURT}{NEAR_LIMB}\b{_LIMB}\b",
    rf"\b{_LIMB}\b{NEAR}(?:kill\w* me|giving me (?:gyp|jip|hell|grief)|burning|on fire|like (?:lead|jelly))",
    r"\b(?:joints?|knees?|bones?)\b" + NEAR + r"(?:creak\w*|giving me|seiz\w*|lock\w*|click\w*|crack\w*)",
    rf"{_HURT} all over\b",
    r"\b(?:back|tooth|ear) ?aches?\b",
    r"\baches and pains\b",
    r"\bach(?:y|ing|e|es)\b",
    r"\b(?:arthritis|sciatica|gout|lumbago)\b",
    # Head
    r"\bhead ?ach?e?s?\w*",
    r"\bhead ?acke?s?\b",
    r"\bmigraines?\b",
    (
        r"\bhead\b"
        + NEAR
        + r"(?:hurt\w*|pound\w*|ach\w+|pain(?!t)\w*|splitting|spin\w*|throb\w*|\bswim\w*|thump\w*|bang(?:s|ing)\b|\bbursting)"
    ),
    r"\b(?:thumping|pounding|splitting|banging|sore|bad) head\b",
    r"\b(?:head|brain) (?:feels? |is )?(?:woolly|fuzzy|heavy|foggy|muzzy)\b",
    r"\b(?:woolly|foggy|fuzzy|muzzy) (?:head\w*|brain|minded)\b",
    r"\bcotton wool\b",
    # Dizzy
    r"\bdiz+[iy]\w*",
    r"\b(?:light ?-?headed\w*|vertigo|gidd\w*|wooz\w*|unsteady|wobbly|off balance)",
    r"\b(?:feel\w*|felt|bit|go|went) faint\b(?! (?:line|smell))",
    rf"\b{_NEARLY} (?:\w+ )?(?:faint\w*|pass\w* out|black\w* out|keel\w* over|collaps\w*|fall over)",
    r"\b(?:room|world|everything|floor)\b" + NEAR + r"(?:spin\w*|sway\w*|tilt\w*)",
    # Sleep
    r"\binsomnia\b",
    (
        rf"\b(?:{CANNOT}|not|hardly|barely|trouble|difficult\w*|problems?|poor|bad|don'?t|didn'?t|haven'?t|no|without|"
        r"lack of)(?: \w+)? ?(?:sleep\w*|slept|drop off|nod off)\b"
    ),
    r"\bsle(?:ep|pt)\b" + NEAR + r"(?:bad\w*|poor\w*|terribl\w*|awful|nothing|only|broken|rubbish|in bits)",
    r"\bnever sle(?:ep|pt)\b",
    r"\b(?:awake (?:all|at|most|half|until|till|since|from)|(?:lie|lying|wide) awake)\b",
    r"\bw[ao]ke up (?:at|every|all|\w+ times|several)",
    r"\b(?:sleepless\w*|nightmares?|toss\w* and turn\w*|count\w* sheep)\b",
    # Hot and cold
    r"\bchills?\b",
    r"\bshiver\w*",
    r"\b(?:night )?sweat\w*",
    r"\bhot (?:flush|flash)\w*",
    r"\bfeel\w* (?:\w+ )?(?:hot|cold)\b",
    r"\btemp(?:erature)?\b(?= (?:of|is|was|at|up|\d))(?! (?:is |was )?(?:fine|ok\w*|normal|good))",
    r"\blow[- ]grade\b",
    # Cough and cold
    r"\bcough\w*",
    r"\b(?:sore|scratchy|raw|tickly) throat\b",
    r"\bthroat\b" + NEAR + r"(?:scratchy|raw|tickl\w*|on fire|sandpaper)",
    r"\b(?:runny|blocked|stuffy|bunged up|stuffed) nose\b",
    r"\bnose (?:is |keeps? )?(?:run(?:s|ning)|blocked|stuffed|stream\w*)\b",
    r"\bflu\b(?! (?:jab|shot|vaccin))",
    r"\b(?:hoarse|sneez|sniffl|snuffl|catarrh)\w*",
    r"\b(?:got|have|caught|has) a (?:\w+ )?cold\b",
    # Hair
    r"\bhairs?\b" + NEAR + r"(?:loss|fall\w*|thin\w*|com\w+ out|shed\w*|turning|grey|gray|white|handful\w*|silver|snow\w*)",
    r"\b(?:eyebrows?|eyelashes|lashes|moustache|beard)\b" + NEAR + r"(?:com\w+ out|fall\w*|turning|grey|gray|white|handful\w*)",
    r"\b(?:losing|lost|lose)(?: \w+)? hair\b",
    r"\bhandfuls? of hair\b",
    r"\bbald\w*",
    # Mood
    r"\bdepress\w*",
    r"\b(?:low )?mood\b",
    r"\b(?:feel\w*|felt|so|very) (?:\w+ )?(?:sad|low|down|anxious|hopeless|miserable|blue)\b",
    r"\b(?:low in (?:my|him|her)self|low in spirits|in low spirits|(?:he'?s|she'?s|i'?m) (?:very |so )?low|down in the dumps)\b",
    r"\b(?:mum|dad|he|she|husband|wife|mother|father)(?:'s| is) (?:very |so |really )?low\b",
    r"\blost (?:his|her|my) (?:spark|interest|zest)\b",
    r"\b(?:anxi(?:ety|ous)|jumpy|irritable|nerv(?:y|ous|es)|tearful|weepy|teary|panic\w*)\b",
    r"\bsnap(?:s|ping)? at (?:every\w*|my|the|me|us)\b",
    r"\bcr(?:ies|y|ied|ying) (?:a lot|all (?!night)|every|at|for no\w*|easily|over|most|when the news|often)\b",
    r"\b(?:keep\w*|can'?t stop|burst\w* (?:out|into)|always|all the time|often) (?:cry\w*|tears)\b",
    # Heart, without pain
    r"\bpalpitat\w*",
    r"\btachycard\w*",
    (
        r"\bheart\b"
        + NEAR
        + r"(?:\brac\w+|pound\w*|flutter\w*|skip\w*|fast|irregular\w*|thump\w*|pitter|going (?:like|mad|fast)|jump\w*|gallop\w*|"
        r"hammer\w*)"
    ),
    # Weight
    r"\bweight (?:gain\w*|loss)\b(?! (?:should|do i))",
    rf"\bgain\w*{NEAR}{_WEIGHT}",
    rf"\b{_PUT_ON}{NEAR}\d{NEAR}{_WEIGHT}",
    rf"\bput(?:ting)? on{NEAR}{_WEIGHT}",
    r"\bweight\b" + NEAR + r"(?:\bup\b|increas\w*|jump\w*|from \d|climb\w*|rising|rose|higher|more)",
    rf"\b(?:los(?:t|ing|e)|drop\w*){NEAR}{_WEIGHT}",
    r"\b(?:kilos?|kgs?|pounds?|lbs?) (?:gone|lighter)\b",
    r"\bclothes\b" + NEAR + r"(?:loose|hanging|falling off)",
    r"\b(?:thin as a|skin and bones?|heavier)\b",
    # Nerves and memory
    r"\bnumb(?:ness)?\b",
    r"\btingl\w*",
    r"\bpins and needles\b",
    r"\b(?:tremb\w*|shak(?:y|ing|es)|tremors?)\b(?! (?:my|his|her|your) (?:head|hand))",
    r"\bhands? shak\w*",
    r"\b(?:forgetful\w*|memory|brain fog|confus\w*|muddled)\b",
    r"\bforget\w*\b(?! (?:my|the|to take|about))",
    r"\b(?:can'?t|cannot|don'?t) remember (?:names?|words?|things?|where|what)\b",
    # Bruises, urine
    r"\bbruis\w*",
    rf"\b(?:dark|brown|orange|tea)\b{NEAR}{_URINE}\b",
    rf"\b{_URINE}\b{NEAR}(?:dark|brown|orange|burn\w*|tea\b|cola|sting\w*|smell\w*|cloudy|often)",
    r"\bpee(?:ing)? (?:a lot|often|all night)",
    rf"\b(?:burn\w*|sting\w*|pain(?!t)\w*) when (?:i|he|she) {_URINE}",
    rf"\b{_URINE}\b[^.,!?]{{0,20}}\b(?:times a|times at) night\b",
    r"\b(?:loo|toilet|up)\b[^.,!?]{0,25}\b(?:for|to) (?:a )?(?:wee|pee)\b",
    rf"\b(?:{_URINE}|toilet) (?:every|each) (?:\w+ )?(?:hours?|minutes|half)\b",
    # Taste and mouth
    r"\b(?:metallic|funny|strange|weird|bad|no|lost|horrid|horrible|bitter|foul|nasty|metal|awful) (?:\w+ )?taste\b",
    r"\btaste\b" + NEAR + r"(?:metal\w*|funny|strange|weird|gone|off|different)",
    r"\btastes? (?:like|of|horrid|horrible|awful|bitter|foul)\b",
    r"\bnothing tastes\b",
    r"\bmouth\b" + NEAR + r"(?:\bdry|sandpaper|cotton)",
    r"\bdry mouth\b",
    # Ears and eyes
    r"\btinnitus\b",
    r"\bringing in (?:my|the|his|her) ears?",
    r"\bears?\b" + NEAR + r"(?:ring\w*|hum\w*|buzz\w*|whistl\w*|blocked)",
    r"\beyes?\b" + NEAR + r"(?:\brun\b|runn\w*|stream\w*|itch\w*|scratch\w*|tired|gritty|like taps|water\w*|tear\w*|\bdry\b|sting\w*)",
    r"\b(?:dry|gritty|itchy|tired|bloodshot|watery|stinging|scratchy|weepy|red)(?:,? (?:and )?\w+)? eyes?\b",
    r"\btears (?:keep |kept )?(?:run\w*|stream\w*|roll\w*)\b",
    r"\bhiccups?\b",
)  # fmt: skip

# They name no place, and count where nothing else is named.
WEAK = (
    (
        r"\b(?:feel\w*|felt) (?:\w+ )?(?:awful|terrible|unwell|ill|rough|bad|horrible|lousy|poorly|dreadful|rotten|crap\w*|worse|strange|"
        r"weird|off|grim|ropey)\b"
    ),
    r"\b(?:unwell|under the weather|out of sorts|ropey)\b",
    r"\b(?:not|don'?t) (?:feel\w* )?(?:very |so |too )?(?:well|right|good)\b(?! enough)",
    r"\bstiff\w*(?<!scared stiff)",
    r"\bpain(?!t|k| k| in the neck)\w*",
    r"\bhurt\w*",
    r"\bsore\b",
)  # fmt: skip
