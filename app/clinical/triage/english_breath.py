"""How patients name short breath in English."""

from app.clinical.triage.english_words import CANNOT, NEAR, SOMEONE
from app.clinical.triage.wording import beside

_BREATH = r"(?:br[ea]+th|breaths|br[ea]+the|br[ea]+thing|breathles\w*|breadth)"
# A breath that is drawn, held or smelt and not short.
_NOT_SHORT = (
    "(?<!bad )(?<!deep )(?<!big )(?<!smelly )(?<!hold my )(?<!held my )(?<!holding my )"
    "(?<!hold your )(?<!under my )(?<!save your )(?<!took my )(?<!took our )(?<!let me )(?<!morning )"
)
_EASY = (
    r"(?! (?:laughing|freely|(?:much |so |a lot |is )+(?:fine|freely|better|easier|ok\w*|good|normal)\b|smells?|stinks?|tests?|exercises?|"
    r"of fresh|normal\w*|fine|ok\w*|well\b|easy|easily|easier|"
    r"better|in deep\w*|deep\w*|is (?:fine|ok\w*|normal|good|easy|better)|a sigh|in and\b|through (?:it|my|the|his|her) ?(?:nose)?))"
)
_WANT = (
    r"(?:suck|gulp|drag|pull|gasp|fight|hunger|hungry|starv|crav|struggl|stop|paus|rest|come up|com(?:es|ing) up|claw|"
    r"desperate|panic|battl|search|thirst|beg|heav|work|labou?r|chas|snatch)"
)
_TROUBLE = (
    r"(?:hard\w*|difficult\w*|difficlt\w*|trouble|struggl\w*|hardly|barely|problems?|fight\w*|"
    r"labou?red|heavy|shallow|tough)"
)
# What a talker has to stop for.
_SPEECH = (
    r"(?:sentences?|two words|three words|a few words|conversation|speech|phone call|prayers?|hymns?|"
    r"talk|speak|chat|sing)"
)
_STIFLED = (
    r"(?:pillow|cushion|hand|plastic bag|bag|sack|cloth|towel|blanket|mask|someone|somebody) (?:\w+ )?"
    r"(?:over|on|across|against|covering) (?:my|his|her|the) (?:face|mouth|nose|head)|bag over me"
)
_UPRIGHT = (
    r"(?:edge of (?:the|my|his|her) (?:bed|mattress)|bolt upright|sitting (?:up|upright)|upright|sat up|sits? up|"
    r"propp?ed(?: up)?|in (?:the|a|my|his|her|our) (?:\w+ ){0,2}?(?:arm ?chair|recliner|chair|lounger|rocker|"
    r"wing ?back|la-?z-?y ?boy)|(?:two|three|four|five|six|2|3|4|5|extra|more|stack of|pile of) pillows)"
)
_NIGHT = (
    r"\b(?:lie|lies|lying|lay|laying|laid|flat|horizontal|sle(?:ep|eps|pt|eping)|nights?|bed|dozes?|"
    r"till morning|until morning)\b"
)
# Another reason to sit up: acid, a pain, the television.
_ELSE = (
    r"(?![^.!?]{0,45}\b(?:acid|reflux|heart ?burn|heartburn|tv|telly|itch\w*|cramp\w*|read\w*|pain(?!t)\w*|nause\w*|drip|flight|feet up|"
    r"legs up|grand\w*|baby|kids|because (?!i|of)|with (?:the|my|him|her)))"
)
_LIE = r"(?:lie|lay|sleep|lying|laying|sleeping|be|rest) (?:\w+ )?(?:flat|down|(?:on|onto) (?:my|his|her|the) back|level)"
_CHOKED = (
    r"(?:drown\w*|chok\w*|suf+oc\w*|smother\w*|strangl\w*|air|impossible|gasp\w*|sit (?:back |straight )?up|shoot up|breath\w*|"
    r"throttl\w*)"
)
_REST = r"(?:stop|rest|sit|pause|hang on|hold on|lean|halt|take a break|have a breather|blow)"
_WAY = (
    r"(?:half ?-?way|stairs?|steps?|staircase|landing|hill|slope|lane|drive(?:way)?|path|corridor|gate|"
    r"mail ?box|letter ?box|hall\w*|kitchen|bathroom|yards?|metres?|meters?|feet away|shower\w*|"
    r"dress\w*|every (?:few|couple|two|three|four|five|ten|\d+|second|other)|each (?:step|floor|landing)|"
    r"lamp ?posts?|houses|blocks?|twice|three times|two times)"
)
_LUNGS_TROUBLED = (
    r"(?:sit\w*|full|fill\w*|water\w*|tight|burst\w*|burn\w*|give|work\w*|air|shrunk|small|half|enough|"
    r"concrete|rattl\w*|crackl\w*|bubbl\w*|squash\w*|heavy|not|won'?t|fluid|whistl\w*|collaps\w*|"
    r"sponge|stiff|open)"
)

