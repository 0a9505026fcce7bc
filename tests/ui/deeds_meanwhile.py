"""The deeds while something runs, told and counted as those of a visit are: see ``deeds``."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.core.service import ServiceState
from desktop_app.ui.sheets.bag import BagSheet
from desktop_app.ui.sheets.note import NoteSheet, ReactionSheet
from desktop_app.ui.sheets.who import WhoSheet
from tests.ui.at_work import VIAL, Hands
from tests.ui.conftest import VANCOMYCIN
from tests.ui.orders import GLOBULIN

VITALS = replace(VANCOMYCIN, vitals_every_minutes=30)


def rate_was_stepped(hands: Hands) -> None:
    assert [rate.rate_ml_h for rate in hands.first("9").rates] == ["60"]


def rate_step_by_mouse(hands: Hands) -> None:
    hands.running("9", GLOBULIN, minutes=30)
    hands.mouse.click(hands.card("9").buttons[1])
    rate_was_stepped(hands)


def rate_step_by_keyboard(hands: Hands) -> None:
    hands.running("9", GLOBULIN, minutes=30)
    hands.typist.press("d")
    rate_was_stepped(hands)


def bag_was_changed(hands: Hands, lot: str = "") -> None:
    (bag,) = hands.first("9").bags
    assert bag.lot == lot


def bag_by_mouse(hands: Hands) -> None:
    hands.running("9", GLOBULIN, minutes=20)
    hands.more("9", "New bag…")
    hands.mouse.click(hands.sheet(BagSheet).go)
    bag_was_changed(hands)


def bag_by_keyboard(hands: Hands) -> None:
    hands.running("9", GLOBULIN, minutes=20)
    hands.typist.press("b")
    hands.typist.press(Qt.Key.Key_Return)
    bag_was_changed(hands)


def bag_by_scanner(hands: Hands) -> None:
    hands.running("9", GLOBULIN, minutes=20)
    hands.typist.press("b")
    hands.typist.scan(VIAL)
    bag_was_changed(hands, "LOT7")


def move_by_mouse(hands: Hands) -> None:
    """Carry the card: one movement with the button held down."""
    hands.running("2")
    taken, target = hands.card("2"), hands.card("11")
    there = taken.mapFrom(taken.window(), target.mapTo(target.window(), target.rect().center()))
    QTest.mousePress(taken, Qt.MouseButton.LeftButton, pos=QPoint(40, 30))
    for point in (QPoint(70, 40), there):
        QTest.mouseMove(taken, point)
    QTest.mouseRelease(taken, Qt.MouseButton.LeftButton, pos=there)
    hands.mouse.touches += 1
    assert hands.ward.in_chair("11").open_services


def move_by_keyboard(hands: Hands) -> None:
    hands.running("2")
    hands.typist.press("c")
    hands.typist.enter("11")
    assert hands.ward.in_chair("11").open_services


def hives_paused_it(hands: Hands) -> None:
    service = hands.first("3")
    assert (service.state, service.pauses[0].reason) == (ServiceState.PAUSED, "Reaction: hives")


def reaction_by_mouse(hands: Hands) -> None:
    hands.running("3", minutes=12)
    hands.more("3", "Reaction…")
    opened = hands.sheet(ReactionSheet)
    hands.mouse.click(opened.signs["h"])
    hands.mouse.click(opened.go)
    hives_paused_it(hands)


def reaction_by_keyboard(hands: Hands) -> None:
    hands.running("3", minutes=12)
    for key in ("y", "h", Qt.Key.Key_Return):
        hands.typist.press(key)
    hives_paused_it(hands)


def note_by_mouse(hands: Hands) -> None:
    hands.running("3", minutes=12)
    hands.more("3", "Note…")
    opened = hands.sheet(NoteSheet)
    hands.fill(opened.text.edit, "warm blanket")
    hands.mouse.click(opened.go)
    assert hands.ward.in_chair("3").notes[0].text == "warm blanket"


def note_by_keyboard(hands: Hands) -> None:
    hands.running("3", minutes=12)
    hands.typist.press("j")
    hands.typist.enter("warm blanket")
    assert hands.ward.in_chair("3").notes[0].text == "warm blanket"


def keep_vein_open_by_mouse(hands: Hands) -> None:
    hands.running("3", minutes=12)
    hands.more("3", "Stop, keep vein open")
    assert [s.is_open for s in hands.ward.in_chair("3").services] == [False, True]


def keep_vein_open_by_keyboard(hands: Hands) -> None:
    hands.running("3", minutes=12)
    hands.typist.press("h")
    assert [s.is_open for s in hands.ward.in_chair("3").services] == [False, True]


def reminder_seen_by_mouse(hands: Hands) -> None:
    hands.running("4", VITALS, minutes=30)
    hands.mouse.click(hands.card("4").due)
    assert [one.reminder for one in hands.ward.in_chair("4").acknowledged] == ["vitals"]


def reminder_seen_by_keyboard(hands: Hands) -> None:
    hands.running("4", VITALS, minutes=30)
    hands.typist.press("k")
    assert [one.reminder for one in hands.ward.in_chair("4").acknowledged] == ["vitals"]


def undo_by_mouse(hands: Hands) -> None:
    hands.running("4")
    hands.card("4").buttons[0].click()
    hands.mouse.click(hands.window.toast.undo_button)
    assert hands.ward.in_chair("4").open_services


def undo_by_keyboard(hands: Hands) -> None:
    hands.running("4")
    hands.card("4").buttons[0].click()
    hands.typist.press("u")
    assert hands.ward.in_chair("4").open_services


def somebody_else_is_on(hands: Hands) -> None:
    assert hands.window.sheets.sheet is None
    assert hands.window.station.desk.actor == "BN"


def who_works_here_by_mouse(hands: Hands) -> None:
    hands.ward.settings.values["recent-people"] = "AK, BN"
    hands.mouse.click(hands.window.rail.user)
    hands.mouse.click(hands.sheet(WhoSheet).people["BN"])
    somebody_else_is_on(hands)


def who_works_here_by_keyboard(hands: Hands) -> None:
    hands.typist.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    hands.typist.enter("bn")
    somebody_else_is_on(hands)
