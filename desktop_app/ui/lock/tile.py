"""A chair on the lock screen: its number, its state as word, icon and colour; a touch stamps the moment."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from desktop_app.ui.board.in_short import ChairInShort
from desktop_app.ui.cut import fitting
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import tip

WIDTH, HEIGHT = 132, 76
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class Tile(QAbstractButton):
    """One chair.

    Signals:
        keyed(QKeyEvent): a key that the lock screen takes, which knows a press from a scan.
    """

    keyed = Signal(object)

    def __init__(self, theme: Theme, shown: ChairInShort) -> None:
        super().__init__()
        self._theme = theme
        self.shown = shown
        self.stamped = ""
        """The time that was stamped here since the screen was locked."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())
        self._name()

    def show_chair(self, shown: ChairInShort) -> None:
        """Show the chair as it is now."""
        if shown != self.shown:
            self.shown = shown
            self._name()
            self.update()

    def show_stamp(self, stamped: str) -> None:
        """Show the time that was stamped here."""
        self.stamped = stamped
        self._name()
        self.update()

    def _name(self) -> None:
        stamped = f", {self.stamped} stamped" if self.stamped else ""
        self.setAccessibleName(f"{self.shown.spoken}{stamped}. Stamp this moment")
        self.setToolTip(tip(f"{self.shown.spoken}{stamped}"))

    def sizeHint(self) -> QSize:
        """Large enough for a glove."""
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key is the lock screen's; the place that scrolls would take the arrows."""
        self.keyed.emit(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one press."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw number, state, and what was stamped."""
        px, color = self._theme.px, self._theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(color("accent"), 2.5) if self.hasFocus() else QPen(color(self.shown.tone), 1.2)
        painter.setPen(edge)
        painter.setBrush(self._theme.tint("accent") if self.underMouse() else color("surface"))
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(self._theme.font(18, bold=True))
        painter.setPen(color("ink"))
        painter.drawText(QRect(0, px(8), self.width(), px(24)), _MIDDLE, self.shown.chair)
        self._draw_state(painter, px(34))
        if self.stamped:
            self._line(painter, px(53), "check", self.stamped, "accent")
        elif self.shown.due:
            self._line(painter, px(53), "bell", self.shown.due[0], "due")

    def _draw_state(self, painter: QPainter, top: int) -> None:
        words = f"{self.shown.word} {self.shown.figure}".strip()
        self._line(painter, top, self.shown.icon, words, self.shown.tone)

    def _line(self, painter: QPainter, top: int, icon: str, words: str, tone: str) -> None:
        px, color = self._theme.px, self._theme.color(tone)
        letters = self._theme.letters(12, bold=True)
        painter.setFont(letters.font)
        size, gap = px(10), px(5)
        forms = (words, words.removesuffix(" due"))
        words = fitting(forms, letters, self.width() - size - gap - px(12))
        left = (self.width() - size - gap - letters.width(words)) / 2
        row = QRectF(left, top, self.width(), px(18))
        draw_icon(painter, icon, QRectF(left, row.center().y() - size / 2, size, size), color)
        painter.setPen(color)
        painter.drawText(row.adjusted(size + gap, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