DYSPNOEA = (
    # Medical words
    r"\b(?:orthopn|tachypn|dyspn|apn[eo])\w*",
    r"\bsob(?:oe)?\b",
    r"\bresp(?:iratory)? rate (?:\w+ )?(?:2[2-9]|[34]\d)\b",
    r"\b(?:2[4-9]|[34]\d) breaths\b",
    # Breath that is short or hard
    rf"{_NOT_SHORT}\b{_BREATH}\b{_EASY}(?<!when i breathe)(?<!if i breathe)",
    r"\bwhen i breathe\b(?! (?:in|deep\w*|out)\b)",
    (
        r"(?<!deep )\bbr[ea]+th\w*(?=[^.!?]{0,30}\b(?:fast|quick\w*|rapid\w*|labou?r\w*|shallow|heavy|hard|noisy|rattl\w*|bad|wrong|"
        r"worse|properly)\b)"
    ),
    r"\bbr[ea]+th\w*\b" + NEAR + r"(?:struggl\w*|problem\w*|trouble|not (?:good|easy|right)|tough)",
    rf"\b(?:{CANNOT}|{_TROUBLE})(?: \w+){{0,3}}? br[ea]+th\w*\b(?! through (?:it|my|the|his|her))",
    r"\bshort\w* (?:of|off|in|on)(?: my| the)? br\w+",
    r"\b(?:short|out) (?:of|off) (?:breath|breth|puff|air|wind)\b",
    r"\bshort ?-?(?:breath\w*|winded)\b",
    r"\b(?:find|get|catch|lost|lose|losing|regain) (?:my |his |her )(?:wind|puff)\b",
    r"\bno puff\b",
    r"\b(?:get|catch\w*|getting)(?: \w+)? ?(?:enough )?(?:breath|breth|air)\b",
    # Air that is wanted
    rf"\b{_WANT}\w*(?: \w+){{0,3}} (?:air|breath|puff)\b",
    r"\b(?:not|isn'?t|never) (?:\w+ )?enough (?:of )?(?:air|oxygen)\b",
    r"\b(?:no|need|short of|hungry for|starved of|chok(?:ing|ed) for) (?:air|breath)\b",
    r"\b(?:get|getting|take|taking|draw|drawing|bring) (?:any |enough |in |the )?air\b",
    r"\bair (?:\w+ ){0,2}?(?:won'?t|doesn'?t|isn'?t|not|hardly|is thin|runs? out|running out)",
    r"\bair ?-?hung(?:er|ry)\b",
    r"\bhyperventilat\w*",
    r"(?<!out )\bfor (?:air|breath)\b(?! (?:travel|con|fresh|line|miles|mail))",
    r"\b(?:not|isn'?t|aren'?t|never) (?:\w+ )?(?:getting|get) (?:any |enough |proper |the )?(?:air|oxygen)\b",
    r"\b(?:no|half|enough|more|need|little) (?:the )?oxygen\b",
    r"\b(?:sips?|mouthfuls?|gulps?|bits?) of air\b",
    (
        r"\b(?:oxygen|o2|sats|spo2|sat(?= (?:is|at|was|of) \d)|saturation)\b(?=[^.!?]{0,40}(?:\b(?:7\d|8\d|9[0-3])\b|low|drop|down|"
        r"fall|poor))"
    ),
    # Noises and movements of somebody who breathes hard
    r"\bgasp\w*",
    r"\bwheez\w*",
    r"\bsuf+oc\w*",
    r"\bsmother\w*",
    r"\bwinded\b",
    r"\b(?:panting|pantin)\b",
    r"\b(?:sesak|semput|hinihingal|susah nafas)\b",
    r"\bair is (?:less|short|little)\b",
    r"\b(?:leaves?|left|has|have|had|makes?) (?:me|him|her) (?:\w+ )?(?:heav|gasp|puff|blow|pant|wheez|wind)(?:ing|ed)\b",
    r"\bmy wind (?:is |has |'s )?(?:gone|short|went|all)\b",
    r"\bhuffing\b",
    r"(?<!lids )(?<!eyes )(?<!face )\bpuff(?:ed|ing)\b(?! up| eyes?| face| lids?)",
    (
        r"\b(?:puff|pant|blow|huff)(?:ing|ed|s)?\b(?! up (?:at|like|in|over))(?: \w+){0,2} (?:like|after|when|walking|at|up the|going|"
        r"just|half ?-?way)\b"
    ),
    (
        r"\b(?:like|as if|as though) (?:i|he|she)(?:'ve|'d|'s| have| had)? (?:just )?(?:run|ran|climbed|"
        r"sprinted)\b[^.!?,]{0,20}\b(?:after|just|from|making|by|when|whenever)\b"
    ),
    r"\blike a (?:gold)?fish (?:on|out|gasp)|\bmouth open like a (?:gold)?fish\b",
    r"\bblow(?:ing|n) (?:hard|like|out)\b",
    r"\b(?:steam (?:train|engine)|bellows|fish out of water|darth vader|old (?:train|accordion|harmonium))\b",
    r"\bdrowning\b(?! in (?:paper|work|email|form|bill|debt|chore|cake|tea|love)\w*)",
    r"\b(?:drown\w*|strangl\w*) (?:when|at night|in bed|if|on dry land|in my own)\b",
    rf"\b{_STIFLED}\b",
    r"\b(?:under ?water|through a straw|up a mountain|top of everest|thin air|at altitude)\b(?=[^.!?]{0,30}\b(?:air|lung|chest|breath)\w*)",
    (
        r"\blungs?\b(?! (?:function|x-?ray|scan|nodule|cancer|infection|is|are) ?(?:fine|ok\w*|"
        rf"clear)?)(?=[^.!?]{{0,40}}\b{_LUNGS_TROUBLED}\b)"
    ),
    r"\b(?:fill|empty|expand|open) (?:up )?(?:my|his|her|the) lungs?\b",
    (
        r"\b(?:(?:someone|somebody|something) (?:is |was |has )?)?(?:sits?|sitting|standing|squash\w*|press\w*|"
        r"weight) (?:\w+ )?on (?:my |the |his |her )?lungs?\b"
    ),
    r"\bchest (?:\w+ ){0,2}?(?:go|goes|going|heav\w+|moving|pump\w*) (?:up and down|like|in and out)",
    r"\b(?:lips?|fingers?|nails?) (?:\w+ ){0,3}?(?:blue|bluish)\b",
    r"\b(?:ribs?|shoulders?) (?:\w+ ){0,2}?heav(?:e|es|ing)\b",
    r"\bblue (?:lips|(?:a?round|at|on|in) the (?:mouth|lips))\b",
    r"\b(?:walk and talk|talk and walk)\b",
    r"\b(?:chest|lungs?) (?:\w+ )?(?:won'?t|doesn'?t|don'?t|not) fill\b",
    r"\b(?:ribs?|nostrils?|neck muscles?|tummy) (?:\w+ ){0,3}?(?:suck\w*|pump\w*|flar\w*|pull\w* in|work\w* hard)",
    # Talk that stops for breath
    (
        rf"\b(?:{CANNOT}|hardly|barely|without) (?:\w+ ){{0,3}}?{_SPEECH}\b[^.!?]{{0,30}}\b(?:stop\w*|paus\w*|air|puff\w*|gasp\w*|rest\w*|"
        r"gulp\w*)"
    ),
    r"\b(?:half|short|full|whole|a|my|finish\w*|his|her) sentences?\b",
    r"\bbetween (?:the |my |his |her |each |every |two )?(?:words?|sentences?)\b",
    # Lying down, and sitting up to sleep
    rf"\b(?:{CANNOT}|hard to|no longer|afraid to|don'?t dare|dare not) {_LIE}\b{_ELSE}",
    rf"\b(?:lie|lies|lying|lay|laying|sleep\w*|flat) (?:\w+ ){{0,2}}?(?:flat|down|on my back)\b(?=[^.!?]{{0,50}}\b{_CHOKED}\b)",
    beside(_NIGHT, rf"\b{_UPRIGHT}\b", 50, r"acid|reflux|heart ?burn|pain(?!t)\w*|cramp\w*|itch\w*|watch\w*|tv") + _ELSE,
    r"\bsit\w* up" + NEAR + r"(?:to|just to|all night|so i can) (?:sleep|breathe|get)" + _ELSE,
    r"\bpropped up\b" + _ELSE,
    r"\b(?:two|three|four|five|six|\d|extra|more) pillows\b" + _ELSE,
    # Steps that need a rest
    (
        rf"\b(?:{CANNOT}|hardly|barely|not|never|no longer)\b[^.!?]{{0,45}}?\bwithout (?:stopp\w*|rest\w*|sitting down|a (?:break|rest|"
        r"sit)|pausing|hav\w+ to (?:stop|rest|sit))\b"
    ),
    beside(rf"\b(?:ha(?:ve|s|d) to|needs? to|must|got to|gotta|makes? (?:me|him|her)) (?:\w+ ){{0,2}}?{_REST}\b", rf"\b{_WAY}\b", 35),
    (
        r"\b(?:stop|stops|stopped|stopping|rested|rests|resting)\b (?:\w+ ){0,2}?(?:half ?-?way|every (?:few|couple|two|three|ten)|"
        r"twice|three times|at each|on (?:the|each|every) (?:landing|stairs|step)|for a (?:rest|breather))"
    ),
    (
        rf"\b(?:\d+|two|three|four|five|ten|few|couple of) (?:steps|stairs)\b[^.!?]{{0,20}}\b{SOMEONE}(?:'m| am|'s| is| have| has|"
        r"'ve) (?:\w+ )?(?:to stop|finished|done|beat|dead|blowing|puff\w*)\b"
    ),
    r"\bbreather\b",
)  # fmt: skip
