"""The protocols of the suite: look at them, write one, copy an example, change or delete one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.ports import JournalError
from desktop_app.core.protocols import Protocol
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.protocol_picker import ProtocolPicker
from desktop_app.ui.sheets.protocol_sheet import ask_protocol
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label

UNDER = "The suite's own come first. The examples cannot be changed: a copy of one goes before it."


class ProtocolsSheet(Sheet):
    """Every protocol, found by letters, with what can be done with the chosen one."""

    def __init__(self, theme: Theme, picker: ProtocolPicker, faults: Sequence[str]) -> None:
        super().__init__(theme, "Protocols", UNDER, width=WIDE)
        self.picker = picker
        self.change = Button(theme, "Change…")
        self.copy = Button(theme, "Copy…")
        self.delete = Button(theme, "Delete…")
        self.new = Button(theme, "New protocol…")
        self.body.addWidget(picker)
        self.add_row(self.change, self.copy, self.delete, self.new)
        for fault in faults:
            self.body.addWidget(label(f"Left out: {fault}", size=12, tone="alert", wrap=True))
        self.close_button = self.add_close()

    def first_field(self) -> QWidget:
        """The letters."""
        return self.picker.search


def ask_protocols(station: Station) -> None:
    """Show the protocols and let them be kept."""
    shelf = station.protocols
    none = "Choose a protocol to see what it plans."
    picker = ProtocolPicker(station.theme, shelf.all(), name="Protocol", none=none)
    sheet = ProtocolsSheet(station.theme, picker, shelf.faults())
    back = partial(ask_protocols, station)

    def enable() -> None:
        chosen = picker.protocol()
        sheet.change.setEnabled(chosen is not None)
        sheet.copy.setEnabled(chosen is not None)
        sheet.delete.setEnabled(chosen is not None and shelf.is_own(chosen.name))

    picker.list.currentRowChanged.connect(lambda _: enable())
    sheet.change.clicked.connect(lambda: _change(station, picker.protocol()))
    sheet.copy.clicked.connect(lambda: _copy(station, picker.protocol()))
    sheet.delete.clicked.connect(lambda: _ask_delete(station, picker.protocol()))
    sheet.new.clicked.connect(lambda: ask_protocol(station, Protocol(name="", services=()), back))
    enable()
    station.sheets.open(sheet)


def _change(station: Station, protocol: Protocol | None) -> None:
    """Change one of the suite's own; an example is copied under its name, and the copy goes before it."""
    if protocol is not None:
        own = protocol.name if station.protocols.is_own(protocol.name) else ""
        ask_protocol(station, protocol, partial(ask_protocols, station), own)


def _copy(station: Station, protocol: Protocol | None) -> None:
    if protocol is not None:
        copied = replace(protocol, name=f"{protocol.name} (copy)")
        ask_protocol(station, copied, partial(ask_protocols, station))


def _ask_delete(station: Station, protocol: Protocol | None) -> None:
    if protocol is None:
        return
    under = "Sessions that have it on their plan stay as they are. An example of that name comes back."
    sheet = ChooseSheet(
        station.theme,
        f"Delete {protocol.name}?",
        under,
        [("Delete it", partial(_delete, station, protocol))],
        back="Keep it",
        wary=True,
    )
    sheet.back.clicked.connect(partial(ask_protocols, station))
    station.sheets.open(sheet)


def _delete(station: Station, protocol: Protocol) -> None:
    problem = ""
    try:
        station.protocols.delete(protocol.name)
    except JournalError as error:
        problem = str(error)
    ask_protocols(station)
    sheet = station.sheets.sheet
    if sheet is not None:
        sheet.show_problem(problem)
