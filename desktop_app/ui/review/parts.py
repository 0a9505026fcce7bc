"""The review page's parts: an item of the list, and the table of lines with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui import words
from desktop_app.ui.board.card_paint import who_words
from desktop_app.ui.panel.panel_model import LineRow
from desktop_app.ui.review.review_model import ReviewItem, Standing
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.labels import heading, label, rule, tip

_TONES = {
    Standing.BLOCKED: "alert",
    Standing.WAITING: "ink_2",
    Standing.HELD: "pause",
    Standing.SIGNED: "run",
}
_MARKS = {Standing.BLOCKED: "! ", Standing.WAITING: "", Standing.HELD: "", Standing.SIGNED: "✓ "}
COLUMNS = ("#", "Code", "Modifiers", "Units", "Minutes", "Why", "Source")
_RING, _OUTER, _PAD = 4, RADIUS_CONTROL + 3, 16
"""The ring of the focus keeps two pixels from the plate; what is chosen is tinted, with a bar."""
_WHY, _SOURCE = 5, 6


class ItemButton(QAbstractButton):
    """One session of the list.

    Signals:
        stepped(int): the item before or behind is wanted.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, item: ReviewItem) -> None:
        super().__init__()
        self._theme = theme
        self.item = item
        self.setCheckable(True)
        self._name()
        theme.changed.connect(self.updateGeometry)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_item(self, item: ReviewItem) -> None:
        """Show another item of the same session."""
        if item != self.item:
            self.item = item
            self._name()
            self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.item.who}, {self.item.detail}")
        self.setToolTip(tip(f"{self.item.who}\n{self.item.detail}"))

    def _write(
        self, painter: QPainter, top: int, text: str, size: int, tone: str, *, bold: bool = False
    ) -> None:
        pad = self._theme.px(_PAD)
        row = QRect(pad, top, self.width() - 2 * pad, self._theme.px(18))
        font = self._theme.font(size, bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_bar(self, painter: QPainter, box: QRectF) -> None:
        plate = QPainterPath()
        plate.addRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.save()
        painter.setClipPath(plate)
        painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), self._theme.color("accent"))
        painter.restore()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, self._theme.px(58))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the list; Enter is the page's."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw plate, patient, detail."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        blocked = self.item.standing is Standing.BLOCKED
        painter.setPen(QPen(self._theme.color("alert" if blocked else "line"), 1))
        painter.setBrush(self._theme.tint("accent") if self.isChecked() else self._theme.color("surface"))
        box = QRectF(self.rect()).adjusted(_RING, _RING, -_RING, -_RING)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if self.isChecked():
            self._draw_bar(painter, box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _OUTER, _OUTER)
        px = self._theme.px
        who = who_words(self.item.who, self._theme, self.width() - 2 * px(_PAD), size=13, bold=True)
        self._write(painter, px(10), who, 13, "ink", bold=True)
        detail = f"{_MARKS[self.item.standing]}{self.item.detail}"
        self._write(painter, px(30), detail, 12, _TONES[self.item.standing])


class LinesTable(QWidget):
    """Lines in columns, each with its reason and its source."""

    def __init__(self, lines: Sequence[LineRow], not_billed: Sequence[LineRow] = ()) -> None:
        super().__init__()
        self.setAccessibleName(words.count_words(len(lines), "coded line", "coded lines"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(_WHY, 3)
        self._grid.setColumnStretch(_SOURCE, 2)
        for column, name in enumerate(COLUMNS):
            self._put(0, column, label(name, size=12, tone="soft", heavy=True))
        self._grid.addWidget(rule(), 1, 0, 1, len(COLUMNS))
        for at, line in enumerate(lines, start=1):
            self._add(at, line)
        if not_billed:
            self._put(2 * len(lines) + 2, 0, heading("Not billed"), wide=_WHY)
        for at, line in enumerate(not_billed, start=len(lines) + 2):
            self._put(2 * at, 1, label(line.code, tone="soft", wrap=True), wide=_WHY - 1)
            self._put(2 * at, _WHY, label(line.why, tone="soft", wrap=True))
            self._grid.addWidget(rule(), 2 * at + 1, 0, 1, len(COLUMNS))

    def _add(self, at: int, line: LineRow) -> None:
        row = 2 * at
        cells = (
            label(str(at), tone="soft"),
            label(line.code, heavy=True),
            label(line.modifiers),
            label(line.units),
            label(line.minutes or "–"),
            label(line.why, wrap=True),
            label(line.sources, size=12, tone="soft", wrap=True),
        )
        for column, cell in enumerate(cells):
            self._put(row, column, cell)
        self._grid.addWidget(rule(), row + 1, 0, 1, len(COLUMNS))

    def _put(self, row: int, column: int, cell: QLabel, *, wide: int = 1) -> None:
        cell.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(cell, row, column, 1, wide)
