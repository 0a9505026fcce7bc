"""The beginning of a table, to be looked at: headings, cells, and a bar where it is wider than its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from desktop_app.ui.theme import Theme

ROW, HEAD = 28, 30
NARROWEST, WIDEST = 56, 240
_PAD = 20


class TableGrid(QTableWidget):
    """A table that the arrows go through and Tab leaves."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(theme.px(HEAD))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))

    def keep_rows(self, rows: int) -> None:
        """Be as high as so many rows, the headings and the bar; more scroll."""
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self._theme.px(HEAD) + rows * self._theme.px(ROW) + bar + 2)

    def show_table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other rows under other headings; none are shown where there are none."""
        at = self.currentColumn()
        self.clear()
        self.setRowCount(len(rows))
        self.setColumnCount(len(head) or max(map(len, rows), default=0))
        self.setHorizontalHeaderLabels(list(head))
        self.horizontalHeader().setVisible(bool(head))
        for down, cells in enumerate(rows):
            for along, text in enumerate(cells):
                self.setItem(down, along, QTableWidgetItem(text))
        self._measure(head, rows)
        if rows:
            self.setCurrentCell(0, min(max(at, 0), self.columnCount() - 1))

    def go_to(self, column: int) -> None:
        """Bring a column to sight."""
        if self.rowCount() and 0 <= column < self.columnCount():
            self.setCurrentCell(0, column)

    def _measure(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        bold, plain = (QFontMetrics(self._theme.font(12, bold=heavy)) for heavy in (True, False))
        for along in range(self.columnCount()):
            words = [plain.horizontalAdvance(cells[along]) for cells in rows]
            words += [bold.horizontalAdvance(head[along])] if head else []
            width = max(words, default=0) + self._theme.px(_PAD)
            self.setColumnWidth(along, min(max(width, self._theme.px(NARROWEST)), self._theme.px(WIDEST)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to the first cell where none is chosen yet."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)
