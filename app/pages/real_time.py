"""Real time, on which sessions, locks, codes and links run, whatever the clock says."""

from datetime import datetime

from flask import current_app


def real_time() -> datetime:
    """The moment by the application's own real clock (UTC)."""
    now: datetime = current_app.extensions["pages.real_clock"]()
    return now
