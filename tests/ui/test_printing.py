"""Printing from the window: looked at first, printed where a printer is, saved as a PDF where none is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.ports import JournalError
from desktop_app.core.stay import end_session
from desktop_app.ui import printing
from desktop_app.ui.paper_ports import Document
from desktop_app.ui.printing import NO_PRINTER, NOT_TAKEN
from desktop_app.ui.sheets.grouped import GroupedSheet
from desktop_app.ui.sheets.paper import PaperSheet
from desktop_app.ui.window import MainWindow
from desktop_app.ui.words import sentence
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, says, sheet_of

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets a printer up: this computer may have none."""
    monkeypatch.setattr(printing, "printers", lambda: ["Laser"])


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", list)


def paper_of(window: MainWindow) -> PaperSheet:
    return sheet_of(window, PaperSheet)


def shown(ward: Ward, window: MainWindow) -> PaperSheet:
    """Show the superbill of a patient in chair 3."""
    ward.seat("3")
    window.refresh()
    window.board.focus("3")
    window.print_shown()
    return paper_of(window)


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """Answer the system's question for a file; return what it proposes."""
    proposed: list[str] = []

    def answer(_over: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        proposed.append(folder)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return proposed


def test_the_chosen_chairs_superbill_is_shown_by_its_key(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("3")
    window.refresh()
    typist.press("3")
    typist.press("p", CONTROL)
    paper = paper_of(window)
    assert paper.document.title == "Superbill"
    assert ward.billing.papers.asked == [f"Superbill {session.id}"]
    assert says(paper, "Chair 3 · R. M. · ••4821 · Mon 2 Mar 2026")


def test_that_somebody_looked_is_recorded(ward: Ward, window: MainWindow) -> None:
    shown(ward, window)
    recorded = ward.desk.history(ward.in_chair("3").id)[-1].event
    assert (recorded.KIND, recorded.what) == ("patient-shown", "superbill")  # type: ignore[attr-defined]


def test_a_full_disk_keeps_nobody_from_a_paper(ward: Ward, window: MainWindow) -> None:
    ward.seat("3")
    ward.journal.is_full = True
    window.refresh()
    window.board.focus("3")
    window.print_shown()
    assert paper_of(window).document.title == "Superbill"
    ward.journal.is_full = False
    window.touches.retry()
    assert ward.journal.kinds[-1] == "patient-shown"


def test_a_free_chair_has_nothing_to_print(window: MainWindow) -> None:
    window.board.focus("3")
    window.print_shown()
    assert window.sheets.sheet is None
    assert "There is no session here to print" in window.toast.text


def test_more_offers_it_at_the_chair_and_after_the_end(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("3")
    window.refresh()
    for _ in range(2):
        window.board.focus("3")
        typist.press("o")
        sheet_of(window, GroupedSheet).choices["Print…"].click()
        assert paper_of(window).document.title == "Superbill"
        window.sheets.close_sheet()
        if session.ended is None:
            session = ward.do(session, end_session)
            window.refresh()


def test_the_review_prints_the_session_it_shows(ward: Ward, window: MainWindow) -> None:
    session = ward.do(ward.seat("3"), end_session)
    window.show_page("review")
    window.review.print_button.click()
    assert ward.billing.papers.asked == [f"Superbill {session.id}"]
    window.sheets.close_sheet()
    window.print_shown()
    assert len(ward.billing.papers.asked) == 2


def test_a_review_without_a_session_prints_nothing(window: MainWindow) -> None:
    window.show_page("review")
    assert not window.review.print_button.isEnabled()
    window.print_shown()
    assert window.sheets.sheet is None


def test_the_export_page_prints_the_day(ward: Ward, window: MainWindow, typist: Typist) -> None:
    window.show_page("export")
    window.export.print_button.click()
    assert paper_of(window).document.title == "Day summary"
    window.sheets.close_sheet()
    typist.press("p", CONTROL)
    assert ward.billing.papers.asked == ["Day summary 2026-03-02"] * 2


def test_pages_are_turned_and_told(ward: Ward, window: MainWindow) -> None:
    paper = shown(ward, window)
    assert paper.picture.accessibleName() == "Page 1 of 2: Superbill"
    assert not paper.back_button.isEnabled()
    first = paper.picture.pixmap().toImage()
    paper.on_button.click()
    assert paper.picture.accessibleName() == "Page 2 of 2: Superbill"
    assert paper.picture.pixmap().toImage() != first
    assert not paper.on_button.isEnabled()
    paper.back_button.click()
    assert paper.picture.pixmap().toImage() == first


def test_what_is_shown_is_ink_on_white_in_either_scheme(ward: Ward, window: MainWindow) -> None:
    ward.settings.set("scheme", "dark")
    picture = shown(ward, window).picture.pixmap().toImage()
    assert picture.pixelColor(QPoint(5, 5)).name() == "#ffffff"
    inks = {picture.pixelColor(x, y).lightness() for x in range(30, 250) for y in range(20, 120)}
    assert min(inks) < 80


@pytest.mark.usefixtures("no_printer")
def test_without_a_printer_it_says_so_and_enter_saves(
    ward: Ward, window: MainWindow, typist: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a superbill.pdf"
    proposed = save_as(monkeypatch, path)
    paper = shown(ward, window)
    assert paper.told.text() == NO_PRINTER
    assert not paper.print_button.isEnabled()
    typist.press(Qt.Key.Key_Return)
    assert Path(proposed[0]).name == "paper.pdf"
    assert paper.told.text() == f"Saved as {path}."
    assert "at the foot" in PdfReader(path).pages[0].extract_text()
    assert window.sheets.sheet is paper


@pytest.mark.usefixtures("printer")
def test_saving_that_was_given_up_saves_nothing(
    ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, "")
    paper = shown(ward, window)
    paper.save_button.click()
    assert not paper.told.isVisible()
    assert paper.problem == ""


@pytest.mark.usefixtures("printer")
def test_a_file_that_cannot_be_written_is_said_in_place(
    ward: Ward, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "not there" / "x.pdf"
    save_as(monkeypatch, path)
    paper = shown(ward, window)
    paper.save_button.click()
    assert paper.problem == f"{path} was not written: no such file or directory."
    save_as(monkeypatch, tmp_path / "x.pdf")
    paper.save_button.click()
    assert paper.problem == ""
    assert paper.told.text() == f"Saved as {tmp_path / 'x.pdf'}."


def to_file(path: Path, **pages: int) -> QPrinter:
    """Return a real printer that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    if pages:
        printer.setFromTo(pages["first"], pages["last"])
    return printer


@pytest.mark.parametrize(("pages", "read"), [({}, ["1", "2"]), ({"first": 2, "last": 2}, ["2"])])
def test_a_printer_gets_every_page_or_those_that_are_wanted(
    ward: Ward, window: MainWindow, tmp_path: Path, pages: dict[str, int], read: list[str]
) -> None:
    document = shown(ward, window).document
    assert printing.print_on(document, to_file(tmp_path / "printed.pdf", **pages))
    printed = [page.extract_text() for page in PdfReader(tmp_path / "printed.pdf").pages]
    assert [re.findall(r"Page\s(\d)\sof\s2", page) for page in printed] == [[number] for number in read]


def test_paper_is_laid_out_for_what_is_in_the_printer(ward: Ward, window: MainWindow, tmp_path: Path) -> None:
    document = shown(ward, window).document
    printing.print_on(document, to_file(tmp_path / "printed.pdf"))
    (width, height) = map(round, PdfReader(tmp_path / "printed.pdf").pages[0].mediabox[2:])
    assert (width, height) == (595, 842)


@pytest.mark.usefixtures("printer")
@pytest.mark.parametrize("accepted", [True, False])
def test_the_systems_dialog_asks_before_anything_is_printed(
    ward: Ward, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, accepted: bool
) -> None:
    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        return int(accepted)

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    paper = shown(ward, window)
    paper.confirm(now=False)
    assert (tmp_path / "printed.pdf").exists() == accepted
    assert (window.sheets.sheet is None) == accepted


@pytest.mark.usefixtures("printer")
def test_a_printer_that_takes_nothing_is_said(
    ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    monkeypatch.setattr(printing, "print_on", lambda *_: False)
    paper = shown(ward, window)
    paper.print_button.click()
    assert paper.problem == sentence(NOT_TAKEN)


def test_a_record_that_cannot_be_put_on_paper_stops_nothing_else(
    ward: Ward, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    ward.billing.papers.fault = ValueError("a stop before its start")
    ward.seat("3")
    window.refresh()
    window.board.focus("3")
    window.print_shown()
    assert window.sheets.sheet is None
    assert "This cannot be printed (ValueError)" in window.toast.text
    assert ward.journal.kinds[-1] != "patient-shown"
    assert "making a paper failed" in caplog.text
    caplog.clear()


def test_a_paper_that_the_disk_is_in_the_way_of_is_refused_in_its_words_and_is_no_fault_of_the_program(
    ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_now(_session: str) -> Document:
        raise JournalError("The database took nothing: another program holds it.")

    ward.seat("3")
    window.refresh()
    window.board.focus("3")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ward.billing.papers, "superbill", not_now)
        window.print_shown()
    assert "Nothing was printed. The database took nothing: another program holds it." in window.toast.text
    assert window.sheets.sheet is None
    window.print_shown()
    assert isinstance(window.sheets.sheet, PaperSheet)
