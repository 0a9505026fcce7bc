"""How close the cards stand, by choice: roomy ones say everything, dense ones show more chairs at once."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRect

from desktop_app.core.values import dataclass
from desktop_app.ui.board import card_dense, card_paint
from desktop_app.ui.board.card_paint import BUTTON, PAD, RING, CardPainter
from desktop_app.ui.board.card_view import CardButton, Deed
from desktop_app.ui.theme import Theme

_BY_DEED = {
    Deed.STOPPED_AT: "clock",
    Deed.NEXT_STEP: "pencil",
    Deed.REVIEW: "check",
    Deed.END: "flag",
}
"""What a button without an icon of its own shows where it has no room for words."""


class Density(StrEnum):
    """The setting's values."""

    ROOMY = "roomy"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Layout:
    """The sizes of a card and how it is drawn, in pixels at the usual text size."""

    height: int
    narrowest: int
    widest: int
    painter: type[CardPainter]
    time_box: Callable[[Theme, QRect], QRect]
    has_words: bool
    """Whether its buttons have words, beside each other at the foot; else icons, above each other."""

    def card_height(self, theme: Theme) -> int:
        """Return the height of a card; its buttons stay large where the text is small."""
        rows = 1 if self.has_words else 2
        return theme.px(self.height) + rows * (theme.target(BUTTON) - theme.px(BUTTON))

    def button_box(self, theme: Theme, card: QRect, at: int, count: int) -> QRect:
        """Return where one of a card's buttons stands."""
        pad, size = theme.px(PAD), theme.target(BUTTON)
        if not self.has_words:
            top = theme.px(RING + card_dense.TOP) + at * (size + theme.px(4))
            return QRect(card.width() - pad - size, top, size, size)
        gap = theme.px(8)
        width = (card.width() - 2 * pad - gap * (count - 1)) // count
        return QRect(pad + at * (width + gap), card.height() - pad - size, width, size)

    def due_place(self, theme: Theme, card: QRect) -> tuple[int, int, int]:
        """Return where the line of what is due begins, how wide it is, and where it ends below.

        On a dense card it stands over the patient, beside the actions.
        """
        pad = theme.px(PAD)
        if self.has_words:
            top = self.button_box(theme, card, 0, 1).top()
            return pad, card.width() - 2 * pad, top - theme.px(6)
        beside = theme.target(BUTTON) + theme.px(8)
        return pad, card.width() - 2 * pad - beside, card.height() - theme.px(RING + 4)

    def icon(self, button: CardButton) -> str:
        """Return the icon of an action."""
        return button.icon if self.has_words else button.icon or _BY_DEED.get(button.deed, "play")


LAYOUTS = {
    Density.ROOMY: Layout(
        height=card_paint.HEIGHT,
        narrowest=208 + 2 * RING,
        widest=340 + 2 * RING,
        painter=CardPainter,
        time_box=card_paint.time_box,
        has_words=True,
    ),
    Density.DENSE: Layout(
        height=card_dense.HEIGHT,
        narrowest=210 + 2 * RING,
        widest=340 + 2 * RING,
        painter=card_dense.DensePainter,
        time_box=card_dense.time_box,
        has_words=False,
    ),
}
