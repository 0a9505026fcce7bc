"""Which shape the database has, and the way to this program's: ``steps.py`` holds the steps themselves."""

from __future__ import annotations

from pathlib import Path

from desktop_app.store.database import Database
from desktop_app.store.faults import DatabaseTooNew, JournalUnusable

SCHEMA_VERSION = 4
"""The ``user_version`` this program writes; one for each step in ``steps.py``."""


def check_version(database: Database, path: Path) -> None:
    """Raise DatabaseTooNew when a newer program has written the database."""
    if _version(database) > SCHEMA_VERSION:
        raise DatabaseTooNew(f"The database {path} is of a newer version of Chairtime; please update.")


def require_current(database: Database, path: Path) -> None:
    """Raise JournalUnusable when the database still waits for a step that only a writer may take."""
    check_version(database, path)
    if _version(database) < SCHEMA_VERSION:
        raise JournalUnusable(f"The database {path} is of an older version; open the window on it once.")


def migrate(database: Database, path: Path) -> None:
    """Bring the database to this program's shape. Raises DatabaseTooNew, or SqlError and changes nothing."""
    check_version(database, path)
    if _version(database) == SCHEMA_VERSION:
        return
    # It is loaded where it is needed: almost every start finds the database as it should be.
    from desktop_app.store.steps import take_steps  # noqa: PLC0415

    take_steps(database.conn)


def _version(database: Database) -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)
