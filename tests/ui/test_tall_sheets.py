"""A sheet that is taller than the window scrolls inside it, and the keyboard brings its place into view."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet
from tests.ui.orders import GLOBULIN


def is_in_view(widget: QWidget, window: MainWindow) -> bool:
    opened = sheet(window)
    place = opened.inside if opened.inside.isAncestorOf(widget) else window
    top = widget.mapTo(place, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= place.height()


def lowest_button(opened: Sheet) -> QAbstractButton:
    """Return the button furthest down of what scrolls: which one is out of view first depends on the font."""
    shown = [button for button in opened.inside.findChildren(QAbstractButton) if button.isVisible()]
    return max(shown, key=lambda button: button.mapTo(opened, QPoint(0, button.height())).y())


def test_a_tall_sheet_scrolls_inside_a_low_window(ward: Ward, window: MainWindow, typist: Typist) -> None:
    window.theme.choose(text_percent=150)
    window.resize(1024, 640)
    ward.seat("1")
    typist.press("1")
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    assert opened.inside.verticalScrollBar().maximum() > 0
    assert window.rect().contains(opened.geometry())
    assert is_in_view(opened.search, window)
    assert is_in_view(opened.go, window)
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
    assert sheet(window).inside.verticalScrollBar().maximum() == 0


def test_a_sheet_to_be_read_opens_at_its_top_and_the_page_keys_scroll_it(
    window: MainWindow, typist: Typist
) -> None:
    window.theme.choose(text_percent=150)
    window.resize(1024, 640)
    typist.press(Qt.Key.Key_F1)
    bar = sheet(window).inside.verticalScrollBar()
    assert bar.maximum() > 0, "it is taller than the window"
    assert bar.value() == 0
    typist.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None


def test_the_first_page_in_large_text_squeezes_no_field_in_a_low_window(window: MainWindow) -> None:
    window.theme.choose(text_percent=150)
    window.resize(1024, 640)
    window.show_page("welcome")
    QApplication.processEvents()
    fields = window.welcome.fields.values()
    squeezed = [field.edit.height() for field in fields if field.edit.height() < window.theme.px(40) - 1]
    assert squeezed == []
    assert window.welcome.go.height() >= window.theme.px(40)


def test_a_due_reminder_in_large_text_makes_the_panel_no_wider_than_its_place(
    ward: Ward, window: MainWindow
) -> None:
    window.theme.choose(text_percent=150)
    window.resize(1280, 720)
    ward.start(ward.seat("1"), replace(GLOBULIN, drug="Immune globulin subcutaneous"))
    ward.clock.advance(31)
    window.refresh()
    window.board.focus("1")
    QApplication.processEvents()
    panel = window.board.panel
    scroll = next(one for one in panel.findChildren(QScrollArea) if one.isVisible())
    inside = scroll.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= scroll.viewport().width()
