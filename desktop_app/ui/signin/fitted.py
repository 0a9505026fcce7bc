"""A part that is as high as all it says: a layout alone takes wrapped words for one line."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame


class Fitted(QFrame):
    """Keeps the height that its layout needs at the width it has."""

    def event(self, event: QEvent) -> bool:
        """Measure anew when something in it is shown, hidden or says something else."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew at another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        # What it holds may change for something without a word that wraps, and take less.
        needed = (
            layout.totalHeightForWidth(self.width())
            if layout.hasHeightForWidth()
            else layout.totalMinimumSize().height()
        )
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
