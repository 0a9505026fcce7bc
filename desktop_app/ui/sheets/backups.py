"""The backups to choose from, and what choosing one does, said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.ui.backup_ports import BackupLine, Backups
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label

MOST_SHOWN = 12
KEEPS = (
    "Chairtime closes, puts the backup in the journal's place and opens again. Every newer touch that can "
    "still be read is kept. What is there now goes into the folder quarantine; nothing is deleted."
)


class BackupsSheet(Sheet):
    """The newest backups, each with its age; what is wrong with one is said instead of a button."""

    def __init__(self, theme: Theme, lines: tuple[BackupLine, ...]) -> None:
        under = "The newest is mostly the one. A restore keeps newer touches that can be read."
        super().__init__(theme, "Restore a backup", under if lines else "There is no backup yet.", width=560)
        self.choices: dict[str, Button] = {}
        for line in lines[:MOST_SHOWN]:
            if line.fault:
                self.body.addWidget(label(f"{line.name}: {line.fault}.", size=12, tone="alert", wrap=True))
                continue
            button = Button(theme, f"{line.made} · {line.age} · {line.size}")
            self.choices[line.name] = button
            self.body.addWidget(button)
        if len(lines) > MOST_SHOWN:
            more = f"{len(lines) - MOST_SHOWN} older ones: chairtime restore --list shows them all."
            self.body.addWidget(label(more, size=12, tone="soft", wrap=True))
        self.close_button = self.add_close()

    def first_field(self) -> QWidget:
        """The way out: Enter alone restores nothing."""
        return self.close_button


class RestoreSheet(Sheet):
    """Says what a restore does; Enter alone goes back."""

    def __init__(self, theme: Theme, line: BackupLine) -> None:
        super().__init__(theme, f"Restore the backup of {line.made}?", KEEPS, width=560)
        self.stay, self.on = self.add_ways_on("Go back", "Close and restore", hint="")

    def first_field(self) -> QWidget:
        """The way back."""
        return self.stay


Leave = Callable[[Callable[[], None]], None]
"""Leaves the program and then does something; where something would be lost, it asks first."""


def ask_restore(station: Station, backups: Backups, leave: Leave) -> None:
    """Ask which backup is to be put back; only of those who may."""
    if not _may(station):
        return
    lines = tuple(backups.lines())
    sheet = BackupsSheet(station.theme, lines)
    by_name = {line.name: line for line in lines}
    for name, button in sheet.choices.items():
        button.clicked.connect(partial(_confirm, station, backups, leave, by_name[name]))
    station.sheets.open(sheet)


def _may(station: Station) -> bool:
    """Return whether whoever is on restores; that they do not is said."""
    refusal = station.desk.acting.why_not(Right.RESTORE)
    if refusal is not None:
        station.touches.refused.emit(refusal.text)
    return refusal is None


def _confirm(station: Station, backups: Backups, leave: Leave, line: BackupLine, *_: object) -> None:
    sheet = RestoreSheet(station.theme, line)

    def go() -> None:
        # Somebody else may have unlocked the window since the list was opened.
        if _may(station):
            leave(partial(backups.want_restore, line.name))

    def restore(*_: object) -> None:
        from desktop_app.ui.signin.switch import ask_before_restoring  # noqa: PLC0415 - hardly ever

        sheet.done.emit()
        ask_before_restoring(station, go)

    sheet.confirmed.connect(restore)
    station.sheets.open(sheet)
