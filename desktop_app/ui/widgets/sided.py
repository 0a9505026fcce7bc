"""A page with a head, a side to choose in, and what is chosen beside it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop_app.core.values import dataclass
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.page import PageHead


@dataclass(frozen=True, slots=True)
class SideWidth:
    """How wide the side is, and how many hundredths of the page it takes at the most."""

    width: int
    most_of_page: int


class SidedPage(QWidget):
    """Stands its parts together once they are there, and leaves what is chosen most of the width."""

    def __init__(self, theme: Theme, width: SideWidth) -> None:
        super().__init__()
        self._theme = theme
        self._side_width = width
        self._side: QWidget | None = None

    def stand(self, head: PageHead, side: QWidget, right: QLayout) -> None:
        """Put the head over the side and what is beside it."""
        self._side = side
        right.setContentsMargins(26, 18, 26, 16)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addLayout(row, 1)

    def fit(self) -> None:
        """Give the side its width."""
        if self._side is not None:
            most = self.width() * self._side_width.most_of_page // 100
            self._side.setFixedWidth(min(self._theme.px(self._side_width.width), most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self.fit()
