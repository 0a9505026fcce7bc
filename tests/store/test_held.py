"""What happens while a folder is open: its lock is taken away, and the key file learns where it stands."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from desktop_app.core.ports import NotSaved
from desktop_app.store import keys
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import DatabaseDamaged, FolderInUse, FolderTaken, NotClosedWell
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, LOCK_NAME, Folder
from desktop_app.store.keys import read_keys
from desktop_app.store.opening import open_folder
from tests.fakes import FakeClock
from tests.store.examples import open_here, put, seated

UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file where it is")


def exchanged(path: Path, folder: Folder) -> None:
    """Take the lock away while a program works, and let another one in."""
    put(folder.journal, "session/a", seated())
    (path / LOCK_NAME).unlink()
    second = open_here(path)
    put(second.journal, "session/b", seated())
    second.sign_in.enrol("AK", "four words in a row")
    second.may_renew = False
    second.close()


@UNIX
def test_a_lock_that_is_taken_away_is_made_again_before_the_next_touch_is_stored(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    (tmp_path / LOCK_NAME).unlink()
    put(folder.journal, "session/a", seated())
    with pytest.raises(FolderInUse):
        open_here(tmp_path)
    folder.close()
    open_here(tmp_path).close()


@UNIX
def test_where_a_second_program_came_in_the_first_stores_nothing_more(tmp_path: Path) -> None:
    first = open_here(tmp_path)
    exchanged(tmp_path, first)
    keys = (tmp_path / KEYS_NAME).read_bytes()
    with pytest.raises(NotSaved, match=r"chairtime\.lock was exchanged while Chairtime works") as caught:
        put(first.journal, "session/c", seated())
    assert isinstance(caught.value, FolderTaken)
    with pytest.raises(FolderTaken):
        first.sign_in.enrol("BN", "quite another sentence")
    assert "was exchanged while Chairtime works" in first.look_after_keys()
    assert first.look_after_keys() == ""
    with pytest.raises(NotClosedWell, match="end both, then start one"):
        first.close()
    assert (tmp_path / KEYS_NAME).read_bytes() == keys


@UNIX
@pytest.mark.parametrize("is_made_by_it", [True, False], ids=["makes it", "locks what is made"])
def test_a_second_program_that_comes_in_while_the_lock_is_made_again_is_met_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_made_by_it: bool
) -> None:
    first, lock, opening = open_here(tmp_path), tmp_path / LOCK_NAME, os.open
    lock.unlink()
    second: list[FolderLock] = []

    def opened(path: str, flags: int, mode: int = 0o777) -> int:
        if not flags & os.O_EXCL:
            return opening(path, flags, mode)
        if is_made_by_it:
            second.append(FolderLock(lock))
        made = opening(path, flags, mode)
        second.append(FolderLock(lock))
        return made

    with monkeypatch.context() as quicker:
        quicker.setattr(os, "open", opened)
        with pytest.raises(FolderTaken):
            put(first.journal, "session/a", seated())
    with pytest.raises(FolderTaken):
        put(first.journal, "session/a", seated())
    (other,) = second
    other.hold()
    assert first.journal.count() == 0
    with pytest.raises(NotClosedWell):
        first.close()
    other.release()


def cut_off(path: Path, aside: Path) -> Path:
    """Return a copy of a folder whose log somebody took away after the program was killed."""
    aside.mkdir()
    for name in (DATABASE_NAME, KEYS_NAME):
        shutil.copy(path / name, aside)
    return aside


def test_a_log_that_is_taken_away_is_missed_up_to_the_last_minute(tmp_path: Path) -> None:
    clock = FakeClock()
    open_folder(tmp_path / "data", clock=clock).close()
    folder = open_folder(tmp_path / "data", clock=clock)
    put(folder.journal, "session/a", seated())
    folder.upkeep.do_due()
    open_folder(cut_off(tmp_path / "data", tmp_path / "unmissed")).close()
    clock.advance(1)
    folder.upkeep.do_due()
    put(folder.journal, "session/b", seated())
    folder.upkeep.do_due()
    head = read_keys(tmp_path / "data" / KEYS_NAME).head
    assert head is not None
    assert (head.seq, folder.journal.last()[0]) == (1, 2)
    with pytest.raises(DatabaseDamaged, match="event 1 was written and is gone"):
        open_folder(cut_off(tmp_path / "data", tmp_path / "missed"))
    folder.close()


def test_a_key_file_that_could_not_be_told_is_told_a_minute_later_without_another_touch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    folder = open_folder(tmp_path / "data", clock=clock)
    put(folder.journal, "session/a", seated())
    folder.upkeep.do_due()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    clock.advance(1)
    with monkeypatch.context() as patch:
        patch.setattr(keys, "write_durably", full)
        folder.upkeep.do_due()
    clock.advance(1)
    folder.upkeep.do_due()
    told = read_keys(tmp_path / "data" / KEYS_NAME).head
    folder.close()
    assert told is not None
    assert told.seq == 1
