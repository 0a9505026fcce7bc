"""A long list in columns: gone through with the arrows; boxes are ticked and deeds done by mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.cards import CardList
from desktop_app.ui.widgets.row_columns import Columns
from desktop_app.ui.widgets.row_model import Index, RowsModel, RowView
from desktop_app.ui.widgets.row_paint import RowPainter

_NOWHERE = (-1, "")


class RowHead(QWidget):
    """The names of the columns, over a list."""

    def __init__(self, theme: Theme, columns: Columns, over: RowList) -> None:
        super().__init__()
        self._theme = theme
        self._columns = columns
        self._over = over

    def sizeHint(self) -> QSize:
        """One line of small words."""
        return QSize(100, self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(0, self._theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each name over its column; what goes into a second line has none."""
        painter, theme = QPainter(self), self._theme
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(theme.color("ink_2"))
        metrics = QFontMetrics(theme.font(12, bold=True))
        placed = self._columns.place(self._over.viewport().width())
        for column, place in zip(self._columns.columns, placed.cells, strict=True):
            if column.goes_below and not placed.is_wide:
                continue
            side = Qt.AlignmentFlag.AlignRight if column.at_right else Qt.AlignmentFlag.AlignLeft
            shown = metrics.elidedText(column.name, Qt.TextElideMode.ElideRight, place.width())
            box = place.adjusted(0, 0, 0, 0)
            box.setHeight(self.height())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))


class RowList(CardList):
    """The rows.

    Signals:
        ticked(str): the box of a row was pressed.
        wanted(str, str): a deed of a row is to be done; without a name the likeliest.
        stood_on(str): the list is on another row.
    """

    ticked = Signal(str)
    wanted = Signal(str, str)
    stood_on = Signal(str)

    def __init__(self, theme: Theme, name: str, model: RowsModel[Any], columns: Columns) -> None:
        super().__init__(theme, name)
        self._rows = model
        self._columns = columns
        self._painter = RowPainter(theme, columns, self)
        self._pressed = _NOWHERE
        self.setModel(model)
        self.setItemDelegate(self._painter)

    @property
    def current(self) -> RowView | None:
        """The row the list is on."""
        at = self.currentIndex().row()
        return self._rows.view(at) if 0 <= at < len(self._rows.items) else None

    def show_items(self, items: Sequence[Any]) -> None:
        """Show other rows; the list stays on the row it is on, where that is still there."""
        was, top = self.current, self.verticalScrollBar().value()
        self._rows.show_items(items)
        if was is not None and self.current is None:
            self.stand_on(was.key)
        self.verticalScrollBar().setValue(top)

    def stand_on(self, key: str) -> None:
        """Stand on a row; on the first one where that is not there."""
        keys = self._rows.keys()
        at = keys.index(key) if key in keys else next((at for at, one in enumerate(keys) if one), -1)
        self.setCurrentIndex(self._rows.index(at) if at >= 0 else QModelIndex())

    def press_current(self) -> None:
        """Do the likeliest deed of the row the list is on."""
        if self.current is not None:
            self.wanted.emit(self.current.key, "")

    def tick_current(self) -> None:
        """Press the box of the row the list is on, where it has one."""
        if self.current is not None and self.current.tick is not None:
            self.ticked.emit(self.current.key)

    def row_height(self) -> int:
        """Return how high a row is now."""
        return self._columns.row_height(self.viewport().width())

    def _deed_at(self, at: QPoint) -> tuple[int, str]:
        """Return the row at a point and what a press there does: ``tick``, a deed, or nothing."""
        index = self.indexAt(at)
        if not index.isValid():
            return _NOWHERE
        view, box = self._rows.view(index.row()), self.visualRect(index)
        inside = at - box.topLeft()
        if view.tick is not None and self._columns.place(box.width()).tick.contains(inside):
            return index.row(), "tick"
        return index.row(), self._painter.deed_at(view, inside, box.width())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell on which row the list is."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.stood_on.emit(self._rows.view(current.row()).key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on the row; what is pressed there is done when the button is let go."""
        super().mousePressEvent(event)
        self._pressed = self._deed_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was pressed, where the mouse is still on it."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, _NOWHERE
        if not pressed[1] or self._deed_at(event.position().toPoint()) != pressed:
            return
        key = self._rows.view(pressed[0]).key
        if pressed[1] == "tick":
            self.ticked.emit(key)
        else:
            self.wanted.emit(key, pressed[1])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row; on a box or a deed a double click is one press."""
        if not self._deed_at(event.position().toPoint())[1]:
            self.press_current()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be pressed."""
        super().mouseMoveEvent(event)
        self._show_over(self._deed_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Show it no more."""
        super().leaveEvent(event)
        self._show_over(_NOWHERE)

    def _show_over(self, found: tuple[int, str]) -> None:
        if found != self._painter.under_mouse:
            self._painter.under_mouse = found
            shape = Qt.CursorShape.PointingHandCursor if found[1] else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
