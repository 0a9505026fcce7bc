"""Who sits where: no patient in two chairs unasked, nobody new over a session that waits for review."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.core.stay import end_session
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, focused, sheet


def seat_sheet(window: MainWindow) -> SeatSheet:
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    return opened


def test_a_patient_who_sits_elsewhere_is_seated_only_by_a_second_enter_on_its_button(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("7", mrn="00551234")
    typist.press("3")
    typist.press(Qt.Key.Key_Return)
    typist.enter("00551234")
    opened = seat_sheet(window)
    assert opened.problem == "••1234 already sits in chair 7."
    assert ward.desk.suite.occupant("3") is None
    opened.mrn.edit.setFocus()
    typist.press(Qt.Key.Key_Return)
    assert ward.desk.suite.occupant("3") is None
    typist.press(Qt.Key.Key_Tab)
    assert focused() is opened.seat_anyway
    typist.press(Qt.Key.Key_Return)
    assert ward.in_chair("3").mrn == "00551234"


def test_enter_after_the_warning_goes_to_the_chair_the_patient_sits_in(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("7", mrn="00551234")
    typist.press("3")
    typist.press(Qt.Key.Key_Return)
    typist.enter("00551234")
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert window.board.chair == "7"
    assert ward.desk.suite.occupant("3") is None


def test_another_mrn_after_the_warning_is_seated_as_usual(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("7", mrn="00551234")
    typist.press("3")
    typist.press(Qt.Key.Key_Return)
    typist.enter("00551234")
    opened = seat_sheet(window)
    opened.mrn.edit.setFocus()
    opened.mrn.edit.selectAll()
    typist.enter("00559999")
    assert ward.in_chair("3").mrn == "00559999"


def test_letters_alone_in_place_of_an_mrn_are_initials(ward: Ward, typist: Typist) -> None:
    typist.press("3")
    typist.press(Qt.Key.Key_Return)
    typist.enter("JD")
    session = ward.in_chair("3")
    assert (session.mrn, session.initials) == ("", "JD")


def test_an_mrn_that_cannot_be_shown_is_blamed_and_not_the_initials(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    window.board.focus("1")
    typist.press(Qt.Key.Key_Return)
    asked = seat_sheet(window)
    asked.mrn.set_text("\u202eabc")
    typist.press(Qt.Key.Key_Return)
    assert asked.problem == "Some characters of the MRN cannot be shown."
    assert ward.desk.suite.sessions == {}


def test_letters_beside_initials_stay_an_mrn(ward: Ward, window: MainWindow, typist: Typist) -> None:
    typist.press("3")
    typist.press(Qt.Key.Key_Return)
    seat_sheet(window).initials.set_text("RM")
    typist.enter("ABX")
    session = ward.in_chair("3")
    assert (session.mrn, session.initials) == ("ABX", "RM")


def test_someone_new_is_offered_a_chair_that_shows_nobody(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.do(ward.seat("1"), end_session)
    window.refresh()
    window.board.focus("1")
    typist.scan("X0009999")
    seat_sheet(window)
    assert window.board.chair == "2"


def test_a_chair_with_a_session_to_review_is_offered_when_no_other_is_left(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    for chair in ward.desk.suite.chairs:
        ward.seat(chair, mrn=f"000{chair}")
    ward.do(ward.in_chair("4"), end_session)
    window.refresh()
    window.board.focus("1")
    typist.scan("X0009999")
    seat_sheet(window)
    assert window.board.chair == "4"


def test_a_sheet_gives_the_keyboard_back_to_the_chosen_chair(window: MainWindow, typist: Typist) -> None:
    window.board.focus("1")
    perform(window.station, Deed.SEAT, "4", window.station.stamp())
    window.board.choose("4")
    typist.press(Qt.Key.Key_Escape)
    assert window.board.chair == "4"
    assert focused() is window.board.grid.card("4")
