"""The database is opened safe or not at all, and each fault has its own sentence."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from shutil import disk_usage

import pytest
import sqlcipher3  # type: ignore[import-untyped]
import sqlite_utils.utils

from desktop_app.core.ports import JournalError
from desktop_app.store import database as engine
from desktop_app.store.database import DatabaseKey, SqlError, immediate, open_database
from desktop_app.store.faults import DatabaseDamaged, DatabaseLocked, FolderNotWritable, JournalUnusable
from tests.store.examples import made_read_only, other_key

KEY = DatabaseKey(key=bytes(range(32)), salt=bytes(range(16)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.db"
    made = open_database(path, KEY, create=True)
    made.execute("CREATE TABLE t (a INTEGER) STRICT")
    made.close()
    return path


def pragma(database: engine.Database, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]


def test_sqlite_utils_catches_the_errors_of_sqlcipher() -> None:
    assert vars(sqlite_utils.utils)["sqlite3"] is sqlcipher3
    assert sqlite_utils.utils.OperationalError is sqlcipher3.OperationalError


def test_every_connection_writes_through_and_says_so_when_asked(file: Path) -> None:
    for read_only in (False, True):
        opened = open_database(file, KEY, read_only=read_only)
        found = {name: pragma(opened, name) for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        opened.close()


def test_on_a_mac_the_drive_is_told_to_flush_as_well(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    opened = open_database(file, KEY)
    assert [pragma(opened, "fullfsync"), pragma(opened, "checkpoint_fullfsync")] == [1, 1]
    opened.close()


def test_a_database_that_cannot_be_made_durable_is_refused() -> None:
    in_memory = sqlite3.connect(":memory:")
    with pytest.raises(JournalUnusable, match="journal_mode is memory, not wal"):
        engine._make_durable(in_memory)  # noqa: SLF001 - a file system without WAL cannot be had here
    in_memory.close()


def test_an_engine_that_can_lose_commits_is_refused() -> None:
    with pytest.raises(JournalUnusable, match=r"SQLite 3\.51\.2; Chairtime needs 3\.51\.3 or newer"):
        engine._require_engine((3, 51, 2))  # noqa: SLF001 - no old engine is at hand
    assert sqlcipher3.sqlite_version_info >= engine.OLDEST_ENGINE


def test_nothing_in_the_file_can_be_read_without_the_key(file: Path) -> None:
    content = file.read_bytes()
    assert content[:16] == KEY.salt
    assert b"CREATE TABLE" not in content
    assert b"SQLite format" not in content


def test_the_key_is_not_in_the_words_for_it() -> None:
    assert KEY.key.hex() not in repr(KEY)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner-only mode bits; the folder's rights hold")
def test_the_database_is_readable_by_its_owner_alone(file: Path) -> None:
    opened = open_database(file, KEY)
    opened.execute("INSERT INTO t VALUES (1)")
    modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.glob("some.db*")}
    opened.close()
    assert modes == {"some.db": 0o600, "some.db-wal": 0o600, "some.db-shm": 0o600}


def flip(file: Path, at_byte: int) -> None:
    content = bytearray(file.read_bytes())
    content[at_byte] ^= 1
    file.write_bytes(content)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def plain(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE t (a)")
    connection.close()


def foreign(file: Path) -> None:
    file.write_bytes(b"hello, I am no database at all")


def missing(file: Path) -> None:
    file.unlink()


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def first_page(file: Path) -> None:
    flip(file, 100)


@pytest.mark.parametrize(
    ("fault", "kind", "sentence"),
    [
        (missing, DatabaseDamaged, "The database {} is missing."),
        (empty, DatabaseDamaged, "The database {} is empty (0 bytes), though it held events before."),
        (plain, DatabaseDamaged, "The file {} is a database without encryption, not one of Chairtime's."),
        (foreign, DatabaseDamaged, "The file {} is not the database that the key file belongs to."),
        (first_page, DatabaseDamaged, "The database {} is damaged, or its key is not the right one."),
    ],
)
def test_each_fault_of_the_file_has_its_own_sentence(
    file: Path, fault: object, kind: type[JournalError], sentence: str
) -> None:
    assert callable(fault)
    fault(file)
    with pytest.raises(kind) as caught:
        open_database(file, KEY)
    assert str(caught.value) == sentence.format(file)


def test_a_folder_in_the_place_of_the_file_is_no_database(file: Path) -> None:
    folder(file)
    with pytest.raises(JournalUnusable, match="cannot be read"):
        open_database(file, KEY)


def test_a_wrong_key_opens_nothing(file: Path) -> None:
    with pytest.raises(DatabaseDamaged, match="or its key is not the right one"):
        open_database(file, other_key(KEY))


def test_the_cipher_says_nothing_on_the_standard_streams(
    file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DatabaseDamaged):
        open_database(file, other_key(KEY))
    assert capfd.readouterr() == ("", "")


def test_a_database_held_by_another_program_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 10)
    holder = open_database(file, KEY)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(DatabaseLocked, match="cannot be opened: another program holds it"):
        open_database(file, KEY)
    holder.close()


@pytest.mark.skipif(os.name == "nt", reason="on Windows a folder's read-only mark does not stop new files")
def test_a_database_that_may_not_be_written_is_refused(user_folder: Path) -> None:
    file = user_folder / "some.db"
    open_database(file, KEY, create=True).close()
    file.chmod(0o444)
    with (
        made_read_only(user_folder),
        pytest.raises(FolderNotWritable, match="written"),
    ):
        open_database(file, KEY)


def test_a_new_database_never_takes_the_place_of_a_file_of_another_key(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(DatabaseDamaged):
        open_database(file, other_key(KEY), create=True)
    assert file.read_bytes() == before


def test_a_read_only_connection_changes_nothing(file: Path) -> None:
    reader = open_database(file, KEY, read_only=True)
    with pytest.raises(SqlError, match="attempt to write a readonly database"):
        reader.execute("INSERT INTO t VALUES (1)")
    reader.close()


def test_a_block_that_fails_leaves_nothing_behind(file: Path) -> None:
    opened = open_database(file, KEY)
    with pytest.raises(SqlError, match="no such table"), immediate(opened.conn):
        opened.conn.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)]).execute("INSERT INTO u VALUES (1)")
    assert not opened.conn.in_transaction
    assert opened.execute("SELECT count(*) FROM t").fetchone() == (0,)
    opened.close()


def test_a_table_takes_whole_numbers_only(file: Path) -> None:
    opened = open_database(file, KEY)
    with pytest.raises(SqlError, match="cannot store REAL value"):
        opened.execute("INSERT INTO t VALUES (0.5)")
    opened.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
@pytest.mark.parametrize(("free", "said"), [(0, "the disk is full"), (1 << 30, "the disk did not answer")])
def test_a_disk_without_room_for_the_index_of_the_log_is_told_as_full(
    file: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    import resource  # noqa: PLC0415 - Windows has none

    usage = disk_usage(file.parent)._replace(free=free)
    monkeypatch.setattr(engine, "disk_usage", lambda _: usage)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        # Nothing grows any more, as on a full disk: the engine calls it a fault of the disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        with pytest.raises(JournalUnusable, match=f"cannot be opened: {said}"):
            open_database(file, KEY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
