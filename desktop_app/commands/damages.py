"""Ways in which a data folder is damaged in a drill; each only ever gets a copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.store.database import open_database
from desktop_app.store.durable_file import write_durably
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import create_keys, read_keys

PAGE = 4096
LOG_NAME = f"{DATABASE_NAME}-wal"


@dataclass(frozen=True, slots=True)
class Damage:
    """One way: how it is told, how it is done, and what of it nobody could bring back."""

    name: str
    do: Callable[[Path], None]
    crashed: bool = False
    """Whether the copy is as a crash leaves it, its newest events in the log alone."""
    may_lose: bool = False
    """Whether the only place of what came after the backup is destroyed."""
    is_unseen: bool = False
    """Whether what is left is a whole journal that only ends earlier: nothing outside it says more."""
    full_disk: bool = False
    """Whether the disk fills up while the backup is put back, and has room again later."""
    is_refusal: bool = False
    """Whether nothing is damaged, and the program is to refuse and change nothing."""


def _write(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def _pages(folder: Path) -> int:
    return (folder / DATABASE_NAME).stat().st_size // PAGE


def _flip(folder: Path) -> None:
    path, at = folder / DATABASE_NAME, _pages(folder) // 2 * PAGE + 777
    with path.open("rb") as file:
        file.seek(at)
        (byte,) = file.read(1)
    _write(path, at, bytes([byte ^ 1]))


def _zero(folder: Path) -> None:
    _write(folder / DATABASE_NAME, _pages(folder) // 3 * PAGE, bytes(PAGE))


def _cut(folder: Path) -> None:
    with (folder / DATABASE_NAME).open("r+b") as file:
        file.truncate(_pages(folder) // 2 * PAGE)


def _empty(folder: Path) -> None:
    (folder / DATABASE_NAME).write_bytes(b"")


def _other_keys(folder: Path) -> None:
    (folder / KEYS_NAME).unlink()
    create_keys(folder / KEYS_NAME)


def _no_keys(folder: Path) -> None:
    (folder / KEYS_NAME).unlink()


def _no_log(folder: Path) -> None:
    (folder / LOG_NAME).unlink()
    (folder / f"{DATABASE_NAME}-shm").unlink(missing_ok=True)


def _torn_log(folder: Path) -> None:
    size = (folder / LOG_NAME).stat().st_size
    with (folder / LOG_NAME).open("r+b") as file:
        file.truncate(size // 2)


def _no_head(folder: Path) -> None:
    _write(folder / DATABASE_NAME, 0, b"\xa5" * PAGE)


def _run(folder: Path, *statements: str) -> None:
    database = open_database(folder / DATABASE_NAME, read_keys(folder / KEYS_NAME).database)
    try:
        for statement in statements:
            database.execute(statement)
    finally:
        database.close()


_FIRST = "(SELECT min(place) FROM event)"


def _delete(folder: Path) -> None:
    _run(folder, "DROP TRIGGER event_is_never_removed", f"DELETE FROM event WHERE place = {_FIRST}")  # noqa: S608


def _change(folder: Path) -> None:
    changed = f"UPDATE event SET actor = 'nobody' WHERE place = {_FIRST}"  # noqa: S608 - the place is ours
    _run(folder, "DROP TRIGGER event_is_never_changed", changed)


def _newer(folder: Path) -> None:
    _run(folder, "PRAGMA user_version = 9999")


def _torn_keys(folder: Path) -> None:
    text = (folder / KEYS_NAME).read_text(encoding="utf-8")
    write_durably(folder / KEYS_NAME, text[: len(text) // 2])


DAMAGES = (
    Damage("a byte flipped in the middle", _flip),
    Damage("a page of zeros", _zero),
    Damage("the file cut in half", _cut, may_lose=True),
    Damage("a file of no bytes", _empty, may_lose=True),
    Damage("the head written over", _no_head),
    Damage("the key file of another folder", _other_keys),
    Damage("no key file", _no_keys),
    Damage("half a key file", _torn_keys),
    Damage("the log gone after a crash", _no_log, crashed=True, may_lose=True, is_unseen=True),
    Damage("the log torn after a crash", _torn_log, crashed=True, may_lose=True, is_unseen=True),
    Damage("an event removed by hand", _delete),
    Damage("an event changed by hand", _change),
    Damage("a newer version's database", _newer, is_refusal=True),
    Damage("the disk full while restoring", _zero, full_disk=True),
)
