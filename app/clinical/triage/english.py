"""How patients name the families of symptoms in English."""

from app.clinical.triage.english_belly import GI
from app.clinical.triage.english_other import OTHER
from app.clinical.triage.english_other import WEAK as UNPLACED
from app.clinical.triage.english_skin import SKIN
from app.clinical.triage.english_swelling import EDEMA
from app.clinical.triage.wording import by_code

CATEGORIES = by_code({"edema": EDEMA, "skin": SKIN, "gi": GI, "other": OTHER})
WEAK = by_code({"other": UNPLACED})
