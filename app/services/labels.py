"""What stands on the label of a tube: who by code, which draw, when; never a name."""

from dataclasses import dataclass
from datetime import datetime

import segno

from app.clinical.specimen import TUBE, VOLUME_ML
from models import Patient, Visit


@dataclass(frozen=True, slots=True)
class Label:
    """`sample` is the visit's id; `scanned` is what the code to scan holds: both, with a blank."""

    code: str
    sample: str
    tube: str
    drawn_at: datetime | None

    @property
    def scanned(self) -> str:
        return f"{self.code} {self.sample}"

    @property
    def qr(self) -> segno.QRCode:
        return segno.make_qr(self.scanned, error="m")


def label_of(patient: Patient, visit: Visit) -> Label:
    """Before the draw without its time, which is then written by hand."""
    return Label(patient.code, visit.id, f"{TUBE} {VOLUME_ML} ml", visit.drawn_at)
