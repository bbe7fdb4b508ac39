"""How patients name the families of symptoms in English, with the usual slips of the finger."""

from app.clinical.triage.wording import by_code

_STOPS = "no|not|without|never"


def near(stops: str) -> str:
    """A few words of the same clause, none of them a stop."""
    return rf"(?:(?!\b(?:{stops})\b)[^.,!?;]){{0,25}}?"


NEAR = near(_STOPS)
BELLY = r"(?:stomach|stomache|tummy|belly|abdo\w*|gut|guts|bowels?|intestin\w+|epigastri\w*|tum|navel|belly ?button|midriff)"
_LIMB = (
    r"(?:muscles?|joints?|legs?|knees?|back|bones?|shoulders?|arms?|neck|hips?|calf|calves|feet|"
    r"foot|hands?|fingers?|wrists?|elbows?|heels?|thighs?|ribs?|body|throat|ears?|tooth|teeth)"
)
_HURT = r"(?:pain\w*|\bach(?:e|es|ing|ey|y)|hurt\w*|sore\w*|stiff\w*|throb\w*)"
_SKIN = r"(?:skin|palms?|soles?|hands?|feet|face|arms?|legs?|scalp|lips?|fingers?|heels?|back)"
_NEAR_LIMB = near("stomach|tummy|belly|abdomen|guts?|head|chest|" + _STOPS)
_CANNOT = r"(?:can'?t|cannot|can not|couldn'?t|could not|unable to|not able to)"
_PUT_ON = r"(?:put(?:ting)? on|gain\w*|up|heavier by|added)"

