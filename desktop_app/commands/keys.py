"""``chairtime keys``: who may open a data folder, from the command line.

It is run beside a closed window. A new data key that becomes due is made when the command ends.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app import paths
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import (
    ask_secret,
    first_line,
    require_terminal,
    unlock_for,
    unlock_with_recovery_key,
)
from desktop_app.store.folder import KEYS_NAME, Folder, open_folder
from desktop_app.store.keys import RECOVERY, SealedKeys, read_key_file
from desktop_app.store.locked import Unlock

ANYBODYS = "Nobody has a passphrase here: whoever has the folder can read it."
NEW_RECOVERY_KEY = (
    "The recovery key opens this folder when every passphrase is forgotten. It is shown this once: print "
    "it and lock it away, not beside the computer."
)


def run(arguments: Namespace) -> int:
    """Do one thing with the keys. Raises NothingDone or JournalError with one sentence."""
    _ACTIONS[arguments.what](arguments)
    return 0


def _list(arguments: Namespace) -> None:
    file = _path(arguments) / KEYS_NAME
    found = read_key_file(file)
    if not isinstance(found, SealedKeys):
        print(ANYBODYS)
        return
    for name in found.names:
        print(f"{name:12}  opens it with a passphrase")
    has_recovery_key = any(slot.name == RECOVERY for slot in found.slots)
    print("A recovery key opens it." if has_recovery_key else "There is no recovery key.")
    if found.keyring:
        print("The system's keyring holds the data key too.")
    if found.renew:
        print("A new data key is due; it is made when the folder is closed or opened next.")


def _protect(arguments: Namespace) -> None:
    with _opened(arguments) as folder:
        if folder.sign_in.is_needed:
            raise NothingDone("People sign in here already; `chairtime keys add` adds somebody.")
        folder.sign_in.enrol(arguments.name, new_passphrase(arguments))
        _tell_recovery_key(folder)


def _add(arguments: Namespace) -> None:
    with _opened(arguments) as folder:
        if not folder.sign_in.is_needed:
            raise NothingDone(f"{ANYBODYS} `chairtime keys protect` gives the first passphrase.")
        folder.sign_in.enrol(arguments.name, new_passphrase(arguments))
    print(f"{arguments.name} can open the folder.")


def _remove(arguments: Namespace) -> None:
    with _opened(arguments) as folder:
        folder.sign_in.revoke(arguments.name)
    print(f"{arguments.name} cannot open the folder any more, and it has a new data key.")


def _change(arguments: Namespace) -> None:
    with _opened(arguments) as folder:
        _require_known(folder, arguments.name)
        folder.sign_in.change(arguments.name, new_passphrase(arguments))
    print(f"{arguments.name} has a new passphrase.")


def _recovery(arguments: Namespace) -> None:
    with _opened(arguments) as folder:
        if not folder.sign_in.is_needed:
            raise NothingDone(ANYBODYS)
        _tell_recovery_key(folder)


def _recover(arguments: Namespace) -> None:
    with _opened(arguments, unlock_with_recovery_key(arguments.recovery_file)) as folder:
        if not folder.sign_in.is_needed:
            raise NothingDone(ANYBODYS)
        _require_known(folder, arguments.name)
        folder.sign_in.change(arguments.name, new_passphrase(arguments))
    print(f"{arguments.name} has a new passphrase.")


def _rekey(arguments: Namespace) -> None:
    with _opened(arguments) as folder:
        folder.sign_in.renew_data_key()
    print("The folder has a new data key.")


def _keyring(arguments: Namespace) -> None:
    with _opened(arguments) as folder:
        done = folder.sign_in.use_keyring(on=arguments.state == "on")
    if not done:
        raise NothingDone("The system's keyring did not answer, so it does not hold the data key.")
    print(f"The system's keyring holds the data key {'too' if arguments.state == 'on' else 'no longer'}.")


_ACTIONS: dict[str, Callable[[Namespace], None]] = {
    "list": _list,
    "protect": _protect,
    "add": _add,
    "remove": _remove,
    "change": _change,
    "recovery": _recovery,
    "recover": _recover,
    "rekey": _rekey,
    "keyring": _keyring,
}


@contextmanager
def _opened(arguments: Namespace, unlock: Unlock | None = None) -> Iterator[Folder]:
    folder = open_folder(_path(arguments), unlock=unlock or unlock_for(arguments))
    try:
        yield folder
    finally:
        folder.close()


def _path(arguments: Namespace) -> Path:
    path: Path = arguments.data_dir or paths.user_data_dir()
    if not (path / KEYS_NAME).exists():
        raise NothingDone(f"There is no journal in the folder {path}.")
    return path


def _require_known(folder: Folder, name: str) -> None:
    if name not in folder.sign_in.names():
        raise NothingDone(f"{name} has no passphrase here.")


def new_passphrase(arguments: Namespace) -> str:
    """Return a new passphrase, out of a file or typed twice. Raises NothingDone."""
    if arguments.new_passphrase_file:
        return first_line(arguments.new_passphrase_file, "new passphrase")
    require_terminal("A new passphrase is needed", "--new-passphrase-file")
    first = ask_secret(f"New passphrase of {arguments.name}: ")
    if ask_secret("The same again: ") != first:
        raise NothingDone("The two are not the same, so nothing was changed.")
    return first


def _tell_recovery_key(folder: Folder) -> None:
    """Print a new recovery key, in lines that are easily copied by hand."""
    printed = folder.sign_in.new_recovery_key()
    print(NEW_RECOVERY_KEY)
    print(f"\n    {printed}\n", flush=True)
