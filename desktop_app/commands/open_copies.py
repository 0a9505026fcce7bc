"""What the commands say of copies of the record that open without a passphrase, and how they end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from desktop_app.commands.streams import NothingDone, plain
from desktop_app.core.told import count_words
from desktop_app.store.backup_state import known_backups
from desktop_app.store.backups import Backup, in_place
from desktop_app.store.folder import DATABASE_NAME
from desktop_app.store.open_copies import destroy, is_ours, is_protected, open_copies

WHAT_TO_DO = (
    "Make a backup with `chairtime backup`, then destroy these, with `chairtime keys protect NAME "
    "--destroy-open-copies` or by hand, and any you have elsewhere."
)


MAKE_ONE_FIRST = (
    "Nothing was destroyed: there is no newer backup of this journal that a passphrase protects. Make one "
    "first, with `chairtime backup`; until then these may be the only ones."
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


def destroy_them(folder: Path, place: Path, journal: str) -> None:
    """Destroy each copy that a passphrase does not protect, and say so. Raises NothingDone.

    What is not surely Chairtime's own is left, and so is everything while no newer backup is there.
    """
    found = open_copies(folder, place, journal=journal)
    ours = [copy for copy in found if is_ours(copy)]
    if ours and not _is_backed_up(folder, place, journal):
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


def _is_backed_up(folder: Path, place: Path, journal: str) -> bool:
    """Whether the newest backup of a journal is one that a passphrase protects, and holds the most."""
    found = [*_in(place, journal), *known_backups(folder)]
    held = {one.path: one.manifest for one in found if one.manifest and one.manifest.journal == journal}
    most = max((manifest.events for manifest in held.values()), default=0)
    return any(
        is_protected(path) and (path / DATABASE_NAME).is_file() and manifest.events == most
        for path, manifest in held.items()
    )


def _in(place: Path, journal: str) -> Sequence[Backup]:
    with suppress(OSError):
        return in_place(place, journal)
    return ()
