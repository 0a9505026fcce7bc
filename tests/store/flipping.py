"""A byte changed in a file, and whether opening the folder or looking through all of it notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.core.ports import JournalError
from desktop_app.store.folder import DATABASE_NAME
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import first_bad_head
from tests.store.examples import ended, open_here, prepared, put, sent, session, signed, started


def filled_folder(path: Path) -> Path:
    """Make a data folder in which every table has rows, and close it."""
    folder = open_here(path)
    session(folder.journal, "sent", started(), ended(), signed("sent.1"))
    put(folder.journal, "exports", prepared("b", "sent.1"), sent("b"))
    session(folder.journal, "here", *(started(str(number)) for number in range(20)))
    folder.settings.set("suite-name", "Flipped Suite")
    folder.close()
    return path


@contextmanager
def flipped(file: Path, at: int, bits: int) -> Iterator[None]:
    """Change one byte for as long as the block runs; the folder is then as it was before."""
    before = {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    content = bytearray(before[file])
    content[at] ^= bits
    file.write_bytes(content)
    yield
    for path in list(file.parent.iterdir()):
        if path not in before:
            path.unlink()
    for path, was in before.items():
        if not path.exists() or path.read_bytes() != was:
            path.write_bytes(was)


def said_of(folder: Path) -> str:
    """Return what opening a folder and looking through all of it say, or nothing where all seems well."""
    try:
        opened = open_folder(folder, read_only=True)
    except JournalError as fault:
        return str(fault)
    journal = opened.journal
    looks: tuple[Callable[[], str], ...] = (
        journal.bad_page,
        lambda: bad.sentence if (bad := verify(journal, opened.known_head)) else "",
        journal.misshape,
        lambda: first_bad_head(opened),
        journal.false_list,
    )
    try:
        return next((said for look in looks if (said := look())), "")
    except JournalError as fault:
        return str(fault)
    finally:
        opened.close()


def unnoticed(folder: Path, name: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Change these bytes of a file in turn (each by its bits); return those of which nothing is said.

    What is said has to name the file.
    """
    missed = []
    for at, bits in places:
        with flipped(folder / name, at, bits):
            said = said_of(folder)
        if name not in said:
            missed.append((at, bits))
    assert said_of(folder) == "", "the folder is not as it was before"
    return missed


DATABASE = DATABASE_NAME
