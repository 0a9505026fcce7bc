"""The grid of chairs: as many columns as fit, from one chair to sixty, scrolling when they do not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_paint import RING
from desktop_app.ui.board.card_view import CardView
from desktop_app.ui.board.carry import Carry
from desktop_app.ui.board.density import LAYOUTS, Density, Layout
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.scroll import ground_of

GAP = 12 - 2 * RING
EDGE = 14 - RING


class Grid(QScrollArea):
    """Holds the cards, keeps the chosen one in sight.

    Signals:
        asked(str, str): a deed, at a chair.
        chosen(str): a chair was chosen.
        carried(str, str): a patient's card was let go on another chair's; from which, to which.
    """

    asked = Signal(str, str)
    chosen = Signal(str)
    carried = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: list[Card] = []
        self._columns = 1
        self._foot = 0
        self._layout = LAYOUTS[Density.ROOMY]
        self._floor = QWidget()
        self._ground = ground_of(self)
        self.setWidget(self._floor)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Chairs")
        self._floor.setAccessibleName("Chairs")
        self.carry = Carry(theme, self._floor)
        self.carry.carried.connect(self.carried)
        theme.changed.connect(self._arrange)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards, in the order of the chairs."""
        return tuple(self._cards)

    @property
    def layout_in_force(self) -> Layout:
        """How the cards are laid out."""
        return self._layout

    def card(self, chair: str) -> Card | None:
        """Return a chair's card."""
        return next((card for card in self._cards if card.view.chair == chair), None)

    def show_views(self, views: Sequence[CardView]) -> None:
        """Draw every chair; other chairs than before make other cards."""
        if [card.view.chair for card in self._cards] != [view.chair for view in views]:
            self._make(views)
        for card, view in zip(self._cards, views, strict=True):
            card.show_view(view)

    def stand(self, density: Density) -> None:
        """Let the cards stand roomy or dense from now on."""
        if self._layout is not LAYOUTS[density]:
            self._layout = LAYOUTS[density]
            for card in self._cards:
                card.lay_out(self._layout)
            self._arrange()

    def leave_room(self, foot: int) -> None:
        """Leave so many pixels free under the last row.

        The strip that the news takes from below is given up here, so that where the chairs are
        scrolled to stays the same: a card that moved under a finger could be the wrong one.
        """
        if foot != self._foot:
            self._foot = foot
            self._size_floor()

    def select(self, chair: str) -> None:
        """Mark one chair as chosen and bring it into sight."""
        self.mark(chair)
        if (chosen := self.card(chair)) is not None:
            self.ensureWidgetVisible(chosen, 0, self._theme.px(GAP))

    def mark(self, chair: str) -> None:
        """Mark one chair as chosen."""
        for card in self._cards:
            card.set_selected(selected=card.view.chair == chair)

    def _make(self, views: Sequence[CardView]) -> None:
        self.carry.put_down()
        for card in self._cards:
            card.setParent(None)
            card.deleteLater()
        self._cards = [Card(self._theme, view, self._layout, self._floor) for view in views]
        for at, card in enumerate(self._cards):
            card.asked.connect(self.asked)
            card.chosen.connect(self.chosen)
            self.carry.watch(card)
            card.stepped.connect(lambda dx, dy, at=at: self._step(at, dx, dy))
            card.show()
        self._arrange()

    def _arrange(self) -> None:
        px, layout = self._theme.px, self._layout
        width = self._ground.width() - 2 * px(EDGE)
        gap = px(GAP)
        self._columns = max(1, min(len(self._cards), (width + gap) // (px(layout.narrowest) + gap)))
        each = min(px(layout.widest), (width - gap * (self._columns - 1)) // self._columns)
        height = layout.card_height(self._theme)
        for at, card in enumerate(self._cards):
            row, column = divmod(at, self._columns)
            card.setGeometry(px(EDGE) + column * (each + gap), px(EDGE) + row * (height + gap), each, height)
        self._size_floor()

    def _size_floor(self) -> None:
        """Give the floor the height of its rows, and of what is left free under them."""
        px = self._theme.px
        rows = -(-len(self._cards) // self._columns)
        high = rows * (self._layout.card_height(self._theme) + px(GAP)) - px(GAP)
        self._floor.resize(self._ground.width(), px(EDGE) + high + self._foot)

    def _step(self, at: int, dx: int, dy: int) -> None:
        target = at + dx + dy * self._columns
        if 0 <= target < len(self._cards):
            self._cards[target].take_keyboard()

    def sizeHint(self) -> QSize:
        """Four columns of three, as on the first screen."""
        return QSize(self._theme.px(4 * self._layout.narrowest), 3 * self._layout.card_height(self._theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the cards anew."""
        super().resizeEvent(event)
        self._arrange()
