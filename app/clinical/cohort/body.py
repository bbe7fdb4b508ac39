"""Body mass index and body surface area of an adult."""

from math import sqrt

# A height in metres or a weight in grams is a slip; a value outside is left out: our own choice.
HEIGHT_CM = (100.0, 250.0)
WEIGHT_KG = (20.0, 300.0)


def bmi_kg_per_m2(weight_kg: float | None, height_cm: float | None) -> float | None:
    """Weight over height squared (Quetelet); None where a value is unknown or of no adult."""
    if not _both(weight_kg, height_cm):
        return None
    return float(weight_kg or 0) / (float(height_cm or 0) / 100) ** 2


def bsa_m2(weight_kg: float | None, height_cm: float | None) -> float | None:
    """Mosteller 1987, N Engl J Med 317:1098: sqrt(cm x kg / 3600); None as for the index.

    The paper does not say by which formula it computed the surface.
    """
    if not _both(weight_kg, height_cm):
        return None
    return sqrt(float(weight_kg or 0) * float(height_cm or 0) / 3600)


def _both(weight_kg: float | None, height_cm: float | None) -> bool:
    return _within(weight_kg, WEIGHT_KG) and _within(height_cm, HEIGHT_CM)


def _within(value: float | None, bounds: tuple[float, float]) -> bool:
    return value is not None and bounds[0] <= value <= bounds[1]
