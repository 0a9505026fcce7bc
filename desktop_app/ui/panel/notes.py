"""The notes of a visit in the panel: what was noted, further sites with their reasons, changes of chair."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.panel.refill import refill
from desktop_app.ui.widgets.labels import heading, label


class VisitNotes(QWidget):
    """A line for each note, in the order it happened; nothing to see while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    @property
    def shown(self) -> tuple[str, ...]:
        """What it says."""
        return self._shown

    def show_notes(self, notes: tuple[str, ...]) -> None:
        """Show other notes than before."""
        if notes == self._shown:
            return
        self._shown = notes
        self.setVisible(bool(notes))
        rows = [label(note, size=12, tone="soft", wrap=True) for note in notes]
        refill(self._column, [heading("Notes"), *rows] if rows else [])
