"""How patients name a red flag in Chinese."""

from app.clinical.triage.chinese_body import BLEEDING, FEVER, JAUNDICE, SEVERE_SKIN, VISION
from app.clinical.triage.chinese_breath import CHEST_PAIN, DYSPNOEA, SYNCOPE
from app.clinical.triage.chinese_gut import DEHYDRATION, GI_BLEEDING, SEVERE_ABDOMINAL_PAIN
from app.clinical.triage.chinese_patterns import led_by_code

RED_FLAGS = led_by_code(
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
