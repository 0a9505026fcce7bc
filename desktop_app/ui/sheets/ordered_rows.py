"""A list in an order of its own: rows that are added, changed, put elsewhere and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.pick_list import PickList, PickRow

Item = TypeVar("Item")


class OrderedRows(QWidget):
    """The rows and what can be done with the chosen one; where they stand is for each kind to say.

    Signals:
        add_wanted: have another row.
        change_wanted(int): have something else in the row of that place.
        moved(int, int): the row of a place belongs at another.
        remove_wanted(int): take that row out.
    """

    add_wanted = Signal()
    change_wanted = Signal(int)
    moved = Signal(int, int)
    remove_wanted = Signal(int)

    def __init__(
        self, theme: Theme, name: str, *, shown: int, add: str, remove: str, fewest: int = 0
    ) -> None:
        super().__init__()
        self._theme = theme
        self._fewest = fewest
        self.list = PickList(theme, name, shown)
        self.list.take_focus()
        self.add = Button(theme, add, icon="plus")
        self.change = Button(theme, "Change…")
        self.remove = Button(theme, remove)
        self.earlier, self.later = Button(theme, "Earlier"), Button(theme, "Later")
        self._connect()

    def _connect(self) -> None:
        at = self.list.currentRow
        self.add.clicked.connect(self.add_wanted)
        self.change.clicked.connect(lambda: self.change_wanted.emit(at()))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(at()))
        self.earlier.clicked.connect(lambda: self.moved.emit(at(), at() - 1))
        self.later.clicked.connect(lambda: self.moved.emit(at(), at() + 1))
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.list.itemDoubleClicked.connect(lambda _: self.change_wanted.emit(at()))

    def show_rows(self, rows: Sequence[PickRow], chosen: int) -> None:
        """Show rows with one of them chosen, as near to a place as there is one."""
        self.list.show_rows(rows, min(max(chosen, 0), len(rows) - 1))
        self._enable()

    def _enable(self) -> None:
        at, count = self.list.currentRow(), self.list.count()
        for button, is_possible in (
            (self.change, at >= 0),
            (self.remove, at >= 0 and count > self._fewest),
            (self.earlier, at > 0),
            (self.later, 0 <= at < count - 1),
        ):
            if not is_possible and button.hasFocus():
                self.list.setFocus()
            button.setEnabled(is_possible)


def moved_to(items: Sequence[Item], at: int, to: int) -> list[Item]:
    """Return a list with the item of one place at another."""
    rest = [item for place, item in enumerate(items) if place != at]
    return [*rest[:to], items[at], *rest[to:]]
