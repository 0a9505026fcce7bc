"""The one place that opens the SQLCipher file, and the only one that knows which engine it is.

sqlite-utils, which takes the schema's steps, catches the exceptions of the module it finds as
``pysqlite3``, else of the standard library; sqlcipher3 has that name before anyone imports it, so
that both speak of the same errors. Every connection gets WAL and synchronous FULL and is refused when
reading them back says otherwise: nothing else keeps an answered touch through a power cut.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, cast

import sqlcipher3  # type: ignore[import-untyped]
from sqlcipher3 import dbapi2

from desktop_app.core.ports import JournalError, NotSaved
from desktop_app.core.values import dataclass
from desktop_app.store.durable_file import OWNER_ONLY
from desktop_app.store.faults import (
    DamagedInUse,
    DatabaseDamaged,
    DatabaseLocked,
    FolderNotWritable,
    JournalUnusable,
)
from desktop_app.store.plain_files import refuse_no_file, require_file

if TYPE_CHECKING:
    import sqlite3

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2

SqlError = cast("type[sqlite3.Error]", dbapi2.Error)
"""What every failing statement raises."""

OLDEST_ENGINE = (3, 51, 3)
"""Before this SQLite could lose commits when two connections checkpoint a WAL at once."""

BUSY_MS = 2_000
_FILES = ("", "-wal", "-shm", "-journal")
"""How the names of the files end that the engine opens."""
_SALT_BYTES = 16
_PLAIN_HEADER = b"SQLite format 3\x00"
_PRIMARY = 0xFF
"""The low byte of an SQLite error code names the kind of error; the rest says more."""


class Database:
    """An open connection. Only a step of the schema needs more, and gets sqlite-utils around it."""

    def __init__(self, conn: sqlite3.Connection, path: Path = Path(":memory:")) -> None:
        self.conn = conn
        self.path = path
        self._is_damaged = False

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement. Raises SqlError."""
        return self.conn.execute(statement, values)

    def fault(self, error: sqlite3.Error) -> JournalError:
        """Return what a failed statement means to a person; NotSaved where the touch is to be kept.

        Once a damaged page was met the engine refuses everything with other words, so it is remembered.
        """
        self._is_damaged |= _code(error) in _DAMAGE
        if self._is_damaged:
            return DamagedInUse(
                f"The database {self.path} is damaged: a page is not what was written, so nothing more is "
                "stored in it. Restore a backup: in the settings, or when Chairtime is opened next."
            )
        if reason := _reason(self.path, _code(error)):
            return NotSaved(f"The database took nothing: {reason}.")
        return JournalError(f"The database refused: {error}.")

    def close(self) -> None:
        """Close the connection."""
        self.conn.close()


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """A random key of 32 bytes and the salt of 16 that stands at the head of its database file."""

    key: bytes
    salt: bytes

    def __repr__(self) -> str:
        """Leave the key out of every message."""
        return f"DatabaseKey(salt={self.salt.hex()})"


def open_database(path: Path, key: DatabaseKey, *, create: bool = False, read_only: bool = False) -> Database:
    """Open an encrypted database with every safety set and read back.

    Raises JournalUnusable, in one sentence, when it is missing, empty, no database of this
    key, damaged, locked or in a folder that cannot be written.
    """
    _require_engine(sqlcipher3.sqlite_version_info)
    if not create:
        salt_at_head(path, (key.salt,))
    connection = _connect(path, create=create)
    try:
        unlock(connection, key)
        _make_durable(connection)
        connection.execute(f"PRAGMA query_only = {int(read_only)}")
    except SqlError as error:
        connection.close()
        raise unusable(path, error) from error
    except JournalUnusable:
        connection.close()
        raise
    return Database(connection, path)


def engine_versions() -> tuple[str, str]:
    """Return the versions of SQLite and of its cipher; empty where this engine has none."""
    connection = sqlcipher3.connect(":memory:")
    try:
        found = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return sqlcipher3.sqlite_version, str(found[0]) if found else ""


def _require_engine(version: tuple[int, ...]) -> None:
    if version < OLDEST_ENGINE:
        found, wanted = ".".join(map(str, version)), ".".join(map(str, OLDEST_ENGINE))
        raise JournalUnusable(f"The database engine is SQLite {found}; Chairtime needs {wanted} or newer.")


def salt_at_head(path: Path, known: Collection[bytes]) -> bytes:
    """Return the salt at the head of a database file, which says which key is its own.

    Raises DatabaseDamaged for a missing, empty, plain or foreign file: inside they all look like damage.
    """
    try:
        require_file(path)
        with path.open("rb") as file:
            head = file.read(_SALT_BYTES)
    except FileNotFoundError:
        raise DatabaseDamaged(f"The database {path} is missing.") from None
    except OSError as error:
        raise FolderNotWritable(f"The database {path} cannot be read: {error.strerror}.") from error
    if not head:
        raise DatabaseDamaged(f"The database {path} is empty (0 bytes), though it held events before.")
    if head == _PLAIN_HEADER:
        raise DatabaseDamaged(f"The file {path} is a database without encryption, not one of Chairtime's.")
    if head not in known:
        raise DatabaseDamaged(f"The file {path} is not the database that the key file belongs to.")
    return head


