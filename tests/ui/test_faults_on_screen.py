"""Each fault of the folder as it is met: said in the window, the moment kept, and stored in the end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.rescue import put_back
from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.folder import DATABASE_NAME
from desktop_app.store.places import default_place
from desktop_app.store.still import plain_key_of
from desktop_app.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.store.damages import PAGE
from tests.store.examples import abandon
from tests.ui.test_unsaved_on_disk import fill, held, in_chair, press, suite

Fault = Callable[[Parts], object]
SAFE = "here and in the emergency file"
MOUNT = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs"]


@contextmanager
def small_disk(path: Path) -> Iterator[bool]:
    """Give a folder a disk of its own of one megabyte, where that may be done; say whether it was."""
    path.mkdir()
    mounted = sys.platform == "linux" and subprocess.run([*MOUNT, path], check=False).returncode == 0  # noqa: S603 - our own words
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", path], check=True)  # noqa: S603, S607 - as above


def fill_disk(path: Path) -> Path:
    """Write a file until the disk has no byte left."""
    ballast = path / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))
    return ballast


def start_and_stop(parts: Parts, window: MainWindow, clock: FakeClock) -> int:
    """Start a service in chair 1 and stop it after half an hour; return when it was started."""
    window.board.focus("1")
    at_us = clock.now().wall_us
    press(window, "s")
    clock.advance(30)
    press(window, "x")
    assert parts.desk.waiting
    return at_us


def check_stored(parts: Parts, at_us: int) -> None:
    """Check that the start and the stop are in the journal, each with its own instant."""
    service = in_chair(parts, "1").services[0]
    assert service.start is not None
    assert service.stop is not None
    assert (service.start.at_us, service.stop.at_us) == (at_us, at_us + 30 * 60_000_000)


def killed(parts: Parts, window: MainWindow) -> None:
    """End the program as a kill does: nothing is tried again, nothing closed."""
    window.ticker.stop()
    window.touches._timer.stop()  # noqa: SLF001 - as a kill
    abandon(parts.folder)
    parts.folder.close = lambda: None  # type: ignore[method-assign]  # as a kill


def test_on_a_disk_that_is_really_full_a_kill_loses_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "data"
    with small_disk(path) as is_real:
        with suite(path, qtbot) as (parts, window, clock):
            parts.emergency.prepare()
            session = in_chair(parts, "1")
            ballast = fill_disk(path) if is_real else None
            if ballast is None:
                fill(parts, session)
            at_us = start_and_stop(parts, window, clock)
            assert "the disk is full" in window.not_saved.text
            assert SAFE in window.not_saved.text
            killed(parts, window)
        if ballast is not None:
            os.remove(ballast)  # noqa: PTH107 - what was filled is freed
        with open_parts(path, make_clock=lambda _: FakeClock("2026-03-02T12:00")) as parts:
            check_stored(parts, at_us)


@contextmanager
def read_only(parts: Parts) -> Iterator[None]:
    parts.folder.journal._run("PRAGMA query_only = 1")  # noqa: SLF001 - root may write everywhere
    yield
    parts.folder.journal._run("PRAGMA query_only = 0")  # noqa: SLF001 - as above


@contextmanager
def busy(parts: Parts) -> Iterator[None]:
    with held(parts.folder.path):
        yield


@contextmanager
def gone(parts: Parts) -> Iterator[None]:
    """Take the folder away, as a drive that is unplugged."""
    elsewhere = parts.folder.path.with_name("unplugged")
    parts.folder.path.rename(elsewhere)
    yield
    elsewhere.rename(parts.folder.path)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (read_only, "it may not be written"),
        (busy, "another program holds it"),
        (gone, "was moved or deleted while Chairtime works"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_fault_that_passes_is_said_and_what_waited_is_stored_then(
    tmp_path: Path, qtbot: QtBot, fault: Fault, said: str
) -> None:
    with suite(tmp_path / "data", qtbot) as (parts, window, clock):
        with fault(parts):  # type: ignore[attr-defined]  # each is one
            at_us = start_and_stop(parts, window, clock)
            assert said in window.not_saved.text
            assert SAFE in window.not_saved.text
            card = window.board.grid.card("1")
            assert card is not None
            assert card.view.waiting
        window.touches.retry()
        assert window.not_saved.text == ""
        assert window.toast.text.endswith("saved now. Everything is on disk.")
        check_stored(parts, at_us)
        assert parts.emergency.waiting() == ([], 0)


def damage(parts: Parts) -> None:
    """Flip a byte on every page but the first, behind the engine's back."""
    run, file = parts.folder.journal._run, parts.folder.path / DATABASE_NAME  # noqa: SLF001 - as the cipher does
    run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    handle = os.open(file, os.O_RDWR)
    for at in range(PAGE, file.stat().st_size, PAGE):
        os.pwrite(handle, bytes([os.pread(handle, 1, at + 99)[0] ^ 1]), at + 99)
    os.close(handle)
    run("PRAGMA shrink_memory")


def test_a_page_damaged_while_open_keeps_the_moments_until_the_journal_is_back(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "data"
    with suite(path, qtbot) as (parts, window, clock):
        make_backup(Source(path, parts.folder.database_key), default_place(path), clock, AT_ONCE)
        damage(parts)
        at_us = start_and_stop(parts, window, clock)
        assert "is damaged: a page is not what was written" in window.not_saved.text
        assert SAFE in window.not_saved.text
        killed(parts, window)
    (name,) = (one.name for one in default_place(path).glob("journal-*/0*"))
    told = put_back(path, name, plain_key_of)
    assert told.startswith("It has ")
    with open_parts(path, make_clock=lambda _: FakeClock("2026-03-02T12:00")) as parts:
        check_stored(parts, at_us)
        assert parts.taken_up is not None
        assert len(parts.taken_up.stored) == 2
