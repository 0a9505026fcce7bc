"""What the commands say of copies of the record that open without a passphrase, and how they end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.commands.streams import NothingDone, plain
from desktop_app.core.told import count_words
from desktop_app.store.open_copies import destroy, open_copies

WHAT_TO_DO = (
    "Make a backup with `chairtime backup`, then destroy these, with `chairtime keys protect NAME "
    "--destroy-open-copies` or by hand, and any you have elsewhere."
)


def line_of(found: Sequence[Path]) -> str:
    """Return in half a sentence how many there are, and where the first of them lies."""
    verb = "opens" if len(found) == 1 else "open"
    count = count_words(len(found), "copy of the record", "copies of the record")
    return f"{count} {verb} without a passphrase, the first {found[0]}; `chairtime keys protect` says more"


def tell_of_them(folder: Path, place: Path, journal: str) -> None:
    """Print each copy that a passphrase does not protect, and what to do; nothing where there is none."""
    found = open_copies(folder, place, journal=journal)
    if not found:
        return
    print("These are from before the first passphrase, and whoever has one reads the record without any:")
    for copy in found:
        print(f"    {copy}")
    print(WHAT_TO_DO, flush=True)


def destroy_them(folder: Path, place: Path, journal: str) -> None:
    """Destroy each copy that a passphrase does not protect, and say so. Raises NothingDone."""
    found = open_copies(folder, place, journal=journal)
    for copy in found:
        try:
            destroy(copy)
        except OSError as fault:
            raise NothingDone(f"{copy} cannot be destroyed: {plain(fault)}.") from fault
        print(f"destroyed: {copy}")
    if not found:
        print("No copy that opens without a passphrase was found.")
