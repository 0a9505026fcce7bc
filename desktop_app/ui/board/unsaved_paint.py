"""How a card draws what is not saved yet: an icon of its own and words, in the colour of an alert."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.icons import draw_icon

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def draw_waiting(painter: QPainter, theme: Theme, forms: tuple[str, ...], row: QRect) -> None:
    """Draw the icon and the longest of the forms that has room."""
    size, color = theme.px(12), theme.color("alert")
    spot = QRectF(row.left(), row.center().y() - size / 2 + 0.5, size, size)
    draw_icon(painter, "unsaved", spot, color)
    beside = row.adjusted(size + theme.px(5), 0, 0, 0)
    letters = theme.letters(12, bold=True)
    fits = (form for form in forms if letters.width(form) <= beside.width())
    shown = next(fits, forms[-1])
    painter.setFont(letters.font)
    painter.setPen(color)
    painter.drawText(beside, _LEFT, letters.cut(shown, beside.width()))
