"""``chairtime settings``: print the settings, or change one."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.commands.unlocking import unlock_for
from desktop_app.core.events import PEOPLE_STREAM, session_stream
from desktop_app.store.clock import SystemClock
from desktop_app.store.faults import SettingRefused
from desktop_app.store.folder import Folder
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.look import keep_look
from desktop_app.store.opening import open_folder
from desktop_app.store.settings import SETTINGS, checked

if TYPE_CHECKING:
    from desktop_app.rulebook_files import StandardRules


def run(arguments: Namespace) -> int:
    """Print every setting, print one, or set one; a value that does not fit raises SettingRefused.

    What cannot be is refused before the folder is opened, so that nothing is made for it; and
    printing works beside a program that holds the folder.
    """
    key, value = arguments.key, arguments.value
    if key is not None and key not in SETTINGS:
        raise SettingRefused(f"There is no setting {key}.")
    path = arguments.data_dir or paths.user_data_dir()
    rules = None
    if value is not None:
        value, rules = checked(key, value), _payers_for(key, path)
        _require_known(rules, key, value)
    folder = open_folder(path, read_only=value is None, unlock=unlock_for(arguments))
    try:
        if value is not None:
            _set(folder, key, value, rules)
        for name, kept in folder.settings.all().items():
            if key in {None, name}:
                print(f"{name:18} {kept:24} {SETTINGS[name].text}".rstrip())
    finally:
        folder.close()
    return 0


def _set(folder: Folder, key: str, value: str, rules: StandardRules | None) -> None:
    from desktop_app.app import require_right  # noqa: PLC0415 - who only prints needs none of this
    from desktop_app.core.guard import acting_as  # noqa: PLC0415 - as above
    from desktop_app.core.staff import fold_people  # noqa: PLC0415 - as above

    settings = folder.settings
    if not folder.is_anybodys:
        from desktop_app.app import Parts  # noqa: PLC0415 - only where somebody signs in
        from desktop_app.commands.attending import attend  # noqa: PLC0415 - as above

        attend(Parts(folder, SystemClock(partial(settings.get, "zone")), TimeOrderedIdentities()))
    people = fold_people(folder.journal.load(PEOPLE_STREAM))
    require_right(people, acting_as(people, folder.opened_by or settings.get("actor")), key)
    if rules:
        from desktop_app.app import require_fitting_payer  # noqa: PLC0415 - only these keys need it

        settings.further_check = partial(require_fitting_payer, rules, settings)
    if key == "chair-labels":
        from desktop_app.app import require_free_chairs  # noqa: PLC0415 - as above

        settings.further_check = partial(require_free_chairs, _taken_chairs(folder), settings)
    settings.set(key, value)
    keep_look(folder.path, settings)


def _taken_chairs(folder: Folder) -> tuple[str, ...]:
    from desktop_app.core.fold import fold  # noqa: PLC0415 - only the labels of chairs need it
    from desktop_app.core.suite import Suite  # noqa: PLC0415 - as above

    names = folder.journal.unsigned_sessions()
    histories = (folder.journal.load(session_stream(name)) for name in names)
    sessions = {session.id: session for history in histories if (session := fold(history)) is not None}
    return Suite(chairs=(), sessions=sessions).taken_chairs


def _payers_for(key: str, path: Path) -> StandardRules | None:
    """Return the rules where a setting needs them: whatever names a payer, or who bills."""
    if key not in {"profile", "setting"}:
        return None
    from desktop_app.rulebook_files import load_rules  # noqa: PLC0415 - only these keys need the rules

    return load_rules(path)


def _require_known(rules: StandardRules | None, key: str, value: str) -> None:
    """Refuse a payer that has no profile: its sessions could not be coded."""
    if rules and key == "profile" and value and value not in rules.profiles:
        known = ", ".join(sorted(rules.profiles))
        raise SettingRefused(f"There is no payer profile {value}, only {known}.")
