"""A paper before it is printed: its pages as they will be, and the ways to have them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ui.paper_ports import Document
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

PAGE = 520


class PaperSheet(Sheet):
    """Shows a document page by page.

    Signals:
        print_wanted: it is to be printed.
        save_wanted: it is to be saved as a PDF.
        table_wanted: what it tells is to be saved as a table.
    """

    is_for_one = True

    print_wanted = Signal()
    save_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, theme: Theme, document: Document, under: str) -> None:
        super().__init__(theme, document.title, under, width=WIDE)
        self.document = document
        self.page = 1
        self._pages = document.pages
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.back_button = Button(theme, "Page before")
        self.on_button = Button(theme, "Next page")
        self.told = label("", size=12, tone="soft", wrap=True)
        self.told.hide()
        self.close_button = Button(theme, "Close", hint="Esc")
        self.save_button = Button(theme, "Save as PDF…")
        self.table_button = Button(theme, f"Save as {table_words(document.table_name)}…")
        self.print_button = Button(theme, "Print…", kind=Kind.PRIMARY, hint="Enter")
        self._lay_out()
        self._show()

    def say_no_printer(self, text: str) -> None:
        """Say why it cannot be printed here; Enter saves it then."""
        self.told.setText(text)
        self.told.show()
        self.print_button.setEnabled(False)
        self.print_button.show_hint("")
        self.save_button.show_as("Save as PDF…", kind=Kind.PRIMARY)
        self.save_button.show_hint("Enter")

    def say_saved(self, path: Path) -> None:
        """Say where the PDF is."""
        self.show_problem("")
        self.told.setText(f"Saved as {path}.")
        self.told.show()

    def turn(self, by: int) -> None:
        """Show a page before or behind."""
        self.page = min(max(1, self.page + by), self._pages)
        self._show()

    def first_field(self) -> QWidget:
        """The likeliest way to have it."""
        return self.print_button if self.print_button.isEnabled() else self.save_button

    def confirm(self, *, now: bool) -> None:  # noqa: ARG002 - no instant is asked for
        """Print it, or save it where no printer is."""
        (self.print_wanted if self.print_button.isEnabled() else self.save_wanted).emit()

    def _lay_out(self) -> None:
        self.close_button.clicked.connect(self.done)
        self.save_button.clicked.connect(self.save_wanted)
        self.table_button.clicked.connect(self.table_wanted)
        self.print_button.clicked.connect(self.print_wanted)
        self.back_button.clicked.connect(lambda: self.turn(-1))
        self.on_button.clicked.connect(lambda: self.turn(1))
        self.body.addWidget(self.picture)
        self.foot.addWidget(self.told)
        more = [self.back_button, self.on_button] if self._pages > 1 else []
        more += [self.table_button] if self.document.table_name else []
        if more:
            self.add_last_row(*more)
        self.add_last_row(self.close_button, self.save_button, self.print_button)

    def _show(self) -> None:
        scale = self.devicePixelRatioF()
        image = self.document.picture(self.page, round(PAGE * scale))
        painter = QPainter(image)
        painter.setPen(QPen(self.theme.color("ink_3"), round(scale)))
        painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
        painter.end()
        image.setDevicePixelRatio(scale)
        self.picture.setPixmap(QPixmap.fromImage(image))
        told = f"Page {self.page} of {self._pages}"
        self.picture.setAccessibleName(f"{told}: {self.document.title}")
        self.back_button.setEnabled(self.page > 1)
        self.on_button.setEnabled(self.page < self._pages)
        self.on_button.show_as(f"Next page ({self.page} of {self._pages})")


def table_words(name: str) -> str:
    """Return what the other form of a paper is called, by the name of its file."""
    return "JSON" if name.endswith(".json") else "table"
