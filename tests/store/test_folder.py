"""A data folder opens whole or not at all, for one program at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.ports import JournalError
from desktop_app.store.faults import (
    DatabaseDamaged,
    DatabaseTooNew,
    FolderInUse,
    FolderNotWritable,
    JournalUnusable,
    KeyFileUnusable,
)
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import create_keys
from desktop_app.store.opening import open_folder
from tests.store.examples import made_folder, made_read_only, open_here, put, raw_database, seated

PAGE = 4096


def content(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"
    open_here(path).close()
    assert sorted(file.name for file in path.iterdir()) == ["chairtime.db", "chairtime.lock", "keys.json"]
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o700


def test_a_second_writer_is_refused_and_told_which_folder(tmp_path: Path) -> None:
    first = open_here(tmp_path)
    with pytest.raises(FolderInUse) as caught:
        open_here(tmp_path)
    assert str(caught.value) == f"Another Chairtime already works in the data folder {tmp_path}."
    first.close()
    open_here(tmp_path).close()


def test_a_reader_does_not_disturb_the_writer(tmp_path: Path) -> None:
    writer = open_here(tmp_path)
    put(writer.journal, "session/a", seated())
    reader = open_folder(tmp_path, read_only=True)
    assert len(reader.journal.load("session/a")) == 1
    put(writer.journal, "session/b", seated())
    assert reader.journal.open_sessions() == ("a", "b")
    with pytest.raises(JournalError):
        put(reader.journal, "session/c", seated())
    reader.close()
    writer.close()


def test_a_reader_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable, match=f"There is no journal in the folder {tmp_path}"):
        open_folder(tmp_path, read_only=True)
    assert content(tmp_path) == {}


def test_opening_and_closing_again_changes_no_key(tmp_path: Path) -> None:
    made_folder(tmp_path)
    before = (tmp_path / KEYS_NAME).read_bytes()
    open_here(tmp_path).close()
    assert (tmp_path / KEYS_NAME).read_bytes() == before


def no_keys(path: Path) -> None:
    (path / KEYS_NAME).unlink()


def other_keys(path: Path) -> None:
    no_keys(path)
    create_keys(path / KEYS_NAME)


def no_database(path: Path) -> None:
    (path / DATABASE_NAME).unlink()


def empty_database(path: Path) -> None:
    (path / DATABASE_NAME).write_bytes(b"")


def no_database_at_all(path: Path) -> None:
    (path / DATABASE_NAME).write_bytes(b"not a database, but long enough to look at")


def damaged_page(path: Path) -> None:
    file = path / DATABASE_NAME
    whole = bytearray(file.read_bytes())
    for page in range(1, len(whole) // 4096):
        whole[page * 4096 + 1000] ^= 1
    file.write_bytes(whole)


def newer_database(path: Path) -> None:
    database = raw_database(path)
    database.execute("PRAGMA user_version = 99")
    database.close()


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (no_keys, KeyFileUnusable, "is missing; put it back from a copy"),
        (other_keys, DatabaseDamaged, "is not the database that the key file belongs to"),
        (no_database, DatabaseDamaged, "is missing"),
        (empty_database, DatabaseDamaged, r"is empty \(0 bytes\)"),
        (no_database_at_all, DatabaseDamaged, "is not the database that the key file belongs to"),
        (damaged_page, DatabaseDamaged, "is damaged"),
        (newer_database, DatabaseTooNew, "is of a newer version of Chairtime; please update"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_each_fault_has_one_sentence_and_nothing_is_touched(
    tmp_path: Path, fault: Callable[[Path], None], kind: type[JournalUnusable], words: str, *, read_only: bool
) -> None:
    fault(made_folder(tmp_path))
    before = content(tmp_path)
    with pytest.raises(kind, match=words) as caught:
        open_folder(tmp_path, read_only=read_only)
    assert str(caught.value).endswith(".")
    assert content(tmp_path) == before


def test_an_older_copy_put_back_in_secret_is_noticed(tmp_path: Path) -> None:
    path = made_folder(tmp_path / "data")
    shutil.copy(path / DATABASE_NAME, tmp_path / "old.db")
    folder = open_here(path)
    put(folder.journal, "session/b", seated())
    folder.close()
    shutil.copy(tmp_path / "old.db", path / DATABASE_NAME)
    with pytest.raises(DatabaseDamaged, match="event 4 was written and is gone"):
        open_here(path)


@pytest.mark.parametrize("begun", ["keys", "empty file"])
def test_a_start_cut_short_while_the_database_was_made_is_made_again(tmp_path: Path, begun: str) -> None:
    create_keys(tmp_path / KEYS_NAME)
    if begun == "empty file":
        empty_database(tmp_path)
    folder = open_here(tmp_path)
    assert folder.journal.last()[0] == 0
    folder.close()


def test_an_empty_database_without_keys_is_not_taken_for_a_new_folder(tmp_path: Path) -> None:
    empty_database(tmp_path)
    with pytest.raises(KeyFileUnusable):
        open_here(tmp_path)
    assert not (tmp_path / KEYS_NAME).exists()


@pytest.mark.skipif(os.name == "nt", reason="on Windows a folder's read-only mark does not stop new files")
@pytest.mark.parametrize("made", [False, True], ids=["empty", "with a journal"])
def test_a_read_only_folder_is_refused_before_anything_starts(user_folder: Path, *, made: bool) -> None:
    if made:
        made_folder(user_folder)
    with made_read_only(user_folder), pytest.raises(FolderNotWritable) as caught:
        open_here(user_folder)
    assert str(caught.value) == (
        f"The data folder {user_folder} is read-only. "
        "Nothing in it was changed; start again once it can be written to."
    )


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "data"
    with pytest.raises(FolderNotWritable, match=f"The data folder {path} cannot be made: Not a directory"):
        open_here(path)


def test_a_failed_start_gives_the_folder_back(tmp_path: Path) -> None:
    newer_database(made_folder(tmp_path))
    with pytest.raises(DatabaseTooNew):
        open_here(tmp_path)
    with pytest.raises(DatabaseTooNew):
        open_here(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner-only mode bits; the folder's rights hold")
def test_a_copied_key_file_is_made_private_again(tmp_path: Path) -> None:
    made_folder(tmp_path)
    (tmp_path / KEYS_NAME).chmod(0o644)
    open_here(tmp_path).close()
    assert (tmp_path / KEYS_NAME).stat().st_mode & 0o777 == 0o600


def damage(file: Path, page: int) -> None:
    with file.open("r+b") as database:
        database.seek((page - 1) * PAGE + 1000)
        (byte,) = database.read(1)
        database.seek(-1, os.SEEK_CUR)
        database.write(bytes([byte ^ 1]))


def use(path: Path) -> None:
    """Open, read, write and close a folder, as a play or an export does."""
    folder = open_here(path)
    try:
        folder.journal.all_sessions()
        put(folder.journal, "session/b", seated())
        folder.journal.load("exports")
        folder.journal.head()
    finally:
        folder.close()


@pytest.mark.parametrize("page", [*range(4, 11), 16])
def test_a_damaged_page_anywhere_is_a_sentence_and_no_traceback(tmp_path: Path, page: int) -> None:
    path = made_folder(tmp_path)
    damage(path / DATABASE_NAME, page)
    with pytest.raises(JournalError, match=r"is damaged.*\.$"):
        use(path)


@pytest.mark.parametrize("page", range(7, 16))
def test_verify_finds_a_damaged_page_outside_the_events(tmp_path: Path, page: int) -> None:
    path = made_folder(tmp_path)
    damage(path / DATABASE_NAME, page)
    folder = open_folder(path, read_only=True)
    said = f"a page of the database {folder.path / DATABASE_NAME} is not what was written"
    assert folder.journal.false_list() == said
    folder.close()
