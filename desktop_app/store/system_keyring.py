"""The data key in the system's keyring: the program can come up locked, before anybody signs in.

It is never the only holder: passphrases and the recovery key open the folder without it. A keyring may
hang, or ask a person in a window of its own; so it is asked in a process of its own with little time, and
not at all where a Linux session has no bus to ask over. That process is this program with the command
``keyring-child``; the key goes through its pipes, never onto a command line.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop_app.store.database import DatabaseKey

LONGEST_S = 4
CHILD = "keyring-child"
_KEY_BYTES = 32


def kept_key(salt: bytes) -> bytes | None:
    """Return the data key of the database with a salt, or None where the keyring does not say it in time."""
    answer = _ask("get", salt)
    try:
        key = bytes.fromhex(answer or "")
    except ValueError:
        return None
    return key if len(key) == _KEY_BYTES else None


def keep_key(database: DatabaseKey) -> bool:
    """Put a data key into the keyring; return whether it says the same back."""
    return _ask("put", database.salt, database.key.hex()) is not None and (
        kept_key(database.salt) == database.key
    )


def forget_key(salt: bytes) -> bool:
    """Take a data key out of the keyring; return whether the keyring did, or has none."""
    return _ask("forget", salt) is not None


def _ask(what: str, salt: bytes, given: str = "") -> str | None:
    if not _is_reachable():
        return None
    try:
        done = subprocess.run(  # noqa: S603 - this program, with words of its own
            [*_program(), CHILD, what, salt.hex()],
            input=given,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "desktop_app"]


def _is_reachable() -> bool:
    """Return whether there can be a keyring: Linux has one only on a session's bus."""
    if sys.platform in {"win32", "darwin"}:
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ or (bool(runtime) and Path(runtime, "bus").exists())
