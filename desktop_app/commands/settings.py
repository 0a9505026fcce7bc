"""``chairtime settings``: print the settings, or change one."""

from __future__ import annotations

from argparse import Namespace

from desktop_app import paths
from desktop_app.store.faults import SettingRefused
from desktop_app.store.folder import open_folder
from desktop_app.store.settings import SETTINGS, checked


def run(arguments: Namespace) -> int:
    """Print every setting, print one, or set one; a value that does not fit raises SettingRefused.

    What cannot be is refused before the folder is opened, so that nothing is made for it; and
    printing works beside a program that holds the folder.
    """
    key, value = arguments.key, arguments.value
    if key is not None and key not in SETTINGS:
        raise SettingRefused(f"There is no setting {key}.")
    if value is not None:
        _require_fit(key, checked(key, value))
    folder = open_folder(arguments.data_dir or paths.user_data_dir(), read_only=value is None)
    try:
        if value is not None:
            folder.settings.set(key, value)
        for name, kept in folder.settings.all().items():
            if key in {None, name}:
                print(f"{name:18} {kept:24} {SETTINGS[name].text}".rstrip())
    finally:
        folder.close()
    return 0


def _require_fit(key: str, value: str) -> None:
    """Refuse a payer that has no profile: its sessions would be coded by Medicare's."""
    if key != "profile" or not value:
        return
    from desktop_app.rulebook_files import load_standard  # noqa: PLC0415 - only this key needs the rules

    known = load_standard().profiles
    if value not in known:
        raise SettingRefused(f"There is no payer profile {value}, only {', '.join(sorted(known))}.")
