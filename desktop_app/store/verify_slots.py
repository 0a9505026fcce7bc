"""Whether the key file opens by the passphrases that the journal was told of, as far as it was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.events import PEOPLE_STREAM, SecretChanged

if TYPE_CHECKING:
    from desktop_app.store.folder import Folder


def foreign_slot(folder: Folder) -> str:
    """Return in a sentence whose passphrase is none that the journal was told of, or nothing.

    Raises JournalError. Older events, and passphrases given before anybody was named, do not say which one it
    was; and a restore brings those of an earlier day back. So only who got one since the last is looked at.
    """
    told: dict[str, set[str]] = {}
    since: set[str] = set()
    for recorded in folder.journal.load(PEOPLE_STREAM):
        event = recorded.event
        if isinstance(event, SecretChanged) and event.slot:
            told.setdefault(event.person, set()).add(event.slot)
            if recorded.origin == folder.journal.origin:
                since.add(event.person)
    foreign = (name for name, slot in folder.slots.items() if name in since and slot not in told[name])
    name = next(foreign, None)
    if name is None:
        return ""
    whose = f"The passphrase of {name}" if name else "The recovery key"
    return (
        f"{whose} in the key file is none that the journal was told of: another program put it there, or "
        "this one was cut off before it could tell."
    )
