"""The last touch, told at the foot: where it stands, what it never covers, what stays beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.stay import end_session
from desktop_app.ui.sheets.keys_sheet import KeysSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist

LONG = "Chair 12 · Immune globulin intravenous human, ten per cent caprylate, stopped at 10:31:44"


def on_window(widget: QWidget, window: MainWindow) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 700)])
@pytest.mark.parametrize("percent", [100, 150])
def test_news_stands_under_the_chairs_and_covers_no_card(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], percent: int
) -> None:
    window.resize(*size)
    window.theme.choose(text_percent=percent)
    window.toast.say_saved(LONG * 2, can_undo=True)
    qtbot.waitUntil(lambda: window.board.width() + window.rail.width() == window.width())
    news, chairs = on_window(window.toast, window), on_window(window.board.news_place(), window)
    assert chairs.adjusted(16, 0, -16, 0).contains(news)
    assert not news.intersects(on_window(window.board.grid, window))
    assert not news.intersects(on_window(window.board.panel, window))


def test_long_news_loses_its_middle_and_keeps_the_chair_the_time_and_all_of_it_as_a_tip(
    window: MainWindow,
) -> None:
    window.resize(1024, 700)
    window.toast.say_saved(LONG, can_undo=True)
    assert window.toast.text == window.toast.toolTip() == f"{LONG} · saved"


def test_news_stands_over_the_buttons_at_the_foot_of_the_review(window: MainWindow) -> None:
    window.show_page("review")
    window.toast.say_saved(LONG, can_undo=True)
    assert on_window(window.toast, window).bottom() < on_window(window.review.sign_button, window).top()


def test_an_open_sheet_lies_over_the_news(window: MainWindow) -> None:
    window.toast.say_saved("Chair 1 · seated", can_undo=True)
    window.sheets.open(KeysSheet(window.theme))
    window.toast.say_saved("Chair 2 · seated", can_undo=True)
    on_top = window.childAt(on_window(window.toast, window).center())
    assert on_top is not None
    assert not window.toast.isAncestorOf(on_top)


def test_a_refusal_offers_no_undo_of_the_touch_before(window: MainWindow, ward: Ward, qtbot: QtBot) -> None:
    session = ward.start(ward.seat("1"))
    hands = Typist(qtbot, window)
    window.refresh()
    window.board.focus("1")
    hands.press("x")
    assert window.toast.undo_button.isVisible()
    hands.press("x")
    assert window.toast.text == "Not done. Vancomycin has stopped already, at 09:00:00."
    assert not window.toast.undo_button.isVisible()
    hands.press("u")
    assert window.toast.text.startswith("Chair 1 · Vancomycin stop taken back")
    assert ward.session(session.id).open_services


def test_keys_that_came_too_fast_offer_no_undo(window: MainWindow, ward: Ward, qtbot: QtBot) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    window.board.focus("1")
    Typist(qtbot, window).press("x")
    window.keyboard.reader.too_fast.emit("as")
    assert window.toast.text.startswith("Not done. The keys came too fast")
    assert not window.toast.undo_button.isVisible()


@pytest.mark.parametrize("scrolled", [0, 100_000])
def test_the_foot_is_the_chairs_while_there_is_no_news_and_no_card_moves_for_it(
    window: MainWindow, ward: Ward, qtbot: QtBot, scrolled: int
) -> None:
    ward.settings.values["chairs"] = "40"
    ward.desk.set_chairs(ward.settings.chairs())
    window.resize(1280, 720)
    window.refresh()
    grid = window.board.grid
    qtbot.waitUntil(lambda: grid.height() == window.board.height() - window.board.bar.height())
    qtbot.waitUntil(lambda: window.board.width() + window.rail.width() == window.width() == 1280)
    qtbot.waitUntil(lambda: grid.width() + window.board.panel.width() == window.board.width())
    grid.verticalScrollBar().setValue(scrolled)
    before = [on_window(card, window) for card in grid.cards]
    window.toast.say("Chair 1 · stopped")
    qtbot.waitUntil(lambda: grid.height() < window.board.height() - window.board.bar.height())
    assert not on_window(window.toast, window).intersects(on_window(grid, window))
    assert [on_window(card, window) for card in grid.cards] == before
    window.toast.hide()
    qtbot.waitUntil(lambda: grid.height() == window.board.height() - window.board.bar.height())
    assert [on_window(card, window) for card in grid.cards] == before


def test_the_last_row_can_be_brought_over_the_news(window: MainWindow, ward: Ward, qtbot: QtBot) -> None:
    ward.settings.values["chairs"] = "40"
    ward.desk.set_chairs(ward.settings.chairs())
    window.resize(1280, 720)
    window.refresh()
    window.toast.say("Chair 1 · stopped")
    grid = window.board.grid
    qtbot.waitUntil(lambda: grid.height() < window.board.height() - window.board.bar.height())
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    assert on_window(grid.cards[-1], window).bottom() < on_window(window.toast, window).top()


def test_news_too_long_for_a_line_breaks_and_keeps_its_time(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    window.theme.choose(text_percent=150)
    qtbot.waitUntil(lambda: window.board.width() + window.rail.width() == window.width() == 1280)
    window.toast.say("Chair 4 · Iron sucrose stopped at 10:42:07 · saved now. Everything is on disk.")
    told = next(shown for shown in window.toast.findChildren(QLabel) if shown.isVisible())
    assert "10:42:07" in told.text()
    qtbot.waitUntil(lambda: told.height() >= 2 * told.fontMetrics().height())
    assert window.toast.height() >= told.height() + 8
    qtbot.waitUntil(
        lambda: not on_window(window.toast, window).intersects(on_window(window.board.grid, window))
    )


@pytest.mark.parametrize("percent", [100, 150])
def test_news_over_the_review_hides_nothing_of_the_session(
    ward: Ward, window: MainWindow, qtbot: QtBot, percent: int
) -> None:
    ward.do(ward.stop(ward.start(ward.seat("1"))), end_session)
    window.resize(1280, 720)
    window.theme.choose(text_percent=percent)
    window.show_page("review")
    high = window.review.view.place.height()
    window.toast.say_saved("Chair 1 · session signed", can_undo=False)
    qtbot.waitUntil(lambda: window.review.view.place.height() < high)
    news = on_window(window.toast, window)
    assert on_window(window.review.view, window).contains(news)
    assert not news.intersects(on_window(window.review.view.place, window))
    window.toast.hide()
    qtbot.waitUntil(lambda: window.review.view.place.height() == high)
