"""The red bar over every page while an emergency access is open: who works, as what, and what ends it.

The reason stays out of it: it may tell of a patient, and the bar is seen by whoever passes.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.sign import Sign

ENDS = "It ends with the next lock or sign-in. An administrator looks at it afterwards."


class EmergencyBar(QFrame):
    """Shown from the emergency on until it ends."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plate", "not-saved")
        self._first = label("", tone="alert", heavy=True, wrap=True)
        self.lock = Button(theme, "Lock, and end it", icon="lock")
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._first)
        told.addWidget(label(ENDS, size=12, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(10)
        row.addWidget(Sign(theme, "alert", "alert"))
        row.addLayout(told, 1)
        row.addWidget(self.lock)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; empty while no emergency is open."""
        return "" if self.isHidden() else f"{self._first.text()} {ENDS}"

    def show_open(self, access: str, person: str) -> None:
        """Say which access is open, and who works by it."""
        told = f"Emergency access is open: {person} works as a nurse, on record as {access}."
        if told != self._first.text():
            self._first.setText(told)
            self.setAccessibleName(f"{told} {ENDS}")
        self.show()
