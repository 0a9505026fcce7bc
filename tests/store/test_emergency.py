"""A touch the journal cannot take outlives the program in the emergency file, once, with its own stamp."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core import events as e
from desktop_app.core.ports import NotSaved, Write
from desktop_app.store.emergency import RESERVED, EmergencyFile
from desktop_app.store.folder import Folder
from desktop_app.store.taking_up import TakenUp, take_up
from tests.fakes import FakeClock, SequentialIdentities
from tests.store.examples import NINE, open_here, other_key, put, seated, stamp, started


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    """A folder with a seated patient."""
    opened = open_here(tmp_path / "data")
    put(opened.journal, "session/a", seated())
    yield opened
    opened.close()


def emergency(folder: Folder, *places: Path) -> EmergencyFile:
    origin = folder.journal.origins()[0]
    return EmergencyFile(folder.database_key, origin, places or (folder.path.parent / "state",))


def start(version: int) -> Write:
    return Write("session/a", version, (started(str(version), NINE + version),))


def kept(folder: Folder, *versions: int) -> EmergencyFile:
    """Keep some starts as a window does whose disk is full, and leave the file as a kill does."""
    file = emergency(folder)
    assert file.prepare()
    for version in versions:
        assert file.keep(f"touch-{version}", [start(version)], stamp(f"touch-{version}"))
    return file


def taken_up(folder: Folder, file: EmergencyFile | None = None) -> TakenUp | None:
    names = SequentialIdentities("next")
    return take_up(folder.journal, file or emergency(folder), FakeClock("2026-03-02T12:00"), names, "AK")


def test_what_waited_is_stored_by_the_next_start_with_its_moment_and_its_stamp(folder: Folder) -> None:
    kept(folder, 1, 2)
    taken_up(folder)
    _, first, second = folder.journal.load("session/a")
    assert [one.event.at_us for one in (first, second)] == [NINE + 1, NINE + 2]
    assert first.stamp == stamp("touch-1")
    (noted,) = folder.journal.load(e.RESTORE_STREAM)
    assert isinstance(noted.event, e.TouchesTakenUp)
    assert (noted.event.touches, noted.event.marked, noted.event.left) == (2, 0, 0)


def test_it_is_stored_once_however_often_it_is_taken_up(folder: Folder, tmp_path: Path) -> None:
    file = kept(folder, 1)
    (path,) = (tmp_path / "state").iterdir()
    content = path.read_bytes()
    assert taken_up(folder) is not None
    assert not file.exists()
    path.write_bytes(content)
    assert taken_up(folder) is None
    assert len(folder.journal.load("session/a")) == 2


def test_what_was_stored_after_all_does_not_wait_any_more(folder: Folder) -> None:
    file = kept(folder, 1, 2)
    folder.journal.append([start(1)], stamp("touch-1"))
    file.settle("touch-1")
    assert [one.stamp.touch for one in emergency(folder).waiting()[0]] == ["touch-2"]
    file.settle("touch-2")
    assert emergency(folder).waiting() == ([], 0)
    assert taken_up(folder) is None


def test_what_waits_anew_in_the_same_place_brings_nothing_old_back(folder: Folder) -> None:
    file = kept(folder, 1, 2, 3)
    for version in (1, 2, 3):
        file.settle(f"touch-{version}")
    file.keep("touch-4", [start(4)], stamp("touch-4"))
    assert [one.stamp.touch for one in emergency(folder).waiting()[0]] == ["touch-4"]


def test_a_touch_that_fits_no_more_leaves_its_instant_as_an_open_mark(folder: Folder) -> None:
    kept(folder, 1)
    put(folder.journal, "session/a", started("elsewhere"))
    done = taken_up(folder)
    assert done is not None
    assert done.marked == 1
    (mark,) = folder.journal.load(e.SUITE_STREAM)
    assert isinstance(mark.event, e.MarkMade)
    assert mark.event.at_us == NINE + 1


def test_while_the_journal_takes_nothing_the_file_is_kept_and_gone_on_with(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(folder, 1, 2)

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(folder.journal, "append", full)
    file = emergency(folder)
    done = taken_up(folder, file)
    assert done is not None
    assert len(done.still) == 2
    assert file.keep("touch-1", [start(1)], stamp("touch-1"))
    assert file.keep("touch-3", [start(3)], stamp("touch-3"))
    monkeypatch.undo()
    taken_up(folder)
    assert len(folder.journal.load("session/a")) == 4


def test_a_disk_that_is_full_is_written_to_all_the_same(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = emergency(folder)
    file.prepare()
    (path,) = (tmp_path / "state").iterdir()
    real = os.write

    def full(handle: int, content: bytes) -> int:
        """Take what lies within the room that was taken, and nothing behind it."""
        at = os.lseek(handle, 0, os.SEEK_CUR)
        if at + len(content) > RESERVED:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, content)

    monkeypatch.setattr(os, "write", full)
    made = [n for n in range(1, 260) if file.keep(f"touch-{n:03}", [start(n)], stamp(f"touch-{n:03}"))]
    monkeypatch.undo()
    assert len(made) > 150
    assert made == list(range(1, len(made) + 1))
    assert path.stat().st_size == RESERVED
    assert len(emergency(folder).waiting()[0]) == len(made)


def test_where_one_place_fails_the_next_takes_all_of_it(folder: Folder, tmp_path: Path) -> None:
    places = tmp_path / "first", tmp_path / "second"
    file = emergency(folder, *places)
    assert file.keep("touch-1", [start(1)], stamp("touch-1"))
    for path in places[0].iterdir():
        path.unlink()
    places[0].rmdir()
    places[0].write_text("a file now")
    assert file.keep("touch-2", [start(2)], stamp("touch-2"))
    assert file.path is not None
    assert file.path.parent == places[1]
    assert [one.stamp.touch for one in emergency(folder, *places).waiting()[0]] == ["touch-1", "touch-2"]


def test_where_no_place_takes_it_that_is_said(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "first").write_text("a file")
    assert not emergency(folder, tmp_path / "first").keep("touch-1", [start(1)], stamp("touch-1"))


def test_no_word_of_a_touch_lies_in_the_open(folder: Folder, tmp_path: Path) -> None:
    kept(folder, 1)
    (path,) = (tmp_path / "state").iterdir()
    content = path.read_bytes()
    assert b"session" not in content
    assert b"vancomycin" not in content
    other = EmergencyFile(other_key(folder.database_key), folder.journal.origins()[0], [tmp_path / "state"])
    assert other.waiting() == ([], 1)


@pytest.mark.parametrize("at", [70, 90, 400])
def test_a_flipped_byte_is_noticed_and_what_stands_before_it_is_stored(
    folder: Folder, tmp_path: Path, at: int
) -> None:
    kept(folder, 1, 2)
    (path,) = (tmp_path / "state").iterdir()
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[64:68])
    content[68 + size + at] ^= 1
    path.write_bytes(content)
    path.chmod(0o644)
    done = taken_up(folder)
    assert done is not None
    assert (len(done.stored), done.unread) == (1, 1)
    (aside,) = (tmp_path / "state").iterdir()
    assert aside.suffix == ".unread"
    if os.name != "nt":
        assert stat.S_IMODE(aside.stat().st_mode) == 0o600
