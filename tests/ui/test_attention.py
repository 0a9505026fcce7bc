"""What needs someone: counted, named, and one press away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.decisions import pressed
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card import Card
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused


def busy(ward: Ward, window: MainWindow) -> None:
    """Chair 2 is past its plan, chair 5 misses a stop, chair 9 has a mark, and one mark has no chair."""
    ward.start(ward.seat("2"))
    ward.do(ward.start(ward.seat("5")), end_session)
    ward.clock.advance(72)
    for chair in ("9", ""):
        ward.desk.mark(pressed(ward.clock.now().wall_us), chair=chair)
    window.refresh()
    window.board.focus("1")


def test_the_number_names_every_chair_past_plan_without_stop_or_with_a_mark(
    ward: Ward, window: MainWindow
) -> None:
    busy(ward, window)
    assert window.board.bar.attention.accessibleName() == (
        "4 need attention: chair 2, 12 min past plan; chair 5, stop missing; chair 9, "
        "mark at 10:12 to explain; mark at 10:12 to explain. Go to the next"
    )
    assert window.board.bar.attention.height() >= 40


def test_a_click_on_the_number_goes_from_chair_to_chair(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    click = partial(Mouse(qtbot).click, window.board.bar.attention)
    visited = []
    for _ in range(3):
        click()
        visited.append(window.board.chair)
    assert visited == ["2", "5", "9"]
    click()
    assert focused() in window.board.panel.marks.buttons.values()
    click()
    assert window.board.chair == "2"


def test_the_key_n_goes_to_the_next_chair_that_needs_someone(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    hands = Typist(qtbot, window)
    hands.press("n")
    hands.press("n")
    assert isinstance(focused(), Card)
    assert window.board.chair == "5"


def test_with_nothing_to_see_to_the_number_is_no_button(window: MainWindow) -> None:
    assert not window.board.bar.attention.isEnabled()
    assert window.board.bar.attention.accessibleName() == "Nothing needs attention"
    assert window.board.bar.attention.focusPolicy() & Qt.FocusPolicy.TabFocus
