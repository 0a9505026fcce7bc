"""Vials or bags, a row for each size: how much one holds, how many, and whether it was for one patient."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.orders import Container
from desktop_app.ui import words
from desktop_app.ui.sheets.amounts import amount_problem, read_amount
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.tick import Tick

MOST_CONTAINERS = 999
MOST_SIZES = 4


class ContainerRow(QWidget):
    """Containers of one size.

    Signals:
        changed: another size, count or kind.
    """

    changed = Signal()

    def __init__(self, theme: Theme, unit: str, place: int, container: Container | None) -> None:
        super().__init__()
        which = f", size {place + 1}" if place else ""
        size = words.number(container.size) if container else ""
        self.holds = Field(theme, f"One vial or bag ({unit}){which}", size)
        self.count = Field(theme, f"How many{which}", str(container.count) if container else "")
        self.single = Tick(theme, "Single-dose")
        self.single.setAccessibleName(f"Single-dose{which}: what is left over is discarded")
        self.single.setMinimumHeight(theme.px(40))
        self.single.setChecked(container.single_dose if container else True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.holds, 2)
        row.addWidget(self.count, 1)
        tick = QVBoxLayout()
        tick.addStretch()
        tick.addWidget(self.single)
        row.addLayout(tick, 1)
        for edit in (self.holds.edit, self.count.edit):
            edit.textChanged.connect(lambda _: self.changed.emit())
        self.single.toggled.connect(lambda _: self.changed.emit())

    def container(self) -> Container | str | None:
        """Return the containers, None where the row is empty, or what is wrong with it."""
        if not self.holds.text and not self.count.text:
            return None
        size, count = read_amount(self.holds.text), _whole(self.count.text or "1")
        problem = amount_problem("size", self.holds.text)
        if size is None or problem:
            return problem
        if count is None:
            return f"how many must be a whole number from 1 to {MOST_CONTAINERS}"
        return Container(Decimal(size), count, self.single.isChecked())

    def faulty(self) -> QLineEdit | None:
        """Return the field that cannot be taken."""
        if not isinstance(self.container(), str):
            return None
        return self.holds.edit if amount_problem("size", self.holds.text) else self.count.edit

    def add_one(self) -> None:
        """Count one more of this size."""
        self.count.set_text(str((_whole(self.count.text) or 0) + 1))


class ContainerRows(QWidget):
    """A row for each size, and a way to add one.

    Signals:
        changed: something of the containers changed.
    """

    changed = Signal()

    def __init__(self, theme: Theme, unit: str, containers: tuple[Container, ...]) -> None:
        super().__init__()
        self._theme, self._unit = theme, unit
        self.rows: list[ContainerRow] = []
        self.more = Button(theme, "Another size", kind=Kind.LINK, icon="plus")
        self.more.clicked.connect(lambda: self._add(None))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._column.addWidget(self.more)
        for container in containers or (None,):
            self._add(container)

    def containers(self) -> tuple[Container, ...] | str:
        """Return the containers of every row that says something, or what is wrong with one."""
        found: list[Container] = []
        for row in self.rows:
            container = row.container()
            if isinstance(container, str):
                return container
            found += [container] if container is not None else []
        return tuple(found)

    def faulty(self) -> QLineEdit | None:
        """Return the first field that cannot be taken."""
        return next((edit for row in self.rows if (edit := row.faulty()) is not None), None)

    def _add(self, container: Container | None) -> None:
        row = ContainerRow(self._theme, self._unit, len(self.rows), container)
        row.changed.connect(self.changed)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        self.more.setVisible(len(self.rows) < MOST_SIZES)
        self.changed.emit()


def _whole(text: str) -> int | None:
    digits = text.isascii() and text.isdigit()
    return int(text) if digits and 1 <= int(text[:9]) <= MOST_CONTAINERS else None
