"""The settings page. A change is stored, then shown; a value that cannot be taken says so in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui import late
from desktop_app.ui.settings.backups_card import BackupsCard
from desktop_app.ui.settings.billing_card import BillingFilesCard
from desktop_app.ui.settings.drugs_card import DrugsCard
from desktop_app.ui.settings.people_card import PeopleCard
from desktop_app.ui.settings.protocols_card import ProtocolsCard
from desktop_app.ui.settings.rows import GROUPS, SettingRow
from desktop_app.ui.station import Station
from desktop_app.ui.upkeep import CARD, Upkeep
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import heading, label, plate
from desktop_app.ui.widgets.page import PageHead
from desktop_app.ui.widgets.scroll import Scroll
from desktop_app.ui.widgets.zones import zone_meant

WIDTH = 860
TWO_COLUMNS = 1000
ACROSS = 3
"""So many chips stand beside each other at most."""


class SettingEntry(QWidget):
    """One setting with its sentence.

    Signals:
        changed(str): the setting of that key has another value now.
        refused(object): what says why it has not is shown, and should be seen.
    """

    changed = Signal(str)
    refused = Signal(object)

    def __init__(self, station: Station, row: SettingRow) -> None:
        super().__init__()
        self._station = station
        self.row = row
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.problem.hide()
        self.choice: Choice | None = None
        self.field = Field(station.theme, row.name, station.settings.get(row.key) if is_text(row) else "")
        self.field.setParent(self)
        self.field.setVisible(is_text(row))
        self._control = QVBoxLayout()
        self._control.setSpacing(station.theme.px(4))
        self._make_control()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(station.theme.px(4))
        column.addLayout(self._control)
        column.addWidget(label(row.text, size=12, tone="soft", wrap=True))
        column.addWidget(self.problem)
        column.addStretch()

    def first_focus(self) -> QWidget:
        """The control itself."""
        if self.choice is not None:
            return self.choice.chip(self.choice.taken)
        return self.field.edit

    def renew(self) -> None:
        """Offer what may be chosen now, where that depends on another setting."""
        if self.row.options_of is None or self.choice is None:
            return
        while (item := self._control.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._make_control()

    def read_again(self) -> None:
        """Show the value of a line of text as it is now."""
        if is_text(self.row) and self.problem.isHidden():
            self.field.set_text(self._station.settings.get(self.row.key))

    def _make_control(self) -> None:
        row, theme = self.row, self._station.theme
        options = row.options_of(self._station) if row.options_of else row.options
        if row.control_of is not None:
            self._control.addWidget(label(row.name, size=12, tone="soft"))
            self._control.addWidget(row.control_of(self._station))
        elif options:
            value, keys = self._station.settings.get(row.key), [key for key, _ in options]
            self.choice = Choice(theme, row.name, options, value, unset=value not in keys, in_row=ACROSS)
            self.choice.chosen.connect(self._set)
            self._control.addWidget(label(row.name, size=12, tone="soft"))
            self._control.addWidget(self.choice)
        else:
            self.field.edit.editingFinished.connect(lambda: self._set(self.field.text))
            self._control.addWidget(self.field)

    def _set(self, text: str) -> None:
        if text == self._station.settings.get(self.row.key):
            self.problem.hide()
            return
        try:
            text = zone_meant(text) if self.row.key == "zone" else text
            self._station.settings.set(self.row.key, text)
        except (ValueError, JournalError) as error:
            typed = f"; “{text}” was typed" if is_text(self.row) and text else ""
            self._tell(f"{error} The old value stays{typed}.")
            self._show_kept()
            return
        self.problem.hide()
        self.read_again()
        self.changed.emit(self.row.key)

    def _show_kept(self) -> None:
        """Show the value as it is kept, and not the one that was refused."""
        kept = self._station.settings.get(self.row.key)
        if is_text(self.row):
            self.field.set_text(kept)
        elif self.choice is not None and kept in self.choice.keys:
            self.choice.take(kept)

    def _tell(self, problem: str) -> None:
        """Say what is wrong, with room for all of it: a layout alone takes wrapped words for one line."""
        self.problem.setText(problem)
        self.problem.setMinimumHeight(self.problem.heightForWidth(self.width()))
        self.problem.show()
        self.refused.emit(self.problem)


def is_text(row: SettingRow) -> bool:
    """Say whether a setting is a line of text."""
    return not row.options and row.options_of is None and row.control_of is None


class SettingsPage(QWidget):
    """Every setting, in groups.

    Signals:
        changed(str): the setting of that key has another value now.
    """

    changed = Signal(str)

    def __init__(self, station: Station, upkeep: Upkeep) -> None:
        super().__init__()
        self.entries: dict[str, SettingEntry] = {}
        self._station, self._theme = station, station.theme
        self._cards = [self._group(station, name, rows) for name, rows in GROUPS]
        self.billing_files = BillingFilesCard(station, partial(self._entry, station))
        self.protocols = ProtocolsCard(station)
        self.backups = BackupsCard(station, upkeep, partial(self._entry, station))
        self.drugs = DrugsCard(station)
        self.people = PeopleCard(station)
        self._seen_by = station.desk.access.period
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
        # It may have the keyboard, though Tab passes by it: so no scan of a badge lands in a field.
        self._scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = PageHead(station.theme, "Settings")
        self.clock = Button(station.theme, "The clock…", icon="clock")
        self.clock.clicked.connect(lambda: late.ask_clocks(station))
        head.add(self.clock)
        self.quit = Button(station.theme, "Quit Chairtime…", hint="Ctrl+Q")
        head.add(self.quit)
        outer.addWidget(head)
        outer.addWidget(self._scroll, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Show each line of text as it is now: who works here is said elsewhere too."""
        super().showEvent(event)
        self.people.renew()
        self.entries["actor"].setVisible(not self._station.desk.expected.people.are_named)
        for entry in self.entries.values():
            entry.read_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups beside each other where both fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Fill the columns anew: one below the other, or the later half at the right when there is room."""
        for column in (self._left, self._right):
            _empty(column)
        is_wide = self.width() >= self._theme.px(TWO_COLUMNS)
        most = sum(len(rows) for _, rows in GROUPS) / 2
        placed = 0
        for card, (_, rows) in zip(self._cards, GROUPS, strict=True):
            is_later = placed + len(rows) / 2 > most
            (self._right if is_wide and is_later else self._left).addWidget(card)
            placed += len(rows)
        for below in (self.drugs, self.billing_files):
            self._left.addWidget(below)
        for card in (self.protocols, self.people, self.backups):
            (self._right if is_wide else self._left).addWidget(card)
        for column in (self._left, self._right) if is_wide else (self._left,):
            column.addStretch(1)
        self._columns.setStretch(1, 1 if is_wide else 0)

    def refresh(self, _now_us: int) -> None:
        """Show the people as whoever is on may see them; nothing else on this page changes with time."""
        if self._seen_by != self._station.desk.access.period:
            self.people.renew()
            self._seen_by = self._station.desk.access.period

    def news_place(self) -> QWidget:
        """The part above the page's foot."""
        return self._scroll

    def first_focus(self) -> QWidget:
        """The page itself: no field is typed into before somebody goes to it; Tab leads to the first."""
        return self._scroll

    def go_to(self, key: str) -> None:
        """Put the keyboard on a setting, and bring it to sight once the page has its height."""
        if key in self.billing_files.keys:
            self.billing_files.open(is_open=True)
        others = {CARD: self.backups.make}
        shown = self.entries[key].first_focus() if key in self.entries else self.billing_files.charges
        shown = others.get(key, shown)
        shown.setFocus()
        self._bring_to_sight(shown, around=120)

    def _bring_to_sight(self, shown: QWidget, around: int = 24) -> None:
        """Scroll to a part, once the page has its height."""
        around = self._theme.px(around)
        QTimer.singleShot(0, shown, lambda: self._scroll.ensureWidgetVisible(shown, 0, around))

    def _group(self, station: Station, name: str, rows: tuple[SettingRow, ...]) -> QWidget:
        card = plate("card")
        card.setMaximumWidth(station.theme.px(WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(14)
        column.addWidget(heading(name))
        for row in rows:
            column.addWidget(self._entry(station, row))
        return card

    def _entry(self, station: Station, row: SettingRow) -> SettingEntry:
        entry = self.entries[row.key] = SettingEntry(station, row)
        entry.changed.connect(self._changed)
        entry.refused.connect(self._bring_to_sight)
        return entry

    def _changed(self, key: str) -> None:
        for entry in self.entries.values():
            entry.renew()
        self.billing_files.renew()
        self.changed.emit(key)


def _empty(column: QVBoxLayout) -> None:
    """Take everything out. A widget's place that is only taken away would live on and keep its old height."""
    while (item := column.itemAt(0)) is not None:
        widget = item.widget()
        if widget is None:
            column.removeItem(item)
        else:
            column.removeWidget(widget)
