"""How patients name bleeding in English, other than from the gut."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_RUNS = r"(?:bleed\w*|ooz\w*|drip\w*|weep\w*|leak\w*|seep\w*|trickl\w*|going)"
_NOT_STOPPING = (
    r"\b(?:(?:won'?t|wont|hasn'?t|hasnt|has not|not|doesn'?t|didn'?t|never|can'?t|cannot|couldn'?t|refus\w+ to) "
    rf"(?:\w+ )?(?:stop\w*|clot\w*|close|scab\w*|quit\w*|dry up)\b|soak\w*|(?:second|third|fourth|fifth|sixth|next) (?:bandage|plaster|towel|dressing|pad|tissue)|keeps? (?:on )?{_RUNS}|still {_RUNS}|"
    r"for (?:\d+|two|three|four|an?|\w+) hours?\b|still (?:chang|press|hold|wrapp|wet|red)\w*|another (?:tissue|plaster|dressing)|"
    r"pouring\b|gush\w*|through (?:two|three|four|five|\d+) )"
)
# Where blood comes from, or is found; and what blood is called.
_SOURCE = (
    r"\b(?:nose|nostrils?|hooter|gums?|teeth|tooth(?:brush)?|basin|sink|phlegm|sputum|spit|spat|saliva|spittle|"
    r"cough\w*|hankie|hanky|handkerchief|kleenex|urine|pee|peed|peeing|wee|weed|waterworks|vagina\w*|down below|knickers|underwear|"
    r"spotting|period|mucus|hack\w* up)\b"
)
_BLOOD = (
    r"\b(?:blood\w*|bleed\w*|bled|red|reddish|pink\w*|scarlet|crimson|claret|clots?|cherry|wine|ros[eé]|rusty?|gush\w*|pour\w*|"
    r"tomato juice|cranberry|(?:like|colou?r of) beet ?root|ketchup|crime scene|slaughter\w*|abattoir|horror (?:film|movie)|massacre|"
    r"butcher\w*)\b"
)
_WOUND = (
    r"\b(?:nick\w*|cut|graz\w*|scratch\w*|shav\w*|wound|scab|injection|needle|puncture|blood test|"
    r"tooth (?:out|pulled)|extraction|plasters?|band-?aids?|bandages?|dressing|pinprick|paper cut|incision|socket|"
    r"stitch\w*|scar|gash|mosquito bite|pick\w* a scab|finger)\b"
)
_UNEXPLAINED = (
    r"\b(?:no reason|no knock|without|covered|everywhere|all over|can'?t (?:account|explain|place)|cannot explain|no idea|mystery|"
    r"cannot account|(?:don'?t|not|didn'?t) (?:know|remember|"
    r"recall)|"
    r"never (?:bump|knock|hit|fell|bang)\w*|no (?:bump|knock|fall)\w*|out of nowhere|nowhere|appear\w*|pop\w* up|dozens?|loads|lots|many|"
    r"purple|"
    r"black and blue|easily|easy|slightest|saucers?|plates?|dinner|size of|fight|boxer|beaten|barely touch\w*|just from|look at|"
    r"looked at|bang\w* into nothing|by themselves|on their own|unexplained|new ones|spread\w*|for nothing|big|huge|random\w*|"
    r"every (?:day|morning)|like a (?:peach|banana|leopard|map|dalmatian))\b"
)
# Blood that is tested, given or only spoken of.
_NOT_TAKEN = "".join(
    f"(?<!{before} )"
    for before in (
        "my", "your", "draw", "drawing", "take", "taking", "took", "give", "giving", "gave", "the",
        "for", "have", "imatinib", "drew", "drawn", "his", "her", "high", "low", "full", "fasting",
        "next", "a", "our", "donate", "donated", "giving", "family", "flesh and", "cold",
    )
)  # fmt: skip
_NOT_TESTED = (
    r"(?! ?-?(?:tests?|pressure|sugars?|counts?|works?|draws?|samples?|levels?|results?|thinn\w*|types?|groups?|"
    r"clots?|cells?|vessels?|pudding|reports?|forms?|taken|checks?|vials?|tubes?|drawn|orange|glucose|oxygen|"
    r"transfusions?|bank|donors?|donat\w*|shot|hell|relative\w*|stream|monitor\w*|collection|tomorrow|today|"
    r"on (?:mon|tues|wednes|thurs|fri)|at \d|appointment|nurse|lab|again|done|numbers?|values?|concentration|"
    r"panel|taking|analysis|moon|sausages?|red (?:shoes|dress|car)|lost with))"
)
# A drop that has stopped at once.
_A_DROP = r"(?! (?:a (?:second|bit then|drop|minute|moment|speck)|for a (?:second|minute|moment)|briefly))"

_BLOODY = (  # what is bloody in earnest: the traffic is not
    r"(?:nose|urine|phlegm|mucus|spit|sputum|saliva|tissue|hank\w+|discharge|and|again|when|every|cough|gums?|pillow\w*|"
    r"toilet|water|wee|pee|eye|mouth|stuff|streak\w*|show|crusts?|scabs?|nostril|froth|bits|bandage|dressing|from)"
)
_NO_BEET = r"(?![^.!?]{0,25}\b(?:beets?|beet ?root|rhubarb)\b)"

BLEEDING = (
    # Medical words
    r"\b(?:epistaxis|ha?ematuria|ha?emoptysis|petechia\w*|purpur\w*|ecchymos\w*|ha?ematomas?)\b",
    r"\bha?emorr\w*",
    # Blood, and what bleeds
    rf"{_NOT_TAKEN}\b(?:blood|bloodied|bloodstained)\b{_NOT_TESTED}",
    rf"\bbloody\b(?= {_BLOODY}|[.,!?;]|$)",
    r"\bnose ?-?bl(?:ee|e)d\w*",
    beside(_SOURCE, _BLOOD, 35, r"sore|eyes?|cheeks?|swollen") + _NO_BEET,
    beside(r"\b(?:gums?|ears?|mouth|tongue)\b", r"\b(?:bl(?:oo|ee|e)d\w*|ooz\w*)\b", 25),
    (
        r"\b(?:nose|gums?)\b[^.!?]{0,20}\b(?:won'?t|wont|doesn'?t|not|hasn'?t|wouldn'?t) (?:quit|stop\w*)(?! (?:run|drip|sneez|itch|"
        r"stream)\w*)"
    ),
    r"\b(?:red|pink|cola|rust\w*|bloody)(?: \w+)? (?:urine|pee|wee|water)\b(?! (?:bottle|melon))" + _NO_BEET,
    r"\bpass\w* (?:red|pink) water\b",
    beside(_WOUND, _NOT_STOPPING, 90),
    r"\b(?:wound|incision|stitch\w*|scar|cut|gash)\b" + NEAR + r"(?:ooz\w*|weep\w*|seep\w*|leak\w*)",
    r"\bblood (?:won'?t|wont|doesn'?t|does not|not) (?:stop|clot)",
    r"\b(?:red|blood\w*) (?:pillow(?:case)?|pyjamas|sheets?)\b",
    r"\bpillow(?:case|slip)?\b[^.!?]{0,25}\b(?:spotted|stain\w*|red|blood\w*|butcher\w*|crime|murder)",
    (
        r"\bblood\w* (?:on|all over|over|in|down) (?:the |my |his |her )?(?:pillow\w*|sheets?|tooth ?brush|tissues?|hanky|hankie|basin|"
        r"sink|shirt|pyjamas|eye|collar)"
    ),
    r"\btast\w* (?:iron|blood|pennies|copper)\b",
    r"\bspotting\b(?= (?:blood|again|since|after|for))",
    r"\bafter (?:the )?menopause\b[^.!?]{0,40}\b(?:bleed\w*|blood|spot\w*|period)\b",
    rf"\bbl(?:ee|e)d(?:s|ing)?\b(?! (?:money|hearts?|edge|hell|cash|me dry|obvious)){_A_DROP}",
    # Blood under the skin
    beside(r"\bbruis\w*", _UNEXPLAINED, 60),
    r"\bbruis\w* (?:if|when|as soon as|like a|so eas)",
    r"\b(?:large|lots? of|plenty of|so many|new|massive|loads of|strange|more|fresh)(?: \w+)? bruis\w*",
    r"\b(?:blue|purple|violet|plum)(?:[ -]\w+)? (?:marks?|patches|blotch\w*|spots|splotch\w*)\b",
    r"\b(?:tiny|little|small) (?:\w+ ){0,2}?purple(?: \w+)? (?:spots|dots|pinpricks|specks)\b",
    r"\bpin ?-?(?:prick|point|head)s?\b(?: \w+){0,3} (?:spots|dots|specks|red|purple)\b(?![^.!?]{0,40}\bitch)",
    (
        r"\b(?:tiny|little|small|wee) red (?:\w+ )?(?:dots|specks|pinpricks)\b(?![^.!?]{0,40}\bitch)(?=[^.!?]*\b(?:legs?|shins?|ankles?|"
        r"fade|press|glass|under the skin)\b)"
    ),
    r"\bblack and blue\b",
    r"\bblood blister\w*",
)  # fmt: skip
