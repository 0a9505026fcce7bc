"""The settings page. A change is stored, then shown; a value that cannot be taken says so in place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui.settings.protocols_card import ProtocolsCard
from desktop_app.ui.settings.rows import GROUPS, SettingRow
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import heading, label, plate
from desktop_app.ui.widgets.page import PageHead
from desktop_app.ui.widgets.scroll import Scroll

WIDTH = 860
TWO_COLUMNS = 1080
AT_THE_LEFT = 2


class SettingEntry(QWidget):
    """One setting with its sentence.

    Signals:
        changed(str): the setting of that key has another value now.
    """

    changed = Signal(str)

    def __init__(self, station: Station, row: SettingRow) -> None:
        super().__init__()
        self._station = station
        self.row = row
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.problem.hide()
        value = station.settings.get(row.key)
        self.field = Field(station.theme, row.name, value)
        self.choice: Choice | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(station.theme.px(4))
        if row.options:
            self._add_choice(column, value)
        else:
            column.addWidget(self.field)
            self.field.edit.editingFinished.connect(lambda: self._set(self.field.text))
        column.addWidget(label(row.text, size=12, tone="soft", wrap=True))
        column.addWidget(self.problem)
        column.addStretch()

    def _add_choice(self, column: QVBoxLayout, value: str) -> None:
        keys = [key for key, _ in self.row.options]
        taken = value if value in keys else keys[0]
        self.choice = Choice(self._station.theme, self.row.name, self.row.options, taken)
        self.choice.chosen.connect(self._set)
        column.addWidget(label(self.row.name, size=12, tone="soft"))
        column.addWidget(self.choice)
        self.field.setParent(self)
        self.field.hide()

    def _set(self, text: str) -> None:
        if text == self._station.settings.get(self.row.key):
            self.problem.hide()
            return
        try:
            self._station.settings.set(self.row.key, text)
        except (ValueError, JournalError) as error:
            self.problem.setText(f"{error} The old value stays.")
            self.problem.show()
            return
        self.problem.hide()
        self.changed.emit(self.row.key)


class SettingsPage(QWidget):
    """Every setting, in groups.

    Signals:
        changed(str): the setting of that key has another value now.
    """

    changed = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.entries: dict[str, SettingEntry] = {}
        self._theme = station.theme
        self._cards = [self._group(station, name, rows) for name, rows in GROUPS]
        self.protocols = ProtocolsCard(station)
        self._cards.insert(2, self.protocols)
        content = QWidget()
        columns = self._columns = QHBoxLayout(content)
        columns.setContentsMargins(22, 18, 22, 18)
        columns.setSpacing(16)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(16)
            columns.addLayout(column, 1)
        self._arrange()
        self._scroll = Scroll("Settings", content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = PageHead(station.theme, "Settings")
        self.quit = Button(station.theme, "Quit Chairtime…", hint="Ctrl+Q")
        head.add(self.quit)
        outer.addWidget(head)
        outer.addWidget(self._scroll, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups beside each other where both fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Fill the columns anew: the groups in their order, the later ones at the right where it is wide."""
        for column in (self._left, self._right):
            while column.takeAt(0) is not None:
                pass
        is_wide = self.width() >= self._theme.px(TWO_COLUMNS)
        for at, card in enumerate(self._cards):
            (self._right if is_wide and at >= AT_THE_LEFT else self._left).addWidget(card)
        for column in (self._left, self._right) if is_wide else (self._left,):
            column.addStretch(1)
        self._columns.setStretch(1, 1 if is_wide else 0)

    def refresh(self, now_us: int) -> None:
        """Nothing on this page changes with time."""

    def news_place(self) -> QWidget:
        """The part above the page's foot."""
        return self._scroll

    def first_focus(self) -> QWidget:
        """The first field."""
        return self.entries["suite-name"].field.edit

    def _group(self, station: Station, name: str, rows: tuple[SettingRow, ...]) -> QWidget:
        card = plate("card")
        card.setMaximumWidth(station.theme.px(WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(14)
        column.addWidget(heading(name))
        for at in range(0, len(rows), 2):
            line = QHBoxLayout()
            line.setSpacing(20)
            for row in rows[at : at + 2]:
                entry = SettingEntry(station, row)
                entry.changed.connect(self.changed)
                self.entries[row.key] = entry
                line.addWidget(entry, 1)
            column.addLayout(line)
        return card
