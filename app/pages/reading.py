"""What the summary's page shows beside the summary itself."""

from typing import Any

from app.pages.course_table import shown_course
from app.pages.printed.levels import chances_at, estimated_by_level, estimated_now
from app.pages.printed.told import forms_of, range_of
from app.services.summary_rows import Summary


def reading_of(seen: Summary) -> dict[str, Any]:
    """For the template: the course, the estimate of each level, the questionnaires, ranges."""
    return {
        **shown_course(seen), "estimated": estimated_by_level(seen), "forms": forms_of(seen),
        "range_of": range_of, "chances_at": chances_at, "estimated_now": estimated_now,
    }  # fmt: skip
