"""The cohort report as a PDF of A4 pages. Imported only when one is asked for."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts
import typst

from app.pages.cohort_parts import Part
from app.pages.words import day, t
from app.services.cohort.rows import CohortReport
from app.texts import Reader

_TEMPLATE = Path(__file__).parent / "documents" / "cohort.typ"


def as_pdf(
    report: CohortReport, parts: Sequence[Part], chosen: Sequence[str], reader: Reader
) -> bytes:
    """The same parts as on the page; words and values go in as data."""
    of = t("page.cohort.of", n=report.flow[0].patients, on=day(report.at))
    told = " · ".join(chosen) or t("page.cohort.filter.none")
    shown = {
        "title": t("page.cohort"),
        "lead": [f"{t('page.cohort.lead')} {t('page.cohort.m.source')}", of,
                 f"{t('page.cohort.filter.on')} {told}"],
        "footer": f"{t('page.name')} · {t('page.cohort')} · {day(report.at)}",
        "language": reader.language.partition("-")[0],
        "parts": [asdict(part) for part in parts],
    }  # fmt: skip
    return bytes(typst.compile(
        _TEMPLATE, font_paths=[str(fonts.sans_path().parent)], ignore_system_fonts=True,
        format="pdf", timestamp=int(report.at.timestamp()),
        sys_inputs={"report": json.dumps(shown, ensure_ascii=False)},
    ))  # fmt: skip
