"""What a clinic tells its patients at a red flag, in its own words where it has some."""

from collections.abc import Mapping

from models import Clinic

EMERGENCY = "symptoms.emergency"  # whose words the clinic's stand for, wherever they are said


def own_words(clinic: Clinic, language: str) -> Mapping[str, str]:
    """The clinic's words by the key of the catalogue that they stand for; none: ours are said."""
    said = clinic.emergency_zh_cn if language == "zh-CN" else clinic.emergency_en
    return {EMERGENCY: said} if said else {}
