"""The day drawn small: filled is billable, outlined is still to come, a line is what was infused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.board.day_model import Day, Hour
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.labels import label

HEIGHT = 52
LEAST_WIDTH = 150
WIDTH = 216
FOOT = 14
EDGE = 4
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MINUTES = 60
_EVERY = 2
"""Every second hour has its number under it; more would touch each other."""


class DayPicture(QWidget):
    """The hours of the day as bars; the mouse or the arrow keys tell the figures of one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._day = Day(())
        self._told: int | None = None
        self.note = label("", size=12, tone="inverse")
        """The figures of the hour that is told, on a plate under the bar."""
        self.note.setProperty("plate", "note")
        self.note.setParent(self)
        self.note.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._size)
        self._size()
        self._name()

    def show_day(self, day: Day) -> None:
        """Draw another day."""
        if day != self._day:
            self._day = day
            self._told = None if self._told is None else min(self._told, len(day.hours) - 1)
            self._name()
            self.update()

    @property
    def told(self) -> Hour | None:
        """The hour whose figures are told, if one is."""
        return self._day.hours[self._told] if self._told is not None and self._day.hours else None

    def column(self, at: int) -> QRectF:
        """Return where an hour stands, from head to foot."""
        width = (self.width() - 2 * EDGE) / max(1, len(self._day.hours))
        return QRectF(EDGE + at * width, 2, width, self.height() - 4)

    def _tell(self, at: int | None) -> None:
        if at == self._told:
            return
        self._told = at
        self._name()
        self.update()

    def _name(self) -> None:
        told = self.told
        self.setAccessibleName(f"{self._day.sentence}. {told.spoken}" if told else self._day.sentence)
        self.setAccessibleDescription("Left and right arrow keys tell the figures of an hour")
        self._show_note(told)

    def _show_note(self, told: Hour | None) -> None:
        """Put the figures under the hour, over whatever is there."""
        self.note.setVisible(told is not None)
        if told is None or self._told is None:
            return
        self.note.setParent(self.window())
        self.note.setText(told.spoken)
        self.note.adjustSize()
        at = self.mapTo(self.window(), QPoint(round(self.column(self._told).left()), self.height()))
        most = self.window().width() - self.note.width() - EDGE
        self.note.move(max(EDGE, min(at.x(), most)), at.y() + EDGE)
        self.note.show()
        self.note.raise_()

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.setMinimumWidth(self._theme.px(LEAST_WIDTH))
        self.setMaximumWidth(self._theme.px(WIDTH))

    def sizeHint(self) -> QSize:
        """As wide as a dozen hours want to be."""
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from hour to hour, beginning at the present one."""
        step = _STEPS.get(Qt.Key(event.key()))
        hours = self._day.hours
        if step is None or not hours:
            event.ignore()
            return
        now = next((at for at, hour in enumerate(hours) if hour.is_now), 0)
        at = now if self._told is None else min(max(self._told + step, 0), len(hours) - 1)
        self._tell(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the hour under the mouse."""
        self._tell(self._at(round(event.position().x())))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell no hour any more."""
        super().leaveEvent(event)
        self._tell(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell no hour any more."""
        super().focusOutEvent(event)
        self._tell(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no figures behind on another page."""
        super().hideEvent(event)
        self._tell(None)

    def _at(self, x: int) -> int | None:
        columns = range(len(self._day.hours))
        return next((at for at in columns if self.column(at).left() <= x < self.column(at).right()), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw every hour, the numbers under them, and the ring of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((self._tallest(hour) for hour in self._day.hours), default=0)
        for at, hour in enumerate(self._day.hours):
            self._draw_hour(painter, at, hour, max(1, most))
        self._draw_floor(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, RADIUS_CONTROL, RADIUS_CONTROL)

    @staticmethod
    def _tallest(hour: Hour) -> int:
        return max(hour.projected, hour.billable, -(-hour.infused_minutes // _MINUTES))

    def _draw_hour(self, painter: QPainter, at: int, hour: Hour, most: int) -> None:
        column, floor = self.column(at), self._floor()
        if at == self._told:
            painter.fillRect(column, self._theme.tint("accent"))
        room = floor - column.top() - 3
        bar = column.adjusted(2, 0, -2, 0)
        accent = self._theme.color("accent")
        if hour.projected > hour.billable:
            painter.setPen(QPen(accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            top = floor - room * hour.projected / most
            painter.drawRect(QRectF(bar.left() + 0.5, top, bar.width() - 1, floor - top))
        top = floor - room * hour.billable / most
        painter.fillRect(QRectF(bar.left(), top, bar.width(), floor - top), accent)
        self._draw_infused(painter, column, floor - room * hour.infused_minutes / (most * _MINUTES), hour)
        if at % _EVERY == 0 or at == self._told:
            self._draw_number(painter, column, hour)

    def _draw_infused(self, painter: QPainter, column: QRectF, y: float, hour: Hour) -> None:
        """Draw a line over its own edge of surface, so that it is seen on a bar too."""
        if not hour.infused_minutes:
            return
        for name, width in (("surface", 5.0), ("run", 2.5)):
            pen = QPen(self._theme.color(name), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QPoint(round(column.left()), round(y)), QPoint(round(column.right()), round(y)))

    def _draw_number(self, painter: QPainter, column: QRectF, hour: Hour) -> None:
        painter.setFont(self._theme.font(11, bold=hour.is_now))
        painter.setPen(self._theme.color("ink" if hour.is_now else "ink_2"))
        box = QRect(round(column.center().x()) - 20, round(self._floor()), 40, self._theme.px(FOOT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, hour.clock[:2].lstrip("0") or "0")

    def _draw_floor(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._theme.color("ink_3"), 1))
        y = round(self._floor())
        painter.drawLine(EDGE, y, self.width() - EDGE, y)

    def _floor(self) -> float:
        return self.height() - self._theme.px(FOOT) - 2.0
