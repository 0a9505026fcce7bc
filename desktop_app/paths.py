"""Where the program's own files and the user's data lie, in a clone, installed or frozen.

``resources/`` stands beside the package in a clone and in the frozen program (PyInstaller
unpacks both into ``sys._MEIPASS``), and inside the package once installed from a wheel.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resources(package: Path = _PACKAGE) -> Path:
    """Return the folder of rules, drugs, sounds and fonts that travels with the program."""
    if getattr(sys, "frozen", False):
        return Path(sys._MEIPASS) / "resources"  # type: ignore[attr-defined]  # noqa: SLF001 - PyInstaller's name
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """Return the path of one resource, for example ``resource("rulebook", "rules.toml")``."""
    return resources().joinpath(*parts)


def user_state_dir() -> Path:
    """Return the folder for what is worth keeping only until the next start; nothing is created."""
    return platformdirs.user_state_path("chairtime", appauthor=False)


def user_data_dir() -> Path:
    """Return the folder of this user's data; nothing is created."""
    return platformdirs.user_data_path("chairtime", appauthor=False)
