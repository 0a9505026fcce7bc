"""Somebody else at the keyboard, and the name under a signature: who it is, and what proves it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Secret
from desktop_app.ui.lock.attendance import come_in, tell_turned_away
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.signin.entry import OPENED, Entry
from desktop_app.ui.station import Station


class WhoIsItSheet(Sheet):
    """Asks who is there, or only for what proves it where that is said.

    What somebody proves is for what they asked for: it goes with the lock, for somebody else may unlock.
    """

    goes_with_lock = True

    def __init__(
        self,
        station: Station,
        title: str,
        under: str,
        on: str,
        *,
        only: str = "",
        back: str = "Not now",
        undone: str = OPENED,
    ) -> None:
        super().__init__(station.theme, title, under, width=WIDE)
        names = (only,) if only else station.desk.expected.people.names
        self.entry = Entry(station.theme, names, station.secrets(), only, is_known=bool(only), undone=undone)
        self.entry.turned_away.connect(lambda name, by: tell_turned_away(station, name, by))
        self.body.addWidget(self.entry)
        self.back, self.go = self.add_ways_on(back, on)
        self.confirmed.connect(lambda _: self.entry.knock())

    def first_field(self) -> QWidget:
        """The field for the secret, or the first name."""
        return self.entry.first_field()


def ask_who_is_on(station: Station, changed: Callable[[], None]) -> None:
    """Ask who works here from now on, and for what proves it."""
    on = station.desk.access.on or "Nobody"
    under = f"{on} is signed in. Whoever you choose makes the touches from now on."
    back = f"{on} stays" if station.desk.access.on else "Not now"
    undone = f"{on} is signed in still." if station.desk.access.on else "Nobody is signed in."
    sheet = WhoIsItSheet(station, "Who works here?", under, "Sign in", back=back, undone=undone)

    def let_in(name: str, by: str) -> None:
        come_in(station, name, Secret(by))
        sheet.done.emit()
        changed()

    sheet.entry.let_in.connect(let_in)
    station.sheets.open(sheet)


def ask_before_signing(station: Station, title: str, sign: Callable[[], None]) -> None:
    """Sign, once whoever is on has shown that it is them."""
    under = "You sign as {on}. Your PIN or passphrase is asked each time and kept by nobody."
    _ask_proof(station, title, under, ("Sign", "Nothing was signed."), sign)


def ask_before_changing(station: Station, change: Callable[[], None]) -> None:
    """Change people or their secrets, once whoever is on has shown that it is them."""
    under = "You are {on}. Whoever changes people and secrets shows first that it is them."
    _ask_proof(station, "People", under, ("Go on", "Nothing was changed."), change)


def ask_before_restoring(station: Station, restore: Callable[[], None]) -> None:
    """Put a backup in the journal's place, once whoever is on has shown that it is them."""
    under = "You are {on}. Whoever puts a backup in the journal's place shows first that it is them."
    _ask_proof(station, "Restore a backup", under, ("Close and restore", "Nothing was restored."), restore)


def ask_before_destroying(station: Station, go_on: Callable[[], None]) -> None:
    """Go on to what destroys backups, once whoever is on has shown that it is them."""
    under = "You are {on}. Whoever destroys backups shows first that it is them."
    _ask_proof(station, "Destroy open copies", under, ("Go on", "Nothing was destroyed."), go_on)


def _ask_proof(
    station: Station, title: str, under: str, words: tuple[str, str], act: Callable[[], None]
) -> None:
    """Act at once where nobody has a secret; else once whoever is on has shown theirs.

    ``words`` are the way on, and what is said of a wrong one.
    """
    on, sign_in = station.desk.access.on, station.secrets()
    if not on or station.desk.expected.people.named(on) is None or sign_in is None or not sign_in.is_needed:
        act()
        return
    way_on, undone = words
    sheet = WhoIsItSheet(station, title, under.format(on=on), way_on, only=on, undone=undone)

    def let_in(_name: str, _by: str) -> None:
        sheet.done.emit()
        act()

    sheet.entry.let_in.connect(let_in)
    station.sheets.open(sheet)
