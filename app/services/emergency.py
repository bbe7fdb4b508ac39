"""What a clinic tells its patients at a red flag, in its own words where it has some."""

from collections.abc import Callable

from models import Clinic

EMERGENCY = "symptoms.emergency"  # whose words the clinic's stand for, wherever they are said


def own_words(clinic_of: Callable[[], Clinic], language: str) -> Callable[[str], str | None]:
    """The clinic's words for a key of the catalogue; None: ours are said.

    The clinic is read only when the one key is said that it may have words for.
    """

    def own(key: str) -> str | None:
        if key != EMERGENCY:
            return None
        clinic = clinic_of()
        said = clinic.emergency_zh_cn if language == "zh-CN" else clinic.emergency_en
        return said or None

    return own
