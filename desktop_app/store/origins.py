"""Who numbers the events: this workstation, in an epoch that began at a known instant.

After a restore from a copy a new epoch begins, so that a number is never given twice to two
different events. Events of other workstations keep the origin they came with.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.store.database import Database, immediate
from desktop_app.store.faults import DatabaseDamaged

_OWN = "SELECT name FROM origin WHERE own = 1 ORDER BY number DESC LIMIT 1"


def has_origin(database: Database) -> bool:
    """Whether this workstation has begun to number events."""
    return database.execute(_OWN).fetchone() is not None


def current_origin(database: Database) -> str:
    """Return the name under which this workstation numbers its events now. Raises DatabaseDamaged."""
    found = database.execute(_OWN).fetchone()
    if found is None:
        raise DatabaseDamaged(f"The database {database.path} does not say who numbers its events.")
    return str(found[0])


def begin_origin(database: Database, name: str, began_us: int) -> None:
    """Number this workstation's events from 1 under a new name. Raises SqlError and changes nothing."""
    with immediate(database.conn):
        database.execute("INSERT INTO origin (name, own, began_us) VALUES (?, 1, ?)", (name, began_us))


def keep_epochs(database: Database, epochs: Iterable[tuple[int, str, int, int]]) -> None:
    """Keep epochs as they were in another copy: number, name, whether it is our own, when it began.

    Raises SqlError and changes nothing.
    """
    with immediate(database.conn):
        for epoch in epochs:
            database.execute("INSERT INTO origin (number, name, own, began_us) VALUES (?, ?, ?, ?)", epoch)
