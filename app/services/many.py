"""Many rows of values as one parameter of one statement, on both databases."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import FromClause, String, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from app.work import Work


def told(
    work: Work, columns: Mapping[str, TypeEngine[Any]], rows: Sequence[Sequence[Any]]
) -> FromClause:
    """A table `told` of texts and numbers, to join with in an UPDATE .. FROM."""
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    given = bindparam("told", json.dumps(named), String, unique=True)
    if work.session.get_bind().dialect.name == "postgresql":
        typed = [column(name, type_) for name, type_ in columns.items()]
        table = func.jsonb_to_recordset(cast(given, JSONB))
        return table.table_valued(*typed).render_derived(name="told", with_types=True)
    each = func.json_each(given).table_valued("value")
    picked = [
        func.json_extract(each.c.value, f"$.{name}", type_=type_).label(name)
        for name, type_ in columns.items()
    ]
    return select(*picked).select_from(each).subquery("told")
