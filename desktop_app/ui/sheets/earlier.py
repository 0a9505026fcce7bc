"""Changed at…: a link in a sheet that opens the choice of an instant before the touch."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.core.moments import HowKnown
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.when_choice import WhenChoice


class Earlier(QWidget):
    """Offers an instant before the touch, for what was not pressed in time."""

    def __init__(self, theme: Theme, name: str, asked: When, zone: str) -> None:
        super().__init__()
        self._touch_us = asked.at_us
        self.button = Button(theme, f"{name} at…", kind=Kind.LINK)
        self.at = WhenChoice(theme, name, asked.at_us, lambda: asked.now_us, zone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(self.at)
        self.at.hide()
        self.button.clicked.connect(self._open)

    def instant(self, asked: When) -> When | None:
        """Return the touch itself, or the earlier instant; None where the clock time is none."""
        if self.at.isHidden():
            return asked
        at_us = self.at.at_us()
        if at_us == self._touch_us:
            return asked
        return None if at_us is None else When(at_us=at_us, now_us=asked.now_us, how=HowKnown.BACK_DATED)

    @property
    def clock(self) -> QLineEdit | None:
        """The field of the earlier time, once it is asked for."""
        return None if self.at.isHidden() else self.at.clock

    def _open(self) -> None:
        self.at.show()
        self.button.hide()
        self.at.clock.setFocus()
