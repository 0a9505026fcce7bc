"""Where the columns of a list stand: beside each other, or in two lines where that has no room.

With enough room all stand in one line; else what takes most of it stands under the others::

    wide      [x]  R. M. ••4821    1   08:21–11:02   96413 ×1 · 96415 ×2    3   ready    hold…
    narrow    [x]  R. M. ••4821    1   08:21–11:02                          3   ready    hold…
                   96413 ×1 · 96415 ×2
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect

from desktop_app.core.values import dataclass
from desktop_app.ui.theme import Theme

TICK, EDGE, GAP = 40, 8, 12
ROW, TWO_LINES, LINE = 44, 58, 24


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, and how wide it is at the usual text."""

    name: str
    width: int
    at_right: bool = False
    """Whether its text stands at the right, as numbers do."""
    goes_below: bool = False
    """Whether it takes what room is left, and goes into a second line where that is too little."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of one row, in its own coordinates."""

    tick: QRect
    cells: tuple[QRect, ...]
    links: QRect
    is_wide: bool


class Columns:
    """Places the columns in a width."""

    def __init__(self, theme: Theme, columns: Sequence[Column], *, ticks: bool, links: int) -> None:
        self._theme = theme
        self._columns = tuple(columns)
        self._has_ticks = ticks
        self._links = links
        """How wide the place of what can be done is, at the usual text."""
        self._placed: tuple[tuple[int, int], Placed] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column, in order."""
        return self._columns

    def row_height(self, width: int) -> int:
        """Return how high a row is in a width."""
        return self._theme.target(ROW) if self.place(width).is_wide else self._theme.px(TWO_LINES)

    def place(self, width: int) -> Placed:
        """Return the places of a row of some width."""
        key = (width, self._theme.px(100))
        if self._placed is None or self._placed[0] != key:
            self._placed = (key, self._place(width))
        return self._placed[1]

    def _place(self, width: int) -> Placed:
        px = self._theme.px
        first = px(EDGE) + (px(TICK) if self._has_ticks else 0)
        last = width - px(EDGE) - px(self._links)
        fixed = sum(px(c.width) + px(GAP) for c in self._columns if not c.goes_below)
        left = last - first - fixed
        wanted = sum(px(c.width) + px(GAP) for c in self._columns if c.goes_below)
        is_wide = left >= wanted
        height = self._theme.target(ROW) if is_wide else px(TWO_LINES)
        top = height if is_wide else px(LINE) + px(EDGE)
        cells = self._wide(first, left, top) if is_wide else self._narrow(first, left, top, last)
        return Placed(
            tick=QRect(px(EDGE), 0, px(TICK), height),
            cells=cells,
            links=QRect(last, 0, px(self._links), top),
            is_wide=is_wide,
        )

    def _wide(self, first: int, left: int, height: int) -> tuple[QRect, ...]:
        px, x, cells = self._theme.px, first, []
        for column in self._columns:
            width = left - px(GAP) if column.goes_below else px(column.width)
            cells.append(QRect(x, 0, width, height))
            x += width + px(GAP)
        return tuple(cells)

    def _narrow(self, first: int, left: int, height: int, last: int) -> tuple[QRect, ...]:
        """Give the first column what is left, or take from it what is missing."""
        px, x, cells = self._theme.px, first, []
        for at, column in enumerate(self._columns):
            if column.goes_below:
                below = QRect(first, px(LINE + EDGE - 2), last + px(self._links) - first, px(LINE))
                cells.append(below)
                continue
            width = max(px(48), px(column.width) + (left if at == 0 else 0))
            cells.append(QRect(x, 0, width, height))
            x += width + px(GAP)
        return tuple(cells)
