"""Controls in the order in which they are read, wherever and whenever they were made."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget


def tab_stops(root: QWidget) -> list[QWidget]:
    """Return where Tab can go under a widget: row by row from the top and, in a row, from the left."""
    boxes = [(_box(root, widget), widget) for widget in root.findChildren(QWidget) if _takes_tab(widget)]
    rows: list[list[tuple[QRect, QWidget]]] = []
    for box, widget in sorted(boxes, key=lambda found: (found[0].top(), found[0].left())):
        if not rows or box.center().y() > rows[-1][0][0].bottom():
            rows.append([])
        rows[-1].append((box, widget))
    return [widget for row in rows for _, widget in sorted(row, key=lambda found: found[0].left())]


def _box(root: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
