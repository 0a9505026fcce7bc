"""Copies of the record from before the first passphrase: named, and destroyed once somebody says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.told import count_words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.upkeep import Upkeep
from desktop_app.ui.widgets.labels import label

MOST_SHOWN = 6
ABOUT = (
    "They are backups and quarantined journals from before the first passphrase: whoever has one reads the "
    "record without any. What is destroyed cannot be restored; backups made since stay. Copies elsewhere "
    "nobody but you knows of."
)


class DestroySheet(Sheet):
    """Says what will be destroyed; Enter alone goes back."""

    is_for_one = True

    def __init__(self, theme: Theme, copies: Sequence[str]) -> None:
        count = count_words(len(copies), "copy that opens", "copies that open")
        super().__init__(theme, f"Destroy {count} without a passphrase?", ABOUT, width=560)
        for copy in copies[:MOST_SHOWN]:
            self.body.addWidget(label(breakable(copy), size=12, wrap=True))
        if len(copies) > MOST_SHOWN:
            more = f"{len(copies) - MOST_SHOWN} more beside these."
            self.body.addWidget(label(more, size=12, tone="soft", wrap=True))
        self.stay, self.on = self.add_ways_on("Go back", "Destroy", hint="")

    def first_field(self) -> QWidget:
        """The way back."""
        return self.stay


def ask_destroy(station: Station, upkeep: Upkeep) -> None:
    """Ask whether the copies are to be destroyed; only of those who name people, and prove who they are."""
    from desktop_app.ui.signin.switch import ask_before_destroying  # noqa: PLC0415 - hardly ever

    if _may(station):
        ask_before_destroying(station, partial(_show, station, upkeep))


def _may(station: Station) -> bool:
    """Return whether whoever is on may destroy them; that they may not is said."""
    refusal = station.desk.acting.why_not(Right.PEOPLE)
    if refusal is not None:
        station.touches.refused.emit(refusal.text)
    return refusal is None


def _show(station: Station, upkeep: Upkeep) -> None:
    sheet = DestroySheet(station.theme, upkeep.backups.open_copies())

    def destroy(*_: object) -> None:
        # Somebody else may have unlocked the window since the copies were shown.
        if not _may(station):
            return
        if why := upkeep.backups.destroy_open_copies():
            sheet.show_problem(why)
            return
        sheet.done.emit()
        upkeep.show_signs()

    sheet.confirmed.connect(destroy)
    station.sheets.open(sheet)


def breakable(path: str) -> str:
    """Let a long path go on in the next line behind each of its folders."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
