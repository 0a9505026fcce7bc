"""Files that somebody else may have put there, read only where they are files and small.

A pipe would keep the start waiting and a device never end; nobody needs a key to plant one.
"""

from __future__ import annotations

import errno
import json
import stat
from pathlib import Path
from typing import Any

SMALL = 1_000_000
"""More than any small file of a data folder holds."""


class NoPlainFile(OSError):
    """What lies under a name is a folder, a pipe or a device, or far too large."""


def require_file(path: Path) -> None:
    """Raise NoPlainFile for what is no file, wherever a link leads; FileNotFoundError for nothing."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise NoPlainFile(errno.EINVAL, "it is no file")


def refuse_no_file(path: Path) -> None:
    """Raise NoPlainFile for what is there and no file; what is not there may come."""
    try:
        require_file(path)
    except FileNotFoundError:
        return


def small_content(path: Path, most: int = SMALL) -> bytes:
    """Return what a file holds. Raises OSError; NoPlainFile where it is none, or larger than ``most``."""
    require_file(path)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise NoPlainFile(errno.EFBIG, "it is too large")
    return content


def small_json(path: Path) -> Any:  # noqa: ANN401 - whoever reads it looks at what it is
    """Return what a file of JSON says. Raises OSError, or ValueError where it says nothing."""
    try:
        return json.loads(small_content(path))
    except RecursionError:
        raise ValueError(path.name) from None
