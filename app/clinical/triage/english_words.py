"""Words and gaps that more than one English concept uses."""

_STOPS = "no|not|without|never"


def near(stops: str) -> str:
    """A few words of the same clause, none of them a stop."""
    return rf"(?:(?!\b(?:{stops})\b)[^.,!?;]){{0,25}}?"


NEAR = near(_STOPS)

BELLY = r"(?:stomach|stomache|tummy|belly|abdo\w*|gut|guts|bowels?|intestin\w+|epigastri\w*|tum|navel|belly ?button|midriff)"

CANNOT = r"(?:can'?t|cannot|can not|couldn'?t|could not|unable to|not able to|won'?t|will not)"

NEAR_LIMB = near("stomach|tummy|belly|abdomen|guts?|head|chest|" + _STOPS)
