"""The first person named: an administrator, with the passphrase that locks the folder from then on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Role, Secret
from desktop_app.core.ports import JournalError
from desktop_app.core.told import count_words
from desktop_app.ui.sheets.open_copies import breakable
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.signin.deeds import name_person
from desktop_app.ui.signin.new_passphrase import NewPassphrase
from desktop_app.ui.signin.roles import Roles
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.fields import Field

ABOUT = (
    "Until somebody is named, anybody on this computer's account can read this suite's record. The first "
    "person is an administrator: names the others, and gives them their roles. From then on the record is "
    "locked, the window locks after ten minutes without a touch, and a recovery key is shown next."
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
        self.passphrase = NewPassphrase(theme)
        self.body.addWidget(self.passphrase)
        self.later, self.go = self.add_ways_on("Later", "Name and lock")

    def first_field(self) -> QWidget:
        """The first field that is empty."""
        return self.full_name.edit if self.name.text else self.name.edit

    def take(self) -> bool:
        """Name the person; False where that was refused, which is said."""
        passphrase = self.passphrase
        if passphrase.is_empty:
            self.show_problem("the record is locked by a passphrase: type one twice")
            return False
        if fault := passphrase.fault():
            self.show_problem(fault)
            return False
        why = name_person(
            self._station, self.name.text, self.full_name.text, self.roles.taken, passphrase.typed
        )
        if why:
            self.show_problem(why)
            return False
        passphrase.forget()
        return True


def ask_first_person(station: Station, named: Callable[[], None]) -> None:
    """Ask who is the administrator; then show the recovery key."""
    sheet = FirstPersonSheet(station, _short_name(station))

    def take() -> None:
        if not sheet.take():
            return
        from desktop_app.ui.lock.attendance import come_in  # noqa: PLC0415 - once in the life of a folder
        from desktop_app.ui.signin.recovery import show_new_recovery_key  # noqa: PLC0415 - as above

        come_in(station, " ".join(sheet.name.text.split()), Secret.PASSPHRASE)
        _lock_by_itself(station)
        sheet.done.emit()
        named()
        show_new_recovery_key(station)

    sheet.confirmed.connect(lambda _: take())
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
