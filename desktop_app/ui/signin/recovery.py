"""The recovery key, shown once: large, to be printed, and confirmed by one group of it.

It opens nothing before it is confirmed: so no key is in force that nobody has read, wherever the program
is cut off, and the earlier one opens until then.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.signin.deeds import draft_recovery_key, keep_recovery_key, why_no_recovery_key
from desktop_app.ui.signin.fitted import Fitted
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label

ABOUT = (
    "It opens the record when every passphrase is forgotten, and in an emergency. It is shown this once. "
    "Print it, or write it down, and lock it away, not beside this computer. It opens nothing before you "
    "say below that you have it; from then on a recovery key of before opens nothing any more."
)
ON_PAPER = (
    "It opens the record when every passphrase is forgotten, and in an emergency. Lock it away, not beside "
    "the computer. It opens nothing if it was not confirmed on the screen when it was shown, or once there "
    "is a later one."
)
IN_LINE = 4
ASKED = 6
"""Which group is typed to confirm, counted from 0: one in the middle."""
NO_PRINTER = "No printer is set up on this computer. Write the key down on paper."
NOT_KEPT = "the recovery key of before stays; the one that was shown opens nothing"
IN_FORCE = (
    "The recovery key that was shown is in force, so keep it: the one of before opens nothing any more. "
    "The record was not told of it"
)
PRINTED = "Chairtime · recovery key"
WRONG = "that is not the group; look at the key once more"


def groups_in_lines(key: str) -> list[str]:
    """Return the groups of a key as they stand on paper: so many on a line, with their numbers before."""
    groups = key.split("-")
    starts = range(0, len(groups), IN_LINE)
    lines = ["   ".join(groups[at : at + IN_LINE]) for at in starts]
    return [f"{numbers_of(at, len(groups)):>5}   {line}" for at, line in zip(starts, lines, strict=True)]


def numbers_of(at: int, count: int) -> str:
    """Return which groups stand on the line that begins with one, counted from 1."""
    return f"{at + 1}–{min(at + IN_LINE, count)}"


class Group(Fitted):
    """One group of the key with its number over it."""

    def __init__(self, theme: Theme, number: int, text: str) -> None:
        super().__init__()
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(22))
        fixed.setWeight(QFont.Weight.DemiBold)
        self.signs = label(text, heavy=True)
        self.signs.setFont(fixed)
        self.signs.setStyleSheet(f"font-family: '{fixed.family()}'; font-size: {theme.px(22)}px;")
        # What is to be kept secret is read off the screen and by no other program.
        self.signs.setAccessibleName(f"Group {number} of the recovery key")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (label(str(number), size=12, tone="soft"), self.signs):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)


class RecoverySheet(Sheet):
    """Shows the key, prints it, and keeps it when one group was typed."""

    goes_with_lock = True

    def __init__(self, theme: Theme, key: str, keep: Callable[[], str]) -> None:
        super().__init__(theme, "The recovery key", ABOUT, width=WIDE)
        self._keep = keep
        self.is_kept = False
        self._groups = key.split("-")
        self._asked_at = min(ASKED, len(self._groups) - 1)
        self.shown = [Group(theme, number, text) for number, text in enumerate(self._groups, start=1)]
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for at, group in enumerate(self.shown):
            grid.addWidget(group, *divmod(at, IN_LINE))
        self.body.addLayout(grid)
        self.print_button = Button(theme, "Print…")
        self.print_button.clicked.connect(lambda: self._print(key))
        self.confirmation = Field(theme, f"Type group {self._asked_at + 1}, to show that you have the key")
        asked = self.add_row(self.print_button, self.confirmation)
        asked.setAlignment(self.print_button, Qt.AlignmentFlag.AlignBottom)
        self.back, self.go = self.add_ways_on("Not now", "It is printed or written down")
        self.confirmed.connect(lambda _: self._check())

    def first_field(self) -> QWidget:
        """The group to be typed."""
        return self.confirmation.edit

    def faulty(self) -> QWidget | None:
        """The group."""
        return self.confirmation.edit

    def _check(self) -> None:
        typed = self.confirmation.text.upper().replace("O", "0").replace("I", "1").replace("L", "1")
        if typed != self._groups[self._asked_at]:
            self.show_problem(WRONG)
        elif why := self._keep():
            self.show_problem(why)
        else:
            self.is_kept = True
            for group in self.shown:
                group.signs.clear()
            self.done.emit()

    def _print(self, key: str) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # noqa: PLC0415 - hardly ever

        if not QPrinterInfo.availablePrinterNames():
            self.show_problem(NO_PRINTER)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self.window()).exec() and not print_key(printer, key):
            self.show_problem("the printer did not take it; nothing was printed")


def on_paper(key: str) -> str:
    """Return all that stands on the sheet of paper, which is read long after the screen is gone."""
    return "\n".join([PRINTED, "", *groups_in_lines(key), "", ON_PAPER])


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
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSize(14)
    painter.setFont(font)
    box = QRectF(painter.viewport())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(box, int(flags) | int(Qt.TextFlag.TextWordWrap), on_paper(key))
    painter.end()
    return True


def ask_to_keep(station: Station, key: str, keep: Callable[[], str], undone: str, in_force: str) -> None:
    """Show a recovery key until it is kept; ``undone`` is said where somebody leaves it instead.

    ``in_force`` is said then where it opens the record already, and only the record was not told of it.
    """
    sheet = RecoverySheet(station.theme, key, keep)
    before = _in_force(station)

    def left() -> None:
        if sheet.is_kept:
            return
        if _in_force(station) == before:
            station.touches.refused.emit(undone)
        else:
            station.touches.told.emit(in_force)

    station.sheets.open(sheet)
    # Behind what closes the sheet: what is said stands over the page then.
    sheet.done.connect(left)


def show_new_recovery_key(station: Station) -> str:
    """Show a new recovery key, which is kept once it was read; return why there is none, or nothing."""
    if why := why_no_recovery_key(station):
        return why
    key = draft_recovery_key(station)
    ask_to_keep(station, key, lambda: keep_recovery_key(station, key), NOT_KEPT, IN_FORCE)
    return ""


def _in_force(station: Station) -> str:
    """Return what tells the recovery key that opens the record from another in its place."""
    sign_in = station.secrets()
    return sign_in.slot_of("") if sign_in is not None else ""
