"""The panel's rows: a service that opens its actions, a coded line with its reason, a finding."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop_app.ui.panel.panel_model import FindingRow, LineRow, ServiceRow
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label, tip

ROW = 40
NOTE = 17
_FINDINGS = {"blocker": ("alert", "alert"), "warning": ("pause", "alert"), "note": ("due", "info")}


class ServiceButton(QAbstractButton):
    """One service as a row; pressing it opens what can be done about it."""

    def __init__(self, theme: Theme, row: ServiceRow) -> None:
        super().__init__()
        self._theme = theme
        self.row = row
        self.setAccessibleName(f"{row.spoken}. Correct, dose, more")
        self.setToolTip(
            tip("\n".join([f"{row.drug} {row.how}".strip(), *row.notes, "Press: correct, dose, more"]))
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _draw_plate(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -2)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tint("accent") if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _write(
        self,
        painter: QPainter,
        row: QRect,
        text: str,
        size: int,
        tone: str,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        font = self._theme.font(size, bold=bold)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, row.width()))
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        painter.drawText(row, align | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)

    def sizeHint(self) -> QSize:
        """One row, and one more line for each note."""
        return QSize(200, self._theme.px(ROW + NOTE * len(self.row.notes)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses; Enter is the window's, which knows a scan from a press."""
        if event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw drug, how, times, and the notes under them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_plate(painter)
        row = QRect(self._theme.px(4), 0, self.width() - self._theme.px(8), self._theme.px(ROW))
        times = self._write(painter, row, self.row.times, 13, "ink", align=Qt.AlignmentFlag.AlignRight)
        left = row.adjusted(0, 0, -times - self._theme.px(10), 0)
        used = self._write(painter, left, self.row.drug, 13, "ink", bold=True)
        self._write(painter, left.adjusted(used + self._theme.px(5), 0, 0, 0), self.row.how, 13, "ink_2")
        top = self._theme.px(ROW - 9)
        for note in self.row.notes:
            box = QRect(row.left(), top, row.width(), self._theme.px(NOTE))
            self._write(painter, box, note, 12, "ink_2")
            top += self._theme.px(NOTE)


class LineBlock(QFrame):
    """One coded line: code, reason, units, with a hairline under it."""

    def __init__(self, theme: Theme, row: LineRow, *, quiet: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(f"{row.code} {row.modifiers}, {_units(row)}: {row.why}")
        self.setToolTip(row.sources)
        code = label(
            f"{row.code} {row.modifiers}".strip(), heavy=not quiet, tone="soft" if quiet else "ink", wrap=True
        )
        code.setFixedWidth(theme.px(78))
        code.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        why = label(row.why, size=12, tone="soft", wrap=True)
        units = label(row.units, tone="soft" if quiet else "ink")
        units.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        line = QHBoxLayout(self)
        line.setContentsMargins(2, theme.px(7), 2, theme.px(7))
        line.setSpacing(theme.px(6))
        line.addWidget(code)
        line.addWidget(why, 1)
        line.addWidget(units, 0)
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class FindingBlock(QFrame):
    """One finding on its tint: icon, sentence."""

    def __init__(self, theme: Theme, row: FindingRow) -> None:
        super().__init__()
        self._theme = theme
        self._tone, self._icon = _FINDINGS.get(row.level, _FINDINGS["note"])
        self.setAccessibleName(f"{row.level}: {row.text}")
        words = label(row.text, size=12, wrap=True)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(theme.px(34), theme.px(9), theme.px(10), theme.px(9))
        self.line.addWidget(words, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint and the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(self._tone))
        painter.drawRoundedRect(self.rect(), RADIUS_CONTROL, RADIUS_CONTROL)
        size = self._theme.px(14)
        box = QRectF(self._theme.px(11), (self.height() - size) / 2, size, size)
        draw_icon(painter, self._icon, box, self._theme.color(self._tone))


def _units(row: LineRow) -> str:
    return f"{row.units} unit" if row.units == "1" else f"{row.units} units"


def column(spacing: int = 0) -> QVBoxLayout:
    """Return an upright layout without margins."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made
