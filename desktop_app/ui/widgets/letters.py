"""A font with its measures: how wide some words are is asked of Qt once, not in every frame.

A frame of a full board asks for some four hundred widths, nearly all of them of the words of the
frame before.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

_MOST = 4_000
"""So many words are remembered for a font; running times are new words each second."""


class Letters(QFontMetrics):
    """The measures of one font, in pixels, and the font itself."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self.font = font
        self._widths: dict[str, int] = {}

    def width(self, words: str) -> int:
        """Return how wide the words are drawn."""
        found = self._widths.get(words)
        if found is None:
            if len(self._widths) >= _MOST:
                self._widths.clear()
            found = self._widths[words] = self.horizontalAdvance(words)
        return found

    def cut(self, words: str, room: int) -> str:
        """Return the words, or as many letters of them as have room, and dots."""
        if self.width(words) <= room:
            return words
        return self.elidedText(words, Qt.TextElideMode.ElideRight, room)
