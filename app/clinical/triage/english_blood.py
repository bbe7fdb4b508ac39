"""How patients name bleeding in English, other than from the gut."""

from app.clinical.triage.english_words import NEAR
from app.clinical.triage.wording import beside

_NOT_STOPPING = (
    r"(?:\b(?:won'?t|wont|hasn'?t|hasnt|has not|not|doesn'?t|didn'?t|never|can'?t|cannot|couldn'?t|"
    r"refus\w+ to) (?:\w+ )?(?:stop\w*|clot\w*|close|scab\w*)\b|\bsoak\w*|\bkeeps? (?:on )?(?:bleed\w*|ooz\w*|drip\w*|"
    r"weep\w*|going)|\bstill (?:bleed\w*|ooz\w*|drip\w*|weep\w*|going)|\bfor (?:\d+|two|three|four|an?|\w+) hours?\b)"
)

BLEEDING = (
    r"\b(?:epistaxis|ha?ematuria|ha?emoptysis|petechia\w*|purpur\w*|ecchymos\w*)\b",
    beside(
        r"\b(?:nose|nostrils?|gums?|teeth|tooth(?:brush)?|basin|sink|phlegm|sputum|spit|spat|saliva|cough\w*|hankie|"
        r"handkerchief|urine|pee|wee|waterworks|vagina\w*|down below|knickers|underwear|spotting|period)\b",
        r"\b(?:blood\w*|bleed\w*|bled|red|pink|scarlet|crimson|claret|wine|ros[eé]|rusty?|gush\w*|pour\w*|crime scene|"
        r"slaughter\w*|abattoir|horror (?:film|movie)|massacre)\b",
        35,
    ),
    beside(r"\bears?\b", r"\bbl(?:oo|ee)d\w*\b", 25),
    r"\b(?:blue|purple)(?: \w+)? (?:marks|patches|blotches|spots)\b",
    beside(
        r"\b(?:nick\w*|cut|graz\w*|scratch\w*|shav\w*|wound|scab|injection|needle|puncture|blood test|tooth (?:out|"
        r"pulled)|extraction|plasters?|bandages?|dressing|pinprick|paper cut|incision|socket)\b",
        _NOT_STOPPING,
        90,
    ),
    beside(
        r"\bbruis\w*",
        r"\b(?:no reason|no knock|covered|everywhere|all over|can'?t account|cannot account|don'?t (?:know|remember)|"
        r"never (?:bump|knock|hit)\w*|out of nowhere|nowhere|appear\w*|dozens?|loads|lots|many|purple|black and blue|"
        r"easily|slightest|saucers?|plates?|dinner|size of|fight|boxer|barely touch\w*|just from|look at|looked at|"
        r"bang\w* into nothing|by themselves|on their own|unexplained|new ones|spread\w*|every (?:day|morning))\b",
        60,
    ),
    r"\b(?:tiny|little|pin ?prick|pinpoint|pin ?head|small) (?:\w+ ){0,2}?(?:red|purple)(?: \w+)? (?:spots|dots|dots|pinpricks|specks)\b",
    r"\bblack and blue\b",
    r"\b(?:red|blood\w*) (?:pillow(?:case)?|pyjamas|sheets?)\b",
    r"\bblood\w* (?:on|all over|over) (?:the |my |his |her )?(?:pillow\w*|sheets?|tooth ?brush|tissues?|basin|sink|shirt|pyjamas)",
    r"\bspotting\b(?= (?:blood|again|since|after|for))",
    r"\bafter (?:the )?menopause\b[^.!?]{0,40}\b(?:bleed\w*|blood|spot\w*|period)\b",
    (
        r"(?<!my )(?<!your )(?<!draw )(?<!drawing )(?<!take )(?<!taking )(?<!took )(?<!give )(?<!giving )(?<!gave )(?<!the )(?<!for )(?<!have )(?<!imatinib )(?<!drew )(?<!drawn )(?<!his )(?<!her )(?<!high )(?<!low )(?<!full )(?<!fasting )(?<!next )(?<!a )(?<!our )\b(?:blood|"
        r"bloody|bloodied|bloodstained)\b(?! ?-?(?:tests?|pressure|sugars?|counts?|works?|draws?|samples?|levels?|"
        r"results?|thinn\w*|types?|groups?|clots?|cells?|vessels?|pudding|reports?|forms?|taken|checks?|vials?|tubes?|"
        r"drawn|orange|glucose|oxygen|transfusions?|bank|donors?|donat\w*|shot|hell|relative\w*|stream|monitor\w*|"
        r"collection|tomorrow|today|on (?:mon|tues|wednes|thurs|fri)|at \d|appointment|nurse|lab|again|done|numbers?|"
        r"values?|concentration))"
    ),
    r"\b(?:wound|incision|stitch\w*|scar|cut|gash)\b" + NEAR + r"(?:ooz\w*|weep\w*|seep\w*|leak\w*)",
    r"\b(?:red|pink|cola|rust\w*)(?: \w+)? (?:urine|pee|wee)\b",
    r"\bpass\w* (?:red|pink) water\b",
    r"\bnose ?-?bl(?:ee|e)d\w*",
    r"\bnose\b" + NEAR + r"(?:bl(?:ee|e)d\w*|blood\w*)",
    r"\bbl(?:ee|e)d\w*" + NEAR + r"\b(?:nose|gums?|mouth|cut|wound|ears?|scar)\b",
    r"\bgums?\b" + NEAR + r"(?:bl(?:ee|e)d\w*|blood\w*)",
    r"\b(?:blood\w*|red|pink)\b" + NEAR + r"\b(?:urine|pee\w*|wee)\b",
    r"\b(?:urine|pee\w*|wee)\b" + NEAR + r"(?:blood\w*|\bred\b|pink)",
    r"\b(?:big|huge|large|lots of|many|purple|new|unexplained|massive|loads of|strange|random)(?: \w+)? bruis\w*",
    (
        r"\bbruis\w*"
        + NEAR
        + r"(?:everywhere|all over|without|no reason|easily|for nothing|big|huge|\w+ body|not remember|don'?t know|"
        r"just from|every)"
    ),
    r"\bbl(?:ee|e)d(?:s|ing)?\b",
    r"\bcough\w* (?:\w+ )?(?:\w+ )?blood\w*",
    r"\bha?emorr\w*",
    r"\bblood (?:won'?t|wont|doesn'?t|does not|not) (?:stop|clot)",
    r"\bcut\b[^.!?;]{0,60}?(?:pouring|gush\w*|stop|bleed\w*)",
    r"\bblood blister\w*",
    r"\b(?:spit\w*|spat) (?:\w+ )?blood\w*",
    r"\bblood\b" + NEAR + r"\b(?:pillow|tooth ?brush|tissues?|handkerchief|sink|eye)\b",
)
