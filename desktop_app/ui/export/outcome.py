"""What became of a batch: an icon and a sentence."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label, retone
from desktop_app.ui.widgets.sign import Sign


class Kind(StrEnum):
    """What kind of news something is."""

    GOOD = "good"
    NOTE = "note"
    FAULT = "fault"
    """Something is to be done about it."""


_LOOKS = {
    Kind.GOOD: ("check", "run", "good"),
    Kind.NOTE: ("info", "due", "ink"),
    Kind.FAULT: ("alert", "alert", "alert"),
}
"""The icon of each, its tone, and that of its words."""


class Outcome(QWidget):
    """Not there while nothing is said."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sign = Sign(theme, "check", "run")
        self.told = label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.told, 1)

    def say(self, text: str, kind: Kind) -> None:
        """Say what became of it, in the way of its kind."""
        if self.told.text() != text:
            self.told.setText(text)
        icon, tone, words = _LOOKS[kind]
        retone(self.told, words)
        self._sign.show_as(icon, tone)
        self.setVisible(bool(text))
