"""The backups of the window: one an hour and one at the end, each in a process of its own.

Walking a long journal takes the interpreter for minutes, and a drive may not answer: neither is to
hold up a touch. The process gets the key on its standard input, where no other user can see it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop_app.app import Parts
from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.core.told import count_words
from desktop_app.store.backup_state import BackupState, keep_state, read_state
from desktop_app.store.database import DatabaseKey
from desktop_app.store.places import backup_place, default_place
from desktop_app.ui.backup_ports import OPEN_COPIES, BackupLine, BackupsNow, Sign

EVERY_US = HOUR_US
AGAIN_US = 10 * MINUTE_US
"""After a try that made none."""
FIRST_US = MINUTE_US
"""No start waits for a backup."""
OLD_US = 4 * HOUR_US
LITTLE_ROOM = 500_000_000
SEE = "Make a backup that opens with one, then destroy these: in the settings, at Backups."
_ENDED = "The process that makes backups ended before it was done; it is tried again."


class WindowBackups:
    """Implements ``ui.backup_ports.Backups`` for an open data folder."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._folder = parts.folder.path
        self._state = read_state(self._folder)
        self._process: subprocess.Popen[str] | None = None
        self._next_us = self._counting_us() + FIRST_US
        self._room_us = 0
        self._little_room = ""
        self._open = 0
        """How many copies of the journal open without a passphrase, though people sign in."""
        self._place_is_new = False
        self.wanted = ""
        """The name of the backup that is to be put back once the window is closed."""

    @property
    def place(self) -> Path:
        """Where backups go."""
        return backup_place(self._parts.folder.settings.get("backup-folder"), self._folder)

    def now(self) -> BackupsNow:
        """Return how they stand."""
        state = self._state
        last = f"The last one was made {self._age(state.made_us)}." if state.name else "None was made yet."
        return BackupsNow(
            place=str(self.place),
            last=last,
            is_making=self._process is not None,
            has_failed=bool(state.fault),
        )

    def signs(self) -> Sequence[Sign]:
        """Return what is not as it should be: no backup, or hardly any room."""
        signs = []
        if self._state.is_damaged:
            told = f"{self._state.fault} Restore a backup: every touch that can still be read is kept."
            signs.append(Sign("Damaged", told))
        elif self._state.fault:
            last = f"The last good one is of {self._age(self._state.made_us)}." if self._state.name else ""
            told = f"No backup: {self._state.fault} {last or 'None was ever made.'} Work goes on."
            signs.append(Sign("No backup", told))
        if self._open:
            verb = "opens" if self._open == 1 else "open"
            count = count_words(self._open, "copy of the record", "copies of the record")
            signs.append(
                Sign(OPEN_COPIES, f"{count} from before the first passphrase {verb} without one. {SEE}")
            )
        if self._little_room:
            signs.append(Sign("Disk low", self._little_room))
        return signs

    def lines(self) -> Sequence[BackupLine]:
        """Return those there are, newest first."""
        from desktop_app.commands.backup_words import lines_of  # noqa: PLC0415 - hardly any window asks
        from desktop_app.store.backup_state import known_backups  # noqa: PLC0415 - as above

        return lines_of(known_backups(self._folder), self._wall_us(), self._zone)

    def make(self) -> None:
        """Begin to make one, unless one is being made."""
        if self._process is not None:
            return
        try:
            self._process = self._begun()
        except OSError as fault:
            self._failed(f"The process that makes backups cannot be started: {fault.strerror}.")

    def try_place(self) -> None:
        """Make one with the next tick, or behind the one that is being made for the place of before."""
        self._place_is_new = True

    def tick(self) -> bool:
        """See whether one is due or done; say whether what is shown has changed."""
        changed = self._look_for_room()
        if self._process is not None:
            return self._is_done() or changed
        if self._place_is_new or self._counting_us() >= self._next_us:
            self._place_is_new = False
            self.make()
            return True
        return changed

    def at_the_end(self) -> str:
        """Begin the last one, which goes on behind the closed window; or return which is to be put back."""
        if self._parts.folder.is_renewing:
            # A new data key is made now, and nobody may read the journal meanwhile.
            if self._process is not None:
                self._process.kill()
                self._process.wait()
        elif not self.wanted and self._process is None:
            with suppress(OSError):
                self._process = self._begun(answer=subprocess.DEVNULL)
        return self.wanted

    def open_copies(self) -> Sequence[str]:
        """Return where copies of the record lie that open, or will open, without a passphrase."""
        return [str(copy) for copy in self._open_copies()]

    def destroy_open_copies(self) -> str:
        """Destroy those; return why not, as the rest of a sentence, or nothing."""
        from desktop_app.store.open_copies import destroy  # noqa: PLC0415 - once in a folder's life

        if self._parts.folder.is_renewing:
            return "close Chairtime and open it again first: the folder gets its new key then"
        found = self._open_copies()
        if self._process is not None or not self._is_one_left(found):
            return "make a backup first, and wait until it is made: no good one would be left"
        for copy in found:
            try:
                destroy(copy)
            except OSError as fault:
                return f"{copy} cannot be destroyed: {fault.strerror}"
        self._open = 0
        return ""

    def _is_one_left(self, found: Sequence[Path]) -> bool:
        from desktop_app.store.open_copies import is_one_left  # noqa: PLC0415 - as above

        folder = self._parts.folder
        places = (self.place, Path(self._state.place), default_place(self._folder))
        return is_one_left(found, folder.database_key, folder.journal.origins()[0], *places)

    def _open_copies(self) -> Sequence[Path]:
        from desktop_app.store.open_copies import copies_in_the_open  # noqa: PLC0415 - as above

        journal = self._parts.folder.journal.origins()[0]
        return copies_in_the_open(self._folder, self.place, journal=journal)

    def want_restore(self, name: str) -> None:
        """Put one back as soon as the window is closed."""
        self.wanted = name

    @property
    def _zone(self) -> str:
        return self._parts.folder.settings.get("zone")

    def _begun(self, answer: int = subprocess.PIPE) -> subprocess.Popen[str]:
        return begin_backup(self._folder, self._parts.folder.database_key, self.place, answer)

    def _is_done(self) -> bool:
        process = self._process
        if process is None or process.poll() is None:
            return False
        self._process = None
        said = ""
        if process.stdout is not None:
            with process.stdout as answer:
                said = answer.read()
        self._state = self._said(said)
        self._next_us = self._counting_us() + (AGAIN_US if self._state.fault else EVERY_US)
        return True

    def _said(self, said: str) -> BackupState:
        """Return the state after a try; the process writes it down itself, unless it could not."""
        state = read_state(self._folder)
        try:
            answer = json.loads(said)
            self._open, fault = int(answer["open"]), str(answer["fault"])
        except (ValueError, KeyError, TypeError):
            fault = _ENDED
        return state if fault == state.fault else self._with(state, fault)

    def _failed(self, fault: str) -> None:
        self._state = self._with(self._state, fault)
        self._next_us = self._counting_us() + AGAIN_US

    def _with(self, state: BackupState, fault: str) -> BackupState:
        state = replace(state, fault=fault, tried_us=self._wall_us())
        keep_state(self._folder, state)
        return state

    def _look_for_room(self) -> bool:
        """Look once a minute how much room the journal has; say whether what is to be told has changed."""
        if self._room_us and self._counting_us() - self._room_us < MINUTE_US:
            return False
        self._room_us, before = self._counting_us(), self._little_room
        self._little_room = room_fault(self._folder)
        return self._little_room != before

    def _age(self, at_us: int) -> str:
        from desktop_app.commands.backup_words import age_words  # noqa: PLC0415 - as above

        return age_words(max(0, self._wall_us() - at_us))

    def _counting_us(self) -> int:
        return self._parts.clock.now().counting_us

    def _wall_us(self) -> int:
        return self._parts.clock.now().wall_us


def begin_backup(
    folder: Path, key: DatabaseKey, place: Path, answer: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    """Start the process that makes one. Raises OSError."""
    way_in = [] if getattr(sys, "frozen", False) else ["-m", "desktop_app"]
    words = ["backup", "--data-dir", str(folder), "--to", str(place), "--key-on-stdin"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *way_in, *words],
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if process.stdin is not None:
        process.stdin.write(key.key.hex() + key.salt.hex())
        process.stdin.close()
    return process


def room_fault(folder: Path) -> str:
    """Return that there is little room left where the journal lies; empty where there is enough."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ""
    if free >= LITTLE_ROOM:
        return ""
    return (
        f"The disk with the journal has {free // 1_000_000} MB left. Make room soon; until then all is saved."
    )
