"""A card is carried onto a free chair with the mouse: one touch, told with its undo, and no other chair's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.stay import end_session
from desktop_app.ui.board.card import Card
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse

LEFT = Qt.MouseButton.LeftButton


def card(window: MainWindow, chair: str) -> Card:
    found = window.board.grid.card(chair)
    assert found is not None
    return found


def take(window: MainWindow, here: str) -> Card:
    """Press the mouse on the name of a card."""
    window.refresh()
    taken = card(window, here)
    QTest.mousePress(taken, LEFT, pos=QPoint(40, 30))
    return taken


def over(taken: Card, target: Card) -> None:
    """Carry a pressed card over another, in two steps as a hand does."""
    at = target.mapTo(target.window(), target.rect().center())
    for point in (QPoint(70, 40), taken.mapFrom(taken.window(), at)):
        QTest.mouseMove(taken, point)


def let_go(taken: Card, target: Card) -> None:
    at = target.mapTo(target.window(), target.rect().center())
    QTest.mouseRelease(taken, LEFT, pos=taken.mapFrom(taken.window(), at))


def test_a_card_let_go_on_a_free_chair_moves_its_patient(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(9)
    taken, target = take(window, "1"), card(window, "3")
    over(taken, target)
    assert window.board.grid.carry.ghost.text() == "R. M. · ••4821: move to chair 3"
    let_go(taken, target)
    assert window.toast.text == "Chair 1 · moved to chair 3 at 09:09:00 · saved"
    assert (ward.session(session.id).chair, window.board.chair) == ("3", "3")
    assert not window.board.grid.carry.is_carrying
    Mouse(qtbot).click(window.toast.undo_button)
    assert ward.session(session.id).chair == "1"


def test_a_card_let_go_on_a_taken_chair_stays_and_says_why(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.seat("3", mrn="0009999")
    stored = len(ward.journal.kinds)
    taken, target = take(window, "1"), card(window, "3")
    over(taken, target)
    assert window.board.grid.carry.ghost.text() == "Chair 3 is taken"
    let_go(taken, target)
    assert window.toast.text == "Not done. Chair 3 is taken."
    assert (len(ward.journal.kinds), ward.session(session.id).chair) == (stored, "1")


def test_a_chair_whose_patient_has_left_can_be_taken(ward: Ward, window: MainWindow) -> None:
    ward.do(ward.seat("3", mrn="0009999"), end_session)
    session = ward.start(ward.seat("1"))
    taken, target = take(window, "1"), card(window, "3")
    over(taken, target)
    let_go(taken, target)
    assert ward.session(session.id).chair == "3"


def test_a_press_that_hardly_moves_is_a_click(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    ward.seat("3", mrn="0009999")
    window.refresh()
    window.board.focus("3")
    taken = take(window, "1")
    QTest.mouseMove(taken, QPoint(43, 32))
    assert not window.board.grid.carry.is_carrying
    QTest.mouseRelease(taken, LEFT, pos=QPoint(43, 32))
    assert window.board.chair == "1"


def test_a_card_that_is_let_go_on_itself_or_beside_all_chairs_stays(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    stored = len(ward.journal.kinds)
    taken = take(window, "1")
    over(taken, card(window, "3"))
    over(taken, taken)
    assert window.board.grid.carry.ghost.text() == "R. M. · ••4821: to a free chair"
    let_go(taken, taken)
    taken = take(window, "1")
    over(taken, card(window, "3"))
    QTest.mouseRelease(taken, LEFT, pos=QPoint(-500, -500))
    assert (len(ward.journal.kinds), ward.session(session.id).chair) == (stored, "1")
    assert (window.sheets.sheet, window.toast.text) == (None, "")


def test_escape_puts_the_card_down(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    taken, target = take(window, "1"), card(window, "3")
    over(taken, target)
    QTest.keyClick(taken, Qt.Key.Key_Escape)
    assert not window.board.grid.carry.is_carrying
    let_go(taken, target)
    assert ward.session(session.id).chair == "1"


@pytest.mark.parametrize("ended", [False, True])
def test_nobody_is_carried_from_a_free_chair_or_after_the_end(
    ward: Ward, window: MainWindow, *, ended: bool
) -> None:
    if ended:
        ward.do(ward.seat("1"), end_session)
    stored = len(ward.journal.kinds)
    taken, target = take(window, "1"), card(window, "3")
    over(taken, target)
    assert not window.board.grid.carry.is_carrying
    let_go(taken, target)
    assert len(ward.journal.kinds) == stored


def test_time_goes_on_while_a_card_is_carried(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    taken, target = take(window, "1"), card(window, "3")
    over(taken, target)
    ward.clock.advance(1)
    window.refresh()
    assert taken.view.time == "0:01:00"
    let_go(taken, target)
    assert ward.session(session.id).moves[0].at.at_us == ward.clock.now().wall_us
