"""A file of patients is shown before it is taken, and taken patient by patient, in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.commands.streams import LARGEST
from desktop_app.core.people import NOTHING_KNOWN
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.sheets.import_patients import ImportSheet
from desktop_app.ui.sheets.import_words import MOST_SHOWN
from desktop_app.ui.window import MainWindow
from tests.exchange.adt_files import PATIENT, PAYER, message, written
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, focused, sheet_of


@pytest.fixture
def visit(ward: Ward) -> Session:
    return ward.do(ward.stop(ward.start(ward.seat("4"))), end_session)


class Chooser:
    """Chooses a file where the window asks for one."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        self._window, self._path = window, path

    def choose(self, content: bytes) -> None:
        """Press the button and choose a file of this content."""
        self._path.write_bytes(content)
        self._window.show_page("review")
        self._window.review.import_button.click()

    def opened(self, content: bytes) -> ImportSheet:
        self.choose(content)
        return sheet_of(self._window, ImportSheet)


@pytest.fixture
def chooser(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chooser:
    path = tmp_path / "patients.hl7"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return Chooser(window, path)


def told(sheet: ImportSheet) -> list[str]:
    """Return every line the sheet says, in its order."""
    return [label.text() for label in sheet.findChildren(QLabel) if label.text() and not label.isHidden()]


MIXED = written(
    message(PATIENT, PAYER),
    message(PATIENT.replace("0004821", "0009999")),
    message(PATIENT.replace("19600229", "x")),
    message(event="A03"),
)


def test_a_file_is_shown_first_and_nothing_is_taken(ward: Ward, visit: Session, chooser: Chooser) -> None:
    kinds = list(ward.journal.kinds)
    sheet = chooser.opened(MIXED)
    assert sheet.told.text() == "1 to be taken, 0 known already, 1 without a session, 1 refused."
    lines = told(sheet)
    assert "Message 3, PID-7: x is no date such as 19601231." in lines
    assert (
        "••4821, chair 4: last name, first name, birth date, sex, address, visit number, payer, payer id, "
        "claim filing code, member id, group number, authorisation, insured person"
    ) in lines
    assert "••9999" in lines
    assert "1 ADT^A03" in lines
    assert not any("0004821" in line or "Muster" in line for line in lines)
    assert ward.journal.kinds == kinds
    assert ward.session(visit.id).registration == NOTHING_KNOWN


def test_it_is_taken_when_asked_to_and_says_what_came_of_it(
    ward: Ward, window: MainWindow, visit: Session, chooser: Chooser
) -> None:
    sheet = chooser.opened(MIXED)
    assert focused() is sheet.back
    assert sheet.go.text() == "Take 1 patient"
    sheet.go.click()
    assert sheet.told.text() == "1 taken, 0 known already, 1 without a session, 1 refused."
    known = ward.session(visit.id).registration
    assert (known.family, known.given, known.payer) == ("Muster", "Rosa", "Example Blue Plan")
    assert sheet.go.text() == "Close"
    sheet.go.click()
    assert window.sheets.sheet is None
    again = chooser.opened(MIXED)
    assert again.told.text() == "0 to be taken, 1 known already, 1 without a session, 1 refused."


def test_enter_alone_takes_nothing(
    ward: Ward, window: MainWindow, visit: Session, chooser: Chooser, typist: Typist
) -> None:
    chooser.choose(MIXED)
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert ward.session(visit.id).registration == NOTHING_KNOWN


def test_a_table_is_taken_too(ward: Ward, visit: Session, chooser: Chooser) -> None:
    sheet = chooser.opened(b"mrn,payer,member_id\r\n0004821,Example Plan,W1\r\n")
    sheet.go.click()
    assert ward.session(visit.id).registration.member_id == "W1"


@pytest.mark.parametrize(
    ("content", "says_so"),
    [
        (b"mrn,payer\r\n", "patients.hl7 tells of no patient."),
        (b"name,payer\r\nA,B\r\n", ""),
    ],
)
def test_a_file_that_tells_of_nobody_or_is_none_is_told(
    window: MainWindow, visit: Session, chooser: Chooser, content: bytes, says_so: str
) -> None:
    assert visit.mrn
    chooser.choose(content)
    if says_so:
        assert window.sheets.sheet is None
        assert window.toast.text.endswith(says_so)
    else:
        sheet = sheet_of(window, ImportSheet)
        assert sheet.told.text() == "0 to be taken, 0 known already, 0 without a session, 2 refused."
        assert sheet.go.text() == "Close"


def test_a_file_that_is_gone_or_far_too_large_is_told(
    window: MainWindow, visit: Session, chooser: Chooser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert visit.mrn
    with (tmp_path / "patients.hl7").open("wb") as file:
        file.truncate(LARGEST + 1)
    window.show_page("review")
    window.review.import_button.click()
    assert window.toast.text == "Not done. Patients.hl7 is too large to be a file of patients."
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "none"), ""))
    window.review.import_button.click()
    assert "none cannot be read" in window.toast.text
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    window.review.import_button.click()
    assert window.sheets.sheet is None
    assert chooser is not None


def many(ward: Ward, count: int) -> bytes:
    """Return a table of patients, of whom eight sit here."""
    for number in range(8):
        ward.seat(str(number + 1), f"{number:07}")
    rows = "".join(f"{number:07},Example Plan\r\n" for number in range(count))
    return f"mrn,payer\r\n{rows}".encode()


def test_a_long_list_is_shortened_and_counted(ward: Ward, chooser: Chooser, qtbot: QtBot) -> None:
    sheet = chooser.opened(many(ward, 300))
    qtbot.waitUntil(lambda: sheet.told.text().startswith("8 to be taken"))
    line = next(text for text in told(sheet) if text.startswith("••0008"))
    assert line.endswith(f"and {300 - 8 - MOST_SHOWN} more")


def test_what_is_being_taken_can_be_stopped_and_what_was_taken_stays(
    ward: Ward, window: MainWindow, chooser: Chooser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.sheets.import_patients.SLICE_MS", 0)
    content = many(ward, 8)
    sheet = chooser.opened(content)
    qtbot.waitUntil(sheet.go.isEnabled)
    sheet.go.click()
    assert sheet.told.text() == "Taken 1 of 8…"
    assert sheet.back.text() == "Stop here"
    sheet.back.click()
    assert sheet.told.text() == "1 taken, 0 known already, 0 without a session, 0 refused."
    assert window.sheets.sheet is sheet
    payers = [session.registration.payer for session in ward.desk.suite.sessions.values()]
    assert sorted(payers) == [""] * 7 + ["Example Plan"]


def test_a_full_disk_stops_it_and_says_what_is_on_disk(ward: Ward, chooser: Chooser, qtbot: QtBot) -> None:
    sheet = chooser.opened(many(ward, 8))
    qtbot.waitUntil(sheet.go.isEnabled)
    stored = 0

    def fill() -> None:
        nonlocal stored
        stored += 1
        ward.journal.is_full = stored == 3

    ward.journal.on_stored = fill
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.problem))
    assert sheet.problem == "The disk is full. What was taken until then stays."
    assert sheet.told.text() == "3 taken, 0 known already, 0 without a session, 0 refused."
    assert ward.desk.waiting == ()
