"""``chairtime settings``: print the settings, or change one."""

from __future__ import annotations

from argparse import Namespace

from desktop_app import paths
from desktop_app.store.faults import SettingRefused
from desktop_app.store.folder import open_folder
from desktop_app.store.settings import SETTINGS


def run(arguments: Namespace) -> int:
    """Print every setting, print one, or set one; a value that does not fit raises SettingRefused."""
    folder = open_folder(arguments.data_dir or paths.user_data_dir())
    try:
        if arguments.value is not None:
            folder.settings.set(arguments.key, arguments.value)
        elif arguments.key is not None and arguments.key not in SETTINGS:
            raise SettingRefused(f"There is no setting {arguments.key}.")
        for key, value in folder.settings.all().items():
            if arguments.key in {None, key}:
                print(f"{key:18} {value:24} {SETTINGS[key].text}".rstrip())
    finally:
        folder.close()
    return 0
