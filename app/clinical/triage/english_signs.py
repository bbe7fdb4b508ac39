"""How a red flag shows itself in English: what is in trouble, beside what is wrong with it.

A pair counts in either order, in one clause, without "no" or "not" between the two.
"""

from app.clinical.triage.english import BELLY
from app.clinical.triage.wording import beside

_PAIN = (
    r"\b(?:pain\w*|ach(?:e|es|ed|ing|y)|hurt\w*|sore|stab\w*|squeez\w*|pressure|press(?:ing|es|ed)|tight\w*|heav(?:y|iness)|"
    r"pinch\w*|crush\w*|grip\w*|clutch\w*|discomfort|twing\w*|jab\w*|cramp\w*|clamp\w*|fist|vi[cs]e|belt|band|"
    r"elephant|brick|anvil|concrete|stitch|weight|knife|spasm\w*|iron|sitting on|sits on|standing on|needles?|burn\w*)\b"
)
_UNBEARABLE = (
    r"\b(?:doubl\w+ (?:up|over)|bent (?:over|double|in (?:two|half))|(?:on )?all fours|(?:on|for|to) (?:the )?(?:\w+ )?(?:floor|ground|carpet|tiles)|roll(?:ing|ed)|"
    r"groan\w*|moan\w*|scream\w*|howl\w*|cry(?:ing)? (?:out|with|in)|in tears|agon\w*|excruciat\w*|unbear\w*|rigid|guarding|"
    r"twist\w* (?:a |the )?kni\w+|a knife|kni(?:fe|ves)|stabb\w*|bit the|sweat\w* with it|can'?t tahan|die|dying|kill\w*|"
    r"(?:8|9|10|eight|nine|ten)(?:\.5)? ?(?:/|out of|on)(?: a scale)? ?(?:of )?(?:10|ten)|"
    r"(?:can'?t|cannot|could not|couldn'?t|no fit|unable to) (?:stand|straighten|move|walk|sit|get up|talk|speak|bear|lie still)|"
    r"(?:painkillers?|paracetamol|morphine|tylenol|codeine|tramadol)\b[^.,!?]{0,20}(?:touch|help|work|nothing|useless)|"
    r"worst (?:pain )?(?:of|in|i|ever|he|she)|never (?:had|felt|known|seen)|labou?r|childbirth|contractions|curled|fetal|foetal|in(?:to)? a ball|buckl\w*|writh\w*|out of this world|hard (?:like|as) (?:a )?(?:board|rock|stone|wood|brick|plank)|worse than (?:any of|all|my kidney|any pain|having|kidney|labou?r|childbirth|gall\w*|surgery|the operation)|indescribable|beyond words|blinding|savage|horrendous|wicked|unholy|like wood|torn|ripp\w*|tear\w* (?:apart|me|up|him|her))\b"
)
_BELLY = r"(?:\b" + BELLY + r"(?: ?-?aches?)?\b|\bbelle\b|\btum\b|\bnavel\b|\bbelly ?button\b|\bmidriff\b|\binsides?\b|\bmidsection\b|\b(?:below|under|beneath) (?:the|my|his|her) (?:\w+ )?ribs?\b|\b(?:lower|upper) (?:right|left)\b|\bepigastri\w*)"
_STOOL = (
    r"\b(?:stools?|poo+(?:p|ps|ed|ing|s)?|bowel (?:movement|motion)s?|bowels?|bms?|motions?|shit|crap|turds?|feces|faeces|number ?(?:twos?|2s?)|"
    r"diarr?h\w*|purg\w*|the runs|stoma(?: bag)?|toilet(?! (?:times|\d))|loo\b(?! (?:times|\d))|bowl|commode|bed ?pan|paper|tissue when|wip(?:e|es|ed|ing)|"
    r"back passage|backside|bottom|bum|rectum|anus|what came out|comes out(?: of me)?|when i (?:go|went))\b"
)
_BLACK = (
    r"\b(?:bl(?:ac?k|k)|blackish|pitch|jet|coal|charcoal|tar+y?|road tar|ink|li[qc]uorice|licorice|soot|treacle|molasses|engine oil|oil|soya? sauce|vegemite|marmite|"
    r"dark and sticky|sticky and dark|(?:very|so) dark|maroon|burgundy|beet ?root|wine|scarlet|crimson|raspberry|cherry|red|reddish|pink|"
    r"blood\w*|bleed\w*|clots?|streak(?:s|ed|y)?)\b"
)
_THROWN_UP = (
    r"(?:\bvom+[ie]t\w*|\bvomit\w*|\bthr[eo]w\w*(?: \w+){0,2} up|\bpuk(?:e|ed|es|ing)\b|\bbr(?:ing\w*|ought)(?: \w+){0,2} up|\bspew\w*|\bchuck\w* up|\bbarf\w*|\bsick (?:bowl|bucket|bag)|"
    r"\b(?:was|been|being|got) sick\b|\bheav(?:ed|ing)\b|\bretch\w*|\bcame up\b)"
)
_NOT_STOPPING = (
    r"(?:\b(?:won'?t|wont|hasn'?t|hasnt|has not|not|doesn'?t|didn'?t|never|can'?t|cannot|couldn'?t|refus\w+ to) (?:\w+ )?(?:stop\w*|clot\w*|close|scab\w*)\b|\bsoak\w*|\bkeeps? (?:on )?(?:bleed\w*|ooz\w*|drip\w*|weep\w*|going)|\bstill (?:bleed\w*|ooz\w*|drip\w*|weep\w*|going)|\bfor (?:\d+|two|three|four|an?|\w+) hours?\b)"
)
_MOUTH = r"\b(?:mou(?:th|f)|tongue|lips?|gums?|cheeks?|palate|inside of (?:my|the) cheeks?)\b"
_RAW = r"\b(?:sores?|ulcer\w*|raw|blister\w*|ulcerated|crust\w*|holes?|craters?|open|split\w*|bleeding and sore|on fire|skinned|shredded)\b"
_SKIN = r"\b(?:skin|hide|soles?|palms?|hands?|feet|fingers?|back|arms?|legs?|chest|stomach|body|face)\b"
_COMES_OFF = (
    r"\b(?:(?:bubbl|com|fall|peel|lift|rub|slid|slip|flak|strip|tear|pull|slough|shed)\w* (?:right |straight |clean |itself )?(?:off|away)|(?:fell|tore|slid) (?:right |straight |clean )?(?:off|away)|(?:came|went) (?:right |straight |clean )?off|take away|slough\w*|shedd(?:ing|s)|sheds|in (?:sheets|strips|layers|chunks|lumps|handfuls|big pieces|rags|ribbons)|"
    r"like (?:wet )?(?:tissue|paper|wallpaper|a snake|an onion|raw meat|meat|a glove|clingfilm|bubble ?wrap)|hang\w* off|handfuls of skin|big pieces|sheets of|raw meat)\b"
)
_YELLOW = (
    r"\b(?:yel+ow\w*|custard|mustard|lemon\w*|banana|canary|simpsons?|minion|saffron|turmeric|golden|amber|piano keys|parchment|nicotine|daffodils?|primrose|yolk|butter|butternut|pumpkin|curry|tangerine|sallow|highlighter|post-?it)\b"
)
_FACE = r"\b(?:eyes?|eye ?balls?|whites?|skin|face|complexion|palms?|colou?r(?:ed)? of|tinge|tint|look like|looks like|gone (?:the|all|a)|turned|head to (?:toe|foot)|(?:sun)?tan|look(?:s|ing)?|shade|hue)\b"
_HOT = (
    r"\b(?:hot|burning|burn|boiling|roasting|baking|scalding|on fire|like (?:a |an )?(?:fire|furnace|oven|radiator|stove|kettle|iron|hot water bottle|toaster)|fry an egg|glowing|radiating heat|sky ?high)\b"
)
_TOUCHED = r"\b(?:forehead|brow|to (?:the )?touch|body dey|skin is|head is|back of (?:my|his|her) neck|touch(?:ed)? (?:him|her|his|my))\b"
_HEART = (
    r"\b(?:chest|breast ?bone|sternum|heart|ticker|breast|ches|chst|chets|bosom|retro ?sternal|substernal|precordial|region of the heart|behind (?:the|my|his|her) ribs|between (?:my|the|his|her) (?:shoulder blades|breasts|boobs))\b(?! ?-?burn)"
)
_SEEN = (
    r"\b(?:see(?:ing|s)?|saw|seen|eyes?|vision|sight|eye ?sight|tell?y|tv|screen|road signs?|signs?|number ?plates?|clock|faces?|print|words?|letters?|lines?|page|news ?paper|subtitles|book|phone|everything|world|view|field|whatever i look|newsreaders?|lights|edges?|picture|when i look|look at)\b"
)
_UNSEEN = (
    r"\b(?:double(?! rainbow| dose| dutch| check| room| bed)|doubled|in two|twice|two of (?:every|each|them|him|her)\w*|blur\w*|fuzz\w*|fog\w*|mist\w*|haz[ey]\w*|wavy|bent|bend\w*|wobbl\w*|missing (?:bits?|pieces?|parts?|letters?|middle)|(?:middle|half|side|part|piece|bit)[^.,!?]{0,20} missing|smear\w*|swim\w*|smudg\w*|dim(?:mer|ming|med)?|gone dark|blot|blank|hole|dark (?:patch|spot|shadow|blob|blotch|smudge|circle|curtain|area)|"
    r"black (?:patch|spot|shadow|blob|blotch|smudge|circle|curtain|dot|flies|hole|bit|thing)\w*|grey (?:patch|spot|shadow|blob|curtain|dot|veil)\w*|shadow|curtain|veil|lightning\w*|flash\w*|sparks?|flies|(?:black|dark|floating|grey|gray|white) spots|floaters?|cobwebs?|tunnel|out of focus|snow|zig ?-?zag\w*|halos?|ghost\w*|steam\w*|frosted|greas\w*|vaseline|wet window|under ?water|milky|cloud\w*|distort\w*|crooked|jumbl\w*|run(?:ning|s)? (?:together|into each other)|disappear\w*)\b"
)
_URINE = r"\b(?:urine|pee|peed|peeing|wee|weed|weeing|water works|pass(?:ed|ing)? (?:any |a \w+ of )?(?:water|urine)|urinat\w*|nappy|pad)\b"
_HARDLY = r"\b(?:hardly|barely|scarcely|almost no|drops?|dribbl\w*|teaspoon\w*|thimble\w*|egg ?cup\w*|trickle|only once|just once|once since|next to no(?:thing|ne)|dry all day|bone dry)\b"
_LIQUID = r"\b(?:water|fluids?|liquids?|drinks?|drink|sips?|tea|juice|squash|broth|soup|ice chips?|rehydrat\w*|dioralyte|pedialyte|lucozade|gatorade|spoon\w*|drop|thing|anything|everything|whatever)\b"
_COMES_BACK = (
    r"\b(?:(?:come|came|coming|comes|shoot|shoots|shot|fly|flies|bounce|bounces|goes|went|go) (?:straight |right |back |flying |out )*(?:back|up|out)(?: again| up)?(?! on\b| in (?:the|my|his|her))|chuck\w*|brings? it (?:straight |right )?back|reject\w*|vomit\w*|thr[eo]w\w* (?:it |them )?(?:straight |right )?(?:back )?up|refund\w*|reappear\w*)\b"
)

