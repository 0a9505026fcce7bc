"""Open a database that nobody writes to, such as a backup: nothing in its folder changes by being read.

The one place where the backups' databases are opened, with the key to each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlcipher3  # type: ignore[import-untyped]

from desktop_app.store.database import Database, DatabaseKey, SqlError, check_head, unlock, unusable
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.journal import SqlJournal
from desktop_app.store.keys import read_keys
from desktop_app.store.origins import current_origin
from desktop_app.store.standing import Standing

KeyOf = Callable[[Path], DatabaseKey]
"""Gives the key that a key file holds, asking whoever can open it. Raises KeyFileUnusable."""


def plain_key_of(key_file: Path) -> DatabaseKey:
    """Return the key of a key file that nobody has to open. Raises KeyFileUnusable."""
    return read_keys(key_file).database


def open_still(path: Path, key: DatabaseKey) -> Database:
    """Open a database to read only, as it lies there, without its log. Raises JournalUnusable."""
    check_head(path, key)
    try:
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlcipher3.connect(address, uri=True, isolation_level=None)
    except SqlError as error:
        raise unusable(path, error) from error
    try:
        unlock(connection, key)
    except SqlError as error:
        connection.close()
        raise unusable(path, error) from error
    return Database(connection, path)


def journal_of(database: Database, origin: str = "") -> SqlJournal:
    """Return the journal in a database that is only read; of its newest own origin unless one is named."""
    names = TimeOrderedIdentities()
    return SqlJournal(database, names, origin or current_origin(database), Standing(database.path))


def first_origin(database: Database) -> str:
    """Return the name a journal has had since it was made. Raises SqlError."""
    (name,) = database.execute("SELECT name FROM origin ORDER BY number LIMIT 1").fetchone()
    return str(name)