CATEGORIES = by_code({
    "edema": (
        r"\b(?:leaves?|left|leaving|deep) (?:\w+ )?(?:rings?|marks?|grooves?|lines|dents?)\b(?= (?:on|in|round|around))", r"\b(?:eye ?lids?|eyes|ankles?|feet|foot|fingers|legs?|face|hands?|lids)\b" + NEAR + r"(?:\bfat(?:ter)?\b|\bthick\w*|like (?:a |two |an )?(?:loa(?:f|ves)|pudding\w*|balloon\w*|frog|bread|marshmallow\w*|pillows?|logs?|hams?|hamster|chipmunk|boxer|goldfish|golf balls?|dough\w*|bolsters?|drums?|melons?))",
        r"\b(?:wedding )?(?:band|ring)s?\b" + NEAR + r"\b(?:knuckle|soap|cut off|tight|stuck)\b", r"\beffusions?\b", r"\bwater ?-?logged\b", r"\bwater on the (?:lungs?|legs?|knee)\b",
        r"\bswell\w*", r"\bascites\b", r"\bpuff\b", r"\bbaggy\b" + NEAR + r"\b(?:eyes?|eye ?lids?|face|lids)\b", r"\b(?:eyes?|eye ?lids?|lids)\b" + NEAR + r"\b(?:baggy|bags|bulg\w*|swol\w*)", r"\b(?:cheeks?|face)\b" + NEAR + r"\b(?:chubby|puffed|bloated|fat|full of water)\b", r"\bblown up\b", r"\bbloated (?:face|ankles?|legs?|feet|hands?|eyes?)\b", r"\bsw[eo]l+[aeo]n\b", r"\bsweling\b", r"\bswol+\w*", r"\bpuff(?:y|ie|iness|ing up|ed up)",
        r"\bpufy\b", r"\bo?edema\w*", r"\bodema\b", r"\b(?:fluid|water) (?:retention|retain\w*|build\w*)",
        r"\bretain\w* (?:water|fluid)", r"\bfluid (?:in|on|around) (?:my|the|his|her)",
        r"\b(?:shoes?|rings?|socks?|boots?|watch|slippers?|sandals?)\b" + NEAR
        + r"(?:tight\w*|(?:don'?t|doesn'?t|do not|does not|won'?t|wont|no longer|can'?t|cannot|not) (?:fit\w*|go on|come off|get|close)"
        r"|too small|stuck|marks?|dig\w*|cutting in)",
        r"\b" + _CANNOT + r" (?:get|put|take|fit)" + NEAR + r"\b(?:shoes?|rings?|socks?|boots?)\b",
        r"\bbags? under (?:my|his|her|the) eyes?", r"\bmoon ?face\b", r"\bpitting\b", r"\beye ?bags?\b", r"\b(?:leaves?|left|stays?) a (?:dent|dimple|hole|pit)\b", r"\bhold\w* (?:on to |onto )?(?:water|fluid)", r"\b(?:full of|heavy with|filled with|it'?s|is|all|lots? of) (?:fluid|water)\b", r"\bfluid\b(?! (?:down|intake))", r"\b(?:fat|heavy|big|baggy|thick)(?: \w+)? (?:eye ?lids?|ankles?|feet|fingers)\b", r"\bface\b" + NEAR + r"\b(?:football|basketball|pumpkin|melon|moon|round)\b", r"\bchubby face\b",
        r"\b(?:ankles?|legs?|feet|face|eyes?|eye ?lids?|hands?|fingers?)\b" + NEAR
        + r"(?:balloon\w*|tree trunks?|sausages?|elephant|twice (?:the|their|its)|bigger|huge|enormous|filled with (?:water|fluid))",
        r"\b(?:sausage fingers|cankles)\b",
        r"\b(?:eyes?|eye ?lids?)\b" + NEAR + r"(?:almost shut|half shut|closed up|like slits)",
    ),
    "skin": (
        r"\blobster\b", r"\b(?:skin|finger ?tips?|fingers?|heels?)\b" + NEAR + r"\bsplit\w*", r"\bpaper ?cuts\b", r"\bcaught\b[^.,!?]{0,20}\bsun\b", r"\bwent red in the sun\b",
        r"\brash\w*", r"\brahs\b", r"\braches\b", r"(?<!eyes )(?<!eye )\bitch\w*", r"\bicth\w*", r"\bichy\b", r"\bitc(?:y|hing)\b",
        r"\b(?:dry|flaky|flakey|cracked|cracking|scaly|peeling|discolou?red|blotchy|burning|red|raw|sore|sensitive|rough|thin)(?: \w+)? skin\b",
        r"\bscal(?:y|ing)\b", r"\bscales on\b", r"\b(?:lizard|crocodile|snake|fish) skin\b", r"\bprickly (?:heat|skin)", r"\bred as a\b", r"\bcaught the sun\b", r"\b(?:red|blotchy|rough|sore|raw|patchy)(?: \w+)? (?:cheeks?|face|hands?|palms?|soles?|arms?|legs?|neck)\b", r"(?<!tongue like )(?<!tongue is like )(?<!mouth like )\bsandpaper\b", r"\bskin\b" + NEAR + r"(?:\bdry|peel|flak|\bred\b|crack|rough|burn|pale|white|light|dark|colou?r|sore|scal|\braw\b|patch|spot|hurt|tight|bleed|irritat|sensitiv|bumpy|tender|thin|sting|leather|sandpaper|coming off|falls? off|falling off)",
        r"\bpeel\w*(?! (?:the )?(?:spuds|potato\w*|carrots?|veg\w*|onions?|apples?|oranges?|fruit))", r"\bhives\b", r"\bwelts?\b", r"\b(?:red |little |small |itchy |raised )+bumps\b", r"\bbumps (?:on|all over)",
        r"\bpimples?\b", r"\bacne\b", r"\bspots\b (?:on|all over)", r"\bblister\w*", r"\bblis+ers?\b", r"\beczema\b",
        r"\b(?:white|pale|dark|brown|red|dry|lighter|rough)(?: \w+)? (?:patch\w*|spots|blotch\w*|marks|dots)", r"(?<!dark )(?<!black )(?<!grey )\bblotch\w*",
        r"\bhand[- ]?(?:and )?foot\b", r"\b(?:palms?|soles?)\b" + NEAR + r"(?:red|sore|hurt|burn|peel|tender|crack|tingl)",
        r"\bsun ?burn\w*", r"\bburn\w*" + NEAR + r"\bin the sun\b", r"\bsun\b" + NEAR + r"(?:hurts|burns?|red)", r"\bsensitive to (?:the )?sun",
        r"\bphotosens\w*", r"\bscratch\w*(?! (?:by evening|at the screen))", r"\bflak(?:y|ey|ing|es)\b", r"\bdermatitis\b", r"\bpustul\w*", r"\bboils?\b",
        r"\b(?:mouth|lips?|tongue)\b" + NEAR + r"(?:\bsores?\b|ulcer\w*|blister\w*)", r"\bcanker\w*",
        r"\b(?:hands?|feet|heels?|fingers?|lips?|scalp|face)\b" + NEAR + r"(?:\bdry\b|crack\w*|peel\w*|flak\w*|\bred\b)",
        r"\b(?:lost|losing|loss of|lighter|darker)(?: \w+){0,2} (?:pigment\w*|colou?r)\b",
    ),
    "gi": (
        r"\b(?:barely|hardly|not|never|stopped|isn'?t) (?:\w+ )?(?:touch\w*|finish\w*) (?:\w+ )?(?:dinner|food|plate|meals?|breakfast|lunch|tea)\b", r"\b" + BELLY + r"\b ?" + NEAR + r"(?:\btight\w*|like a drum|\bturns?\b|turn(?:ed|ing)? over|sings?|knots? up)", r"\bturns my stomach\b", r"\b(?:don'?t|doesn'?t|didn'?t|won'?t|never|not) (?:\w+ )?(?:feel like|want to|want any|wanting to|fancy) (?:eat\w*|food|any food|dinner|anything)",
        r"\bgone (?:\w+ )?off (?:me|my|his|her|the|all) ?(?:food|grub|meals|dinner)?\b", r"\b(?:so much|terrible|passing|break\w*|lots? of|trapped|awful) wind\b", r"\bwind\b(?=!| all (?:day|night|evening)| since| so bad| pains?)", r"\brunny (?:tummy|belly|stomach|bum)\b", r"\b(?:not|haven'?t|hasn'?t|havent) been (?:for|in) (?:\w+ )?(?:\d+|two|three|four|five|six|seven) days\b", r"\bprunes\b", r"\bfood (?:has|holds) no\b", r"\bpush\w* (?:it|the food|food|my food) (?:a)?round\b", r"\b(?:half|quarter) (?:of )?(?:his|her|my|the) (?:portions?|plate|dinner|meals?|usual)\b", r"\bfull after (?:\w+ ){0,2}(?:spoon\w*|bites?|mouthfuls?)\b", r"\bchuck\w* (?:it )?up\b", r"\blatrine\b",
        r"\bspew\w*", r"\bupchuck\w*", r"\bhurl(?:ing|ed)\b", r"\bheav(?:ed|ing) (?:up|my|all|over)\b", r"\bgas\b(?! (?:station|mask|bill|stove|cooker|price|pump|meter|money|leak))", r"\bruns since\b", r"\b(?:just|very|bit|quite|too|always|still|so|really|a little) loose\b(?! (?:skin|tooth|teeth|clothes|shoes|fit))", r"\b(?:no|zero|any|lost my|without|hardly any) hunger\b", r"\bwater\w* (?:poo\w*|stools?|shit|motions?)\b", r"\bnaus\w*", r"\bnasu\w*", r"\bnaeus\w*", r"\bnauz\w*", r"\bnaushe?\w*", r"\bqueas\w*", r"\bqueez\w*",
        r"\bsick to (?:my|his|her|the) \w+", r"\b(?:feel|feels|feeling|felt) (?:\w+ ){0,2}sick\b",
        r"\b(?:been|being|was|got|get|getting|am|is|i'm|im|he's|she's) (?:\w+ ){0,2}sick\b(?! leave| note| of)", r"\bsick (?:twice|once|again|\w+ times|this morning|all night|every)",
        r"\bvom+[ie]t\w*", r"\bvomm?it\w*", r"\bvomt\w*", r"\bthr[eo]w\w*(?: \w+){0,2} up\b", r"\bpuk(?:e|ed|es|ing)\b", r"\bbarf\w*",
        r"\bretch\w*", r"\bdry heav\w*", r"\bbr(?:ing\w*|ought) (?:\w+ ){0,2}up\b", r"\bkeep\w* (?:\w+ ){0,3}down\b",
        r"\bdia?r+h?o?e?a\w*", r"\bdiar\w*", r"\bdirr?h?\w*ea\b", r"\b(?:loose|watery|runny|liquid|mushy|soft)(?: \w+)? (?:stools?|bowels?|motions?|poo\w*|bms?|movements?)\b",
        r"\b(?:stools?|poo\w*|motions?|bowels?|bms?)\b" + NEAR + r"(?:loose|water|runny|liquid|hard|black|blood|tar|often|times)",
        r"\b(?:the |got |have |and |with |\+ ?|bad )(?:runs|trots|squits|squirts)\b", r"\b(?:dicky|dodgy|bad|funny|upset|gippy|delicate|unsettled)(?: \w+)? (?:tummy|stomach|belly|guts?)\b", r"\b(?:tummy|stomach|belly),? (?:is |'s )?(?:upset|off|bad|dodgy|windy|bubbl\w*|in knots)\b", r"\bwindy\b", r"\b(?:toilet|loo|bathroom|restroom|washroom)\b" + NEAR + r"(?:times|all day|all night|constantly|every|non ?stop)",
        r"\b(?:\w+ times|constantly|always|running|run|back and forth|live)" + NEAR + r"\b(?:to|in|on) the (?:toilet|loo|bathroom|restroom)\b",
        r"\bheart ?burn\w*", r"\bheat ?burn\b", r"\bacid\b", r"\bindigest\w*", r"\breflux\b", r"\bdyspeps\w*",
        r"\b" + BELLY + r"\b ?" + NEAR + r"(?:\bach\w+|pain\w*|hurt\w*|cramp\w*|\bsore|upset\w*|burn\w*|grip(?:e|es|ing)|churn\w*|bloat\w*|\bhard\b|tender|discomfort|bad|kill\w*|rumbl\w*|gassy|gurgl\w*|unsettled|funny|knot\w*|trouble|issues?|problems?|swollen|distended|full|twist\w*|nervous)",
        r"(?:pain\w*|\bach\w+|cramp\w*|hurt\w*|\bsore\w*|discomfort|\bknots?|burning|upset|bad|dodgy|swollen|distended|bloated|queasy|grumbly|gripes?)\b" + NEAR + r"\b" + BELLY + r"\b",
        r"\b(?:stomach|tummy|belly) ?aches?\b", r"\bconstip\w*", r"\bconstapat\w*", r"\bbunged up\b", r"\blaxatives?\b",
        r"\b(?:can'?t|cannot|couldn'?t|not|haven'?t|havent|hasn'?t|no)" + NEAR + r"\b(?:poo+p?\w*|bowel movements?|been to the toilet|opened my bowels|bms?|moved my bowels|go number two|had a motion)\b",
        r"\bstrain\w*" + NEAR + r"\b(?:toilet|stools?|go|poo\w*)\b",
        r"\b(?:lost|lose|losing|loss of|poor|no|little|zero|not much|bad|don'?t have any|don'?t have an?|without|lack of|hardly any|have not got any)(?: \w+)? ?(?:appetite|apetite|appetit|interest in food|desire to eat)\b",
        r"\bapp?etite?\b" + NEAR + r"(?:gone|poor|bad|lost|zero|terrible|\bnot\b|down|low|awful|disappear\w*|vanish\w*|less)",
        r"\b(?:not|never|isn'?t|don'?t feel|not feeling) (?:\w+ )?hungry\b", r"\bdon'?t (?:feel like|want to|want any) (?:eat\w*|food)",
        r"\b(?:" + _CANNOT + r"|don'?t|not|hardly|barely|struggl\w* to|no longer) (?:\w+ )?(?:eat\w*|stomach (?:any|food)|face (?:food|eating|\w+ food))",
        r"\boff (?:my|his|her|their) (?:food|grub|meals|dinner)\b", r"\bappetite'?s? (?:is )?(?:rubbish|shot|nil|bad|gone|poor|crap|off)\b", r"\bpick\w* at (?:my|his|her) food", r"\b(?:smell|sight|thought) of (?:food|\w+ food|cooking|meat)\b", r"\bbloat\w*",
        r"\bgas+y\b", r"\b(?:lots? of|trapped|too much|terrible|bad|full of|passing) (?:gas|wind)\b", r"\bflatul\w*", r"\bfart\w*", r"\bbelch\w*", r"\bburp\w*",
        r"\bfull (?:after|so|very) (?:\w+ )?(?:\w+ )?(?:bites?|quickly|fast|little)\b",
    ),
    "other": (
        r"\bgidd\w*", r"\bnerv(?:y|ous|es)\b", r"\btwing\w*", r"\block(?:s|ed|ing)? up\b", r"\b(?:can'?t|cannot|don'?t) remember (?:names?|words?|things?|where|what)\b", r"\bcotton wool\b", r"\b(?:kilos?|kgs?|pounds?|lbs?) gone\b", r"\bthin as a\b", r"\b(?:mum|dad|he|she|husband|wife|mother|father)(?:'s| is) (?:very |so |really )?low\b", r"\bhands? shak\w*", r"\beyes? water\w*", r"\blistless\b", r"\bwooz\w*", r"\btachycard\w*", r"\bhead\b" + NEAR + r"\bswim\w*", r"\b(?:hair|eyebrows?|eyelashes)\b" + NEAR + r"(?:com\w+ out|falling|turning|grey|handful\w*)", r"\beyes?\b" + NEAR + r"(?:\brun\b|stream\w*|itch\w*|scratch\w*|tired|gritty|like taps)", r"\b(?:pee|wee|urinat\w*)\b[^.,!?]{0,20}\btimes a night\b", r"\bnothing tastes\b", r"\bnever sle(?:ep|pt)\b", r"\b(?:low in (?:my|him|her)self|feeling (?:very |so |a bit )?low|(?:he'?s|she'?s|i'?m) (?:very |so )?low)\b", r"\b(?:calf|calves|toes|legs?|foot|feet) (?:\w+ )?knot\w*", r"\blost (?:his|her|my) spark\b", r"\bcr(?:ies|y|ied|ying) (?:a lot|all|every|at|for no|easily|over|most|when the news|often)\b", r"\b(?:keep\w*|can'?t stop|burst\w* (?:out|into)|always|all the time|often) (?:cry\w*|tears)\b", r"\bwrung (?:me|him|her) out\b", r"\btears (?:run\w*|stream\w*|roll\w*)\b", r"\bears?\b" + NEAR + r"(?:ring\w*|hum\w*|buzz\w*|whistl\w*)", r"\bclothes\b" + NEAR + r"(?:loose|hanging|falling off)", r"\bno (?:go|oomph|pep|get up and go)\b",
        r"\btired\w*", r"\btierd\b", r"\bfatig\w*", r"\bfatiq\w*", r"\bexh?aust\w*", r"\bweak(?!ly|end)\w*", r"\bno (?:\w+ )?(?:energy|strength|stamina|power)\b", r"\benergy\b" + NEAR + r"(?:low|gone|zero|none)",
        r"\b(?:low|lack of|without|zero) energy\b", r"\bworn out\b", r"\bdrained\b", r"\bknackered\b", r"\bwiped out\b", r"\bletharg\w*", r"\bsleepy\b", r"\bdrows\w*", r"\bwashed out\b", r"\bshattered\b",
        r"\bcramp\w*", r"\bcharley horse\w*", r"\bspasm\w*", r"\b" + _LIMB + r"\b" + _NEAR_LIMB + _HURT, _HURT + r"\b" + _NEAR_LIMB + r"\b" + _LIMB + r"\b",
        r"\bback ?aches?\b", r"\btooth ?aches?\b", r"\bhead ?ach?e?s?\w*", r"\bhead ?acke?s?\b", r"\bhead\b" + NEAR + r"(?:hurt\w*|pound\w*|ach\w+|pain\w*|splitting|spin\w*|throb\w*)", r"\bmigraines?\b", r"\b" + _HURT + r" all over\b", r"\baches and pains\b", r"\bach(?:y|ing|e|es)\b", r"\barthritis\b",
        r"\bdiz+[iy]\w*", r"\blight ?-?headed\w*", r"\bvertigo\b", r"\bgiddy\b", r"\b(?:feel\w*|felt) faint\b", r"\bunsteady\b", r"\broom\b" + NEAR + r"spin\w*",
        r"\binsomnia\b", r"\b(?:" + _CANNOT + r"|not|hardly|barely|trouble|difficult\w*|problems?|poor|bad|don'?t|didn'?t|haven'?t|no|without|lack of)(?: \w+)? ?(?:sleep\w*|slept)\b", r"\bsle(?:ep|pt)\b" + NEAR + r"(?:bad\w*|poor\w*|terribl\w*|awful|nothing|only)",
        r"\bawake (?:all|at|most|half|until|since)", r"\bwake up (?:at|every|all|\w+ times|several)", r"\bsleepless\w*", r"\bnightmares?\b",
        r"\bchills?\b", r"\bshiver\w*", r"\b(?:night )?sweat\w*", r"\bhot flush\w*", r"\bhot flash\w*", r"\bfeel\w* (?:\w+ )?(?:hot|cold)\b", r"\btemp(?:erature)?\b(?= (?:of|is|was|at|up|\d))", r"\blow[- ]grade\b",
        r"\bcough\w*", r"\bsore throat\b", r"\brunny nose\b", r"\bflu\b(?! (?:jab|shot|vaccin))", r"\bhoarse\w*", r"\bsneez\w*", r"\bhair\b" + NEAR + r"(?:loss|fall\w*|thin\w*|coming out|shed\w*)", r"\b(?:losing|lost|lose)(?: \w+)? hair\b", r"\bbald\w*",
        r"\bdepress\w*", r"\blow mood\b", r"\b(?:feel\w*|felt|so|very) (?:\w+ )?(?:sad|low|down|anxious|hopeless|miserable)\b", r"\banxi(?:ety|ous)\b", r"\bfeel\w* blue\b", r"\bjumpy\b", r"\birritable\b", r"\bpanic\w*", r"\bmood\b",
        r"\bpalpitat\w*", r"\bheart\b" + NEAR + r"(?:rac\w+|pound\w*|flutter\w*|skip\w*|fast|irregular\w*|thump\w*)",
        r"\bweight gain\w*", r"\bgain\w*" + NEAR + r"(?:weight|kgs?|kilos?|pounds?|lbs?|stone)\b", r"\b" + _PUT_ON + NEAR + r"\d" + NEAR + r"(?:kgs?|kilos?|pounds?|lbs?|stone)\b", r"\bput(?:ting)? on" + NEAR + r"(?:weight|kgs?|kilos?|pounds?|lbs?|stone)\b",
        r"\bweight\b" + NEAR + r"(?:\bup\b|increas\w*|jump\w*|from \d|climb\w*|rising|rose|higher|more)", r"\b(?:los(?:t|ing|e)|drop\w*)" + NEAR + r"(?:weight|kgs?|kilos?|pounds?|lbs?|stone)\b", r"\bweight loss\b", r"\bheavier\b",
        r"\bnumb(?:ness)?\b", r"\btingl\w*", r"\bpins and needles\b", r"\bforgetful\w*", r"\bmemory\b", r"\bbrain fog\b", r"\bconfus\w*", r"\btremb\w*", r"\bshak(?:y|ing)\b", r"\bbruis\w*", r"\b(?:dark|brown|orange|tea)\b" + NEAR + r"(?:urine|pee|wee)\b", r"\b(?:urine|pee|wee)\b" + NEAR + r"(?:dark|brown|orange|burn\w*|tea|cola)", r"\bpee(?:ing)? (?:a lot|often|all night)",
        r"\b(?:metallic|funny|strange|weird|bad|no|lost) (?:\w+ )?taste\b", r"\btaste\b" + NEAR + r"(?:metal\w*|funny|strange|weird|gone|off|different)", r"\btinnitus\b", r"\btastes? (?:like|of|horrid|horrible|awful|bitter|foul)\b", r"\b(?:horrid|horrible|bitter|foul|nasty|metal|awful) taste\b", r"\b(?:burn\w*|sting\w*|pain\w*) when i (?:pee|wee|urinate)", r"\b(?:head|brain) (?:feels? |is )?(?:woolly|fuzzy|heavy|foggy|muzzy)\b", r"\bforget\w*\b(?! (?:my|the|to take))", r"\b(?:thumping|pounding|splitting|banging|sore|bad) head\b", r"\b(?:joints?|knees?|bones?)\b" + NEAR + r"(?:creak\w*|giving me|seiz\w*|lock\w*)", r"\b" + _LIMB + r"\b" + NEAR + r"(?:kill\w* me|giving me (?:gyp|jip|hell|grief)|burning|on fire|like (?:lead|jelly))", r"\bheart\b" + NEAR + r"(?:pitter|going (?:like|mad|fast)|jump\w*)", r"\bsleep\w* all day\b", r"\bmouth\b" + NEAR + r"(?:\bdry|sandpaper|cotton)", r"\bringing in (?:my|the|his|her) ears?", r"\bdry mouth\b",
        r"\b(?:eyes?)\b" + NEAR + r"(?:water\w*|tear\w*|runn\w*)", r"\bwatery eyes?\b", r"\bteary\b", r"\bhiccups?\b", 
    ),
})  # fmt: skip

# Words that name no place: they count where nothing else is named.
WEAK = by_code({
    "other": (
        r"\b(?:feel\w*|felt) (?:\w+ )?(?:awful|terrible|unwell|ill|rough|bad|horrible|lousy|poorly|dreadful|rotten|crap\w*|worse|strange|weird)\b", r"\bunwell\b",
        r"\b(?:not|don'?t) (?:feel\w* )?(?:very |so |too )?(?:well|right|good)\b(?! enough)", r"\bin pain\b", r"\bstiff\w*", r"\bpain\w*", r"\bhurt\w*", r"\bsore\b",
    ),
})  # fmt: skip
