"""A sheet that is taller than the window scrolls inside it, and the keyboard brings its place into view."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet


def is_in_view(widget: QWidget, window: MainWindow) -> bool:
    scroll = window.sheets.place
    top = widget.mapTo(scroll, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= scroll.height()


def lowest_button(opened: QWidget) -> QAbstractButton:
    """Return the button furthest down: which one is out of view first depends on the font."""
    shown = [button for button in opened.findChildren(QAbstractButton) if button.isVisible()]
    return max(shown, key=lambda button: button.mapTo(opened, QPoint(0, button.height())).y())


def test_a_tall_sheet_scrolls_inside_a_low_window(ward: Ward, window: MainWindow, typist: Typist) -> None:
    window.theme.choose(text_percent=150)
    window.resize(1024, 640)
    ward.seat("1")
    typist.press("1")
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    assert opened.height() > window.height()
    assert window.rect().contains(window.sheets.place.geometry())
    assert is_in_view(opened.search, window)
    lowest = lowest_button(opened)
    assert not is_in_view(lowest, window)
    while not lowest.hasFocus():
        typist.press(Qt.Key.Key_Tab)
    assert is_in_view(lowest, window)


def test_at_the_largest_text_the_way_on_is_seen_in_a_window_of_720_pixels(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    window.theme.choose(text_percent=150)
    window.resize(1280, 720)
    ward.seat("1")
    typist.press("1")
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    assert is_in_view(opened.search, window)
    assert is_in_view(opened.go, window)


def test_a_sheet_that_fits_does_not_scroll(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.seat("1")
    typist.press("1")
    typist.press("a")
    scroll = window.sheets.place
    assert scroll.size() == sheet(window).size()
    assert scroll.verticalScrollBar().maximum() == 0
