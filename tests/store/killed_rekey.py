"""Gives a folder a new data key and is killed at one step after the other; tells what each left behind.

``python -m tests.store.killed_rekey FOLDER WORK`` copies a protected folder into WORK for every step: a file
renamed, removed or made durable, and with ``all`` behind it every file opened and every statement run too.
It prints what was about to happen at each step, and what the kill left behind.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from desktop_app.store.database import Database
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, LOCK_NAME
from desktop_app.store.verify import verify
from tests.store.people import open_as

MOST_STEPS = 500
KNOWN = {DATABASE_NAME, KEYS_NAME, LOCK_NAME}


class Killer:
    """Ends this process for good before its n-th step inside a folder."""

    def __init__(self, folder: Path, at: int, events: Collection[str]) -> None:
        self._events = events
        self._folder = str(folder)
        self._left = at

    def step(self, what: str) -> None:
        """Count a step, or end here."""
        self._left -= 1
        if self._left == 0:
            os.write(1, json.dumps(what).encode() + b"\n")
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take what Python tells of files as steps."""
        if event in self._events and str(arguments[0]).startswith(self._folder):
            self.step(f"{event} {str(arguments[0]).removeprefix(self._folder)}")

    def before(self, action: Callable[..., object], name: str) -> Callable[..., object]:
        """Return an action that is a step."""

        def stepped(*arguments: object, **named: object) -> object:
            self.step(f"{name} {arguments[-1]}")
            return action(*arguments, **named)

        return stepped


def renew(folder: Path, at: int, *, all_steps: bool) -> None:
    """Make a new data key as the program does when it closes, and be killed on the way."""
    opened = open_as(folder)
    opened.sign_in.revoke("BN")
    killer = Killer(folder, at, {"os.rename", "os.remove", *["open"] * all_steps})
    os.fsync = killer.before(os.fsync, "fsync")  # type: ignore[assignment]  # in this process alone
    if all_steps:
        Database.execute = killer.before(  # type: ignore[method-assign, assignment]  # as above
            Database.execute, "execute"
        )
    sys.addaudithook(killer.hear)
    opened.close()


def left_behind(folder: Path, times: int) -> str:
    """Open what a kill left and say in a word what is wrong; nothing when all is well."""
    for _ in range(times):
        opened = open_as(folder)
        well = verify(opened.journal, opened.known_head) is None and not opened.journal.false_list()
        events = len(opened.journal.load("session/a"))
        opened.close()
        if not well or events != 2:
            return "not whole"
    names = {file.name for file in folder.iterdir()}
    return f"left {sorted(names - KNOWN)}" if names != KNOWN else ""


def in_a_child(action: Callable[[], object]) -> int:
    """Run something in a copy of this process and return how it ended."""
    child = os.fork()
    if child == 0:
        action()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def main(source: Path, work: Path, *, all_steps: bool) -> Iterable[str]:
    """Yield what each step left behind, until the work is done before it is killed."""
    for at in range(1, MOST_STEPS):
        folder = Path(shutil.copytree(source, work / str(at)))
        ended = in_a_child(partial(renew, folder, at, all_steps=all_steps))
        yield left_behind(folder, 1 + all_steps)
        shutil.rmtree(folder)
        if ended == 0:
            return


if __name__ == "__main__":
    for found in main(Path(sys.argv[1]), Path(sys.argv[2]), all_steps="all" in sys.argv[3:]):
        sys.stdout.write(json.dumps({"left": found}) + "\n")
        sys.stdout.flush()
