"""Papers as the window shows and prints them: pages as pictures, and pages on a printer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPagedPaintDevice

from desktop_app.core.values import dataclass
from desktop_app.exchange.paper import Paper
from desktop_app.exchange.pdf_document import pdf_of
from desktop_app.exchange.pdf_pages import LETTER, pages_of
from desktop_app.exchange.pdf_text import POINT, Painter

_POINTS_TO_AN_INCH = 72


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper to be looked at, printed and saved."""

    paper: Paper
    file_name: str
    """What it is called as a file, without a patient's name."""
    made_at: datetime
    write: Callable[[Path, bytes], None]
    """Puts a file durably into the place of any other of its name. Raises OSError."""
    sessions: tuple[str, ...] = ()
    """The sessions whose patients it names."""
    table: str = ""
    """The same as a table, or as JSON; empty where it is none."""
    table_kind: str = "csv"

    @property
    def title(self) -> str:
        """What it is called where people read it."""
        return self.paper.title

    @property
    def pages(self) -> int:
        """How many pages of letter paper it takes."""
        return len(pages_of(self.paper))

    def picture(self, page: int, width: int) -> QImage:
        """Return a page, counted from 1, as a picture of a width in pixels."""
        return picture_of(self.paper, page, width)

    def print_on(self, printer: QPagedPaintDevice, only: Collection[int] = ()) -> bool:
        """Print it, or only some of its pages; return whether the printer took them."""
        return print_paper(self.paper, printer, only)

    @property
    def table_name(self) -> str:
        """What its table is called as a file; empty where it has none."""
        return f"{self.file_name.removesuffix('.pdf')}.{self.table_kind}" if self.table else ""

    def save_table(self, path: Path) -> None:
        """Write its table, in place of any file of that name. Raises OSError."""
        self.write(path, self.table.encode())

    def save(self, path: Path) -> None:
        """Write it as a PDF, in place of any file of that name. Raises OSError."""
        title = self.file_name.removesuffix(".pdf")
        written = pdf_of([self.paper], title=title, key=title, made_at=self.made_at)
        self.write(path, written.data)


def picture_of(paper: Paper, number: int, width: int) -> QImage:
    """Return a page, counted from 1, as a picture of a width in pixels."""
    pages = pages_of(paper)
    image = QImage(width, width * LETTER[1] // LETTER[0], QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = Painter(image)
    painter.setRenderHint(Painter.RenderHint.Antialiasing)
    scale = width / (LETTER[0] * POINT)
    painter.scale(scale, scale)
    pages[number - 1].draw(painter, len(pages))
    painter.end()
    return image


def print_paper(paper: Paper, printer: QPagedPaintDevice, only: Collection[int] = ()) -> bool:
    """Print a paper, laid out for the paper that is in the printer; without ``only`` every page of it.

    The printer is told to count from the paper's corner. Returns whether it took the pages.
    """
    size = printer.pageLayout().fullRectPoints()
    pages = pages_of(paper, size.width(), size.height())
    wanted = [page for page in pages if not only or page.number in only]
    painter = Painter(printer)
    if not painter.isActive():
        return False
    scale = printer.logicalDpiX() / (_POINTS_TO_AN_INCH * POINT)
    painter.scale(scale, scale)
    for place, page in enumerate(wanted):
        if place:
            printer.newPage()
        page.draw(painter, len(pages))
    return painter.end()
