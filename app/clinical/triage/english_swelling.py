"""How patients say in English that something is swollen or holds water."""

from app.clinical.triage.english_words import CANNOT, NEAR

# What swells, and what swollen looks like.
_SWELLS = (
    r"\b(?:eye ?lids?|lids|eyes?|ankles?|feet|foot|toes|fingers?|legs?|shins?|calves|face|cheeks|hands?|knees?|arms?|"
    r"lips|scrotum)\b"
)
_FAT = (
    r"(?:\bfat(?:ter)?\b|\bthick\w*|\bbigger\b|\bhuge\b(?! (?:blister|bubble|rash|red)\w*)|\benormous|\bbaggy\b|\bbags\b|\bbulg\w*|"
    r"\btwice (?:the|their|its)|\bbloated\b|\bblown up|\bfull of (?:water|fluid)|\bfill\w* (?:up )?with (?:water|fluid)|"
    r"\bpuffed|\bchubby|\btight as a|\bballoon\w*|\bsausages?|\btree trunks?|\belephant\w*|\bheavy with|"
    r"\b(?:almost|half|nearly|swollen) shut|\bclosed up|\blike slits|\bpillows\b)"
)
_LIKE = (
    r"\blike (?:a |an |two |\w+ )?(?:boiled )?(?:loa(?:f|ves)|puddings?|balloons?|frogs?|bread|marshmallows?|pillows?|logs?|hams?|hamster|"
    r"chipmunk|boxer|goldfish|golf balls?|dough\w*|bolsters?|drums?|melons?|eggs|tree trunks?|sausages?|elephant\w*|"
    r"footballs?|cushions?|bagpipes?|bladders?|water ?skins?|posts|pumpkins?|dumplings?|bratwurst)\b"
)
# What is worn and has grown tight, and how one notices.
_WORN = (
    r"\b(?:shoes?|rings?|wedding band|socks?|boots?|watch(?: strap)?|slippers?|sandals?|loafers?|trainers|sneakers|clogs|wellies|"
    r"crocs|bracelet|gloves?|trouser legs?|trousers leg|tights|stockings|laces|flip ?flops)\b"
)
_TIGHT = (
    r"(?:\btight\w*|\b(?:don'?t|doesn'?t|do not|does not|won'?t|wont|no longer|can'?t|cannot|not|refuse to) "
    r"(?:fit\w*|go on|come off|get|close|budge|slip)|\btoo small|\bstuck\b|\bmarks?\b|\bdig\w*|\bcut(?:ting)? (?:in|off)|"
    r"\bpinch\w*|\bbit(?:e|es|ing)\b|\bleav\w+ (?:\w+ )?(?:grooves?|dents?|lines))"
)

EDEMA = (
    # Its names, as they are spelt
    r"\bswell\w*",
    r"\bsweling\b",
    r"\bsw[eo]l+[aeo]n\b",
    r"\bswol+\w*",
    r"\bpuff(?:y|ie|iness|ing up|ed up|s up)\b",
    r"\bpuff(?! (?:of|pastry|up the|on))\b",
    r"\bpufy\b",
    r"\b(?:o?edema|odema)\w*",
    r"\bascites\b",
    r"\beffusions?\b",
    r"\bpitting\b",
    r"\banasarca\b",
    # Water that stays
    r"\bwater ?-?logged\b",
    r"\bwater on the (?:lungs?|legs?|knee)\b",
    r"\b(?:fluid|water) (?:retention|retain\w*|build\w*|collect\w*|accumulat\w*)",
    r"\bretain\w* (?:water|fluid)",
    r"(?<!can't )(?<!cannot )(?<!cant )(?<!couldn't )(?<!not )\bhold\w* (?:on to |onto )?(?:water|fluid)\b",
    r"\b(?:full of|heavy with|fill\w* (?:up )?with|it'?s|is|all|lots? of) (?:fluid|water)\b(?! (?:that|and (?:burst|pop)))",
    (
        r"\bfluid\b(?![ -]?filled)(?! (?:blister|bubble|bleb|pocket|bump|lump|down|intake|coming|"
        r"came))(?<!clear fluid)(?<!no fluid)(?<!of fluid)"
    ),
    # A part of the body that has grown
    _SWELLS + NEAR + _FAT,
    _SWELLS + NEAR + _LIKE,
    r"\bbaggy\b" + NEAR + r"\b(?:eyes?|eye ?lids?|face|lids)\b",
    r"\bbloated (?:face|ankles?|legs?|feet|hands?|eyes?)\b",
    r"\b(?:fat|heavy|big|baggy|thick|chubby)(?: \w+)? (?:eye ?lids?|ankles?|feet|fingers|face)\b",
    r"\bface\b" + NEAR + r"\b(?:football|basketball|pumpkin|melon|moon|round)\b",
    r"\bmoon ?face\b",
    r"\b(?:sausage fingers|cankles)\b",
    r"\b(?:bags? under (?:my|his|her|the) eyes?|eye ?bags?)\b",
    r"\bankles? (?:are |is )?up\b",
    # Marks that stay
    r"\b(?:leaves?|left|leaving|deep) (?:\w+ )?(?:rings?|marks?|grooves?|lines|dents?)\b(?= (?:on|in|round|around))(?! in your)",
    r"\b(?:leaves?|left|stays?) a (?:dent|dimple|hole|pit|thumb ?print)\b",
    # Clothes and rings that have grown tight
    _WORN + NEAR + _TIGHT,
    rf"\b{CANNOT} (?:get|put|take|fit|pull|squeeze|lace|do up)" + NEAR + _WORN,
    r"\b(?:hardly|barely|struggl\w* to) (?:get|put|take|fit|pull|squeeze)" + NEAR + _WORN,
    r"\brings?\b" + NEAR + r"\b(?:knuckle|soap|cut off)\b",
)  # fmt: skip
