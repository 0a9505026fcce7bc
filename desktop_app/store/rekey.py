"""A new data key for a folder: all of it, or the folder as it was.

The database is copied page by page into a file with the new key beside it, the copy is checked, and the
copy takes the old one's place in one step. ``keys.json`` holds both keys from before that step until
after it, and the salt at the head of ``chairtime.db`` says which of them is its own: whenever the
program is cut off, the folder opens.

::

    1. chairtime.db.new      every page under the new key; read back and compared
    2. keys.json             both keys, each sealed to everybody who signs in
    3. chairtime.db.new  ->  chairtime.db
    4. keys.json             the new key alone; nobody can read what is left of the old file

No other program may have the database open meanwhile, not even to read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.store.database import (
    Database,
    DatabaseKey,
    SqlError,
    open_database,
    salt_at_head,
    unusable,
)
from desktop_app.store.durable_file import overwritten_after, sync_folder
from desktop_app.store.faults import (
    DatabaseDamaged,
    DatabaseLocked,
    FolderNotWritable,
    JournalUnusable,
    KeyFileUnusable,
)
from desktop_app.store.keys import Keys, new_database_key, write_keys
from desktop_app.store.slots import sealed_to

if TYPE_CHECKING:
    from typing import Any

BESIDE = ".new"
"""Ends the name of the database that is being made."""
_PARTS = ("", "-wal", "-shm", "-journal")
_WELL = [("ok",)]
_HELD_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def beside(database: Path) -> Path:
    """Return where the new database is made."""
    return database.with_name(database.name + BESIDE)


def clear_beside(database: Path) -> None:
    """Take away what a run that was cut off has left. Raises OSError."""
    for part in _PARTS:
        beside(database).with_name(beside(database).name + part).unlink(missing_ok=True)


def renew_key(database: Path, key_file: Path, keys: Keys) -> Keys:
    """Give a closed database a new data key and return the keys that hold from now on.

    The caller holds the folder's lock. Raises JournalUnusable with everything as it was.
    """
    database = database.resolve()
    fresh = new_database_key()
    both = replace(keys, slots=tuple(sealed_to(slot, keys.database, fresh) for slot in keys.slots))
    after = replace(_only(both, fresh), renew=False)
    try:
        clear_beside(database)
        with overwritten_after(database):
            _make_and_exchange(database, key_file, both, fresh)
            # A key file that holds both opens the folder too; whoever opens it next leaves the one.
            with suppress(KeyFileUnusable):
                write_keys(key_file, after)
    except OSError as error:
        sentence = f"The new database {beside(database)} cannot be made: {error.strerror}."
        raise FolderNotWritable(sentence) from error
    except SqlError as error:
        raise unusable(database, error) from error
    finally:
        with suppress(OSError):
            clear_beside(database)
    return after


def _make_and_exchange(database: Path, key_file: Path, both: Keys, fresh: DatabaseKey) -> None:
    """Take the steps up to the exchange; on a fault the key file is as it was, unless they were exchanged."""
    try:
        with _held_alone(database, both.database) as old:
            _copy(old, database, fresh)
            write_keys(key_file, both, beside=fresh)
            _exchange(old, database)
    except BaseException:
        # A file that was exchanged already needs the other key, so both stay in the key file.
        with suppress(JournalUnusable):
            salt_at_head(database, (both.database.salt,))
            write_keys(key_file, _only(both, both.database))
        raise


def _only(keys: Keys, database: DatabaseKey) -> Keys:
    slots = tuple(sealed_to(slot, database) for slot in keys.slots)
    return replace(keys, database=database, slots=slots)


@contextmanager
def _held_alone(file: Path, key: DatabaseKey) -> Iterator[Database]:
    """Open a database, fold its log in and keep every other program out. Raises SqlError when one is in."""
    database = open_database(file, key)
    with closing(database):
        database.execute("PRAGMA journal_mode = DELETE").fetchone()
        # From here on the lock is kept, and no journal beside the file is.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        database.execute("COMMIT")
        if database.execute("PRAGMA journal_mode").fetchone() != ("delete",):
            raise DatabaseLocked(f"Another program has opened the database {file} meanwhile.")
        yield database


def _copy(old: Database, file: Path, fresh: DatabaseKey) -> None:
    """Write every page under the new key and read all back. Raises DatabaseDamaged, OSError or SqlError."""
    made = open_database(beside(file), fresh, create=True)
    with closing(made):
        old.conn.backup(made.conn)
    made = open_database(beside(file), fresh)
    with closing(made):
        if _faults(made) or _told(made) != _told(old):
            raise DatabaseDamaged(f"The copy {beside(file)} is not what was written; nothing was changed.")
    with beside(file).open("rb+") as stream:
        os.fsync(stream.fileno())
    sync_folder(file.parent)


def _faults(database: Database) -> bool:
    return (
        database.execute("PRAGMA cipher_integrity_check").fetchall() != []
        or database.execute("PRAGMA integrity_check").fetchall() != _WELL
    )


def _told(database: Database) -> list[Any]:
    """Return what two copies of a database have in common: schema, rows of each table, every chain's head."""
    tables = [name for (name,) in database.execute(_HELD_TABLES).fetchall()]
    heads = "SELECT origin, max(origin_seq), hex(hash) FROM event GROUP BY origin ORDER BY origin"
    return [
        database.execute("PRAGMA user_version").fetchall(),
        [database.execute(f"SELECT '{name}', count(*) FROM {name}").fetchone() for name in tables],  # noqa: S608
        database.execute(heads).fetchall(),
    ]


def _exchange(old: Database, file: Path) -> None:
    """Put the copy in the old one's place. Raises OSError."""
    if os.name == "nt":
        # A file that is open cannot be replaced there, and whoever has it open stops the step itself.
        old.close()
    beside(file).replace(file)
    sync_folder(file.parent)
