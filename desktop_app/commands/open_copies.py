"""What the commands say of copies of the record that open without a passphrase, and how they end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.commands.streams import NothingDone, plain
from desktop_app.core.told import count_words
from desktop_app.store.backup_state import read_state
from desktop_app.store.database import DatabaseKey
from desktop_app.store.open_copies import destroy, is_one_left, is_ours, open_copies
from desktop_app.store.places import default_place

WHAT_TO_DO = (
    "Make a backup with `chairtime backup`, then destroy these, with `chairtime keys protect NAME "
    "--destroy-open-copies` or by hand, and any you have elsewhere."
)


MAKE_ONE_FIRST = (
    "Nothing was destroyed: no good backup of this journal that a passphrase protects would be left. Make "
    "one first, with `chairtime backup`."
)
_LEFT = "Not destroyed, since nothing shows that Chairtime has put it there"


def line_of(found: Sequence[Path]) -> str:
    """Return in half a sentence how many there are, and where the first of them lies."""
    verb = "opens" if len(found) == 1 else "open"
    count = count_words(len(found), "copy of the record", "copies of the record")
    strange = len(found) - sum(map(is_ours, found))
    doubt = f" ({strange} of them perhaps something else, which Chairtime leaves to you)" if strange else ""
    told = f"{count} {verb} without a passphrase{doubt}, the first {found[0]}"
    return f"{told}; `chairtime keys protect` says more"


def tell_of_them(folder: Path, place: Path, journal: str) -> None:
    """Print each copy that a passphrase does not protect, and what to do; nothing where there is none."""
    found = open_copies(folder, place, journal=journal)
    if not found:
        return
    print("These are from before the first passphrase, and whoever has one reads the record without any:")
    for copy in found:
        print(f"    {copy}")
    print(WHAT_TO_DO, flush=True)


def destroy_them(folder: Path, place: Path, journal: str, key: DatabaseKey) -> None:
    """Destroy each copy that a passphrase does not protect, and say so. Raises NothingDone.

    What is not surely Chairtime's own is left, and so is everything while no good backup would be left.
    """
    found = open_copies(folder, place, journal=journal)
    ours = [copy for copy in found if is_ours(copy)]
    places = (place, Path(read_state(folder).place), default_place(folder))
    if ours and not is_one_left(found, key, journal, *places):
        raise NothingDone(MAKE_ONE_FIRST)
    for copy in ours:
        try:
            destroy(copy)
        except OSError as fault:
            raise NothingDone(f"{copy} cannot be destroyed: {plain(fault)}.") from fault
        print(f"destroyed: {copy}", flush=True)
    if left := [str(copy) for copy in found if copy not in ours]:
        raise NothingDone(f"{_LEFT}: {', '.join(left)}. Look at it, and destroy it by hand.")
    if not found:
        print("No copy that opens without a passphrase was found.")
