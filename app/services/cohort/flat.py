"""A report as plain values, and as rows of a table that any program reads."""

import csv
from collections.abc import Iterator
from dataclasses import asdict, replace
from io import StringIO
from typing import Any

from app.services.cohort.rows import CohortReport
from app.services.decisions import plain_json

COLUMNS = ("section", "item", "measure", "value")


def plain(report: CohortReport) -> dict[str, Any]:
    """Without the points and ticks of the figures, each of which is one patient."""
    told: dict[str, Any] = plain_json(asdict(replace(report, points=())))
    del told["points"]
    for one in told["survival"].values():
        del one["curve"]["censored_months"]
    return told


def as_csv(report: CohortReport) -> str:
    """One value a row, named by where it stands in the JSON; empty where it cannot be told."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for path, value in _leaves(plain(report), ()):
        section, item, *measure = (*path, "", "")[: max(len(path), 2)]
        writer.writerow((section, item, ".".join(measure), "" if value is None else value))
    return out.getvalue()


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _leaves(inner, (*path, _name(inner, number)))
    else:
        yield path, value


def _name(inner: Any, number: int) -> str:
    return str(inner["name"]) if isinstance(inner, dict) and "name" in inner else str(number)
