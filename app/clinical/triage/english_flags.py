"""How patients name a red flag in English."""

from app.clinical.triage.english_blood import BLEEDING
from app.clinical.triage.english_body import FEVER, JAUNDICE
from app.clinical.triage.english_breath import DYSPNOEA
from app.clinical.triage.english_chest import CHEST_PAIN, SYNCOPE
from app.clinical.triage.english_eyes import VISION
from app.clinical.triage.english_gut import DEHYDRATION, GI_BLEEDING, SEVERE_ABDOMINAL_PAIN
from app.clinical.triage.english_skin import SEVERE_SKIN
from app.clinical.triage.wording import by_code

RED_FLAGS = by_code(
    {
        "dyspnoea": DYSPNOEA,
        "chest_pain": CHEST_PAIN,
        "syncope": SYNCOPE,
        "gi_bleeding": GI_BLEEDING,
        "bleeding": BLEEDING,
        "severe_skin": SEVERE_SKIN,
        "jaundice": JAUNDICE,
        "fever": FEVER,
        "dehydration": DEHYDRATION,
        "vision": VISION,
        "severe_abdominal_pain": SEVERE_ABDOMINAL_PAIN,
    }
)
