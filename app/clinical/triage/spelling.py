"""Slips of the finger in English: a word that is none, near one that matters, is read as that."""

from collections.abc import Iterator
from functools import cache

# The words that must not be missed [own].
WORDS = frozenset(
    """
    abdomen abdominal agony ankles appetite bleeding bleed blister blisters blistered bloated
    bloating blood bloody blurred blurry breath breathe breathing breathless bruise bruises
    bruising chest collapsed collapse constipated constipation cough coughing cramps cramping
    dehydrated dehydration diarrhea diarrhoea dizziness dizzy excruciating exhausted eyelids
    eyesight faint fainted fainting fatigue fever feverish gasping headache headaches heartburn
    indigestion insomnia itching itchy jaundice jaundiced mouth nausea nauseous nosebleed
    painful palpitations peeling pressure puffy rashes severe severely shivering
    stomach stools swelling swollen temperature throat throwing tightness tired tiredness ulcers
    unbearable unconscious urine vision vomit vomited vomiting weakness weigh weight wheezing yellow
    yellowish
    """.split()
)
# Words in their own right that lie within a slip of one of those.
_REAL = frozenset(
    """
    abdomens abdominally agone aneles angles ankle anklet anklets anoles appetites atony bathing
    beaching beating berating berthing bister bisters blaster blasters bleaching bleated
    bleating bleeds bleep bleeping blend blending blinkered blistery blithered bloater blond
    bloods bloom bloomy bloop blotted blotting blued blurted bluster blustered blusterer
    blusters boated boating bolstered braise braises braising breach breaching breading
    breadth breaking breasting breathed breather breathers breathes breathier breathiest
    breathings breathlessly breaths breathy breeching breed breeding broaching brood broody
    bruised bruiser bruisers bruiting burred burry camping camps champing champs cheat chert
    chess chests chesty chough clamping clamps clough collapses collared collated constipate
    constipates constipating constituted constitution couch couching coughings coughs couth
    cramming cramp crams crapping craps crest crimping crimps crumping crumps dehydrate
    dehydrates dehydrating dehydrator diarrheal dinginess dirtiness ditzy dizzies dizziest
    doziness excruciatingly excruciation excruciations exhaust exhausts eyelid fainter faints
    fatigued fatigues fevers fewer fiver flint gaping gashing gassing
    gawping grasping headachy headcases headraces heartaches huaraches inching indigestive
    indignation indirection ingestion insomniac itchings jaundices month mouthe mouths mouthy
    nosebleeds pailful palpitating palpitation panful pealing peeing peeking peelings peeping
    peering peeving pressured pressures puffs rases rasher rashers rashest reshes rushes
    selling sever severed severer severing severn severs shaveling sheering shelling
    shimmering shirring shiveringly shoveling showering shriveling silvering slavering
    slivering smelling sniveling spelling spools stomachs stool stoops swellings swilling
    swiveling tared temperate temperatures threat throats throaty tided tiered tighteners
    tightens tightest tiled timed timidness tined tiredest tireless tires tried
    udine ulcer unbearably unbeatable unbreakable unconsciously uneatable unreadable
    unsealable unwearable
    weighs weighty weights wright ursine virion visions vomitings vomits wheeling yellowest
    yellowing
    yellows yellowy
    """.split()
)
# Slips of words that are too short to be told from others by their letters.
_SHORT = {
    "blod": "blood", "bloood": "blood", "blck": "black", "blak": "black", "stol": "stool",
    "pian": "pain", "chst": "chest", "urin": "urine",
}  # fmt: skip
SHORTEST, LONGEST = 5, 20
_TWO_SLIPS_FROM = 9  # letters of the word that is meant


def meant(word: str) -> str:
    """The word of WORDS that a lower-case word is a slip of; else the word itself.

    A slip is a letter left out, put in, changed or swapped with the next one; the first stands.
    """
    if word in _SHORT:
        return _SHORT[word]
    if not SHORTEST <= len(word) <= LONGEST or word in WORDS or word in _REAL:
        return word
    return _nearest(word)


@cache
def _index() -> dict[str, set[str]]:
    """Each of WORDS under itself with as many letters left out as it may have slips."""
    found: dict[str, set[str]] = {}
    for target in WORDS:
        for cut in _cuts(target, _slips(target)):
            found.setdefault(cut, set()).add(target)
    return found


def _nearest(word: str) -> str:
    near = {target for cut in _cuts(word, 2) for target in _index().get(cut, ())}
    able = [(_distance(word, target), target) for target in near if target[0] == word[0]]
    return min([one for one in able if one[0] <= _slips(one[1])], default=(0, word))[1]


def _slips(target: str) -> int:
    return 2 if len(target) >= _TWO_SLIPS_FROM else 1


def _cuts(word: str, most: int) -> Iterator[str]:
    """The word, and the word without up to `most` of its letters."""
    yield word
    if most:
        for at in range(len(word)):
            yield from _cuts(word[:at] + word[at + 1 :], most - 1)


def _distance(one: str, two: str) -> int:
    """Letters left out, put in, changed or swapped with the next (optimal string alignment)."""
    rows = [list(range(len(two) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, other in enumerate(two, start=1):
            cheapest = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other))
            if i > 1 and j > 1 and (one[i - 2], letter) == (other, two[j - 2]):
                cheapest = min(cheapest, rows[-2][j - 2] + 1)
            row.append(cheapest)
        rows.append(row)
    return rows[-1][-1]
