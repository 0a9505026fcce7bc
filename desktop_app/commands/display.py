"""Whether a window can open here: asked of the display itself, since Qt aborts where none answers.

Standard library alone, so that what installs the program can ask too.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_X_NAME = re.compile(r"(?:(?P<protocol>[a-z]+)/)?(?P<host>\[?[^/]*?\]?):(?P<number>\d{1,4})(?:\.\d+)?")
_X_PORT = 6000
_PATIENCE_S = 3
Address = str | tuple[str, int]


def has_display(variables: Mapping[str, str] = os.environ) -> bool:
    """Return whether a display answers; elsewhere than on Linux there always is one."""
    if sys.platform != "linux":
        return True
    wayland, x = variables.get("WAYLAND_DISPLAY", ""), variables.get("DISPLAY", "")
    if wayland and _answers(_wayland_socket(wayland, variables)):
        return True
    return bool(x) and any(map(_answers, _x_addresses(x)))


def _wayland_socket(name: str, variables: Mapping[str, str]) -> str:
    return os.fspath(Path(variables.get("XDG_RUNTIME_DIR", "/")) / name)


def _x_addresses(name: str) -> list[Address]:
    """Return where the server of an X display listens: a path is a socket of its own."""
    if name.startswith("/"):
        return [name, name.rpartition(".")[0]]
    found = _X_NAME.fullmatch(name)
    if found is None:
        return []
    number = int(found["number"])
    local: list[Address] = [f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"]  # noqa: S108 - X's own
    if found["host"] in {"", "unix"} or found["protocol"] == "unix":
        return local
    return [(found["host"].strip("[]"), _X_PORT + number)]


def _answers(address: Address) -> bool:
    import socket  # noqa: PLC0415 - not every system is asked

    try:
        if isinstance(address, tuple):
            socket.create_connection(address, _PATIENCE_S).close()
            return True
        with closing(socket.socket(socket.AF_UNIX)) as knock:
            knock.settimeout(_PATIENCE_S)
            knock.connect(address)
    except (OSError, ValueError):
        return False
    return True
