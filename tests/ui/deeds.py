"""The deeds of a shift in the real window, each by the mouse, by the keyboard, and by the scanner.

A deed arranges what is there, makes its touches, and checks what is stored. A touch is a click, a
key, a scan, or a text typed into a field with the Enter behind it. By keyboard the chair is the
chosen one, unless the deed begins with choosing it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Stage
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from tests.fakes import at
from tests.ui.at_work import VIAL, Hands
from tests.ui.conftest import SALINE
from tests.ui.hands import focused, shown
from tests.ui.stand_ins import VEDOLIZUMAB

MRN = "0004821"
WRISTBAND = "MRN4478123"
NDC = "12345067890"
ROW = 40


def vancomycin_runs(hands: Hands, chair: str) -> None:
    service = hands.first(chair)
    assert (service.order.drug, service.state) == ("Vancomycin", ServiceState.RUNNING)


def seat_and_start_by_mouse(hands: Hands) -> None:
    hands.mouse.click(hands.card("5"))
    hands.fill(hands.sheet(SeatSheet).mrn.edit, MRN)
    hands.mouse.click(hands.sheet(SeatSheet).seat)
    hands.fill(hands.sheet(StartSheet).search, "van")
    hands.mouse.click(hands.sheet(StartSheet).go)
    vancomycin_runs(hands, "5")


def seat_and_start_by_keyboard(hands: Hands) -> None:
    hands.typist.press("5")
    hands.typist.press(Qt.Key.Key_Return)
    hands.typist.enter(MRN)
    hands.typist.enter("van")
    vancomycin_runs(hands, "5")


def seat_and_start_by_scanner(hands: Hands) -> None:
    hands.ward.products.codes[NDC] = ("J3370",)
    given = hands.ward.start(hands.ward.seat("2", mrn="0009940"))
    hands.ward.stop(given)
    hands.choose("1")
    hands.typist.scan(WRISTBAND)
    hands.typist.press(Qt.Key.Key_Return)
    hands.typist.scan(VIAL)
    hands.typist.press(Qt.Key.Key_Return)
    vancomycin_runs(hands, "1")
    dose = hands.first().order.dose
    assert dose is not None
    assert (dose.ndc, dose.lot) == (NDC, "LOT7")


def plan_has_begun(hands: Hands, chair: str) -> None:
    drug, flush = hands.ward.in_chair(chair).services
    assert (drug.order.drug, drug.state, flush.state) == (
        "Vedolizumab", ServiceState.RUNNING, ServiceState.PLANNED,
    )  # fmt: skip


def seat_with_protocol_by_mouse(hands: Hands) -> None:
    hands.mouse.click(hands.card("5"))
    opened = hands.sheet(SeatSheet)
    hands.fill(opened.mrn.edit, MRN)
    hands.mouse.click_at(opened.protocols.list.viewport(), QPoint(60, ROW + ROW // 2))
    hands.mouse.click(opened.seat)
    hands.mouse.click(hands.sheet(StartSheet).go)
    plan_has_begun(hands, "5")


def seat_with_protocol_by_keyboard(hands: Hands) -> None:
    hands.typist.press("5")
    hands.typist.press(Qt.Key.Key_Return)
    hands.typist.type(MRN)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        hands.typist.press(key)
    hands.typist.enter("ved")
    hands.typist.press(Qt.Key.Key_Return)
    plan_has_begun(hands, "5")


def seat_with_protocol_by_scanner(hands: Hands) -> None:
    hands.ward.products.codes[NDC] = ("J3380",)
    hands.typist.scan(WRISTBAND)
    hands.typist.enter("ved")
    hands.typist.scan(VIAL)
    hands.typist.press(Qt.Key.Key_Return)
    plan_has_begun(hands, "1")


def start_next_by_mouse(hands: Hands) -> None:
    hands.ward.plan(hands.ward.seat("2"), VEDOLIZUMAB)
    hands.choose("2")
    hands.mouse.click(hands.card("2").buttons[0])
    assert hands.first("2").state is ServiceState.RUNNING


def start_next_by_keyboard(hands: Hands) -> None:
    hands.ward.plan(hands.ward.seat("2"), VEDOLIZUMAB)
    hands.choose("2")
    hands.typist.press("s")
    assert hands.first("2").state is ServiceState.RUNNING


def start_next_by_scanner(hands: Hands) -> None:
    hands.ward.products.codes[NDC] = ("J3380",)
    hands.ward.plan(hands.ward.seat("2"), VEDOLIZUMAB)
    hands.choose("2")
    hands.typist.scan(VIAL)
    hands.typist.press(Qt.Key.Key_Return)
    assert hands.first("2").state is ServiceState.RUNNING


def find_by_mouse(hands: Hands) -> None:
    hands.running("11")
    hands.choose("1")
    hands.mouse.click(hands.card("11"))
    assert hands.window.board.chair == "11"


def find_by_keyboard(hands: Hands) -> None:
    hands.running("11")
    hands.choose("1")
    hands.typist.press("1")
    hands.typist.press("1")
    assert hands.window.board.chair == "11"


def find_by_scanner(hands: Hands) -> None:
    hands.ward.seat("11", mrn=WRISTBAND)
    hands.choose("1")
    hands.typist.scan(WRISTBAND)
    assert hands.window.board.chair == "11"


def stop_by_mouse(hands: Hands) -> None:
    hands.running("4")
    hands.choose("1")
    hands.mouse.click(hands.card("4").buttons[0])
    assert hands.first("4").state is ServiceState.STOPPED


def stop_by_keyboard(hands: Hands) -> None:
    hands.running("4")
    hands.typist.press("x")
    assert hands.first("4").state is ServiceState.STOPPED


def was_paused(hands: Hands) -> None:
    (pause,) = hands.first("4").pauses
    assert (pause.reason, pause.until is not None) == ("Line trouble", True)


def pause_and_resume_by_mouse(hands: Hands) -> None:
    hands.running("4", minutes=20)
    hands.mouse.click(hands.card("4").buttons[1])
    hands.mouse.click(hands.sheet(PauseSheet).reasons["Line trouble"])
    hands.mouse.click(hands.card("4").buttons[0])
    was_paused(hands)


def pause_and_resume_by_keyboard(hands: Hands) -> None:
    hands.running("4", minutes=20)
    for letter in "plp":
        hands.typist.press(letter)
    was_paused(hands)


def one_follows_another(hands: Hands, minutes: int) -> None:
    session = hands.ward.plan(hands.ward.start(hands.ward.seat("2")), SALINE)
    hands.ward.clock.advance(minutes)
    hands.choose("2")
    assert session.open_services


def followed(hands: Hands) -> None:
    drug, fluid = hands.ward.in_chair("2").services
    assert drug.stop is not None
    assert fluid.start is not None
    assert drug.stop.at_us == fluid.start.at_us


def stop_and_start_next_by_mouse(hands: Hands) -> None:
    one_follows_another(hands, minutes=58)
    hands.mouse.click(hands.card("2").buttons[1])
    followed(hands)


def stop_and_start_next_by_keyboard(hands: Hands) -> None:
    one_follows_another(hands, minutes=58)
    hands.typist.press("g")
    followed(hands)


def stop_early_and_start_next_by_mouse(hands: Hands) -> None:
    one_follows_another(hands, minutes=20)
    hands.more("2", "Stop, start Normal saline")
    followed(hands)


def stop_early_and_start_next_by_keyboard(hands: Hands) -> None:
    one_follows_another(hands, minutes=20)
    hands.typist.press("g")
    followed(hands)


def stopped_at_ten_past_ten_less_five(hands: Hands) -> None:
    stop = hands.first().stop
    assert stop is not None
    assert stop.at_us == at("2026-03-02T10:05")


def missed_stop_by_mouse(hands: Hands) -> None:
    hands.running()
    hands.mouse.click(hands.card("1").buttons[1])
    asked = hands.sheet(StoppedAtSheet)
    hands.mouse.click(asked.at.back_5)
    hands.mouse.click(asked.how.chip("saw"))
    hands.mouse.click(asked.go)
    stopped_at_ten_past_ten_less_five(hands)


def missed_stop_by_keyboard(hands: Hands) -> None:
    hands.running()
    hands.typist.press("t")
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return):
        hands.typist.press(key)
    stopped_at_ten_past_ten_less_five(hands)


def stopped(hands: Hands) -> None:
    hands.ward.stop(hands.running())
    hands.ward.clock.advance(2)
    hands.choose("1")


def corrected_from_the_pump(hands: Hands) -> None:
    stopped_at_ten_past_ten_less_five(hands)
    (correction,) = hands.first().corrections
    assert (correction.reason, correction.after.how) == ("Pump log", HowKnown.PUMP)


def correct_stop_by_mouse(hands: Hands) -> None:
    stopped(hands)
    hands.mouse.click(shown(hands.qtbot, hands.window.board.panel.parts.services, ServiceButton)[0])
    hands.mouse.click(hands.sheet(ChooseSheet).choices["Correct the stop…"])
    asked = hands.sheet(CorrectSheet)
    hands.mouse.click(asked.at.back_5)
    hands.mouse.click(asked.usual["Pump log"])
    hands.mouse.click(asked.go)
    corrected_from_the_pump(hands)


def correct_stop_by_keyboard(hands: Hands) -> None:
    stopped(hands)
    hands.typist.press("t")
    for key in (Qt.Key.Key_PageDown, "p", Qt.Key.Key_Return):
        hands.typist.press(key)
    corrected_from_the_pump(hands)


def stop_was_marked(hands: Hands) -> None:
    stop = hands.first().stop
    assert stop is not None
    assert stop.at_us == hands.ward.clock.now().wall_us - 4 * MINUTE_US


def mark_and_assign_by_mouse(hands: Hands) -> None:
    hands.running()
    hands.mouse.click(hands.window.board.panel.mark)
    hands.ward.clock.advance(4)
    hands.window.refresh()
    (button,) = hands.window.board.panel.marks.buttons.values()
    hands.qtbot.waitUntil(button.isVisible)
    hands.mouse.click(button)
    hands.mouse.click(hands.sheet(ChooseSheet).choices["Stop of Vancomycin"])
    stop_was_marked(hands)


def mark_and_assign_by_keyboard(hands: Hands) -> None:
    hands.running()
    hands.typist.press("m")
    hands.ward.clock.advance(4)
    hands.typist.press("w")
    assert hands.sheet(ChooseSheet).back is focused(), "Enter alone must give no meaning"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        hands.typist.press(key)
    stop_was_marked(hands)


def is_signed(hands: Hands) -> None:
    (session,) = hands.ward.desk.suite.sessions.values()
    assert session.stage is Stage.SIGNED


def end_and_sign_by_mouse(hands: Hands) -> None:
    stopped(hands)
    hands.mouse.click(hands.window.board.panel.end)
    hands.mouse.click(hands.card("1").buttons[0])
    hands.mouse.click(hands.window.review.sign_button)
    is_signed(hands)


def end_and_sign_by_keyboard(hands: Hands) -> None:
    stopped(hands)
    hands.typist.press("e")
    hands.typist.press("r")
    hands.typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    is_signed(hands)
