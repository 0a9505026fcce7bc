"""The names to choose from, where nobody is chosen yet: pressed, gone to with the arrows, or typed.

A ring around one of them would say that it is chosen; so until one is, the ring is around them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.keys import is_character
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.fields import Choice

_ROOM = 4
"""Between the names and the ring around them."""
_WORD_MS = 1500
"""A letter after so long begins another name."""
_FORWARDS = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})
_BACKWARDS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})


class Names(Choice):
    """A chip for each name.

    Signals:
        spelled(str): a name was taken by typing how it begins; more of it may follow.
    """

    spelled = Signal(str)

    def __init__(self, theme: Theme, names: Sequence[str], *, in_row: int) -> None:
        options = [(name, name) for name in names]
        super().__init__(theme, "Who", options, unset=len(names) > 1, in_row=in_row)
        self._theme = theme
        self._names = tuple(names)
        self._typed = ""
        self._since = QElapsedTimer()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(*(theme.px(_ROOM),) * 4)

    def first_field(self) -> QWidget:
        """The name that is taken; all of them while none is."""
        return self.chip(self.taken) if self.taken else self

    def _spell(self, letter: str) -> None:
        goes_on = self._since.isValid() and self._since.elapsed() < _WORD_MS
        self._since.start()
        for typed in ((self._typed if goes_on else "") + letter, letter):
            found = [name for name in self._names if name.casefold().startswith(typed.casefold())]
            if found:
                self._typed = typed
                self.take(found[0])
                self.chip(found[0]).setFocus(Qt.FocusReason.OtherFocusReason)
                self.spelled.emit(found[0])
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters take the first name that begins with them, the arrows one from either end."""
        if event.key() in _FORWARDS | _BACKWARDS and not self.taken:
            chip = self.chips[0 if event.key() in _FORWARDS else -1]
            chip.click()
            chip.setFocus(Qt.FocusReason.OtherFocusReason)
        elif is_character(event) and not event.text().isspace():
            self._spell(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring around all of them while they have the keyboard together."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_CONTROL + 2, RADIUS_CONTROL + 2)
