"""Whether the database still has the tables, indexes and guards that this program makes.

A guard that was dropped, in the open or behind ``PRAGMA writable_schema``, leaves every row as it was,
and the next change unseen; so what is compared is what stands in the schema itself.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3  # type: ignore[import-untyped]

from desktop_app.store.database import Database
from desktop_app.store.migrations import migrate

if TYPE_CHECKING:
    import sqlite3

_OBJECTS = """
    SELECT type, name, tbl_name, sql FROM sqlite_master
    WHERE name NOT LIKE 'sqlite_%' AND tbl_name <> '_sqlite_migrations'
"""
"""What sqlite-utils keeps of the steps is its own; a power cut can leave it without its index."""
_CALLED = {"trigger": "guard"}
_Objects = dict[tuple[str, str], tuple[str, str]]


def first_misshape(connection: sqlite3.Connection) -> str:
    """Return in half a sentence which part is gone, changed or not this program's, or nothing."""
    with closing(sqlcipher3.connect(":memory:", isolation_level=None)) as made:
        migrate(Database(made), Path(":memory:"))
        found, right = _objects(connection), _objects(made)
    for part in sorted(right | found):
        if found.get(part) != right.get(part):
            return _said(part, found, right)
    return ""


def _said(part: tuple[str, str], found: _Objects, right: _Objects) -> str:
    kind, name = part
    what = f"the {_CALLED.get(kind, kind)} {name}"
    if part not in found:
        return f"{what} is gone"
    if part not in right:
        return f"{what} is none of this program's"
    return f"{what} was changed"


def _objects(connection: sqlite3.Connection) -> _Objects:
    return {(kind, name): (table, sql) for kind, name, table, sql in connection.execute(_OBJECTS)}
