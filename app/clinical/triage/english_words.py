"""Words and gaps that more than one English concept uses."""

STOPS = r"no|not|without|never|(?:does|do|did|is|are|was|were|has|have)n'?t"


def near(stops: str) -> str:
    """A few words of the same clause, none of them a stop."""
    return rf"(?:(?!\b(?:{stops})\b)[^.,!?;]){{0,25}}?"


NEAR = near(STOPS)
NEAR_LIMB = near("stomach|tummy|belly|abdomen|guts?|head|chest|" + STOPS)
CANNOT = (
    r"(?:can'?t|cannot|can not|couldn'?t|could not|unable to|not able to|won'?t|will not|no fit|"
    r"impossible (?:for (?:me|him|her) )?to)"
)
BELLY = (
    r"(?:stomach|stomache|tummy|belly|abdo\w*|gut|guts|bowels?|intestin\w+|epigastri\w*|tum|navel|"
    r"belly ?button|midriff|(?:under|below|around) (?:the|my|his|her) scar|across the middle|(?:my|his|her) middle)"
)
SOMEONE = (  # the patient, as the patient or a relative writes of them
    r"(?:i|he|she|we|mum|mom|mam|ma|mama|dad|da|papa|pa|mother|father|wife|husband|hubby|hubs|"
    r"grandad|grandpa|granny|grandma|gran|nan|baba|amma|appa|abuela|him|her|me)"
)
# What an event is said to have come close to, and was not.
NOT_QUITE = "".join(
    f"(?<!{before} )"
    for before in (
        "nearly", "almost", "about to", "going to", "gonna", "not", "close to", "near", "would",
        "might", "will", "could", "thought i", "never", "didn't", "nearly just", "almost just",
        "like i'd", "feel like", "i'll", "half", "practically", "didnt", "fear of", "fear", "of",
    )
)  # fmt: skip
