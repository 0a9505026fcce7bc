"""A plan as rows that can be added to, changed, put in another order and shortened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.core.orders import Order
from desktop_app.ui import words
from desktop_app.ui.sheets.ordered_rows import OrderedRows
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.pick_list import PickRow

ROWS, FEW_ROWS = 5, 3
ROOM_FOR_ALL = 700


class PlanRows(OrderedRows):
    """The services of a plan in their order."""

    def __init__(self, theme: Theme) -> None:
        name = "Services of the plan, in their order"
        super().__init__(theme, name, shown=ROWS, add="Add a service…", remove="Take off")
        self.empty = label("Nothing is planned. Add a service.", size=12, tone="soft", wrap=True)
        over_list = QVBoxLayout(self.list)
        over_list.addWidget(self.empty)
        over_list.addStretch()
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

    def fit(self, height: int) -> None:
        """Keep fewer rows in a window of a height in pixels that has no room for all; they scroll."""
        self.list.keep_rows(ROWS if height >= self._theme.px(ROOM_FOR_ALL) else FEW_ROWS)

    def show_orders(self, orders: Sequence[Order], chosen: int = 0) -> None:
        """Show a plan with one of it chosen, as near to a place as there is one."""
        self.show_rows([PickRow(name=words.drug_name(o), detail=words.plan_words(o)) for o in orders], chosen)
        self.empty.setVisible(not orders)
