"""Folders with people that the tests of this room share."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop_app.core.ports import Clock
from desktop_app.store.database import DatabaseKey
from desktop_app.store.folder import Folder
from desktop_app.store.keys import Cost
from desktop_app.store.locked import Locked
from desktop_app.store.opening import open_folder
from tests.fakes import FakeClock, SequentialIdentities
from tests.store.examples import session, started

AK, BN = "four words in a row", "quite another sentence"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""What a guess costs in tests that make hundreds."""


def signing_in(name: str, passphrase: str) -> Callable[[Locked], DatabaseKey]:
    """Return what signs somebody in."""
    return lambda locked: locked.with_passphrase(name, passphrase)


def kept_recovery_key(folder: Folder) -> str:
    """Give a folder a new recovery key, and return it."""
    printed = folder.sign_in.draft_recovery_key()
    folder.sign_in.keep_recovery_key(printed)
    return printed


def open_as(
    path: Path,
    name: str = "AK",
    passphrase: str = AK,
    *,
    clock: Clock | None = None,
    read_only: bool = False,
) -> Folder:
    """Open a folder as one of its people."""
    return open_folder(
        path,
        clock=clock or FakeClock(),
        names=SequentialIdentities("id-again"),
        unlock=signing_in(name, passphrase),
        read_only=read_only,
    )


def protected_folder(path: Path) -> Path:
    """Make a data folder with one session that AK and BN can open; each is a copy of the first."""
    shutil.copytree(_first_folder(), path, dirs_exist_ok=True)
    return path


@cache
def _first_folder() -> Path:
    """Make the first one, which goes when the tests of this process are over."""
    path = Path(mkdtemp())
    atexit.register(shutil.rmtree, path)
    folder = open_folder(path, clock=FakeClock(), names=SequentialIdentities("id-first"))
    session(folder.journal, "a", started("1"))
    folder.sign_in.enrol("AK", AK)
    folder.sign_in.enrol("BN", BN)
    folder.close()
    return path
