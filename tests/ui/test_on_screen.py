"""How a window comes onto the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.on_screen import AfterFirstPaint, open_on_screen


def test_what_no_picture_waits_for_is_done_once_after_the_first_one(qtbot: QtBot) -> None:
    window, done = QWidget(), list[str]()
    qtbot.addWidget(window)
    AfterFirstPaint(window, lambda: done.append("ready"))
    assert done == []
    window.show()
    qtbot.waitUntil(lambda: done == ["ready"])
    window.repaint()
    window.repaint()
    assert done == ["ready"]


def test_a_window_larger_than_the_screen_fills_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(room.width() - 100, room.height() - 100)
    open_on_screen(window)
    assert not window.isMaximized()
    window.hide()
    window.resize(room.width() + 1, room.height())
    open_on_screen(window)
    assert window.isMaximized()
