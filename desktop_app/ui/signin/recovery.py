"""The recovery key, shown once: large, to be printed, and confirmed by one group of it."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.signin.deeds import new_recovery_key
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label

ABOUT = (
    "It opens the record when every passphrase is forgotten, and in an emergency. It is shown this once. "
    "Print it, or write it down, and lock it away, not beside this computer. A recovery key of before opens "
    "nothing any more."
)
IN_LINE = 4
ASKED = 6
"""Which group is typed to confirm, counted from 0: one in the middle."""
NO_PRINTER = "No printer is set up on this computer. Write the key down on paper."
PRINTED = "Chairtime · recovery key"
WRONG = "that is not the group; look at the key once more"


def groups_in_lines(key: str) -> list[str]:
    """Return the groups of a key as they stand on paper: so many on a line."""
    groups = key.split("-")
    return ["   ".join(groups[at : at + IN_LINE]) for at in range(0, len(groups), IN_LINE)]


class RecoverySheet(Sheet):
    """Shows the key, prints it, and goes when one group was typed."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__(theme, "The recovery key", ABOUT, width=WIDE)
        self._groups = key.split("-")
        self._asked_at = min(ASKED, len(self._groups) - 1)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(22))
        fixed.setWeight(QFont.Weight.DemiBold)
        self.shown = []
        for line in groups_in_lines(key):
            row = label(line, heavy=True)
            row.setFont(fixed)
            row.setStyleSheet(f"font-family: '{fixed.family()}'; font-size: {theme.px(22)}px;")
            row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # What is to be kept secret is read off the screen and by no other program.
            row.setAccessibleName("A line of the recovery key")
            self.shown.append(row)
            self.body.addWidget(row)
        self.print_button = Button(theme, "Print…")
        self.print_button.clicked.connect(lambda: self._print(key))
        self.confirmation = Field(
            theme, f"Type group {self._asked_at + 1} of it, so that it is not lost unread"
        )
        asked = self.add_row(self.print_button, self.confirmation)
        asked.setAlignment(self.print_button, Qt.AlignmentFlag.AlignBottom)
        self.go = Button(theme, "It is printed or written down", hint="Enter")
        self.go.clicked.connect(lambda: self.confirm(now=False))
        self.add_last_row(self.go)
        self.confirmed.connect(lambda _: self._check())

    def first_field(self) -> QWidget:
        """The group to be typed."""
        return self.confirmation.edit

    def faulty(self) -> QWidget | None:
        """The group."""
        return self.confirmation.edit

    def _check(self) -> None:
        typed = self.confirmation.text.upper().replace("O", "0").replace("I", "1").replace("L", "1")
        if typed == self._groups[self._asked_at]:
            for row in self.shown:
                row.clear()
            self.done.emit()
        else:
            self.show_problem(WRONG)

    def _leave(self) -> None:
        """Stay: there is no second time."""
        self.show_problem("type the group first: the key is shown this once")

    def _print(self, key: str) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # noqa: PLC0415 - hardly ever

        if not QPrinterInfo.availablePrinterNames():
            self.show_problem(NO_PRINTER)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self.window()).exec() and not print_key(printer, key):
            self.show_problem("the printer did not take it; nothing was printed")


def print_key(device: QPagedPaintDevice, key: str) -> bool:
    """Draw the key on one sheet of paper; return whether the device took it."""
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter),
            QPageLayout.Orientation.Portrait,
            QMarginsF(72, 72, 72, 72),
        )
    )
    painter = QPainter()
    if not painter.begin(device):
        return False
    text = "\n".join([PRINTED, "", *groups_in_lines(key), "", ABOUT])
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSize(14)
    painter.setFont(font)
    box = QRectF(painter.viewport())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(box, int(flags) | int(Qt.TextFlag.TextWordWrap), text)
    painter.end()
    return True


def show_new_recovery_key(station: Station) -> str:
    """Make a new recovery key and show it; return why there is none, or nothing."""
    key, why = new_recovery_key(station)
    if key:
        station.sheets.open(RecoverySheet(station.theme, key))
    return why
