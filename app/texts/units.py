"""A unit as people read it. What is stored and sent between systems keeps its plain letters."""

import re

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown_unit(unit: str) -> str:
    """`umol/L` as µmol/L and `10^9/L` as 10⁹/L; any other as it is."""
    raised = re.sub(r"\^(\d+)", lambda power: power[1].translate(_RAISED), unit)
    return re.sub(r"^u(?=(mol|g|kat)\b|L\b)", "µ", raised)
