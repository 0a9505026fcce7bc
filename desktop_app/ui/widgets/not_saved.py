"""The red bar: a touch is not on disk yet, it is kept, and it is tried again until it is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.ui.widgets.labels import label


class NotSavedBar(QFrame):
    """Shown while anything waits to be stored."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plate", "not-saved")
        self._first = label("", size=13, tone="alert", heavy=True, wrap=True)
        self._second = label("", size=12, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 10)
        column.setSpacing(2)
        column.addWidget(self._first)
        column.addWidget(self._second)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; empty when nothing waits."""
        return f"{self._first.text()} {self._second.text()}" if not self.isHidden() else ""

    def show_waiting(self, why: str, kept: tuple[str, ...]) -> None:
        """Say why nothing was stored and what is kept."""
        if why:
            self._first.setText(f"Not saved yet: {why}")
        touches = "; ".join(kept)
        self._second.setText(
            f"{touches}. Kept with its time, tried again every second. Leave the program open; timers go on."
        )
        self.setAccessibleName(self._first.text())
        self.show()
