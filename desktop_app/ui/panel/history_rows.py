"""One touch of the history as a row; where it is a moment of a service, pressing it shows all its times."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.ui.panel.history_model import HistoryRow
from desktop_app.ui.panel.rows import RowButton
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import tip

ROW = 46
LINE = 18
TOP = 5
AT = 66


def with_whole_history(station: Station, more: Button, session: Callable[[], str]) -> QWidget:
    """Return the way to a short history with the one to the page that tells all of it beside it."""
    whole = Button(station.theme, "All of it", kind=Kind.LINK)
    whole.setAccessibleName("Show everything that was recorded, on the history page")
    whole.setToolTip("Everything that was recorded, on the history page (Ctrl+H)")
    whole.clicked.connect(lambda: station.show_page("history", session()))
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(more)
    row.addWidget(whole)
    return both


class HistoryBlock(RowButton):
    """The instant, what happened, and under it how it is known, by whom, and when it was recorded."""

    def __init__(self, theme: Theme, row: HistoryRow, asked: Callable[[str], None]) -> None:
        super().__init__(theme)
        self.row = row
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setEnabled(bool(row.moment))
        does = ". Show all its times" if row.moment else ""
        self.setAccessibleName(f"{row.spoken}{does}")
        self.setToolTip(tip(f"{row.what}\n{row.evidence}"))
        self.clicked.connect(lambda: asked(row.service))

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = self._theme.font(size, bold=bold)
        font.setStrikeOut(self.row.undone)
        return font

    def sizeHint(self) -> QSize:
        """Two lines, or more where what happened takes more."""
        return QSize(200, self._theme.px(ROW))

    def heightForWidth(self, width: int) -> int:
        """Return the height at which all of what happened can be read."""
        return self._theme.px(ROW) + (self._lines(width) - 1) * self._theme.px(LINE)

    def hasHeightForWidth(self) -> bool:
        """Whether a narrower row is higher: it is."""
        return True

    def _lines(self, width: int) -> int:
        """Return how many lines what happened takes in a row so wide."""
        metrics = QFontMetrics(self._theme.font(13))
        room = QRect(0, 0, max(1, width - self._theme.px(AT + 8)), 10_000)
        high = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.row.what).height()
        return max(1, round(high / metrics.lineSpacing()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two lines; what was taken back is struck out and says so."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_plate(painter)
        px = self._theme.px
        tone = "ink_2" if self.row.undone else "ink"
        first = QRect(px(4), px(TOP), self.width() - px(8), px(LINE))
        lines = self._lines(self.width())
        self._line(painter, first, self.row.at, tone, bold=True)
        self._line(painter, first.adjusted(px(AT), 0, 0, (lines - 1) * px(LINE)), self.row.what, tone)
        second = first.translated(0, lines * px(LINE)).adjusted(px(AT), 0, 0, 0)
        evidence = f"taken back · {self.row.evidence}" if self.row.undone else self.row.evidence
        self.write(painter, second, evidence, 12, "ink_2")

    def _line(self, painter: QPainter, box: QRect, text: str, tone: str, *, bold: bool = False) -> None:
        painter.setFont(self._font(13, bold=bold))
        painter.setPen(self._theme.color(tone))
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(box, flags, text)
