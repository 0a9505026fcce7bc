"""The plate of a sheet: what is asked scrolls where the window is low, the ways on are always seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.scroll import Scroll

MARGIN = 20
GAP = 10
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
LINES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Inside(Scroll):
    """The part of a sheet that scrolls; its keys are the sheet's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the sheet."""
        event.ignore()


class Plate(QFrame):
    """Has a body that scrolls and a foot that does not."""

    def __init__(self, theme: Theme, title: str, width: int) -> None:
        super().__init__()
        self.theme = theme
        self.wanted_width = theme.px(width)
        self.setFixedWidth(self.wanted_width)
        self.setAccessibleName(title)
        self.body, self.foot = QVBoxLayout(), QVBoxLayout()
        self._asked = _part(self.body)
        self._ways = _part(self.foot)
        self.inside = Inside(title, self._asked)
        # A scroll area wishes for room for its bar; here a short sheet has none to give.
        self.inside.setMinimumHeight(1)
        px = theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.inside, 1)
        outer.addWidget(self._ways)
        self.body.setContentsMargins(px(MARGIN), px(MARGIN), px(MARGIN), px(GAP))
        self.foot.setContentsMargins(px(MARGIN), 0, px(MARGIN), px(MARGIN))
        for layout in (self.body, self.foot):
            layout.setSpacing(px(GAP))

    def last_buttons(self) -> list[Button]:
        """Return the buttons that stand under what is asked, and are always seen."""
        return self._ways.findChildren(Button)

    def parts(self) -> tuple[QWidget, ...]:
        """Return the parts whose wishes decide how high the sheet is."""
        return self, self._asked, self._ways

    def fit(self, width: int, height: int) -> None:
        """Be as wide as wanted and as high as the words need, at most as large as there is room."""
        width = min(self.wanted_width, width)
        self.setFixedWidth(width)
        needed = sum(_height(layout, width) for layout in (self.body, self.foot))
        self._give_bar(is_needed=needed > height)
        self.resize(width, min(needed, height))

    def _give_bar(self, *, is_needed: bool) -> None:
        """Let the bar stand in the margin, or not be, so that no word wraps otherwise because of it."""
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.inside.setVerticalScrollBarPolicy(on if is_needed else off)
        bar = self.inside.verticalScrollBar().sizeHint().width() if is_needed else 0
        margins = self.body.contentsMargins()
        margins.setRight(self.theme.px(MARGIN) - bar)
        self.body.setContentsMargins(margins)
        below = self.foot.contentsMargins()
        below.setTop(self.theme.px(GAP) if is_needed else 0)
        self.foot.setContentsMargins(below)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll so far that a control can be seen, with its name above it."""
        if self._asked.isAncestorOf(widget):
            # Of a field Qt itself would show no more than the line its cursor stands in.
            middle = widget.mapTo(self._asked, widget.rect().center())
            around = widget.height() // 2 + self.theme.px(24)
            self.inside.ensureVisible(middle.x(), middle.y(), 0, min(around, self.inside.height() // 2))

    def scroll_by(self, key: Qt.Key) -> None:
        """Scroll by a key that stands for a line or a page."""
        bar = self.inside.verticalScrollBar()
        by = PAGES.get(key, 0) * bar.pageStep() or LINES.get(key, 0) * bar.singleStep()
        bar.setValue(bar.value() + by)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate, and a hairline over the ways on where something is hidden behind them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.setBrush(self.theme.color("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CARD, RADIUS_CARD)
        if self.inside.verticalScrollBar().maximum() > 0:
            top = self._ways.y() - 1
            painter.drawLine(1, top, self.width() - 2, top)


def _part(layout: QVBoxLayout) -> QWidget:
    part = QWidget()
    part.setLayout(layout)
    return part


def _height(layout: QLayout, width: int) -> int:
    """Return the height that every word of a layout needs at a width."""
    return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
