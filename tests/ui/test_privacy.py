"""Initials and last digits, until somebody asks; who looked is recorded, and what was shown goes again."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.ui.panel.history_model import history_rows
from desktop_app.ui.panel.panel import SHOWN_MS
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist


def looked_at(ward: Ward, window: MainWindow, qtbot: QtBot) -> str:
    """Seat somebody, look at the whole number, and return the session."""
    session = ward.start(ward.seat("1", mrn="77740004821"))
    window.refresh()
    window.board.focus("1")
    assert window.board.panel.under.text().startswith("MRN ••4821 ·")
    Mouse(qtbot).click(window.board.panel.reveal)
    return session.id


def test_one_touch_shows_the_whole_number_and_is_recorded(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = looked_at(ward, window, qtbot)
    assert window.board.panel.under.text().startswith("MRN 77740004821 ·")
    last = ward.journal.load(e.session_stream(session))[-1]
    assert isinstance(last.event, e.PatientShown)
    assert (last.event.what, last.stamp.actor) == ("mrn", "AK")


def test_it_is_hidden_again_after_thirty_seconds(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    looked_at(ward, window, qtbot)
    waits = [t for t in window.board.panel.findChildren(QTimer) if t.interval() == SHOWN_MS]
    assert SHOWN_MS == 30_000
    assert [timer.isActive() for timer in waits] == [True]
    waits[0].timeout.emit()
    assert window.board.panel.under.text().startswith("MRN ••4821 ·")


def test_locking_hides_it_at_once(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    looked_at(ward, window, qtbot)
    window.locking.lock()
    window.locking.unlock()
    assert window.board.panel.under.text().startswith("MRN ••4821 ·")


def test_a_look_takes_nothing_from_the_undo(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    session = looked_at(ward, window, qtbot)
    Typist(qtbot, window).press("u")
    assert ward.session(session).services == ()
    assert "start taken back" in window.toast.text


def test_the_history_tells_a_look_as_the_window_did(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    session = looked_at(ward, window, qtbot)
    told = history_rows(ward.session(session), ward.desk.history(session))
    assert told[0].what == "MRN shown"


def test_a_look_that_is_not_on_disk_yet_is_kept_to_be_recorded(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.start(ward.seat("1", mrn="77740004821"))
    window.refresh()
    window.board.focus("1")
    ward.journal.is_full = True
    Mouse(qtbot).click(window.board.panel.reveal)
    assert window.board.panel.under.text().startswith("MRN 77740004821 ·")
    assert [touch.said for touch in window.touches.kept] == ["Chair 1 · MRN shown"]
    ward.journal.is_full = False
    window.touches.retry()
    assert ward.journal.kinds[-1] == "patient-shown"


def test_a_look_that_can_never_be_recorded_shows_nothing(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.journal.unstorable = "patient-shown"
    looked_at(ward, window, qtbot)
    assert window.board.panel.under.text().startswith("MRN ••4821 ·")
    assert window.toast.text.startswith("Not done.")


def test_the_windows_title_holds_no_name(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    looked_at(ward, window, qtbot)
    assert window.windowTitle() == "Infusion suite · Chairtime"