def _require_files(path: Path) -> None:
    """Raise FolderNotWritable, naming it, where a file of the database is there and is no file."""
    for suffix in _FILES:
        file = path.with_name(f"{path.name}{suffix}")
        try:
            refuse_no_file(file)
        except OSError as error:
            raise FolderNotWritable(
                f"The database {path} cannot be opened: at {file}, {error.strerror}."
            ) from error


def _connect(path: Path, *, create: bool) -> sqlite3.Connection:
    _require_files(path)
    try:
        if create:
            # SQLite gives its -wal and -shm files the rights of the database, so it is made here.
            path.touch(mode=OWNER_ONLY)
        address = f"{path.absolute().as_uri()}?mode=rw"
        connection = sqlcipher3.connect(address, uri=True, isolation_level=None, timeout=BUSY_MS / 1000)
    except OSError as error:
        raise FolderNotWritable(f"The database {path} cannot be made: {error.strerror}.") from error
    except SqlError as error:
        raise unusable(path, error) from error
    return cast("sqlite3.Connection", connection)


def new_copy(path: Path, key: DatabaseKey) -> sqlite3.Connection:
    """Return a connection to a new file that takes another's pages; whoever copies makes them durable.

    Raises JournalUnusable.
    """
    connection = _connect(path, create=True)
    try:
        _give_key(connection, key)
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
    except SqlError as error:
        connection.close()
        raise unusable(path, error) from error
    return connection


def unlock(connection: sqlite3.Connection, key: DatabaseKey) -> None:
    """Give the raw key with its salt; the cipher's log would only repeat our sentence on stderr."""
    _give_key(connection, key)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _give_key(connection: sqlite3.Connection, key: DatabaseKey) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
    connection.execute("PRAGMA cipher_compatibility = 4")


def _make_durable(connection: sqlite3.Connection) -> None:
    # Without recursive triggers an INSERT OR REPLACE removes a row and no trigger hears of it.
    wanted: dict[str, object] = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }
    if sys.platform == "darwin":
        wanted |= {"fullfsync": 1, "checkpoint_fullfsync": 1}
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name} = {value}")
    for name, value in wanted.items():
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != value:
            raise JournalUnusable(f"The database cannot be made safe here: {name} is {found}, not {value}.")


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a block as one transaction that takes the write lock first: all of it is durable, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # The error that matters is on its way out; a full disk may have rolled back by itself.
        with suppress(SqlError):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


_REASONS = {
    dbapi2.SQLITE_FULL: "the disk is full",
    dbapi2.SQLITE_BUSY: "another program holds it",
    dbapi2.SQLITE_LOCKED: "another program holds it",
    dbapi2.SQLITE_IOERR: "the disk did not answer",
    dbapi2.SQLITE_READONLY: "it may not be written",
    dbapi2.SQLITE_PERM: "it may not be written",
    dbapi2.SQLITE_CANTOPEN: "its folder cannot be reached or written",
    dbapi2.SQLITE_NOMEM: "there is no memory left",
}
"""Faults that may pass, or that a person can end; the file itself is well."""

_LEAST_ROOM = 64 * 1024
"""The engine's index to the log takes 32 KiB, and tells of a disk that has them not as of one that is ill."""


def _reason(path: Path, code: int) -> str:
    """Return why the engine took or opened nothing, as half a sentence; empty for what has no such reason."""
    with suppress(OSError):
        if code == dbapi2.SQLITE_IOERR and disk_usage(path.parent).free < _LEAST_ROOM:
            code = dbapi2.SQLITE_FULL
    return _REASONS.get(code, "")


_DAMAGE = (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB)
_UNUSABLE = {
    dbapi2.SQLITE_BUSY: DatabaseLocked,
    dbapi2.SQLITE_LOCKED: DatabaseLocked,
    dbapi2.SQLITE_READONLY: FolderNotWritable,
    dbapi2.SQLITE_PERM: FolderNotWritable,
    dbapi2.SQLITE_CANTOPEN: FolderNotWritable,
}


def unusable(path: Path, error: sqlite3.Error) -> JournalUnusable:
    """Return why a database cannot be opened, naming its file."""
    code = _code(error)
    if code in _DAMAGE:
        return DatabaseDamaged(f"The database {path} is damaged, or its key is not the right one.")
    kind = _UNUSABLE.get(code, JournalUnusable)
    return kind(f"The database {path} cannot be opened: {_reason(path, code) or error}.")
