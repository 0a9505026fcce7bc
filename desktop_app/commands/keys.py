"""``chairtime keys``: who may open a data folder, from the command line.

It is run beside a closed window. A new data key that becomes due is made when the command ends.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from desktop_app import paths
from desktop_app.app import Parts
from desktop_app.commands.attending import working
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import (
    ask_secret,
    first_line,
    require_terminal,
    told_names,
    unlock_with_recovery_key,
)
from desktop_app.core.access import RECOVERED, Right, Secret
from desktop_app.core.decisions import Refusal
from desktop_app.core.guard import sentence
from desktop_app.core.ports import JournalError
from desktop_app.core.staffing import change_secret, of_people, unfit_name
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import RECOVERY, SealedKeys, read_key_file
from desktop_app.store.locked import Unlock
from desktop_app.store.places import backup_place

ANYBODYS = "Nobody has a passphrase here: whoever has the folder can read it."
NO_RECOVERY_KEY = (
    "There is no recovery key: whoever forgets the last passphrase has lost the journal. `chairtime keys "
    "recovery` makes one."
)
NOBODY_NAMED = (
    "Nobody is named here yet, so whoever opens the folder may do everything. `chairtime people add` names "
    "the administrator."
)
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
        print(f"{told_names((name,)):12}  opens it with a passphrase")
    has_recovery_key = any(slot.name == RECOVERY for slot in found.slots)
    print("A recovery key opens it." if has_recovery_key else NO_RECOVERY_KEY)
    if found.keyring:
        print("The system's keyring holds the data key too.")
    if found.renew:
        print("A new data key is due; it is made when the folder is closed or opened next.")


def _protect(arguments: Namespace) -> None:
    from desktop_app.commands.open_copies import destroy_them, tell_of_them  # noqa: PLC0415 - once a folder

    with _opened(arguments) as parts:
        place = backup_place(parts.folder.settings.get("backup-folder"), parts.folder.path)
        if not parts.folder.sign_in.is_needed:
            _protect_first(parts, arguments)
        elif arguments.destroy_open_copies:
            _require_right(parts)
        else:
            raise NothingDone("People sign in here already; `chairtime keys add` adds somebody.")
        journal, key = parts.folder.journal.origins()[0], parts.folder.database_key
    # Only now is the key file the one that stays, so that what is not sealed is known.
    if arguments.destroy_open_copies:
        destroy_them(_path(arguments), place, journal, key)
    else:
        tell_of_them(_path(arguments), place, journal)


def _add(arguments: Namespace) -> None:
    with _opened(arguments) as parts:
        if not parts.folder.sign_in.is_needed:
            raise NothingDone(f"{ANYBODYS} `chairtime keys protect` gives the first passphrase.")
        _enrol(parts, arguments)
    print(f"{arguments.name} can open the folder.")


def _remove(arguments: Namespace) -> None:
    with _opened(arguments) as parts:
        _require_right(parts)
        parts.folder.sign_in.revoke(arguments.name)
        _tell(parts, arguments.name, Secret.PASSPHRASE, is_taken_away=True)
    print(f"{arguments.name} cannot open the folder any more, and it has a new data key.")


def _change(arguments: Namespace) -> None:
    with _opened(arguments) as parts:
        _require_right(parts, arguments.name)
        _give_another(parts, arguments)


def _recovery(arguments: Namespace) -> None:
    with _opened(arguments) as parts:
        _require_people(parts)
        _require_right(parts)
        _print_recovery_key(parts)


def _recover(arguments: Namespace) -> None:
    """Give a passphrase to whoever has the recovery key, which stands for every right to do so."""
    with _opened(arguments, unlock_with_recovery_key(arguments.recovery_file)) as parts:
        _require_people(parts)
        parts.desk.actor = RECOVERED
        _give_another(parts, arguments)


def _rekey(arguments: Namespace) -> None:
    with _opened(arguments) as parts:
        _require_people(parts)
        _require_right(parts)
        parts.folder.sign_in.renew_data_key()
    print("The folder has a new data key.")


def _keyring(arguments: Namespace) -> None:
    with _opened(arguments) as parts:
        _require_people(parts)
        _require_right(parts)
        done = parts.folder.sign_in.use_keyring(on=arguments.state == "on")
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
def _opened(arguments: Namespace, unlock: Unlock | None = None) -> Iterator[Parts]:
    """Open the folder and everything that works on it, as whoever signs in."""
    _path(arguments)
    with working(arguments, unlock=unlock, rules_later=True) as parts:
        parts.desk.actor = parts.folder.opened_by or arguments.as_name or parts.desk.actor
        if "name" in arguments:
            arguments.name = name_as_kept(parts, arguments.name)
        yield parts


def name_as_kept(parts: Parts, name: str) -> str:
    """Return a name as the record writes it, however its letters were typed; one that nobody has stays.

    What opens the folder is found by the name exactly as it is kept.
    """
    kept = {known.casefold(): known for known in parts.folder.sign_in.names()}
    person = parts.desk.suite.people.named(name)
    return kept.get(name.strip().casefold()) or (person.name if person else name)


def _path(arguments: Namespace) -> Path:
    path: Path = arguments.data_dir or paths.user_data_dir()
    if not any((path / name).exists() for name in (KEYS_NAME, DATABASE_NAME)):
        raise NothingDone(f"There is no journal in the folder {path}.")
    return path


def _require_people(parts: Parts) -> None:
    if not parts.folder.sign_in.is_needed:
        raise NothingDone(ANYBODYS)


def _require_right(parts: Parts, name: str = "") -> None:
    """Refuse whoever may not change the people here; everybody may change a secret of their own."""
    acting = parts.desk.acting
    refusal = None if name and acting.name == name else acting.why_not(Right.PEOPLE)
    if refusal:
        told = sentence(refusal)
        raise NothingDone(told if acting.roles else f"{told} `--as` says who you are.")


def _enrol(parts: Parts, arguments: Namespace) -> None:
    """Give somebody a first passphrase; where people are named it is one of them."""
    _require_person(parts, arguments.name)
    parts.folder.sign_in.enrol(arguments.name, new_passphrase(arguments))
    _tell(parts, arguments.name, Secret.PASSPHRASE)


def _protect_first(parts: Parts, arguments: Namespace) -> None:
    """Give the first passphrase, and the recovery key that was printed before, both or neither."""
    _require_person(parts, arguments.name)
    sign_in, passphrase = parts.folder.sign_in, new_passphrase(arguments)
    sign_in.require_fit(arguments.name, passphrase)
    with _shown_recovery_key(parts) as printed:
        sign_in.protect(arguments.name, passphrase, printed)
    _tell(parts, arguments.name, Secret.PASSPHRASE)
    _tell(parts, "", Secret.RECOVERY_KEY)
    print(f"The folder is locked: {arguments.name} opens it, and the recovery key does.")
    if not parts.desk.suite.people.are_named:
        print(NOBODY_NAMED)


def _require_person(parts: Parts, name: str) -> None:
    """Refuse a passphrase for who is none of the people here, or could never be one of them."""
    _require_right(parts)
    people = parts.desk.suite.people
    if people.are_named and people.named(name) is None:
        raise NothingDone(f"{name} is none of the people here; `chairtime people add` names somebody.")
    if refusal := unfit_name(name):
        raise NothingDone(sentence(refusal))


def _give_another(parts: Parts, arguments: Namespace) -> None:
    if arguments.name not in parts.folder.sign_in.names():
        raise NothingDone(f"{arguments.name} has no passphrase here.")
    parts.folder.sign_in.change(arguments.name, new_passphrase(arguments))
    _tell(parts, arguments.name, Secret.PASSPHRASE)
    print(f"{arguments.name} has a new passphrase.")


def _tell(parts: Parts, name: str, what: Secret, *, is_taken_away: bool = False) -> None:
    """Tell the journal that a secret was changed, and never which; it is told of nobody it does not know."""
    people = parts.desk.suite.people
    if people.named(name) is None and (name or not people.are_named):
        return
    when, slot = parts.desk.now(), "" if is_taken_away else parts.folder.sign_in.slot_of(name)
    decide = partial(change_secret, when=when, name=name, what=what, is_taken_away=is_taken_away, slot=slot)
    outcome = parts.desk.take(of_people(decide))
    if isinstance(outcome, Refusal):
        raise NothingDone(sentence(outcome))


def new_passphrase(arguments: Namespace) -> str:
    """Return a new passphrase, out of a file or typed twice. Raises NothingDone."""
    if arguments.new_passphrase_file:
        return first_line(arguments.new_passphrase_file, "new passphrase")
    require_terminal("A new passphrase is needed", "--new-passphrase-file")
    first = ask_secret(f"New passphrase of {arguments.name}: ")
    if ask_secret("The same again: ") != first:
        raise NothingDone("The two are not the same, so nothing was changed.")
    return first


def _print_recovery_key(parts: Parts) -> None:
    """Print a new recovery key and let it open the folder."""
    with _shown_recovery_key(parts) as printed:
        parts.folder.sign_in.keep_recovery_key(printed)
    _tell(parts, "", Secret.RECOVERY_KEY)
    print("It opens the folder from now on.")


@contextmanager
def _shown_recovery_key(parts: Parts) -> Iterator[str]:
    """Print a new recovery key, in a line of its own that is easily copied by hand, and only then keep it.

    So none is in force that nobody has seen, wherever the program is cut off.
    """
    printed = parts.folder.sign_in.draft_recovery_key()
    print(NEW_RECOVERY_KEY)
    print(f"\n    {printed}\n", flush=True)
    try:
        yield printed
    except JournalError as fault:
        raise NothingDone(f"{fault} The recovery key that was printed opens nothing.") from fault
