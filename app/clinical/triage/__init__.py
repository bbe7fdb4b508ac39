"""Triage of free text in zh-CN and en."""

from app.clinical.triage.read import (
    CATEGORIES,
    LANGUAGES,
    LONGEST,
    Span,
    Triage,
    plain_text,
    triage,
)
from app.clinical.triage.whole import read_whole

__all__ = [
    "CATEGORIES", "LANGUAGES", "LONGEST", "Span", "Triage", "plain_text", "read_whole", "triage",
]  # fmt: skip
