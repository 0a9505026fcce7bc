"""The real window on a disk that takes nothing: what is touched outlives the program, and says so."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.app import open_parts
from desktop_app.commands.taken_up import tell_taken_up
from desktop_app.commands.window import make_window
from desktop_app.core import events as e
from desktop_app.ui.beside.quitting import KeptSheet
from tests.fakes import FakeClock
from tests.store.examples import abandon
from tests.ui.test_unsaved_on_disk import fill, in_chair, press, suite


def killed_with_a_full_disk(path: Path, qtbot: QtBot) -> tuple[int, int]:
    """Start and stop an infusion on a full disk and end the program as a kill does; return both instants."""
    with suite(path, qtbot) as (parts, window, clock):
        session = in_chair(parts, "1")
        fill(parts, session)
        window.board.focus("1")
        start_us = clock.now().wall_us
        press(window, "s")
        press(window, "s")
        clock.advance(31)
        press(window, "x")
        assert len(window.touches.kept) == 2
        assert "here and in the emergency file" in window.not_saved.text
        window.beside.leaving.ask_to_quit()
        assert isinstance(window.sheets.sheet, KeptSheet)
        window.sheets.close_sheet()
        window.ticker.stop()
        window.touches._timer.stop()  # noqa: SLF001 - a killed program tries nothing again
        abandon(parts.folder)
        parts.folder.close = lambda: None  # type: ignore[method-assign]  # nor does it close in order
    return start_us, start_us + 31 * 60_000_000


def test_a_kill_while_the_disk_is_full_loses_no_touch(tmp_path: Path, qtbot: QtBot) -> None:
    start_us, stop_us = killed_with_a_full_disk(tmp_path / "data", qtbot)
    clock = FakeClock("2026-03-02T12:00")
    with open_parts(tmp_path / "data", make_clock=lambda _: clock) as parts:
        service = in_chair(parts, "1").services[0]
        assert service.start is not None
        assert service.stop is not None
        assert (service.start.at_us, service.stop.at_us) == (start_us, stop_us)
        assert parts.folder.journal.load(e.RESTORE_STREAM)[0].event.KIND == "touches-taken-up"
        window = make_window(parts, demo=False)
        qtbot.addWidget(window)
        window.show()
        assert parts.taken_up is not None
        tell_taken_up(window, parts.taken_up)
        assert window.toast.text.startswith("2 touches that waited are saved now: service started 0")
        window.ticker.stop()
    with open_parts(tmp_path / "data", make_clock=lambda _: clock) as parts:
        assert parts.taken_up is None
