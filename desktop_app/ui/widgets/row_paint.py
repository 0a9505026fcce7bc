"""Draws the rows of a list, and their headings: boxes, words with their icons, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui.board.card_paint import who_words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.row_columns import EDGE, Columns, Placed
from desktop_app.ui.widgets.row_model import VIEW, Cell, Index, Link, RowView

BOX, ICON, LINK_PAD = 20, 13, 8
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class RowPainter(QStyledItemDelegate):
    """Draws each row by its columns."""

    def __init__(self, theme: Theme, columns: Columns, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = columns
        self._list = parent
        self.under_mouse: tuple[int, str] = (-1, "")
        """The row and the deed the mouse is over."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as its words ask for in the list's width."""
        return QSize(100, self._columns.row_height(self._list.viewport().width()))

    def links_of(self, view: RowView, width: int) -> Iterator[tuple[Link, QRect]]:
        """Yield what can be done with a row, each with its place in it, from the right."""
        metrics = QFontMetrics(self._theme.font(13, bold=True))
        room = self._columns.place(width).links
        right = room.right() + 1
        for link in reversed(view.links):
            wide = metrics.horizontalAdvance(link.text) + 2 * self._theme.px(LINK_PAD)
            yield link, QRect(right - wide, room.top(), wide, room.height())
            right -= wide

    def deed_at(self, view: RowView, at: QPoint, width: int) -> str:
        """Return what a point of a row does; empty where it does nothing."""
        return next((link.deed for link, place in self.links_of(view, width) if place.contains(at)), "")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row, or a heading."""
        view: RowView = index.data(VIEW)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view.is_heading:
            self._heading(painter, box, view)
        else:
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            self._plate(painter, box, is_chosen=is_chosen, has_focus=is_chosen and has_focus)
            self._row(painter, box, view, index.row())
        painter.restore()

    def _plate(self, painter: QPainter, box: QRect, *, is_chosen: bool, has_focus: bool) -> None:
        theme = self._theme
        if is_chosen:
            painter.setPen(QPen(theme.color("accent"), 2) if has_focus else Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint("accent"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -2), 6, 6)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("line"))

    def _heading(self, painter: QPainter, box: QRect, view: RowView) -> None:
        theme = self._theme
        painter.setFont(theme.font(11, bold=True))
        painter.setPen(theme.color("ink_2"))
        place = box.adjusted(theme.px(EDGE), 0, -theme.px(EDGE), -theme.px(6))
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(view.spoken.upper(), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom | _LEFT, shown)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("line"))

    def _row(self, painter: QPainter, box: QRect, view: RowView, at: int) -> None:
        placed = self._columns.place(box.width())
        corner = box.topLeft()
        if view.tick is not None:
            self._tick(painter, placed.tick.translated(corner), ticked=view.tick)
        self._cells(painter, corner, view, placed)
        for link, place in self.links_of(view, box.width()):
            is_over = self.under_mouse == (at, link.deed)
            self._link(painter, place.translated(corner), link.text, is_over=is_over)

    def _cells(self, painter: QPainter, corner: QPoint, view: RowView, placed: Placed) -> None:
        for column, cell, place in zip(self._columns.columns, view.cells, placed.cells, strict=True):
            self._cell(painter, place.translated(corner), cell, _RIGHT if column.at_right else _LEFT)

    def _cell(self, painter: QPainter, place: QRect, cell: Cell, side: Qt.AlignmentFlag) -> None:
        theme = self._theme
        color = theme.color(cell.tone)
        if cell.icon:
            size = theme.px(ICON)
            box = QRectF(place.left(), place.center().y() - size / 2, size, size)
            draw_icon(painter, cell.icon, box, color)
            place = place.adjusted(size + theme.px(6), 0, 0, 0)
        text = cell.text
        if cell.keeps_end:
            text = who_words(text, theme, place.width(), size=13, bold=cell.bold)
        self._write(painter, place, text, color, side | _MIDDLE, bold=cell.bold)

    def _link(self, painter: QPainter, place: QRect, text: str, *, is_over: bool) -> None:
        theme = self._theme
        if is_over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint("accent"))
            painter.drawRoundedRect(QRectF(place).adjusted(1, 4, -1, -5), 6, 6)
        center = Qt.AlignmentFlag.AlignCenter
        self._write(painter, place, text, theme.color("accent"), center, bold=True)

    def _write(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        color: QColor,
        flags: Qt.AlignmentFlag,
        *,
        bold: bool,
    ) -> None:
        font = self._theme.font(13, bold=bold)
        painter.setFont(font)
        painter.setPen(color)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, flags, shown)

    def _tick(self, painter: QPainter, place: QRect, *, ticked: bool) -> None:
        theme, size = self._theme, self._theme.px(BOX)
        box = QRectF(place.left() + 0.5, place.center().y() - size / 2, size, size)
        painter.setPen(QPen(theme.color("accent" if ticked else "ink_3"), 1.4))
        painter.setBrush(theme.color("accent" if ticked else "raised"))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            inset = size / 5
            draw_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), theme.color("on_accent"))
