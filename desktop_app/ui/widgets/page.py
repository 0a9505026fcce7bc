"""The head every page but the board has: its name and a few numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.board.figure import Figure
from desktop_app.ui.board.suite_bar import HEIGHT
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label


class PageHead(QFrame):
    """Name and numbers."""

    def __init__(self, theme: Theme, title: str, figures: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.setProperty("plate", "bar")
        self._theme = theme
        self._figures = {words: Figure(words) for words in figures}
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(26)
        row.addWidget(label(title, size=18, heavy=True))
        for figure in self._figures.values():
            row.addWidget(figure)
        row.addStretch()
        theme.changed.connect(self._size)
        self._size()

    def show_number(self, words: str, text: str, *, alert: bool = False) -> None:
        """Show one of the numbers."""
        self._figures[words].show_number(text, alert=alert)

    def add(self, widget: QWidget) -> None:
        """Add a control at the right."""
        self._row.addWidget(widget)

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
