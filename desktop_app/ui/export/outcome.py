"""What became of a batch: an icon and a sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label, retone
from desktop_app.ui.widgets.sign import Sign


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

    def say(self, text: str, *, is_fault: bool) -> None:
        """Say what became of it, and whether there is something to do about it."""
        if self.told.text() != text:
            self.told.setText(text)
        retone(self.told, "alert" if is_fault else "good")
        self._sign.show_as(*(("alert", "alert") if is_fault else ("check", "run")))
        self.setVisible(bool(text))