# What the pairs do not say: words that need nothing beside them.
SIGNS: dict[str, tuple[str, ...]] = {
    "dyspnoea": (
        r"\b(?:orthopn|tachypn|dyspn|apn[eo])\w*", r"\bsob(?:oe)?\b", r"\bshort ?-?winded\b", r"\b(?:(?:find|get|catch|lost|lose|losing) (?:my |his |her )(?:wind|puff)|(?:short of|out of|no) puff)\b",
        r"\b(?:half|short|full|whole|a|my|finish\w*|his|her) sentences?\b", r"\bbetween (?:the |my |his |her |each |every )?(?:words?|sentences?)\b", r"\b(?:suck|gulp|drag|pull|gasp|fight|hunger|hungry|starv|crav|struggl)\w*(?: \w+){0,3} (?:air|breath)\b", r"\b(?:not|isn'?t|never) (?:\w+ )?enough (?:of )?(?:air|oxygen)\b", r"\b(?:get|getting|take|taking|draw) (?:any |enough |in )?air\b",
        r"\bair\b (?:\w+ ){0,2}?(?:won'?t|doesn'?t|isn'?t|not|hardly|is thin|runs? out)", r"\blungs?\b(?! (?:function|x-?ray|scan|nodule|cancer|is|are) ?(?:fine|ok\w*|clear)?)" + r"(?=[^.!?]{0,40}\b(?:sit\w*|full|fill\w*|water\w*|tight|burst\w*|burn\w*|give|work\w*|air|shrunk|small|half|enough|concrete|rattl\w*|crackl\w*|bubbl\w*|squash\w*|heavy|not)\b)", r"\b(?:fill|empty|expand) (?:my|his|her) lungs?\b", r"\b(?:sits?|sitting|standing|squash\w*|press\w*|weight) (?:\w+ )?on (?:my |the |his |her )?lungs?\b",
        r"\bchest (?:\w+ ){0,2}?(?:go|goes|going|heav\w+|moving|pump\w*) (?:up and down|like|in and out)", r"\b(?:puff|pant|blow|wheez|huff)(?:ing|ed|s)?\b(?: \w+){0,2} (?:like|after|when|walking|at|up the|going|just)\b", r"\bblow(?:ing|n) (?:hard|like|out)\b", r"\b(?:steam (?:train|engine)|bellows|fish out of water|darth vader)\b",
        r"\bwithout (?:stopp\w*|rest\w*|sitting down|a (?:break|rest|sit)|pausing|hav\w+ to (?:stop|rest|sit))", r"\bstop\w* (?:\w+ ){0,2}?(?:half ?-?way|every (?:few|couple|two|three|ten)|twice|three times|at each|on (?:the|each) (?:landing|stairs|step)|for a (?:rest|breather))", r"\b(?:have to|need to|had to) (?:stop|rest|sit|pause) (?:\w+ ){0,3}?(?:stairs?|steps?|landing|hill|driveway|hall\w*|kitchen|yards?|metres?|meters?)\b", r"\bbreather\b",
        r"\b(?:lie|lying|lay|laying|sleep\w*|flat) (?:\w+ ){0,2}?(?:flat|down|on my back)\b" + r"(?=[^.!?]{0,40}\b(?:drown\w*|choke?\w*|suffocat\w*|smother\w*|air|impossible|gasp\w*|sit (?:back )?up|shoot up))", r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|not able to|no fit) (?:lie|lay|sleep) (?:\w+ )?(?:flat|down|on (?:my|his|her) back)\b", r"\bsle(?:ep|pt)\w* (?:\w+ ){0,3}?(?:sitting|upright|bolt upright|in (?:the|a|my|his|her) (?:arm ?|easy |lazy ?-?boy |reclining )?(?:chair|recliner))", r"\b(?:drown\w*|suffocat\w*|smother\w*|strangl\w*) (?:when|at night|in bed|if)\b",
        r"\b(?:oxygen|o2|sats|spo2|saturation)\b(?=[^.!?]{0,25}(?:\b(?:7\d|8\d|9[0-3])\b|low|drop|down|fall|poor))", r"\b(?:lips?|fingers?|nails?) (?:\w+ ){0,3}?(?:blue|bluish|purple)\b", r"\b(?:no|half|enough|more|need|little) (?:the )?oxygen\b", r"\bblue (?:lips|round the mouth|around the mouth)\b", r"\b(?:ribs?|nostrils?|neck muscles?|tummy) (?:\w+ ){0,3}?(?:suck\w*|flar\w*|pull\w* in|work\w* hard)",
        r"\bbr[ea]+th\w*" + r"(?=[^.!?]{0,30}\b(?:fast|quick\w*|rapid\w*|labou?r\w*|shallow|heavy|hard|noisy|rattl\w*|bad|wrong|worse|well|properly)\b)",
    ),
    "gi_bleeding": (
        beside(_STOOL, _BLACK, 45), beside(_THROWN_UP, r"\b(?:blood\w*|red|coff?ee?|brown bits|dark grains|grounds|granules|clots?|black|burgundy|claret|wine|cherry)\b", 60, "phlegm|sputum|mucus|saliva"),
        r"\bmel[ae]+na\b", r"\bha?ematochezia\b", r"\bha?ematem\w*", r"\b(?:pr|rectal|per rectum) bleed\w*", r"\b(?:fobt?|fit test|occult blood|stool test)\b[^.!?]{0,25}\b(?:positive|blood)", r"\b(?:used|old|cold|ground) coff?ee\b", r"\bpass\w* (?:clots|blood|fresh blood)\b(?! in (?:the |my |his |her )?(?:urine|pee|wee|water))", r"\bbleed\w*\b[^.,!?;]{0,20}\b(?:piles|ha?emorrhoids|stoma)\b",
    ),
    "bleeding": (
        r"\b(?:epistaxis|ha?ematuria|ha?emoptysis|petechia\w*|purpur\w*|ecchymos\w*)\b",
        beside(r"\b(?:nose|nostrils?|gums?|teeth|tooth(?:brush)?|basin|sink|phlegm|sputum|spit|spat|saliva|cough\w*|hankie|handkerchief|urine|pee|wee|waterworks|vagina\w*|down below|knickers|underwear|spotting|period)\b", r"\b(?:blood\w*|bleed\w*|bled|red|pink|scarlet|crimson|claret|wine|ros[eé]|rusty?|gush\w*|pour\w*|crime scene|slaughter\w*|abattoir|horror (?:film|movie)|massacre)\b", 35),
        beside(r"\bears?\b", r"\bbl(?:oo|ee)d\w*\b", 25), r"\b(?:blue|purple)(?: \w+)? (?:marks|patches|blotches|spots)\b",
        beside(r"\b(?:nick\w*|cut|graz\w*|scratch\w*|shav\w*|wound|scab|injection|needle|puncture|blood test|tooth (?:out|pulled)|extraction|plasters?|bandages?|dressing|pinprick|paper cut|incision|socket)\b", _NOT_STOPPING, 90),
        beside(r"\bbruis\w*", r"\b(?:no reason|no knock|covered|everywhere|all over|can'?t account|cannot account|don'?t (?:know|remember)|never (?:bump|knock|hit)\w*|out of nowhere|nowhere|appear\w*|dozens?|loads|lots|many|purple|black and blue|easily|slightest|saucers?|plates?|dinner|size of|fight|boxer|barely touch\w*|just from|look at|looked at|bang\w* into nothing|by themselves|on their own|unexplained|new ones|spread\w*|every (?:day|morning))\b", 60),
        r"\b(?:tiny|little|pin ?prick|pinpoint|pin ?head|small) (?:\w+ ){0,2}?(?:red|purple)(?: \w+)? (?:spots|dots|dots|pinpricks|specks)\b", r"\bblack and blue\b", r"\b(?:red|blood\w*) (?:pillow(?:case)?|pyjamas|sheets?)\b", r"\bblood\w* (?:on|all over|over) (?:the |my |his |her )?(?:pillow\w*|sheets?|tooth ?brush|tissues?|basin|sink|shirt|pyjamas)", r"\bspotting\b(?= (?:blood|again|since|after|for))", r"\bafter (?:the )?menopause\b[^.!?]{0,40}\b(?:bleed\w*|blood|spot\w*|period)\b",
    ),
    "severe_skin": (
        r"\bbull(?:ae?|ous)\b", r"\b(?:water|fluid|liquid) ?-?(?:y |filled |full )?(?:bumps?|bubbles?|bags?|sacs?|pockets?|lumps?)\b", r"\bnikolsky\w*", r"\bstevens\b", r"\btops? (?:come|comes|came|coming) off\b", r"\bstomatitis\b", r"\bmucositis\b",
        beside(r"\b(?:bubbles?|bumps?|balloons?|pockets?|big ones)\b", r"\b(?:burst\w*|pop(?:ped|ping)?|(?:clear |with |of |full of )?(?:fluid|liquid|water))\b", 40), beside(_SKIN, _COMES_OFF, 40), beside(_MOUTH, _RAW, 35), beside(r"\b(?:eyes?|eye ?lids?)\b", r"\b(?:sores|ulcer\w*|raw|crust\w*|blister\w*)\b", 25),
        beside(r"\bpeel\w*", r"\b(?:everywhere|all over|whole|entire|sheets|large|strips|layers|body|head to toe|top to toe|snake|badly|raw|underneath)\b", 35), r"\b(?:shedding|moulting|losing|handfuls of|sheets of|lumps of) (?:\w+ )?skin\b", r"\bskin (?:is |has |was )?(?:just )?(?:dissolv\w*|melt\w*|rott?\w*)",
    ),
    "jaundice": (r"\b(?:sub)?icter\w*", r"\bjaun\w*", r"\bbilirubin\b[^.!?]{0,20}\b(?:high|up|raised)\b", beside(_FACE, _YELLOW, 40)),
    "fever": (
        beside(r"\b(?:temp\w*|fever\w*|thermometer)\b", r"\b(?:thirty[ -]?(?:eight|nine)|forty|(?:a |one )?hundred (?:and )?(?:one|two|three|four)|10[1-5])\b", 30),
        beside(_TOUCHED, _HOT, 30), r"\b(?:body|he|she|i|grandad|granny|mum|dad|papa|mama|wife|husband|baba)(?:'s|'m| is| am| was| feels?| dey)? (?:\w+ )?(?:burning|roasting|boiling|baking|on fire|very hot)(?: hot| up)?\b(?! (?:in|under) the (?:sun|kitchen|room))", r"\bhot as (?:a |an )?\w+\b", r"\brigou?rs?\b", r"\bpyrexia\w*", r"\b(?:thermometer|mercury)\b[^.!?]{0,25}\b(?:red|high|top|through)\b", r"\btemp\w*\b[^.!?]{0,20}\b(?:sky ?high|through the roof|high|spik\w*|shot up|soar\w*|up again)\b", r"\b(?:run|ran|running|spik\w*|raging|high|got) (?:a )?(?:temp\w*|fever)\b", r"\b(?:hot (?:and|then) cold|shak\w* (?:and|with) (?:burn\w*|fever|cold))\b(?=[^.!?]{0,40}\b(?:burn\w*|temp\w*|fever)\b)",
    ),
    "chest_pain": (
        beside(_HEART, _PAIN, 35, "rash|itch\\w*|skin|yellow"), r"\bcp (?:on|at|since|when|radiat\w*|again)\b", r"\bangina\b(?! in the family)", r"\bheart attack\b", r"\b(?:gtn|nitro\w*)\b(?= (?:spray|helped|under|tablet))", r"\bpain\w*\b[^.!?;]{0,30}\b(?:down|into|along) (?:the |my |his |her )?(?:left )?(?:arm|jaw)\b",
        beside(r"\b(?:chest|heart)\b(?! ?-?burn)", r"\b(?:feels? (?:funny|odd|wrong|strange|queer|bad|not right)|not (?:feel )?right|play\w* up|bother\w*|troubl\w*|giving me (?:gyp|jip|grief|bother|trouble))\b", 25),
    ),
    "syncope": (
        r"\b(?:no idea|not know|don'?t know|don'?t remember|no memory|can'?t remember|cannot remember|no recollection)\b[^.!?]{0,30}\b(?:got there|ended up|on the floor|fell|falling|hit|going down|happened after|how i got)", r"\bnext (?:thing|minute|moment|i knew|i know|i'?m|i was)\b[^.!?]{0,40}\b(?:floor|ground|back|looking up|ceiling|sky|paramedic\w*|ambulance|people (?:around|over|standing))\b", r"\b(?:fell|falls?|fall|dropp?ed|went|go|drop) (?:\w+ ){0,2}?(?:without (?:sense|conscious)\w*|senseless|lifeless|like a (?:stone|sack|tree|log|rag ?doll|sack of (?:potatoes|spuds|coal)))", r"\b(?:lost|lose|loses|losing|loss of) (?:of )?(?:the |my |his |her |all )?(?:con[sc]+\w*|senses?)\b(?! of (?:smell|taste|humou?r))",
        r"\bloc\b(?! ?\()", r"\bfell out (?:in|at|on)\b", r"\b(?:was|were) gone (?:near|about|for|nearly|a)\b", r"\bno (?:dey )?know (?:himself|herself|myself)\b", r"\bsenseless\b", r"\beyes (?:(?:rolled|rolling)\b|went (?:\w+ )?(?:back|up|white))", r"\bfaint\b[^.]{0,60}\bhappen\w* again\b", r"\b(?:brought|bring) (?:him|her|me) (?:round|around|back|to)\b", r"\b(?:smelling salts|slapped (?:his|her|my) (?:face|cheeks?))\b", r"\b(?:woke|came (?:to|round|around)|waking)\b[^.!?]{0,30}\b(?:floor|ground|tiles?|mat|lino|pavement|grass|ambulance|hospital|with people|face down)\b", r"\b(?:found|lying|lay|laid) (?:him|her|me|out)?[^.!?]{0,15}\b(?:unconscious|unresponsive|out cold|not responding)\b",
        r"\b(?:flop|crumpl|slump)\w* (?:\w+ ){0,3}?(?:floor|chair|ground|heap|down|over|arms)\b", r"\b(?:went|gone|clean|right|was|were) out (?:cold|like a light|for (?:a|two|three|\d+|some|several|about|half))", r"\b(?:pass|passed|black|blacked|faint|fainted) (?:clean|right|completely|straight|dead) (?:out|away)\b", r"\bthe world went (?:black|dark|away)\b", r"\ball went (?:black|dark)\b", r"\btook a turn\b[^.!?]{0,40}\b(?:floor|fell|down|came round)\b", r"\bcould not (?:wake|rouse) (?:him|her)\b",
    ),
    "dehydration": (
        beside(_LIQUID, _COMES_BACK, 35, "and (?:she|he|they)|bubbles?|blister\\w*"), beside(_URINE, _HARDLY, 30), r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|not able to|no fit|won'?t|refus\w+ to) (?:even )?(?:drink|swallow (?:even |any )?(?:water|liquids?|fluids?|anything|a sip)|take (?:any )?(?:fluids?|water|liquid))\b(?! (?:(?:my|his|her|the|any|this|that) )?(?:coffee|tea|milk|alcohol|wine|beer|grapefruit|soup|supplement))",
        r"\b(?:not|never|hasn'?t|haven'?t|hasnt|havent|nothing|didn'?t|couldn'?t|can'?t|cannot|unable to|cant|won'?t|don'?t|doesn'?t) (?:\w+ ){0,3}?(?:held|hold|kept|keep|keeping|holding|stay\w*) (?:\w+ ){0,4}?(?:down|in)\b", r"\b(?:keep|keeps|keeping|hold|holds) (?:nothing|no (?:water|fluid\w*|liquid\w*|food|drink)) (?:down|in)\b", r"\bnothing (?:\w+ ){0,2}?(?:stays?|staying|stops) (?:down|in|put)\b",
        r"\b(?:dried (?:up|out)|dry as (?:a |an )?(?:bone|stick|prune|chip|dust)|shrivel\w*|prune|sunken eyes|eyes (?:are |have )?(?:sunk\w*|hollow)|sunk\w* (?:in )?eyes|tongue (?:is |like )?(?:\w+ )?(?:leather|sandpaper|cardboard|stuck|shoe ?leather)|parched|skin (?:stays|stay|tents))\b", r"\b(?:no|not a drop of|zero|not any|without) (?:urine|wee|pee)\b(?! (?:infection|pain|problem|test|sample))", r"\banuri\w*", r"\bnot (?:holding|keeping|tolerating|managing) (?:any )?(?:fluids?|liquids?|water|anything|food or drink)\b", r"\b(?:not|hasn'?t|haven'?t|hasnt|havent|didn'?t) (?:\w+ ){0,2}?(?:been for a (?:wee|pee)|passed (?:any )?(?:water|urine)|peed|weed|urinated|wet (?:a|the|his|her) (?:nappy|pad)|had a (?:wee|pee))\b",
    ),
    "vision": (
        beside(_SEEN, _UNSEEN, 45), r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|not able to|no longer|hardly|barely|struggl\w* to|no fit) (?:\w+ )?(?:see|read|make out|recognis\w*|recogniz\w*|thread|tell (?:who|faces|the time)|watch (?:the )?(?:tell?y|tv)|focus)\b(?! (?:my|the|his|her) (?:ankle|bone|vein|doctor|nurse|knuckle|gp|specialist|point)| (?:you|him|them|why|how|any (?:reason|problem))\b)",
        r"\b(?:amauros|diplop|scotoma|photops|metamorphops)\w*", r"\bsee (?:\w+ )?(?:nothing|little|black|shapes|shadows|outlines)\b(?! (?:wrong|unusual|bad|new))", r"\b(?:lost|gone|going|went|losing) (?:the )?(?:sight|blind)\b", r"\b(?:half|middle|cent(?:re|er)|side|part|piece|bits?|corner) (?:of )?(?:the |my |his |her |every |what )?(?:\w+ ){0,3}?(?:is |are |was |just )?(?:missing|not there|disappear\w*|gone (?:grey|black|dark))", r"\b(?:right|left|one|other) eye\b[^.!?]{0,20}\b(?:gone|dark|black|nothing|blind|dead|useless|not see\w*|grey)\b", r"\bglasses\b[^.!?]{0,30}\b(?:no (?:help|difference|use)|not help\w*|don'?t help|make no difference|didn'?t help)\b", r"\bbump\w* into\b[^.!?]{0,30}\b(?:door\w*|furniture|things|side)\b(?=[^.!?]{0,40}\b(?:see|eye|sight)\b)", r"\blike looking (?:through|out)\b", r"\btwo (?:\w+ ){1,3}(?:where|when) there (?:is|was|used|should)\b",
    ),
    "severe_abdominal_pain": (
        beside(_BELLY, _UNBEARABLE, 60, "rash|itch\\w*"), r"\b(?:severe?|bad|terrible) (?:abdo\w*|epigastric|ruq|rlq|luq|llq|stoma\w*) (?:\w+ )?pain\w*", r"\bacute abdomen\b", r"\bperiton\w*", r"\bstomach (?:is )?(?:very very|so so) pain\b",
    ),
}  # fmt: skip
