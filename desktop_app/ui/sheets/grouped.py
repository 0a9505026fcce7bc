"""A sheet of things to do, in groups, each with the key that does it: anything is two touches away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.core.values import dataclass
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading

WIDTH = 660
COLUMNS = 3
_STEPS = {
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Left: (0, -1),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do. It is given the instant of the touch that chose it."""

    text: str
    act: Callable[[When], None]
    key: str = ""


Group = tuple[str, Sequence[Offer]]


class GroupedSheet(ChooseSheet):
    """Offers what can be done. A letter does it; arrows go about, Enter or a click does one."""

    def __init__(
        self, theme: Theme, title: str, under: str, groups: Sequence[Group], stamp: Callable[[], When]
    ) -> None:
        super().__init__(theme, title, under, (), wary=True)
        self.wanted_width = theme.px(WIDTH)
        self._stamp = stamp
        self._keys: dict[str, Offer] = {}
        self._rows: list[list[Button]] = []
        for name, offers in groups:
            if offers:
                self._add_group(name, offers)
        self._rows.append([self.back])
        self._first: QWidget = self.back

    @property
    def offers(self) -> dict[str, Offer]:
        """What a letter does here, by the letter."""
        return self._keys

    def put_first(self, part: QWidget, focus: QWidget) -> None:
        """Put a part above the groups, where the keyboard begins."""
        self.body.insertWidget(1, part)
        self._first = focus

    def first_field(self) -> QWidget:
        """The way out, so that Enter alone does nothing."""
        return self._first

    def take_letter(self, letter: str, when: When) -> bool:
        """Do what a letter stands for here."""
        offer = self._keys.get(letter)
        if offer is not None:
            self._take(offer, when)
        return offer is not None

    def _add_group(self, name: str, offers: Sequence[Offer]) -> None:
        grid = QGridLayout()
        grid.setSpacing(self.theme.px(6))
        for at, offer in enumerate(offers):
            button = Button(self.theme, offer.text, hint=offer.key.upper())
            button.clicked.connect(lambda _=False, offer=offer: self._take(offer, self._stamp()))
            self.choices[offer.text] = button
            if offer.key:
                self._keys[offer.key] = offer
            if at % COLUMNS == 0:
                self._rows.append([])
            self._rows[-1].append(button)
            grid.addWidget(button, at // COLUMNS, at % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.body.addWidget(heading(name))
        self.body.addLayout(grid)

    def _take(self, offer: Offer, when: When) -> None:
        self._choose(lambda: offer.act(when))

    def _go(self, down: int, right: int) -> None:
        """Put the keyboard on the neighbour of the focused button."""
        at = next(((r, row.index(b)) for r, row in enumerate(self._rows) for b in row if b.hasFocus()), None)
        row, column = at or (len(self._rows) - 1, 0)
        beside = self._rows[(row + down) % len(self._rows)]
        beside[min(max(0, column + right), len(beside) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about with the arrows; a digit goes to the button it names and takes nothing."""
        step = _STEPS.get(Qt.Key(event.key()))
        numbered = self._keys.get(event.text()) if event.text().isdecimal() else None
        if numbered is not None:
            self.choices[numbered.text].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif step is None:
            super().keyPressEvent(event)
        else:
            self._go(*step)
