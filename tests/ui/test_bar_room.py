"""How much the bar says in little room, and what stands at the edges of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.board.figure import Figure
from desktop_app.ui.theme import contrast
from desktop_app.ui.widgets.scroll import Scroll
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.every_state import fill

EVERYTHING = ("running", "billable", "projected", "lines")


def sized(window: MainWindow, qtbot: QtBot, size: tuple[int, int], percent: int) -> None:
    window.theme.choose(text_percent=percent)
    window.resize(*size)
    window.refresh()
    qtbot.waitUntil(lambda: window.board.width() + window.rail.width() == window.width())


def right(widget: QWidget, window: MainWindow) -> int:
    return widget.mapTo(window, QPoint(widget.width(), 0)).x()


@pytest.mark.parametrize(
    ("size", "percent"), [((1440, 900), 100), ((1280, 720), 100), ((1440, 900), 150), ((1280, 720), 150)]
)
def test_the_bar_says_everything_and_shows_the_day(
    ward: Ward, window: MainWindow, qtbot: QtBot, size: tuple[int, int], percent: int
) -> None:
    fill(ward)
    sized(window, qtbot, size, percent)
    bar = window.board.bar
    assert bar.shown == EVERYTHING
    assert bar.day.isVisible()
    parts = [*bar.findChildren(Figure), bar.day, bar.search]
    qtbot.waitUntil(lambda: right(bar.search, window) <= window.width())
    edges = [(part.mapTo(bar, QPoint(0, 0)).x(), right(part, window)) for part in parts]
    assert all(part.width() >= part.minimumSizeHint().width() for part in parts)
    assert max(edge for _, edge in edges) <= window.width()
    for caption in bar.findChildren(QLabel):
        assert caption.isHidden() or caption.width() >= caption.sizeHint().width(), caption.text()


def test_the_narrowest_bar_keeps_the_clock_what_runs_and_the_search(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    fill(ward)
    sized(window, qtbot, (1024, 640), 150)
    bar = window.board.bar
    assert bar.shown[0] == "running"
    assert bar.attention.isVisible()
    qtbot.waitUntil(lambda: right(bar.search, window) <= window.width())
    assert bar.search.placeholderText() == "Search…"


def test_in_few_words_a_screen_reader_is_told_all_of_them(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    fill(ward)
    sized(window, qtbot, (1280, 720), 150)
    told = {figure.accessibleName() for figure in window.board.bar.findChildren(Figure)}
    assert "4 of 12 chairs running" in told
    assert any(name.endswith("projected today") for name in told)


def test_a_nought_that_needs_nobody_is_readable(window: MainWindow) -> None:
    window.refresh()
    caption = next(
        shown for shown in window.board.bar.attention.findChildren(QLabel) if "attention" in shown.text()
    )
    assert not caption.isEnabled()
    ink = caption.palette().color(caption.foregroundRole())
    assert contrast(ink, window.theme.color("surface")) >= 450


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_on_the_rail_is_cut_in_the_lowest_window(
    window: MainWindow, qtbot: QtBot, percent: int
) -> None:
    sized(window, qtbot, (1024, 640), percent)
    rail = window.rail
    pages = [rail.button(page) for page in ("board", "review", "export", "settings")]
    boxes = [button.geometry() for button in (*pages, rail.strip, rail.user, rail.lock)]
    assert all(rail.rect().contains(box) for box in boxes)
    assert all(not one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert all(box.height() >= 40 for box in boxes)


def test_the_words_of_the_panel_end_where_its_buttons_end_with_and_without_a_scroll_bar(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    fill(ward)
    panel = window.board.panel
    bar = panel.findChildren(Scroll)[0].verticalScrollBar()
    for height, scrolls in ((1500, False), (720, True)):
        sized(window, qtbot, (1440, height), 100)
        window.board.focus("1")
        qtbot.waitUntil(lambda scrolls=scrolls: (bar.maximum() > 0) is scrolls)  # type: ignore[misc]
        qtbot.waitUntil(lambda: right(panel.parts.timeline, window) == right(panel.end, window))


def test_nothing_under_it_moves_when_an_mrn_is_shown(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    fill(ward)
    sized(window, qtbot, (1440, 900), 100)
    window.board.focus("1")
    panel = window.board.panel
    before = panel.parts.mapTo(window, QPoint(0, 0))
    panel.reveal.click()
    panel.layout().activate()  # type: ignore[union-attr]
    assert "0004821" in panel.under.text()
    assert panel.parts.mapTo(window, QPoint(0, 0)) == before
