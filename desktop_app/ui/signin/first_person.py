"""The first person named: an administrator, with the passphrase that locks the folder from then on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Role, Secret
from desktop_app.core.ports import JournalError
from desktop_app.core.told import count_words
from desktop_app.ui.sheets.open_copies import breakable
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.signin.deeds import First, draft_recovery_key, name_first, why_no_first
from desktop_app.ui.signin.new_passphrase import NewPassphrase
from desktop_app.ui.signin.roles import Roles
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.fields import Field

ABOUT = (
    "Until somebody is named, anybody on this computer's account can read this suite's record. The first "
    "person is an administrator: names the others, and gives them their roles. A recovery key is shown next; "
    "once it is read the record is locked, and the window locks after ten minutes without a touch."
)
NOBODY_NAMED = "nobody was named and nothing is locked; the recovery key that was shown opens nothing"
LOCKED = (
    "The record is locked: the passphrase that was typed and the recovery key that was shown open it, so "
    "keep both. Nobody is named yet"
)
NEVER, AFTER_MINUTES = "0", "10"
"""Of the setting that locks when nobody has touched the computer for so many minutes."""


class FirstPersonSheet(Sheet):
    """Asks for the short name, the name in full, the roles, and a passphrase twice."""

    def __init__(self, station: Station, name: str) -> None:
        super().__init__(station.theme, "Who is the administrator?", _about(station), width=WIDE)
        theme = station.theme
        self._station = station
        self.name = Field(theme, "Short name, kept with every touch", name)
        self.full_name = Field(theme, "Name in full")
        self.add_row(self.name, self.full_name)
        self.roles = Roles(theme, (Role.ADMINISTRATOR, Role.NURSE))
        self.roles.tick(Role.ADMINISTRATOR).setEnabled(False)
        self.body.addWidget(self.roles)
        self._faulty: QWidget | None = None
        self.passphrase = NewPassphrase(theme)
        self.body.addWidget(self.passphrase)
        self.later, self.go = self.add_ways_on("Later", "Show the recovery key")

    def first_field(self) -> QWidget:
        """The first field that is empty."""
        return self.full_name.edit if self.name.text else self.name.edit

    def faulty(self) -> QWidget | None:
        """The first passphrase, where it is about that one."""
        return self._faulty

    def described(self) -> First | None:
        """Return who is to be named; None where that would be refused, which is said."""
        passphrase = self.passphrase
        name = " ".join(self.name.text.split())
        first = First(name, self.full_name.text, self.roles.taken, passphrase.typed)
        why = passphrase.fault()
        self._faulty = passphrase.first.edit if why else None
        why = why or why_no_first(self._station, first)
        self.show_problem(why)
        if why:
            return None
        passphrase.forget()
        return first


def ask_first_person(station: Station, named: Callable[[], None]) -> None:
    """Ask who is the administrator, show the recovery key, and lock the record once that was read."""
    sheet = FirstPersonSheet(station, _short_name(station))

    def show_key() -> None:
        first = sheet.described()
        if first is None:
            return
        from desktop_app.ui.signin.recovery import ask_to_keep  # noqa: PLC0415 - once in the life of a folder

        key = draft_recovery_key(station)
        lock = partial(_name_and_lock, station, first, key, named)
        ask_to_keep(station, key, lock, NOBODY_NAMED, LOCKED)

    sheet.confirmed.connect(lambda _: show_key())
    station.sheets.open(sheet)


def _about(station: Station) -> str:
    """Say what naming somebody does, and which copies of the record it does not reach."""
    copies = station.secrets.copies()
    if not copies:
        return ABOUT
    count = count_words(len(copies), "backup or quarantined journal", "backups and quarantined journals")
    verb = "opens" if len(copies) == 1 else "open"
    return (
        f"{ABOUT} {count} from before {verb} without a passphrase still, the first at "
        f"{breakable(copies[0])}: the settings offer to destroy them, at Backups, once Chairtime was closed "
        "and opened again."
    )


def _name_and_lock(station: Station, first: First, key: str, named: Callable[[], None]) -> str:
    """Name the person, lock the record, and let them in; return why that was refused, or nothing."""
    if why := name_first(station, first, key):
        return why
    from desktop_app.ui.lock.attendance import come_in  # noqa: PLC0415 - once in the life of a folder

    come_in(station, first.name, Secret.PASSPHRASE)
    _lock_by_itself(station)
    named()
    station.touches.told.emit(f"The record is locked with the passphrase of {first.name} from now on.")
    return ""


def _lock_by_itself(station: Station) -> None:
    """Let the window lock after a while, unless the suite has said after how long."""
    if station.settings.get("lock-minutes") == NEVER:
        # What the disk does not take now is set on the settings page; the person is named all the same.
        with suppress(JournalError):
            station.settings.set("lock-minutes", AFTER_MINUTES)


def _short_name(station: Station) -> str:
    """Return the initials that touches are kept with so far, where they are some."""
    actor = station.desk.actor
    return actor if len(actor) <= 4 and actor.isalpha() and actor.isupper() else ""  # noqa: PLR2004 - as initials
