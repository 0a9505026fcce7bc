"""A session's plan is changed from the panel, and protocols are kept, each by mouse and by keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.core.protocols import planned_services
from desktop_app.core.service import ServiceState
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.order_sheet import OrderSheet
from desktop_app.ui.sheets.plan import AddProtocolSheet, PlanSheet
from desktop_app.ui.sheets.protocol_sheet import ProtocolSheet
from desktop_app.ui.sheets.protocols import ProtocolsSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet
from tests.ui.stand_ins import FLUSH, INFLIXIMAB, ORAL, PROTOCOLS, VEDOLIZUMAB


def names(ward: Ward, chair: str = "2") -> list[str]:
    return [service.order.drug for service in planned_services(ward.in_chair(chair))]


def planned(ward: Ward, window: MainWindow, typist: Typist) -> PlanSheet:
    ward.plan(ward.plan(ward.plan(ward.seat("2"), ORAL), VEDOLIZUMAB), FLUSH)
    window.refresh()
    typist.press("2")
    typist.press("l")
    return plan_sheet(window)


def plan_sheet(window: MainWindow) -> PlanSheet:
    opened = sheet(window)
    assert isinstance(opened, PlanSheet)
    return opened


def order_sheet(window: MainWindow) -> OrderSheet:
    opened = sheet(window)
    assert isinstance(opened, OrderSheet)
    return opened


def protocol_sheet(window: MainWindow) -> ProtocolSheet:
    opened = sheet(window)
    assert isinstance(opened, ProtocolSheet)
    return opened


def protocols_sheet(window: MainWindow, mouse: Mouse) -> ProtocolsSheet:
    window.show_page("settings")
    mouse.click(window.settings.protocols.open_button)
    opened = sheet(window)
    assert isinstance(opened, ProtocolsSheet)
    return opened


def test_the_plan_opens_from_the_panel(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    ward.plan(ward.seat("1"))
    window.refresh()
    mouse.click(window.board.panel.plan)
    assert plan_sheet(window).rows.list.count() == 1


def test_a_free_chair_has_no_plan(window: MainWindow, typist: Typist) -> None:
    assert not window.board.panel.plan.isVisible()
    typist.press("2")
    typist.press("l")
    assert window.sheets.sheet is None
    assert window.toast.text == "Not done. Chair 2 is free."


def test_a_service_is_put_later_and_earlier_and_what_was_moved_stays_chosen(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = planned(ward, window, typist)
    mouse.click(opened.rows.later)
    assert names(ward) == ["Vedolizumab", "Acetaminophen", "flush"]
    assert opened.rows.list.currentRow() == 1
    mouse.click(opened.rows.later)
    assert names(ward) == ["Vedolizumab", "flush", "Acetaminophen"]
    assert not opened.rows.later.isEnabled()
    mouse.click(opened.rows.earlier)
    mouse.click(opened.rows.earlier)
    assert names(ward) == ["Acetaminophen", "Vedolizumab", "flush"]
    assert ward.journal.kinds[-4:] == ["plan-reordered"] * 4


def test_the_next_on_the_card_is_the_next_of_the_new_order(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = planned(ward, window, typist)
    mouse.click(opened.rows.later)
    typist.press(Qt.Key.Key_Escape)
    assert window.board.grid.cards[1].buttons[0].text() == "Start Vedolizumab"
    typist.press("s")
    begun = ward.in_chair("2").service("2")
    assert begun is not None
    assert begun.state is ServiceState.RUNNING


def test_a_service_is_taken_off_and_one_undo_brings_it_back(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = planned(ward, window, typist)
    mouse.click(opened.rows.remove)
    assert names(ward) == ["Vedolizumab", "flush"]
    assert opened.rows.list.count() == 2
    typist.press(Qt.Key.Key_Escape)
    shown = window.board.panel.view
    assert shown is not None
    assert [row.drug for row in shown.services] == ["Vedolizumab", "Flush"]
    typist.press("u")
    assert names(ward) == ["Acetaminophen", "Vedolizumab", "flush"]


def test_a_service_is_added_with_the_keyboard_and_the_plan_is_shown_again(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = planned(ward, window, typist)
    opened.rows.add.setFocus()
    typist.press(Qt.Key.Key_Return)
    asked = order_sheet(window)
    assert not isinstance(asked, StartSheet)
    assert not asked.site.isVisible()
    typist.enter("vanc")
    assert names(ward)[-1] == "Vancomycin"
    again = plan_sheet(window)
    assert again.rows.list.currentRow() == 3
    assert focused() is again.rows.list


def test_a_planned_service_is_changed_and_keeps_what_was_not_touched(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.plan(ward.seat("2"), INFLIXIMAB)
    window.refresh()
    typist.press("2")
    typist.press("l")
    mouse.click(plan_sheet(window).rows.change)
    asked = order_sheet(window)
    assert (asked.search.text(), asked.dose.text) == ("Infliximab", "400")
    assert asked.more.rates.text == "0: 20, 15: 40"
    asked.dose.set_text("500")
    typist.press(Qt.Key.Key_Return)
    order = planned_services(ward.in_chair("2"))[0].order
    assert order.dose is not None
    assert INFLIXIMAB.dose is not None
    assert replace(order, dose=INFLIXIMAB.dose) == INFLIXIMAB
    assert order.dose.amount == 500
    plan_sheet(window)


def test_a_double_click_on_a_planned_service_changes_it(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = planned(ward, window, typist)
    second = QPoint(60, 60)
    QTest.mouseClick(opened.rows.list.viewport(), Qt.MouseButton.LeftButton, pos=second)
    QTest.mouseDClick(opened.rows.list.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert order_sheet(window).search.text() == "Vedolizumab"


def test_escape_from_a_change_keeps_nothing_and_shows_the_plan_again(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = planned(ward, window, typist)
    stored = len(ward.journal.kinds)
    mouse.click(opened.rows.change)
    order_sheet(window).dose.set_text("1000")
    typist.press(Qt.Key.Key_Escape)
    plan_sheet(window)
    assert len(ward.journal.kinds) == stored


def test_a_change_that_cannot_be_read_is_said_in_its_sheet(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = planned(ward, window, typist)
    mouse.click(opened.rows.change)
    asked = order_sheet(window)
    asked.dose.set_text("much")
    typist.press(Qt.Key.Key_Return)
    assert asked.problem == "The dose “much” is not a number over 0."


def test_a_whole_protocol_joins_the_plan(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.plan(ward.seat("2"))
    window.refresh()
    typist.press("2")
    typist.press("l")
    mouse.click(plan_sheet(window).from_protocol)
    asked = sheet(window)
    assert isinstance(asked, AddProtocolSheet)
    typist.press(Qt.Key.Key_Return)
    assert asked.problem == "Choose a protocol first."
    typist.enter("ved")
    assert names(ward) == ["Vancomycin", "Vedolizumab", "flush"]
    assert ward.in_chair("2").services[1].protocol == "Vedolizumab"
    plan_sheet(window)


def test_a_session_s_plan_is_saved_as_a_protocol_of_the_suite_s_own(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = planned(ward, window, typist)
    mouse.click(opened.keep)
    asked = protocol_sheet(window)
    typist.press(Qt.Key.Key_Return)
    assert asked.problem == "A protocol needs a name."
    asked.name.edit.setFocus()
    typist.enter("Ours")
    assert ward.protocols.own["Ours"].services == (ORAL, VEDOLIZUMAB, FLUSH)
    plan_sheet(window)


def test_a_planned_row_of_the_panel_starts_changes_and_takes_off(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.plan(ward.seat("2"), VEDOLIZUMAB), FLUSH)
    window.refresh()
    window.board.panel.service_asked.emit(session.id, "1")
    opened = sheet(window)
    assert isinstance(opened, ChooseSheet)
    assert list(opened.choices) == [
        "Start now", "Start, with dose or vial…", "Started at…", "Change…", "Take off the plan",
        "The whole plan…", "Note…",
    ]  # fmt: skip
    opened.choices["Change…"].click()
    order_sheet(window).planned.set_text("45")
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert planned_services(ward.in_chair("2"))[0].order.planned_minutes == 45
    window.board.panel.service_asked.emit(session.id, "1")
    again = sheet(window)
    assert isinstance(again, ChooseSheet)
    again.choices["Take off the plan"].click()
    assert names(ward) == ["flush"]


def test_a_change_that_was_not_taken_is_said_in_the_sheet_and_the_plan_stays(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = planned(ward, window, typist)
    ward.journal.is_stale = True
    mouse.click(opened.rows.remove)
    assert opened.problem.startswith("This was changed elsewhere")
    assert names(ward) == ["Acetaminophen", "Vedolizumab", "flush"]


def test_a_protocol_is_written_from_nothing(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    mouse.click(protocols_sheet(window, mouse).new)
    asked = protocol_sheet(window)
    asked.name.set_text("Ours")
    mouse.click(asked.rows.add)
    typist.enter("vanc")
    mouse.click(protocol_sheet(window).rows.add)
    typist.enter("normal")
    again = protocol_sheet(window)
    assert again.name.text == "Ours"
    mouse.click(again.rows.earlier)
    mouse.click(again.go)
    kept = [order.drug for order in ward.protocols.own["Ours"].services]
    assert kept == ["Normal saline, 500 mL", "Vancomycin"]
    shown = sheet(window)
    assert isinstance(shown, ProtocolsSheet)
    assert shown.picker.list.item(0).text() == "Ours"


def test_an_example_is_changed_as_a_copy_that_goes_before_it(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    opened = protocols_sheet(window, mouse)
    assert not opened.change.isEnabled()
    typist.type("ved")
    assert opened.change.isEnabled()
    assert not opened.delete.isEnabled()
    mouse.click(opened.change)
    asked = protocol_sheet(window)
    asked.rows.list.setCurrentRow(1)
    mouse.click(asked.rows.remove)
    mouse.click(asked.go)
    assert ward.protocols.own["Vedolizumab"] == replace(PROTOCOLS[1], services=(VEDOLIZUMAB,))
    assert [protocol.name for protocol in ward.protocols.all()] == ["Vedolizumab", "Infliximab, titrated"]


def test_a_copy_has_a_name_of_its_own(ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse) -> None:
    opened = protocols_sheet(window, mouse)
    typist.type("ved")
    mouse.click(opened.copy)
    mouse.click(protocol_sheet(window).go)
    assert list(ward.protocols.own) == ["Vedolizumab (copy)"]


def test_a_protocol_of_the_suite_s_own_is_renamed_and_deleted_only_when_asked_twice(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.protocols.save(replace(PROTOCOLS[1], name="Ours"))
    opened = protocols_sheet(window, mouse)
    typist.type("our")
    mouse.click(opened.change)
    protocol_sheet(window).name.set_text("Mine")
    mouse.click(protocol_sheet(window).go)
    assert list(ward.protocols.own) == ["Mine"]
    opened = protocols_sheet(window, mouse)
    typist.type("mine")
    mouse.click(opened.delete)
    asked = sheet(window)
    assert isinstance(asked, ChooseSheet)
    typist.press(Qt.Key.Key_Return)
    assert list(ward.protocols.own) == ["Mine"]
    again = sheet(window)
    assert isinstance(again, ProtocolsSheet)
    typist.type("mine")
    mouse.click(again.delete)
    asked = sheet(window)
    assert isinstance(asked, ChooseSheet)
    mouse.click(asked.choices["Delete it"])
    assert ward.protocols.own == {}


def test_what_cannot_be_kept_or_deleted_says_so_and_nothing_that_was_typed_is_lost(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.protocols.save(replace(PROTOCOLS[1], name="Ours"))
    ward.protocols.problem = "The file x cannot be written: disk full. Nothing was changed."
    opened = protocols_sheet(window, mouse)
    typist.type("our")
    mouse.click(opened.change)
    asked = protocol_sheet(window)
    asked.name.set_text("Mine")
    mouse.click(asked.go)
    assert (asked.problem, asked.name.text) == (ward.protocols.problem, "Mine")
    typist.press(Qt.Key.Key_Escape)
    typist.type("our")
    deleting = sheet(window)
    assert isinstance(deleting, ProtocolsSheet)
    mouse.click(deleting.delete)
    choosing = sheet(window)
    assert isinstance(choosing, ChooseSheet)
    mouse.click(choosing.choices["Delete it"])
    assert sheet(window).problem == ward.protocols.problem
    assert list(ward.protocols.own) == ["Ours"]


def test_a_file_that_is_left_out_is_told_in_the_settings_as_long_as_it_is(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    ward.protocols.told = ("protocols/iron.toml, line 7: route should be one of oral.",)
    window.show_page("settings")
    (fault,) = window.settings.protocols.faults
    assert fault.text() == "Left out: protocols/iron.toml, line 7: route should be one of oral."
    assert fault.isVisible()
    protocols_sheet(window, mouse)
