"""One protocol: its name, what is said of it, its services. It is kept only by Save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.orders import Order
from desktop_app.core.ports import JournalError
from desktop_app.core.protocols import Protocol, protocol_fault, reusable
from desktop_app.ui import words
from desktop_app.ui.sheets.ask_order import ask_order
from desktop_app.ui.sheets.ordered_rows import moved_to
from desktop_app.ui.sheets.plan_rows import PlanRows
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Field


class ProtocolSheet(Sheet):
    """Asks for a protocol."""

    needs = Right.PROTOCOLS

    def __init__(self, theme: Theme, protocol: Protocol) -> None:
        under = "A plan to choose when a patient is seated. Sessions that have it already stay as they are."
        super().__init__(theme, "Protocol", under, width=WIDE)
        self.name = Field(theme, "Name", protocol.name)
        self.about = Field(theme, "A sentence to who chooses it (optional)", protocol.about)
        self.about.edit.setCursorPosition(0)
        self.rows = PlanRows(theme)
        for part in (self.name, self.about, self.rows):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Cancel", "Save")

    def faulty(self) -> QLineEdit | None:
        """The name while there is none."""
        return None if self.name.text else self.name.edit

    def first_field(self) -> QWidget:
        """The name while there is none, else the services."""
        return self.rows.list if self.name.text else self.name.edit


def ask_protocol(
    station: Station, protocol: Protocol, back: Callable[[], None], instead_of: str = ""
) -> None:
    """Ask for a protocol and keep it, in the place of one of the suite's own where one is named."""
    _Editing(station, protocol, back, instead_of).show()


class _Editing:
    """A protocol that is being written, in memory until it is saved."""

    def __init__(
        self, station: Station, protocol: Protocol, back: Callable[[], None], instead_of: str
    ) -> None:
        self._station = station
        self._protocol = protocol
        self._back = back
        self._instead_of = instead_of

    def show(self, chosen: int = 0) -> None:
        """Open the sheet."""
        sheet = ProtocolSheet(self._station.theme, self._protocol)
        sheet.rows.show_orders(self._protocol.services, chosen)
        sheet.rows.fit(self._station.sheets.room)
        sheet.rows.add_wanted.connect(lambda: self._leave(sheet, self._add))
        sheet.rows.change_wanted.connect(lambda at: self._leave(sheet, lambda: self._change(at)))
        sheet.rows.moved.connect(
            lambda at, to: self._put(sheet, moved_to(self._protocol.services, at, to), to)
        )
        sheet.rows.remove_wanted.connect(lambda at: self._remove(sheet, at))
        sheet.confirmed.connect(lambda _: self._save(sheet))
        self._station.sheets.open(sheet)
        sheet.done.connect(self._back)

    def _read(self, sheet: ProtocolSheet) -> None:
        self._protocol = replace(self._protocol, name=sheet.name.text, about=sheet.about.text)

    def _leave(self, sheet: ProtocolSheet, ask: Callable[[], None]) -> None:
        """Ask for an order in another sheet; what was typed here is kept for the way back."""
        self._read(sheet)
        ask()

    def _add(self) -> None:
        at = len(self._protocol.services)
        self._ask(None, at, "plan a service")

    def _change(self, at: int) -> None:
        order = self._protocol.services[at]
        self._ask(order, at, f"change {words.drug_name(order)}")

    def _ask(self, order: Order | None, at: int, what: str) -> None:
        def taken(changed: Order) -> bool:
            services = self._protocol.services
            self._set([*services[:at], reusable(changed), *services[at + 1 :]])
            return True

        ask_order(self._station, order, taken, lambda: self.show(at), title=f"Protocol · {what}")

    def _remove(self, sheet: ProtocolSheet, at: int) -> None:
        services = self._protocol.services
        self._put(sheet, [*services[:at], *services[at + 1 :]], at)

    def _put(self, sheet: ProtocolSheet, services: list[Order], chosen: int) -> None:
        self._set(services)
        sheet.rows.show_orders(services, chosen)

    def _set(self, services: list[Order]) -> None:
        self._protocol = replace(self._protocol, services=tuple(services))

    def _save(self, sheet: ProtocolSheet) -> None:
        self._read(sheet)
        if fault := protocol_fault(self._protocol):
            sheet.show_problem(fault)
            return
        try:
            self._station.protocols.save(self._protocol, self._instead_of)
        except JournalError as error:
            sheet.show_problem(str(error))
            return
        sheet.done.emit()
