"""Finding a session: by initials, MRN, chair or day; Enter also brings back what the record has of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.ui.day_text import read_day
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import let_scans_in, take_scanned

FEWEST_LETTERS = 2
"""By a single letter nobody is looked up in the record."""
HINT = "Find: initials, MRN, chair, day"


class FindField(QLineEdit):
    """A line of text that narrows the list while it is typed.

    Signals:
        sought: other sessions are looked for.
        day_wanted(str): the sessions of a day, written as 2026-11-23.
        name_wanted(str): the sessions of whoever has these initials or this in the MRN.
        taken: Enter; the first of those found is to be shown.
    """

    sought = Signal()
    day_wanted = Signal(str)
    name_wanted = Signal(str)
    taken = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Find a session by initials, MRN, chair or day")
        self.setPlaceholderText(HINT)
        self.setMinimumHeight(theme.target(40))
        let_scans_in(self)
        self.textChanged.connect(lambda _: self.sought.emit())
        # The window takes Enter after this; whatever gets the keyboard here must not be pressed by it.
        self.returnPressed.connect(lambda: QTimer.singleShot(0, self, self._take))

    @property
    def wanted(self) -> str:
        """What is looked for; a day as it stands in the record."""
        day = read_day(self.text())
        return day.isoformat() if day else self.text().strip()

    def _take(self) -> None:
        if scanned := take_scanned(self):
            self.setText(scanned.strip())
        if read_day(self.text()) is not None:
            self.day_wanted.emit(self.wanted)
        elif len(self.wanted) >= FEWEST_LETTERS:
            self.name_wanted.emit(self.wanted)
        self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc looks for nothing any more; only then it is the window's."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.taken.emit()
        else:
            super().keyPressEvent(event)
