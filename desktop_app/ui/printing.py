"""Paper from the window: it is looked at first, then printed, or saved as a PDF where no printer is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.moments import local_date
from desktop_app.core.outages import Outage
from desktop_app.core.ports import JournalError
from desktop_app.core.record.chronicle import Chronicle
from desktop_app.core.session import Session, Stage
from desktop_app.core.told import day_words
from desktop_app.ui import words
from desktop_app.ui.isolated import fault_words
from desktop_app.ui.paper_ports import Document
from desktop_app.ui.privacy import may_look
from desktop_app.ui.sheets.paper import PaperSheet, table_words
from desktop_app.ui.station import Station

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop_app.ui.window import MainWindow

NO_PRINTER = "No printer is set up on this computer. Save it as a PDF and print it elsewhere."
NOT_TAKEN = "the printer did not take it; nothing was printed"


def print_session(station: Station, session: Session) -> None:
    """Show a session's superbill, to be printed or saved. That somebody looks is recorded first."""
    made = _made(station, lambda: station.billing.papers.superbill(session.id), session)
    if made is not None:
        day = words.day(session.seated.at_us, session.zone)
        _offer(station, made, f"Chair {session.chair} · {words.who(session)} · {day}")


def print_day(station: Station, day: date | None = None) -> None:
    """Show a day's summary, today's without one, to be printed or saved."""
    day = day or local_date(station.now_us(), station.zone)
    made = _made(station, partial(station.billing.papers.day_summary, day))
    if made is not None:
        _offer(station, made, day_words(day))


def print_history(station: Station, chronicle: Chronicle) -> None:
    """Show a session's history, to be printed or saved with its proof. That somebody looks is recorded."""
    made = _made(station, lambda: station.billing.papers.history(chronicle.session), chronicle.now)
    if made is not None:
        now = chronicle.now
        day = words.day(now.seated.at_us, now.zone) if now else ""
        _offer(station, made, " · ".join(filter(None, (words.who(now) if now else "", day))))


def print_downtime(station: Station, outage: Outage) -> None:
    """Show what was done in a downtime, to be printed or saved. Whose patient it names is recorded."""
    made = _made(station, lambda: station.billing.papers.downtime(outage.id))
    if made is not None:
        _offer(station, made, downtime_words(outage, station.zone))


def downtime_words(outage: Outage, zone: str) -> str:
    """Write when a downtime was, and of what: Mon 2 Mar 2026 10:02:07 to 11:30:00 · EHR."""
    begun = f"{words.day(outage.begun.at_us, zone)} {words.clock_s(outage.begun.at_us, zone)}"
    over = words.clock_s(outage.over.at_us, zone) if outage.over else "now"
    return " · ".join(filter(None, (f"{begun} to {over}", outage.system)))


def printers() -> list[str]:
    """Return the names of the printers that are set up on this computer."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - asked when something is to be printed

    return list(QPrinterInfo.availablePrinterNames())


def print_on(document: Document, printer: QPrinter) -> bool:
    """Print a document as the printer's settings say; return whether the printer took it."""
    printer.setFullPage(True)
    printer.setDocName(document.title)
    wanted = range(printer.fromPage(), printer.toPage() + 1) if printer.fromPage() else ()
    return document.print_on(printer, wanted)


def save_words(path: Path, fault: OSError) -> str:
    """Say why a file was not written."""
    said = (fault.strerror or str(fault)).lower()
    return f"{path} was not written: {said}"


def _made(station: Station, make: Callable[[], Document], session: Session | None = None) -> Document | None:
    """Return a document; None, and say so, where a record does not let itself be put on paper."""

    def tell(fault: Exception) -> Document | None:
        station.touches.refused.emit(fault_words("This cannot be printed", fault))
        return None

    def made() -> Document | None:
        try:
            return make()
        except JournalError as fault:
            # A history's proof is signed first: what the disk does not take is no fault of the record.
            station.touches.refused.emit(f"Nothing was printed. {fault}")
            return None

    names = (session.id, str(session.version)) if session else ()
    return station.isolation.ask("making a paper", made, tell, *names)


def print_shown(window: MainWindow) -> None:
    """Show what can be printed of the page that is shown: the session on it, or the day."""
    station, page = window.station, window.page
    session = window.board.session() if page == "board" else None
    if page == "review":
        session = window.review.current()
    if session is not None:
        print_session(station, session)
    elif page in {"board", "review"}:
        station.touches.refused.emit("there is no session here to print")
    elif page == "export":
        print_day(station, window.export.day)
    elif page == "history":
        window.history.print_shown()


def _may_show(station: Station, document: Document) -> bool:
    """Record that the patients it names were looked at; False when that was refused."""
    found = (station.desk.session(name) for name in document.sessions)
    what = document.title.lower()
    # A seating that was taken back takes no further events.
    named = (session for session in found if session is not None and session.stage is not Stage.CANCELLED)
    return all(may_look(station, session, what) for session in named)


def _offer(station: Station, document: Document, under: str) -> None:
    if not _may_show(station, document):
        return
    sheet = PaperSheet(station.theme, document, under)
    if not printers():
        sheet.say_no_printer(NO_PRINTER)
    sheet.print_wanted.connect(lambda: _print(sheet))
    sheet.save_wanted.connect(lambda: _save(station, sheet))
    sheet.table_wanted.connect(lambda: _save_table(station, sheet))
    station.sheets.open(sheet)


def _print(sheet: PaperSheet) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - as above

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, sheet.window())
    if not dialog.exec():
        return
    if print_on(sheet.document, printer):
        sheet.done.emit()
    else:
        sheet.show_problem(NOT_TAKEN)


def _save(station: Station, sheet: PaperSheet) -> None:
    path = _path(station, sheet, "Save as PDF", sheet.document.file_name, "PDF (*.pdf)")
    if path is not None:
        save_as(sheet, path, sheet.document.save)


def _save_table(station: Station, sheet: PaperSheet) -> None:
    name = sheet.document.table_name
    kind = name.rpartition(".")[2]
    path = _path(station, sheet, f"Save as {table_words(name)}", name, f"{kind.upper()} (*.{kind})")
    if path is not None:
        save_as(sheet, path, sheet.document.save_table)


def _path(station: Station, sheet: PaperSheet, title: str, name: str, kinds: str) -> Path | None:
    """Ask where a file goes; None where that is given up."""
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - as above

    folder = Path(station.settings.get("export-folder") or Path.home())
    chosen, _ = QFileDialog.getSaveFileName(sheet.window(), title, str(folder / name), kinds)
    return Path(chosen) if chosen else None


def save_as(sheet: PaperSheet, path: Path, save: Callable[[Path], None]) -> None:
    """Save what a sheet shows, and say where it is, or why it is not."""
    try:
        save(path)
    except OSError as fault:
        sheet.show_problem(save_words(path, fault))
    else:
        sheet.say_saved(path)
