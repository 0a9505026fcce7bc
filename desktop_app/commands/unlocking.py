"""How a command gets into a locked data folder: somebody signs in at the terminal, or by a file.

A passphrase is never a word of the command line, where every program of the computer can read it. Where
there is no terminal and no file the command refuses with one sentence; it never waits for nobody.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.commands.streams import NothingDone, plain
from desktop_app.core.recordable import as_line
from desktop_app.core.told import LONGEST_NAME
from desktop_app.store.clock import SystemClock
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import WrongSecret
from desktop_app.store.folder import TRIES_NAME, Folder
from desktop_app.store.locked import Locked, Unlock
from desktop_app.store.opening import open_folder
from desktop_app.store.tries import NoTries, TriesFile

if TYPE_CHECKING:
    from desktop_app.store.still import AskedKeys

FILE_VARIABLE = "CHAIRTIME_PASSPHRASE_FILE"
TRIES = 3
_LONGEST_LINE = 1_000


def unlock_for(arguments: Namespace) -> Unlock:
    """Return what opens a locked folder for a command line."""
    name = getattr(arguments, "as_name", "")
    file = getattr(arguments, "passphrase_file", None) or os.environ.get(FILE_VARIABLE)

    def unlock(locked: Locked) -> DatabaseKey:
        if file:
            return locked.with_passphrase(_name(locked, name), first_line(Path(file), "passphrase"))
        require_terminal(f"The data folder {locked.path} is locked")
        who = _known(locked, name or _asked_name(locked))
        return _tried(lambda: locked.with_passphrase(who, ask_secret(f"Passphrase of {who}: ")))

    return unlock


def open_to_read(arguments: Namespace) -> Folder:
    """Open a command's data folder beside whatever works there. Raises JournalError or NothingDone."""
    path = arguments.data_dir or paths.user_data_dir()
    return open_folder(path, read_only=True, unlock=unlock_for(arguments))


def keys_asked(arguments: Namespace, path: Path) -> AskedKeys:
    """Return what opens the key files of a folder's backups, asking each person once."""
    from desktop_app.store.still import AskedKeys  # noqa: PLC0415 - only who restores or checks

    return AskedKeys(_unlock_of_backups(arguments), TriesFile(path / TRIES_NAME, SystemClock()))


def keys_asked_of(arguments: Namespace, backup: Path) -> AskedKeys:
    """Return what opens backups that are only read: nothing is written, and no wrong try counts."""
    from desktop_app.store.still import AskedKeys  # noqa: PLC0415 - as above

    return AskedKeys(_unlock_of_backups(arguments), NoTries(backup / TRIES_NAME, SystemClock()))


def _unlock_of_backups(arguments: Namespace) -> Unlock:
    file = getattr(arguments, "recovery_file", None)
    return unlock_with_recovery_key(file) if file else unlock_for(arguments)


def unlock_with_recovery_key(file: Path | None) -> Unlock:
    """Return what opens a locked folder with its recovery key, out of a file or typed at the terminal."""

    def unlock(locked: Locked) -> DatabaseKey:
        if file:
            return locked.with_recovery_key(first_line(file, "recovery key"))
        require_terminal(f"The data folder {locked.path} is locked", "--recovery-file")
        return _tried(lambda: locked.with_recovery_key(ask("Recovery key: ")))

    return unlock


def first_line(file: Path, what: str) -> str:
    """Return the first line of a file that holds a secret. Raises NothingDone, naming the file."""
    try:
        with file.open(encoding="utf-8-sig") as stream:
            line = stream.readline(_LONGEST_LINE).rstrip("\r\n")
    except OSError as fault:
        raise NothingDone(f"The file {file} with the {what} cannot be read: {plain(fault)}.") from fault
    except UnicodeDecodeError:
        raise NothingDone(f"The file {file} with the {what} is no text.") from None
    if not line:
        raise NothingDone(f"The first line of the file {file} holds no {what}.")
    return line


def require_terminal(why: str, option: str = "--passphrase-file") -> None:
    """Raise NothingDone where nobody can be asked."""
    if not _has_terminal():
        raise NothingDone(f"{why}, and there is no terminal to ask at; name a file with {option}.")


def ask_secret(prompt: str) -> str:
    """Ask for a secret at the terminal without showing it. Raises NothingDone where nobody answers."""
    import getpass  # noqa: PLC0415 - only where somebody is asked

    return _answered(lambda: getpass.getpass(prompt))


def ask(prompt: str) -> str:
    """Ask at the terminal, showing what is typed. Raises NothingDone where nobody answers."""
    print(prompt, end="", file=sys.stderr, flush=True)
    return _answered(input)


def _answered(asking: Callable[[], str]) -> str:
    try:
        return asking()
    except EOFError:
        raise NothingDone("Nobody answered, so nothing was done.") from None


def _tried(attempt: Callable[[], DatabaseKey]) -> DatabaseKey:
    """Let somebody try a few times. Raises what the last try raises, or MustWait at once."""
    for _ in range(TRIES - 1):
        try:
            return attempt()
        except WrongSecret as fault:
            print(fault, file=sys.stderr, flush=True)
    return attempt()


def told_names(names: Iterable[str]) -> str:
    """Return the names of a key file as they can stand on a line: anybody may have written that file."""
    return ", ".join(as_line(name, LONGEST_NAME) for name in names)


def _name(locked: Locked, name: str) -> str:
    if not name and len(locked.names) > 1:
        raise NothingDone(f"Say with --as whose passphrase it is: {told_names(locked.names)}.")
    return _known(locked, name or locked.names[0])


def _asked_name(locked: Locked) -> str:
    """Return a name that is typed, in any case; the only one there is needs no typing."""
    if len(locked.names) == 1:
        return locked.names[0]
    return ask(f"Who are you ({told_names(locked.names)})? ").strip()


def _known(locked: Locked, name: str) -> str:
    """Return the name as it is kept. Raises NothingDone."""
    for known in locked.names:
        if known.casefold() == name.casefold():
            return known
    raise NothingDone("Nobody of that name has a passphrase here.")


def _has_terminal() -> bool:
    if not any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        return False
    if os.name == "nt":
        return True
    with suppress(OSError):
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        return True
    return False
