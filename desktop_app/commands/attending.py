"""How a command that writes comes into a data folder: it tells what the clock did and who was let in or not.

What it found in the emergency file was stored when it opened the folder; whoever runs it is told.

The window tells the same of the tries, see ``window``; what a command shows is told by ``looks``.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.app import Parts, open_parts
from desktop_app.commands.clock_noted import note_clock
from desktop_app.commands.unlocking import unlock_for
from desktop_app.core.access import NOBODY, Secret
from desktop_app.store.locked import Unlock


@contextmanager
def working(
    arguments: Namespace, *, unlock: Unlock | None = None, rules_later: bool = False
) -> Iterator[Parts]:
    """Open a command's data folder and everything that works on it, as whoever signs in."""
    how = unlock or unlock_for(arguments)
    with open_parts(arguments.data_dir, rules_later=rules_later, unlock=how) as parts:
        attend(parts)
        yield parts


def attend(parts: Parts) -> None:
    """Tell the journal what the clock did, who was not let in before, and who opened the folder now.

    Raises JournalError.
    """
    if parts.taken_up is not None:
        from desktop_app.commands.taken_up import print_taken_up  # noqa: PLC0415 - hardly any run finds some

        print_taken_up(parts.taken_up, parts.folder.settings.get("zone"))
    note_clock(parts)
    tell_failed_tries(parts)
    if name := parts.folder.opened_by:
        # Nobody was on before. Where the journal names nobody there is nobody to tell of either.
        parts.desk.actor = NOBODY
        try:
            parts.desk.access.sign_in(name, Secret.PASSPHRASE)
        finally:
            parts.desk.actor = name


def tell_failed_tries(parts: Parts) -> None:
    """Tell the journal who was not let in before it could be told. Raises JournalError."""
    failed = parts.folder.failed_tries
    for one in failed:
        by = Secret.PASSPHRASE if one.name else Secret.RECOVERY_KEY
        parts.desk.access.turned_away_before(one.name, by, one.at_us)
    if failed:
        parts.folder.forget_tries(failed)
