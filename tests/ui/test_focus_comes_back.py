"""A sheet or the lock gives the keyboard back, also where what had it has been made anew meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.desk import Saved
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, focused


def make_rows_anew(ward: Ward, window: MainWindow, gone: Session) -> None:
    """End another session and take one back to its chair, so that the list to review has other rows."""
    ward.do(ward.seat("2", mrn="0009940"), end_session)
    assert isinstance(ward.desk.reopen(gone.id, "not over yet"), Saved)
    window.refresh()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_sheet_over_rows_that_were_made_anew_gives_the_keyboard_to_the_page(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.do(ward.seat("1"), end_session)
    window.show_page("review")
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_F1)
    make_rows_anew(ward, window, session)
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert focused() is window.review.first_focus()


def test_a_lock_over_rows_that_were_made_anew_opens(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    session = ward.do(ward.seat("1"), end_session)
    window.show_page("review")
    typist = Typist(qtbot, window)
    window.locking.lock()
    make_rows_anew(ward, window, session)
    typist.press(Qt.Key.Key_Return)
    assert not window.locking.is_locked
