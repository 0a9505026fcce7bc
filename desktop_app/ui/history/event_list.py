"""The events of a session, each as high as its words need; what was taken back is struck out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui.history.event_model import NOT_WHOLE, EventView
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.cards import CardList
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.row_model import Index

PAD, TIME, LINE, ICON = 8, 128, 18, 14
_ROOT = QModelIndex()
_ITEM = Qt.ItemDataRole.UserRole
_SPOKEN = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})
_WRAP = Qt.TextFlag.TextWordWrap


class EventModel(QAbstractListModel):
    """Events as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.views: tuple[EventView, ...] = ()

    def show_views(self, views: Sequence[EventView]) -> None:
        """Show other events."""
        self.beginResetModel()
        self.views = tuple(views)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many events there are."""
        return 0 if parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an event as it is drawn and spoken."""
        if not index.isValid():
            return None
        view = self.views[index.row()]
        if role == _ITEM:
            return view
        return view.spoken if role in _SPOKEN else None


class _Rows(QStyledItemDelegate):
    """Draws one event: when, what; under it how it is known, what changed, and every fact."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def _parts(self, view: EventView) -> list[tuple[str, QFont, str]]:
        """Return what stands under each other beside the time: text, font and tone."""
        soft = self._theme.font(12)
        what = QFont(self._theme.font(13, bold=True))
        what.setStrikeOut(bool(view.undone))
        told = [(view.what, what, "ink_2" if view.undone else "ink")]
        told += [(view.undone, self._theme.font(12, bold=True), "pause")] if view.undone else []
        told += (
            []
            if view.is_whole
            else [(f"This event is {NOT_WHOLE}.", self._theme.font(12, bold=True), "alert")]
        )
        told += [(view.detail, soft, "ink_2" if view.undone else "ink")] if view.detail else []
        return [*told, (view.evidence, soft, "ink_2")]

    def _left(self) -> int:
        return self._theme.px(PAD + TIME)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._list.viewport().width()
        room = max(1, width - self._left() - self._theme.px(PAD))
        high = sum(_height(text, font, room) for text, font, _ in self._parts(index.data(_ITEM)))
        return QSize(100, max(self._theme.target(40), high + 2 * self._theme.px(PAD)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: EventView = index.data(_ITEM)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._plate(painter, box, option.state)
        self._time(painter, box, view)
        px = self._theme.px
        y, room = box.top() + px(PAD), box.width() - self._left() - px(PAD)
        for text, font, tone in self._parts(view):
            high = _height(text, font, room)
            painter.setFont(font)
            painter.setPen(self._theme.color(tone))
            painter.drawText(QRect(box.left() + self._left(), y, room, high), _WRAP, text)
            y += high
        painter.restore()

    def _plate(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(self._theme.color("accent"), 2) if has_focus else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tint("accent"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -2), 6, 6)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self._theme.color("line"))

    def _time(self, painter: QPainter, box: QRect, view: EventView) -> None:
        px, font = self._theme.px, QFont(self._theme.font(12, bold=True))
        font.setStrikeOut(bool(view.undone))
        painter.setFont(font)
        painter.setPen(self._theme.color("ink_2"))
        place = QRect(box.left() + px(PAD), box.top() + px(PAD), px(TIME - PAD), box.height() - px(PAD))
        painter.drawText(place, _WRAP, view.at)
        painter.setFont(self._theme.font(12))
        painter.drawText(place.adjusted(0, px(LINE), 0, 0), _WRAP, view.day)
        if not view.is_whole:
            size = px(ICON)
            at = QRectF(box.left() + px(PAD), box.top() + px(PAD + 2 * LINE), size, size)
            draw_icon(painter, "alert", at, self._theme.color("alert"))


def _height(text: str, font: QFont, room: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, room, 100_000), _WRAP, text).height() + 2


class EventList(CardList):
    """The events, gone through with the arrows; a press on one, or Enter, opens it.

    Signals:
        opened(int): the event at that place is to be seen as it is stored.
    """

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Everything that was recorded of the session")
        self.events = EventModel()
        self.setModel(self.events)
        self.setItemDelegate(_Rows(theme, self))
        self.setUniformItemSizes(False)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def show_views(self, views: Sequence[EventView], *, from_top: bool) -> None:
        """Show the events of another session, or of the same one as it is now."""
        at, top = self.currentIndex().row(), self.verticalScrollBar().value()
        self.events.show_views(views)
        if from_top:
            at, top = 0, 0
        if views:
            self.setCurrentIndex(self.events.index(min(max(at, 0), len(views) - 1)))
        self.verticalScrollBar().setValue(top)

    def press_current(self) -> None:
        """Open the event the list is on."""
        if self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
