"""A scan goes where it is meant, and never takes, types into or presses what happens to be open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from desktop_app.ui.sheets.end import EndSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Typist, focused, sheet, sheet_of

TOLD = "Scanned ••8123. Finish or close this first."


def scan(text: str, *, end: str = "\r", gap_ms: int = 8, from_ms: int = 50_000) -> None:
    """Press keys as a scanner does, in the window's own time."""
    for at, key in enumerate([*text, *end]):
        code = {"\r": Qt.Key.Key_Return, "\n": Qt.Key.Key_J}.get(key, Qt.Key(ord(key.upper())))
        control = Qt.KeyboardModifier.ControlModifier
        event = QKeyEvent(
            QEvent.Type.KeyPress, code, control if key == "\n" else Qt.KeyboardModifier.NoModifier, key
        )
        event.setTimestamp(from_ms + at * gap_ms)
        QCoreApplication.sendEvent(focused(), event)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("letter", ["x", "p", "e", "t"])
def test_a_scan_confirms_no_open_sheet(
    ward: Ward, window: MainWindow, typist: Typist, letter: str, end: str
) -> None:
    ward.start(ward.start(ward.seat("3")), SALINE)
    window.refresh()
    window.board.focus("3")
    typist.press(letter)
    opened = sheet(window)
    stored = len(ward.journal.kinds)
    scan("MRN4478123", end=end)
    assert window.sheets.sheet is opened
    assert opened.problem == TOLD
    assert len(ward.journal.kinds) == stored


def test_a_scan_in_a_field_that_is_not_meant_for_it_leaves_the_field_as_it_was(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("3"))
    window.board.focus("3")
    typist.press("p")
    opened = sheet(window)
    assert isinstance(opened, PauseSheet)
    opened.note.set_text("cold")
    opened.note.edit.setFocus()
    scan("MRN4478123")
    assert opened.note.text == "cold"
    assert window.sheets.sheet is opened


@pytest.mark.parametrize("where", ["board", "sheet"])
def test_a_wristband_waits_for_the_protocol_wherever_it_was_scanned(
    ward: Ward, window: MainWindow, typist: Typist, where: str
) -> None:
    typist.press("4")
    if where == "sheet":
        typist.press(Qt.Key.Key_Return)
    scan("MRN4478123", end="\r\n")
    seating = sheet_of(window, SeatSheet)
    assert (seating.mrn.text, ward.journal.kinds) == ("MRN4478123", [])
    assert focused() is seating.protocols.search
    typist.enter("ved")
    session = ward.in_chair("4")
    assert session.mrn == "MRN4478123"
    assert [service.order.drug for service in session.services] == ["Vedolizumab", "flush"]
    assert sheet_of(window, StartSheet).problem == ""


def test_a_wristband_that_beeps_twice_seats_nobody(window: MainWindow, ward: Ward, typist: Typist) -> None:
    for _ in range(3):
        typist.scan("MRN4478123")
    assert sheet_of(window, SeatSheet).mrn.text == "MRN4478123"
    assert ward.journal.kinds == []


def test_a_scan_may_end_with_a_line_feed(ward: Ward, window: MainWindow, typist: Typist) -> None:
    scan("MRN4478123", end="\n")
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    assert opened.mrn.text == "MRN4478123"
    opened.done.emit()
    typist.press("4")
    typist.press(Qt.Key.Key_Return)
    scan("MRN4478999", end="\n", from_ms=60_000)
    typist.press(Qt.Key.Key_Return)
    assert ward.in_chair("4").mrn == "MRN4478999"


def test_the_second_end_of_a_scan_takes_no_sheet_that_the_first_has_opened(
    ward: Ward, window: MainWindow
) -> None:
    scan("MRN4478123", end="\r\n")
    assert isinstance(sheet(window), SeatSheet)
    assert ward.journal.kinds == []


def test_a_space_in_a_scan_presses_no_button_and_its_digits_choose_no_chair(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("3"))
    window.refresh()
    window.board.focus("3")
    typist.press(Qt.Key.Key_Return)
    scan("5 X 12", gap_ms=40)
    assert ward.session(session.id).open_services
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    assert opened.mrn.text == "5 X 12"


def test_a_space_alone_presses_the_focused_button(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("3"))
    window.refresh()
    window.board.focus("3")
    typist.press(Qt.Key.Key_Return)
    typist.press(Qt.Key.Key_Space)
    assert not ward.session(session.id).open_services


def test_a_hand_still_takes_a_sheet_with_enter(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.start(ward.seat("3"))
    window.board.focus("3")
    typist.press("e")
    assert isinstance(sheet(window), EndSheet)
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None, "Enter takes what has the focus: the way back"


@pytest.mark.parametrize("place", ["board", "search"])
def test_a_scan_that_another_patients_number_ends_with_is_somebody_new(
    ward: Ward, window: MainWindow, place: str
) -> None:
    ward.start(ward.seat("1", mrn="912345"))
    window.refresh()
    window.board.focus("4")
    if place == "search":
        window.begin_search()
    scan("12345")
    assert window.board.chair == "4"
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    assert opened.mrn.text == "12345"


@pytest.mark.parametrize("place", ["board", "search"])
def test_a_scan_of_a_whole_number_goes_to_its_patient(ward: Ward, window: MainWindow, place: str) -> None:
    ward.seat("1", mrn="912345")
    window.refresh()
    window.board.focus("4")
    if place == "search":
        window.begin_search()
    scan("912345")
    assert window.board.chair == "1"
    assert window.sheets.sheet is None


def test_a_typed_end_of_a_number_goes_there_and_says_so(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("1", mrn="912345")
    window.refresh()
    window.board.focus("4")
    window.begin_search()
    for figure in "345":
        typist.press(figure)
    typist.press(Qt.Key.Key_Return)
    assert window.board.chair == "1"
    assert window.toast.text == "Chair 1 · found by the end of its MRN, 345"
