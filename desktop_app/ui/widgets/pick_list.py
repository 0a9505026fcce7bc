"""A list to pick one row from while letters are typed beside it: name, what is said of it, and a star."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.core.values import dataclass
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon

ROW = 40
STAR = 40
"""How wide the place of a star is that can be pressed."""
_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class PickRow:
    """One row as it is drawn: a name as far as it has room, and a detail that is never shortened."""

    name: str
    plain: str = ""
    soft: str = ""
    detail: str = ""
    star: bool | None = None
    """Whether its star is set; None where a row has no star."""

    @property
    def spoken(self) -> str:
        """The row in words."""
        parts = (self.name, self.plain, self.soft, self.detail, "favourite" if self.star else "")
        return " ".join(part for part in parts if part)


class _Rows(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def _width(self, text: str, size: int) -> int:
        return QFontMetrics(self._theme.font(size)).horizontalAdvance(text)

    def _write(self, painter: QPainter, row: QRect, text: str, size: int, tone: str, *, bold: bool) -> QRect:
        font = self._theme.font(size, bold=bold)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)
        return row.adjusted(metrics.horizontalAdvance(shown) + self._theme.px(6) if shown else 0, 0, 0, 0)

    def _write_parts(self, painter: QPainter, box: QRect, row: PickRow) -> None:
        """Write the name as far as it has room beside the detail, which is never shortened."""
        kept = self._width(row.detail, 12) + self._theme.px(8)
        left = box.adjusted(0, 0, -kept, 0)
        parts = (
            (row.name, 13, True, "ink"),
            (row.plain, 13, False, "ink"),
            (row.soft, 12, False, "ink_2"),
        )
        for text, size, bold, tone in parts:
            left = self._write(painter, left, text, size, tone, bold=bold)
        after = box.adjusted(left.left() - box.left(), 0, 0, 0)
        self._write(painter, after, row.detail, 12, "ink_2", bold=False)

    def _draw_star(self, painter: QPainter, box: QRect, *, is_set: bool) -> None:
        size = self._theme.px(16)
        room = self._theme.px(STAR)
        place = QRectF(box.right() - (room + size) / 2, box.center().y() - size / 2, size, size)
        tone = "accent" if is_set else "ink_3"
        draw_icon(painter, "star-set" if is_set else "star", place, self._theme.color(tone))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(100, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: PickRow = index.data(_ROW)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tint("accent"))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 1, 0, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        room = self._theme.px(8 if row.star is None else STAR)
        self._write_parts(painter, box.adjusted(self._theme.px(12), 0, -room, 0), row)
        if row.star is not None:
            self._draw_star(painter, box, is_set=row.star)
        painter.restore()


class PickList(QListWidget):
    """The rows; the list's place stays as high as it may get, so that nothing moves while letters are typed.

    Signals:
        starred(int): the star of the row at that place was pressed.
    """

    starred = Signal(int)

    def __init__(self, theme: Theme, name: str, rows: int) -> None:
        super().__init__()
        self._theme = theme
        self.setItemDelegate(_Rows(theme, self))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keep_rows(rows)

    def take_focus(self) -> None:
        """Be gone to with Tab and through with the arrows; the rows leave the ring of the focus free."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewportMargins(*(self._theme.px(3),) * 4)

    def keep_rows(self, rows: int) -> None:
        """Be as high as so many rows; more scroll."""
        self.setFixedHeight(self._theme.px(ROW) * rows)

    def show_rows(self, rows: Sequence[PickRow], chosen: int = -1) -> None:
        """Show other rows, of which one may be chosen."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.name)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self.addItem(item)
        if rows and chosen >= 0:
            self.setCurrentRow(chosen)

    def replace_row(self, at: int, row: PickRow) -> None:
        """Draw one row otherwise; what is chosen stays chosen."""
        self.item(at).setData(_ROW, row)
        self.item(at).setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)

    def step(self, by: int) -> None:
        """Choose the row before or behind."""
        if self.count():
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))

    def _star_at(self, event: QMouseEvent) -> int:
        at = event.position().toPoint()
        item: QListWidgetItem | None = self.itemAt(at)
        right = self.viewport().width() - self._theme.px(STAR)
        if item is None or at.x() < right or item.data(_ROW).star is None:
            return -1
        return self.row(item)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a star is about the star, and chooses nothing."""
        at = self._star_at(event)
        if at < 0:
            super().mousePressEvent(event)
        else:
            self.starred.emit(at)
