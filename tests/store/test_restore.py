"""A restore keeps all that can be read, deletes nothing, says what is missing, and may be cut off."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.events import RESTORE_STREAM, JournalRestored
from desktop_app.core.ports import JournalError
from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.faults import BackupFailed, FolderInUse, JournalUnusable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, RESTORE_NAME, open_folder
from desktop_app.store.keys import create_keys, read_keys
from desktop_app.store.places import default_place
from desktop_app.store.quarantine import QUARANTINE, RESTORING
from desktop_app.store.restore import outlook
from desktop_app.store.verify import verify
from tests.fakes import FakeClock
from tests.store.damages import (
    BACKED_UP,
    LATER,
    PAGE,
    change,
    pages_of,
    put_back,
    recorded,
    told_of,
    worked_in,
)
from tests.store.examples import open_here, put, raw_database, seated

ALL = BACKED_UP + LATER


def events_kept(path: Path) -> int:
    """Return how many of the events from before are in a folder that is whole, and say so of it."""
    folder = open_folder(path, read_only=True)
    try:
        assert verify(folder.journal, folder.known_head) is None
        assert folder.journal.false_list() == ""
        return sum(1 for one in folder.journal.everything() if one.stream != RESTORE_STREAM)
    finally:
        folder.close()


def flipped_byte(path: Path) -> None:
    change(path / DATABASE_NAME, pages_of(path) // 2 * PAGE + 700, b"\xa5")


def zeroed_page(path: Path) -> None:
    change(path / DATABASE_NAME, PAGE * 2, bytes(PAGE))


def no_head(path: Path) -> None:
    change(path / DATABASE_NAME, 0, b"\xff" * PAGE)


def no_key(path: Path) -> None:
    (path / KEYS_NAME).unlink()


def broken_key(path: Path) -> None:
    (path / KEYS_NAME).write_text("{}")


def another_key(path: Path) -> None:
    no_key(path)
    create_keys(path / KEYS_NAME)


def changed_row(path: Path) -> None:
    database = raw_database(path)
    database.execute("DROP TRIGGER event_is_never_changed")
    database.execute("UPDATE event SET actor = 'X' WHERE place & 0xFFFF = 5")
    database.close()


def removed_row(path: Path) -> None:
    database = raw_database(path)
    database.execute("DROP TRIGGER event_is_never_removed")
    database.execute("DELETE FROM event WHERE place & 0xFFFF = 7")
    database.close()


@pytest.mark.parametrize(
    "damage",
    [flipped_byte, zeroed_page, no_head, no_key, broken_key, another_key, changed_row, removed_row],
    ids=lambda damage: damage.__name__,
)
def test_what_was_touched_after_the_backup_is_kept_too(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    before = recorded(path)
    damage(path)
    done = put_back(path, backup)
    assert (done.event.events, done.event.salvaged) == (BACKED_UP, LATER)
    assert events_kept(path) == ALL
    assert list(told_of(recorded(path)[:ALL])) == list(told_of(before))


@pytest.mark.parametrize("damage", [zeroed_page, no_head], ids=lambda damage: damage.__name__)
def test_the_newest_touches_are_read_from_the_log_that_a_crash_left(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "data"
    backup = worked_in(path, closed=False)
    assert (path / f"{DATABASE_NAME}-wal").exists()
    damage(path)
    assert put_back(path, backup).event.salvaged == LATER
    assert events_kept(path) == ALL


def empty(path: Path) -> None:
    (path / DATABASE_NAME).write_bytes(b"")


def gone(path: Path) -> None:
    (path / DATABASE_NAME).unlink()


@pytest.mark.parametrize("damage", [empty, gone], ids=lambda damage: damage.__name__)
def test_of_a_file_that_is_gone_it_is_said_how_many_events_are_missing(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    damage(path)
    done = put_back(path, backup)
    assert (done.event.salvaged, done.event.missing) == (0, LATER)
    assert events_kept(path) == BACKED_UP


def test_behind_a_gap_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    database = raw_database(path)
    database.execute("DROP TRIGGER event_is_never_changed")
    database.execute("UPDATE event SET actor = 'X' WHERE place & 0xFFFF = ?", (BACKED_UP + 11,))
    database.close()
    done = put_back(path, backup)
    assert (done.event.salvaged, done.event.missing) == (10, LATER - 10)
    assert events_kept(path) == BACKED_UP + 10


def test_what_was_there_lies_in_quarantine_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path, closed=False)
    names = (DATABASE_NAME, f"{DATABASE_NAME}-wal", KEYS_NAME)
    zeroed_page(path)
    before = {name: (path / name).read_bytes() for name in names}
    done = put_back(path, backup)
    assert done.quarantine == path / QUARANTINE / "2026-03-02T170000Z"
    assert {name: (done.quarantine / name).read_bytes() for name in names} == before
    assert (done.quarantine / "why.txt").read_text() == "A page is damaged.\n"
    assert not (path / RESTORING).exists()


def test_a_new_epoch_begins_and_says_what_was_restored_and_the_gap(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    head = recorded(path)[-1]
    zeroed_page(path)
    put_back(path, backup)
    *_, last = recorded(path)
    event = last.event
    assert isinstance(event, JournalRestored)
    assert (last.stream, last.origin_seq) == (RESTORE_STREAM, 1)
    assert last.origin != event.origin_before == head.origin
    assert event.kept_until_us == head.stamp.reading.wall_us < event.at_us
    assert (event.backup, event.why) == (backup.name, "A page is damaged.")
    folder = open_here(path)
    put(folder.journal, "session/c", seated())
    assert folder.journal.last()[0] == 2
    folder.close()


def test_a_backup_that_is_not_good_is_not_put_back(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    change(backup.path / DATABASE_NAME, 5000, b"\x00\x01")
    with pytest.raises(BackupFailed, match="is not what was written"):
        put_back(path, backup)
    assert events_kept(path) == ALL


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    folder = open_here(path)
    with pytest.raises(FolderInUse):
        put_back(path, backup)
    folder.close()


def test_a_folder_that_is_gone_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    shutil.rmtree(path)
    done = put_back(path, backup)
    assert (done.quarantine, done.event.missing) == (None, None)
    assert events_kept(path) == BACKED_UP


def test_a_look_ahead_tells_what_a_restore_then_does_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    no_head(path)
    before = {file.name: file.read_bytes() for file in path.iterdir()}
    ahead = outlook(path, backup)
    assert (ahead.events, ahead.salvaged, ahead.missing) == (BACKED_UP, LATER, 0)
    assert {file.name: file.read_bytes() for file in path.iterdir()} == before


class Killed(BaseException):
    """The program ends here, as by a kill: nothing is put right behind it."""


def steps_of(path: Path) -> list[str]:
    taken: list[str] = []
    backup = worked_in(path)
    zeroed_page(path)
    put_back(path, backup, taken.append)
    return taken


def test_cut_off_at_any_step_a_restore_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """The old is as damaged as before; the new is whole, and the next start finishes it."""
    steps = steps_of(tmp_path / "whole")
    assert len(steps) > 8
    backup = worked_in(tmp_path / "made")
    zeroed_page(tmp_path / "made")
    old = 0
    for cut in range(len(steps)):
        path = shutil.copytree(tmp_path / "made", tmp_path / f"cut-{cut}")
        left = iter(range(len(steps)))

        def kill(_step: str, left: object = left, cut: int = cut) -> None:
            if next(left) == cut:  # type: ignore[call-overload]  # an iterator
                raise Killed

        with pytest.raises(Killed):
            put_back(path, backup, kill)
        if (path / RESTORE_NAME).exists():
            with pytest.raises(JournalUnusable, match="was cut off; open the window on it once"):
                open_folder(path, read_only=True)
            open_here(path).close()
            assert events_kept(path) == ALL
            assert not (path / RESTORE_NAME).exists()
            (aside,) = (path / QUARANTINE).iterdir()
            assert (aside / DATABASE_NAME).exists()
        else:
            old += 1
            before = (tmp_path / "made" / DATABASE_NAME).read_bytes()
            assert (path / DATABASE_NAME).read_bytes() == before
            assert put_back(path, backup).event.salvaged == LATER
    assert 3 <= old <= len(steps) - 4


def test_a_full_disk_leaves_the_old_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    zeroed_page(path)
    before = (path / DATABASE_NAME).read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(JournalError, match=r"No space left on device\. Nothing was changed"):
        put_back(path, backup)
    monkeypatch.undo()
    assert (path / DATABASE_NAME).read_bytes() == before
    assert not (path / RESTORING).exists()
    assert put_back(path, backup).event.salvaged == LATER


def test_the_practices_own_files_come_back_where_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "data"
    worked_in(path)
    (path / "protocols").mkdir(parents=True)
    (path / "protocols" / "iron.toml").write_text("# ours\n")
    source = Source(path, read_keys(path / KEYS_NAME).database)
    backup = make_backup(source, default_place(path), FakeClock(), AT_ONCE)
    (path / "protocols" / "iron.toml").write_text("# newer\n")
    zeroed_page(path)
    put_back(path, backup)
    assert (path / "protocols" / "iron.toml").read_text() == "# newer\n"
    shutil.rmtree(path)
    put_back(path, backup)
    assert (path / "protocols" / "iron.toml").read_text() == "# ours\n"


@pytest.mark.parametrize("damage", [no_head, flipped_byte], ids=lambda damage: damage.__name__)
def test_what_followed_a_restore_is_kept_by_the_next_one_from_the_same_backup(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    for again in range(2):
        no_head(path)
        put_back(path, backup)
        folder = open_here(path)
        put(folder.journal, f"session/c{again}", seated())
        folder.close()
    before = recorded(path)
    assert len({one.origin for one in before}) == 3
    damage(path)
    done = put_back(path, backup)
    assert (done.event.salvaged, done.event.missing) == (LATER + 4, 0)
    assert list(told_of(recorded(path)[:-1])) == list(told_of(before))
    assert events_kept(path) == ALL + 2


def test_an_epoch_that_does_not_go_on_where_the_salvage_ended_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    zeroed_page(path)
    put_back(path, backup)
    database = raw_database(path)
    database.execute("DROP TRIGGER event_is_never_changed")
    spoiled = f"UPDATE event SET actor = 'X' WHERE place = (1 << 40) + {BACKED_UP + 5}"  # noqa: S608 - a number
    database.execute(spoiled)
    database.close()
    assert put_back(path, backup).event.salvaged == 4
    assert events_kept(path) == BACKED_UP + 4
