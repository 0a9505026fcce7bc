"""A dense card: chair, state, time, drug and patient, its two actions as icons at the right.

Half as high as a roomy one, so that forty chairs stand on one screen; the time is as large.
"""

from __future__ import annotations

from PySide6.QtCore import QRect

from desktop_app.ui.board.card_paint import MORE, RING, CardPainter, row_box, who_words
from desktop_app.ui.board.unsaved_paint import draw_waiting
from desktop_app.ui.cut import keeping_time
from desktop_app.ui.theme import Theme

HEIGHT = 116 + 2 * RING
BUTTON = 40
TOP = 27
"""Where the first button begins."""


class DensePainter(CardPainter):
    """Draws a card's value on half the height."""

    def time_box(self) -> QRect:
        """Return where the big time stands: as far as the buttons."""
        return time_box(self._theme, self._box)

    def _draw_label(self, row: QRect, pill_top: int) -> None:
        row = row.translated(0, -self._theme.px(8)).adjusted(0, 0, self._theme.px(MORE), 0)
        super()._draw_label(row, pill_top - 8)

    def _draw_title(self) -> None:
        row = self._beside(73 if self._view.time else 38, 18)
        self._draw_drug(row, self._view.title_rest, self._view.rest_short)

    def _draw_who(self) -> None:
        """Draw the patient; what is not saved yet or is due takes that place for as long as it waits."""
        if self._view.waiting or self._view.due:
            return
        row = self._beside(91, 17)
        self._text(row, who_words(self._view.who, self._theme, row.width()), self._theme.letters(12), "ink_2")

    def _draw_bar(self) -> None:
        self._draw_progress(self._beside(66, 4))

    def _draw_notes(self) -> None:
        """Draw only what stands in the place of a time; the rest is in the panel and the tip."""
        if self._view.waiting:
            draw_waiting(self._painter, self._theme, self._view.waiting, self._beside(91, 17))
        if not self._view.time and self._view.notes:
            row, letters = self._beside(58, 17), self._theme.letters(12)
            note = keeping_time(self._view.notes[0], letters, row.width())
            self._text(row, note, letters, "ink_2")

    def _draw_codes(self) -> None:
        """Draw none: they are in the panel."""

    def _beside(self, top: int, height: int) -> QRect:
        return _beside(self._theme, self._box, top, height)


def time_box(theme: Theme, box: QRect) -> QRect:
    """Return where the big time of a dense card stands: as far as the buttons."""
    return _beside(theme, box, 27, 38)


def _beside(theme: Theme, box: QRect, top: int, height: int) -> QRect:
    return row_box(theme, box, top, height).adjusted(0, 0, -theme.target(BUTTON) - theme.px(8), 0)
