"""Carrying a patient's card onto a free chair. Nothing is recorded before it is let go there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_view import CardState
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label

FREE_AGAIN = frozenset({CardState.READY, CardState.STOP_MISSING})
"""Cards of patients who have left: their chairs can be taken."""
_STAYS = frozenset({CardState.FREE, *FREE_AGAIN})
_START = 3
"""How many times the usual distance the mouse goes before a press is no click any more."""


class Carry(QObject):
    """Watches the cards of a grid.

    Signals:
        carried(str, str): a card was let go on another; the two chairs.
    """

    carried = Signal(str, str)

    def __init__(self, theme: Theme, floor: QWidget) -> None:
        super().__init__(floor)
        self._floor = floor
        self._pressed: Card | None = None
        self._from = QPointF()
        self.ghost = label("", size=12, heavy=True, parent=floor)
        self.ghost.setProperty("plate", "ghost")
        self.ghost.setMargin(theme.px(8))
        self.ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.ghost.hide()

    @property
    def is_carrying(self) -> bool:
        """Whether a card is being carried."""
        return self._pressed is not None and self.ghost.isVisible()

    def watch(self, card: Card) -> None:
        """Let a card be carried."""
        card.installEventFilter(self)

    def _press(self, card: Card, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and card.view.state not in _STAYS:
            self._pressed, self._from = card, event.globalPosition()

    def _move(self, event: QMouseEvent) -> bool:
        far = (event.globalPosition() - self._from).manhattanLength()
        if not self.is_carrying and far < _START * QApplication.startDragDistance():
            return False
        at = self._floor.mapFromGlobal(event.globalPosition().toPoint())
        self._say(at)
        return True

    def _say(self, at: QPoint) -> None:
        """Say at the mouse where the patient would go."""
        target = self._under(at)
        if self._pressed is None:
            return
        who = self._pressed.view.who or f"Chair {self._pressed.view.chair}"
        if target is None or target is self._pressed:
            said = f"{who}: to a free chair"
        elif _is_free(target):
            said = f"{who}: move to chair {target.view.chair}"
        else:
            said = f"Chair {target.view.chair} is taken"
        self.ghost.setText(said)
        self.ghost.adjustSize()
        self.ghost.move(at + QPoint(14, 14))
        self.ghost.show()
        self.ghost.raise_()

    def _let_go(self, event: QMouseEvent) -> bool:
        carried, was_carrying = self._pressed, self.is_carrying
        self.put_down()
        if not was_carrying or carried is None:
            return False
        target = self._under(self._floor.mapFromGlobal(event.globalPosition().toPoint()))
        if target is not None and target is not carried:
            self.carried.emit(carried.view.chair, target.view.chair)
        return True

    def put_down(self) -> None:
        """Carry nothing any more; nothing was recorded."""
        if self._pressed is not None:
            self._pressed.setDown(False)
        self._pressed = None
        self.ghost.hide()

    def _under(self, at: QPoint) -> Card | None:
        found: QWidget | None = self._floor.childAt(at)
        while found is not None and not isinstance(found, Card):
            found = found.parentWidget()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a press, the way of the mouse, and where it is let go; Escape puts the card down."""
        if isinstance(event, QMouseEvent) and isinstance(watched, Card):
            return self._of_mouse(watched, event)
        if self.is_carrying and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.put_down()
            return True
        return False

    def _of_mouse(self, card: Card, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._press(card, event)
        elif event.type() == QEvent.Type.MouseMove and self._pressed is card:
            return self._move(event)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is card:
            return self._let_go(event)
        return False


def _is_free(card: Card) -> bool:
    return card.view.state is CardState.FREE or card.view.state in FREE_AGAIN
