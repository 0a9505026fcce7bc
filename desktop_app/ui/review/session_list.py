"""The list at the left of the review: as many sessions as there are, of which only those seen are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.core.session import Session
from desktop_app.ui.board.card_paint import who_words
from desktop_app.ui.review.review_model import ReviewItem, Standing
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.cards import CardList
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import tip

ROW, GAP = 58, 6
HELD_MS = 120
"""While an arrow is held down, only the session it comes to rest on is drawn."""
_RING, _OUTER, _PAD, _ICON = 4, RADIUS_CONTROL + 3, 16, 12
"""The ring of the focus keeps two pixels from the plate; what is chosen is tinted, with a bar."""
_LOOKS = {
    Standing.BLOCKED: ("alert", "alert"),
    Standing.CHANGED: ("pause", "pencil"),
    Standing.WAITING: ("ink_2", ""),
    Standing.HELD: ("pause", "pause"),
    Standing.SIGNED: ("run", "check"),
}
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ITEM = Qt.ItemDataRole.UserRole


class SessionModel(QAbstractListModel):
    """Sessions as rows; each is put into words when its row is asked for, and once."""

    def __init__(self, describe: Callable[[Session], ReviewItem]) -> None:
        super().__init__()
        self._describe = describe
        self._items: dict[str, tuple[Session, ReviewItem]] = {}
        self.sessions: tuple[Session, ...] = ()

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Show other sessions; where they are the same ones, only those that changed are drawn anew."""
        before, self_same = self.sessions, len(sessions) == len(self.sessions)
        if self_same and all(one.id == other.id for one, other in zip(before, sessions, strict=True)):
            self.sessions = tuple(sessions)
            for at, (one, other) in enumerate(zip(before, sessions, strict=True)):
                if one is not other:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self.sessions = tuple(sessions)
        self.endResetModel()

    def forget(self) -> None:
        """Put every row into words anew: it is another day, or names are shown otherwise."""
        self._items = {}
        if self.sessions:
            self.dataChanged.emit(self.index(0), self.index(len(self.sessions) - 1))

    def item(self, at: int) -> ReviewItem:
        """Return what a row says."""
        session = self.sessions[at]
        kept = self._items.get(session.id)
        if kept is None or kept[0] is not session:
            kept = self._items[session.id] = (session, self._describe(session))
        return kept[1]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many sessions there are."""
        return 0 if parent.isValid() else len(self.sessions)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row as it is drawn, spoken and shown under the mouse."""
        if not index.isValid():
            return None
        item = self.item(index.row())
        if role == _ITEM:
            return item
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{item.who}\n{item.standing}\n{item.detail}")
        spoken = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return item.spoken if role in spoken else None


class _Cards(QStyledItemDelegate):
    """Draws a session as a small card: patient, then where it stands, in icon, word and colour."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(100, self._theme.px(ROW) + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item: ReviewItem = index.data(_ITEM)
        place: QRect = option.rect.adjusted(0, 0, 0, -GAP)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_plate(painter, QRectF(place), item, is_chosen=is_chosen)
        if is_chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), _OUTER, _OUTER)
        self._write(painter, place, item)
        painter.restore()

    def _draw_plate(self, painter: QPainter, place: QRectF, item: ReviewItem, *, is_chosen: bool) -> None:
        theme = self._theme
        box = place.adjusted(_RING, _RING, -_RING, -_RING)
        painter.setPen(QPen(theme.color("alert" if item.standing is Standing.BLOCKED else "line"), 1))
        painter.setBrush(theme.tint("accent") if is_chosen else theme.color("surface"))
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if is_chosen:
            plate = QPainterPath()
            plate.addRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
            painter.save()
            painter.setClipPath(plate)
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), theme.color("accent"))
            painter.restore()

    def _write(self, painter: QPainter, place: QRect, item: ReviewItem) -> None:
        px = self._theme.px
        row = QRect(place.left() + px(_PAD), place.top(), place.width() - 2 * px(_PAD), px(18))
        who = who_words(item.who, self._theme, row.width(), size=13, bold=True)
        self._write_line(painter, row.translated(0, px(10)), who, 13, "ink", bold=True)
        tone, icon = _LOOKS[item.standing]
        under = row.translated(0, px(30))
        if icon:
            box = QRectF(under.left(), under.center().y() - px(_ICON) / 2, px(_ICON), px(_ICON))
            draw_icon(painter, icon, box, self._theme.color(tone))
            under = under.adjusted(px(_ICON + 5), 0, 0, 0)
        self._write_line(painter, under, item.detail, 12, tone)

    def _write_line(
        self, painter: QPainter, row: QRect, text: str, size: int, tone: str, *, bold: bool = False
    ) -> None:
        font = self._theme.font(size, bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)


class SessionList(CardList):
    """The sessions, gone through with the arrows; letters and Enter are the page's.

    Signals:
        chosen(str): another session is to be shown.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, describe: Callable[[Session], ReviewItem]) -> None:
        super().__init__(theme, "Sessions to review")
        self.sessions = SessionModel(describe)
        self._is_held = False
        self._is_telling = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._tell)
        self.setModel(self.sessions)
        self.setItemDelegate(_Cards(theme, self))

    @property
    def current(self) -> str:
        """The session the list is on; empty without one."""
        at = self.currentIndex().row()
        return self.sessions.sessions[at].id if 0 <= at < len(self.sessions.sessions) else ""

    def show_sessions(self, sessions: Sequence[Session], chosen: str) -> None:
        """Show other sessions, on one of which the list stands; nothing is told of that."""
        self._is_telling = False
        top = self.verticalScrollBar().value()
        self.sessions.show_sessions(sessions)
        self.stand_on(chosen)
        if not self.hasFocus():
            self.verticalScrollBar().setValue(top)
        self._is_telling = True

    def stand_on(self, session: str) -> None:
        """Stand on a session, or on none; nothing is told of it."""
        told, self._is_telling = self._is_telling, False
        at = next((at for at, one in enumerate(self.sessions.sessions) if one.id == session), -1)
        if at != self.currentIndex().row():
            self.setCurrentIndex(self.sessions.index(at) if at >= 0 else QModelIndex())
        self._is_telling = told

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which session is chosen, at once or when the arrow is let go."""
        super().currentChanged(current, previous)
        if not self._is_telling or not current.isValid():
            return
        if self._is_held:
            self._rest.start(HELD_MS)
        else:
            self._tell()

    def _tell(self) -> None:
        self._rest.stop()
        if self.current:
            self.chosen.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Know whether an arrow is held down."""
        self._is_held = event.isAutoRepeat()
        super().keyPressEvent(event)
        self._is_held = False
