"""The labels of a tube as a PDF, a page each. Imported only when one is asked for."""

import io
import json
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst

from app.pages.words import t
from app.services.labels import Label

_TEMPLATE = Path(__file__).parent / "documents" / "label.typ"


def as_pdf(label: Label, drawn: str, copies: int) -> bytes:
    """Pages of 50 x 25 mm. `drawn` is the time as it is printed, empty before the draw."""
    return bytes(typst.compile(_TEMPLATE, format="pdf", **_told(label, drawn, copies)))


def as_picture(label: Label, drawn: str, ppi: float) -> bytes:
    """One label as a PNG."""
    return bytes(typst.compile(_TEMPLATE, format="png", ppi=ppi, **_told(label, drawn, 1)))


def _told(label: Label, drawn: str, copies: int) -> dict[str, Any]:
    """Words and values go in as data, the code to scan as the bytes of a PNG."""
    qr = io.BytesIO()
    label.qr.save(qr, kind="png", scale=8, border=2)
    shown = {
        "code": label.code, "sample": label.sample, "tube": label.tube, "drawn": drawn,
        "drawn_word": t("page.label.drawn"), "copies": copies, "qr": list(qr.getvalue()),
    }  # fmt: skip
    return {
        "font_paths": [str(fonts.sans_path().parent)], "ignore_system_fonts": True,
        "sys_inputs": {"label": json.dumps(shown, ensure_ascii=False)},
    }  # fmt: skip
