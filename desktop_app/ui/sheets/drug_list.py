"""The drugs that fit what was typed, one row each: name, brand, code and unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.ui import words
from desktop_app.ui.drug_book import short_name
from desktop_app.ui.ports import Drug
from desktop_app.ui.theme import RADIUS_CONTROL, Theme

ROW = 40
ROWS = 6
FEW_ROWS = 3
ROOM_FOR_ALL = 700
"""How high a window must be, at the plain text size, to show every row and the buttons below."""
_Index = QModelIndex | QPersistentModelIndex
_DRUG = Qt.ItemDataRole.UserRole


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

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(100, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        drug: Drug = index.data(_DRUG)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tint("accent"))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 1, 0, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        self._write_parts(painter, box.adjusted(self._theme.px(12), 0, -self._theme.px(8), 0), drug)
        painter.restore()

    def _write_parts(self, painter: QPainter, row: QRect, drug: Drug) -> None:
        """Write the name as far as it has room beside code and unit, which are never shortened."""
        name, rest = short_name(drug.name)
        detail = drug_detail(drug)
        kept = self._width(detail, 12) + self._theme.px(8)
        left = row.adjusted(0, 0, -kept, 0)
        parts = (
            (name, 13, True, "ink"),
            (f"({drug.brand})" if drug.brand else "", 13, False, "ink"),
            (rest, 12, False, "ink_2"),
        )
        for text, size, bold, tone in parts:
            left = self._write(painter, left, text, size, tone, bold=bold)
        self._write(painter, row.adjusted(left.left() - row.left(), 0, 0, 0), detail, 12, "ink_2", bold=False)


class DrugList(QListWidget):
    """The list; its place stays as high as it may get, so that nothing moves while letters are typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setItemDelegate(_Rows(theme, self))
        self.setAccessibleName("Drugs that fit")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(theme.px(ROW) * ROWS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_drugs(self, drugs: Sequence[Drug], *, choose_first: bool) -> None:
        """Show other drugs; the first is chosen only where letters were typed for it."""
        self.clear()
        for drug in drugs:
            item = QListWidgetItem(drug.name)
            item.setData(_DRUG, drug)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{drug.name} {drug.brand} {drug_detail(drug)}")
            self.addItem(item)
        if drugs and choose_first:
            self.setCurrentRow(0)

    def fit(self, height: int) -> None:
        """Keep fewer rows in a window of a height in pixels that has no room for all; they scroll."""
        rows = ROWS if height >= self._theme.px(ROOM_FOR_ALL) else FEW_ROWS
        self.setFixedHeight(self._theme.px(ROW) * rows)

    def drug(self) -> Drug | None:
        """Return the chosen drug."""
        item: QListWidgetItem | None = self.currentItem()
        found: Drug | None = None if item is None else item.data(_DRUG)
        return found

    def step(self, by: int) -> None:
        """Choose the row before or behind."""
        if self.count():
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))


def drug_detail(drug: Drug) -> str:
    """Write a drug's code and its unit."""
    unit = f"{words.number(drug.unit_amount)} {drug.unit}" if drug.unit_amount is not None else ""
    return " · ".join(part for part in (drug.hcpcs, unit) if part)
