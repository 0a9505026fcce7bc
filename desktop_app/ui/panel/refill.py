"""Putting other rows in place of those shown, without taking the keyboard from whoever is on one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget

_KEY = "row-key"


def keyed(widget: QWidget, *key: str) -> QWidget:
    """Name a row, so that the focus finds it again after the rows were made anew."""
    widget.setProperty(_KEY, "\n".join(key))
    return widget


def refill(layout: QLayout, widgets: Sequence[QWidget]) -> None:
    """Show other rows; the focus stays on the row of the same name."""
    focused = _focused_key(layout)
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
    same = [widget for widget in widgets if focused and widget.property(_KEY) == focused]
    if same:
        same[0].show()
        same[0].setFocus(Qt.FocusReason.OtherFocusReason)


def is_same_row(one: QWidget | None, other: QWidget | None) -> bool:
    """Return whether two controls belong to one row, before and after it was made anew."""
    key = _key_of(one)
    return bool(key) and key == _key_of(other)


def _key_of(at: QWidget | None) -> str:
    while at is not None and not at.property(_KEY):
        at = at.parentWidget()
    return str(at.property(_KEY)) if at is not None else ""


def _focused_key(layout: QLayout) -> str:
    at = QApplication.focusWidget()
    items = (layout.itemAt(place) for place in range(layout.count()))
    rows = [item.widget() for item in items if item is not None]
    while at is not None and at not in rows:
        at = at.parentWidget()
    return str(at.property(_KEY) or "") if at is not None else ""
