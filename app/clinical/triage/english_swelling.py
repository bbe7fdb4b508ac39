"""How patients say in English that something is swollen."""

from app.clinical.triage.english_words import CANNOT, NEAR

EDEMA = (
    r"\b(?:leaves?|left|leaving|deep) (?:\w+ )?(?:rings?|marks?|grooves?|lines|dents?)\b(?= (?:on|in|round|around))",
    (
        r"\b(?:eye ?lids?|eyes|ankles?|feet|foot|fingers|legs?|face|hands?|lids)\b"
        + NEAR
        + r"(?:\bfat(?:ter)?\b|\bthick\w*|like (?:a |two |an )?(?:loa(?:f|ves)|pudding\w*|balloon\w*|frog|bread|"
        r"marshmallow\w*|pillows?|logs?|hams?|hamster|chipmunk|boxer|goldfish|golf balls?|dough\w*|bolsters?|drums?|"
        r"melons?))"
    ),
    r"\b(?:wedding )?(?:band|ring)s?\b" + NEAR + r"\b(?:knuckle|soap|cut off|tight|stuck)\b",
    r"\beffusions?\b",
    r"\bwater ?-?logged\b",
    r"\bwater on the (?:lungs?|legs?|knee)\b",
    r"\bswell\w*",
    r"\bascites\b",
    r"\bpuff\b",
    r"\bbaggy\b" + NEAR + r"\b(?:eyes?|eye ?lids?|face|lids)\b",
    r"\b(?:eyes?|eye ?lids?|lids)\b" + NEAR + r"\b(?:baggy|bags|bulg\w*|swol\w*)",
    r"\b(?:cheeks?|face)\b" + NEAR + r"\b(?:chubby|puffed|bloated|fat|full of water)\b",
    r"\bblown up\b",
    r"\bbloated (?:face|ankles?|legs?|feet|hands?|eyes?)\b",
    r"\bsw[eo]l+[aeo]n\b",
    r"\bsweling\b",
    r"\bswol+\w*",
    r"\bpuff(?:y|ie|iness|ing up|ed up)",
    r"\bpufy\b",
    r"\bo?edema\w*",
    r"\bodema\b",
    r"\b(?:fluid|water) (?:retention|retain\w*|build\w*)",
    r"\bretain\w* (?:water|fluid)",
    r"\bfluid (?:in|on|around) (?:my|the|his|her)",
    (
        r"\b(?:shoes?|rings?|socks?|boots?|watch|slippers?|sandals?)\b"
        + NEAR
        + r"(?:tight\w*|(?:don'?t|doesn'?t|do not|does not|won'?t|wont|no longer|can'?t|cannot|not) (?:fit\w*|go on|"
        r"come off|get|close)" r"|too small|stuck|marks?|dig\w*|cutting in)"
    ),
    r"\b" + CANNOT + r" (?:get|put|take|fit)" + NEAR + r"\b(?:shoes?|rings?|socks?|boots?)\b",
    r"\bbags? under (?:my|his|her|the) eyes?",
    r"\bmoon ?face\b",
    r"\bpitting\b",
    r"\beye ?bags?\b",
    r"\b(?:leaves?|left|stays?) a (?:dent|dimple|hole|pit)\b",
    r"\bhold\w* (?:on to |onto )?(?:water|fluid)",
    r"\b(?:full of|heavy with|fill\w* (?:up )?with|it'?s|is|all|lots? of) (?:fluid|water)\b",
    r"\bfluid\b(?![ -]?filled)(?! (?:blister|bubble|bleb|down|intake))",
    r"\b(?:fat|heavy|big|baggy|thick)(?: \w+)? (?:eye ?lids?|ankles?|feet|fingers)\b",
    r"\bface\b" + NEAR + r"\b(?:football|basketball|pumpkin|melon|moon|round)\b",
    r"\bchubby face\b",
    (
        r"\b(?:ankles?|legs?|feet|face|eyes?|eye ?lids?|hands?|fingers?)\b"
        + NEAR
        + r"(?:balloon\w*|tree trunks?|sausages?|elephant|twice (?:the|their|its)|bigger|huge(?! (?:blister|bubble|rash|red)\w*)|enormous|filled with (?:water|"
        r"fluid))"
    ),
    r"\b(?:sausage fingers|cankles)\b",
    r"\b(?:eyes?|eye ?lids?)\b" + NEAR + r"(?:almost shut|half shut|closed up|like slits)",
)
