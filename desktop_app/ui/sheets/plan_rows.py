"""A plan as rows that can be added to, changed, put in another order and shortened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.orders import Order
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.pick_list import PickList, PickRow

ROWS, FEW_ROWS = 5, 3
ROOM_FOR_ALL = 700
Item = TypeVar("Item")


class PlanRows(QWidget):
    """The rows of a plan and what can be done with the chosen one.

    Signals:
        add_wanted: put another service on the plan.
        change_wanted(int): order the one at that place otherwise.
        moved(int, int): the one at a place belongs at another.
        remove_wanted(int): take the one at that place off.
    """

    add_wanted = Signal()
    change_wanted = Signal(int)
    moved = Signal(int, int)
    remove_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.list = PickList(theme, "Services of the plan, in their order", ROWS)
        self.list.take_focus()
        self.empty = label("Nothing is planned. Add a service.", size=12, tone="soft", wrap=True)
        over_list = QVBoxLayout(self.list)
        over_list.addWidget(self.empty)
        over_list.addStretch()
        self.add = Button(theme, "Add a service…", icon="plus")
        self.change = Button(theme, "Change…")
        self.remove = Button(theme, "Take off")
        self.earlier = Button(theme, "Earlier")
        self.later = Button(theme, "Later")
        rows = QHBoxLayout()
        rows.setSpacing(theme.px(8))
        for button in (self.change, self.earlier, self.later, self.remove):
            rows.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.list)
        column.addLayout(rows)
        column.addWidget(self.add)
        self._connect()

    def fit(self, height: int) -> None:
        """Keep fewer rows in a window of a height in pixels that has no room for all; they scroll."""
        self.list.keep_rows(ROWS if height >= self._theme.px(ROOM_FOR_ALL) else FEW_ROWS)

    def _connect(self) -> None:
        at = self.list.currentRow
        self.add.clicked.connect(self.add_wanted)
        self.change.clicked.connect(lambda: self.change_wanted.emit(at()))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(at()))
        self.earlier.clicked.connect(lambda: self.moved.emit(at(), at() - 1))
        self.later.clicked.connect(lambda: self.moved.emit(at(), at() + 1))
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.list.itemDoubleClicked.connect(lambda _: self.change_wanted.emit(at()))

    def show_orders(self, orders: Sequence[Order], chosen: int = 0) -> None:
        """Show a plan with one of it chosen, as near to a place as there is one."""
        rows = [PickRow(name=words.drug_name(o), detail=words.plan_words(o)) for o in orders]
        self.list.show_rows(rows, min(max(chosen, 0), len(rows) - 1))
        self.empty.setVisible(not rows)
        self._enable()

    def _enable(self) -> None:
        at, count = self.list.currentRow(), self.list.count()
        for button, is_possible in (
            (self.change, at >= 0),
            (self.remove, at >= 0),
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
