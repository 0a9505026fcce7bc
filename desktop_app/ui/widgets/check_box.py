"""A box to tick whose frame, tick and focus can be seen in both schemes: the style's own is lost on dark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from desktop_app.ui.widgets.icons import draw_icon

_ROUND = 4.0
_ROUND_FOCUS = 6.5
_TICK = 3.0


class CheckBox(QCheckBox):
    """Draws its box itself, in the colours of the palette; the words are left to the style."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, then the box over the style's own."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box()
        self._draw_plate(painter, box)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), _ROUND_FOCUS, _ROUND_FOCUS)

    def _box(self) -> QRectF:
        """Return where the box stands, a little inside the widget so that the focus has room round it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_CheckBoxIndicator
        return QRectF(self.style().subElementRect(element, option, self)).adjusted(0.5, 0.5, -0.5, -0.5)

    def _draw_plate(self, painter: QPainter, box: QRectF) -> None:
        role, color = QPalette.ColorRole, self.palette().color
        is_on = self.isChecked()
        edge = role.Highlight if is_on else role.PlaceholderText
        painter.setPen(QPen(color(edge), 1.5))
        painter.setBrush(color(role.Highlight if is_on else role.Base))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        if is_on:
            tick = box.adjusted(_TICK, _TICK, -_TICK, -_TICK)
            draw_icon(painter, "check", tick, color(role.HighlightedText))
