"""What the screens need of the backups: how they stand, which there are, and the ways back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from desktop_app.core.values import dataclass

OPEN_COPIES = "Copies"
"""The sign that copies of the record open without a passphrase, though people sign in."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that is not as it should be and stays on screen until it is; nothing waits for it."""

    short: str
    """In one or two words."""
    text: str
    """In sentences: what, what follows, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupLine:
    """A backup as it is listed."""

    name: str
    made: str
    age: str
    size: str
    fault: str = ""
    """What is wrong with it; empty where it says it is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsNow:
    """How the backups stand."""

    place: str
    last: str
    """When the last good one was made, in a sentence."""
    is_making: bool = False
    has_failed: bool = False
    """Whether the last try made none: then nothing is said to go there."""


class Backups(Protocol):
    """The backups of the journal that is open."""

    def now(self) -> BackupsNow:
        """Return how they stand."""
        ...

    def signs(self) -> Sequence[Sign]:
        """Return what is not as it should be; empty where all is."""
        ...

    def lines(self) -> Sequence[BackupLine]:
        """Return those there are, newest first."""
        ...

    def make(self) -> None:
        """Begin to make one, beside the window; nothing waits for it."""
        ...

    def try_place(self) -> None:
        """Make one soon: where they go has changed, and whether that works shows with the first alone."""
        ...

    def tick(self) -> bool:
        """See whether one is due or done; say whether what is shown has changed."""
        ...

    def open_copies(self) -> Sequence[str]:
        """Return where copies of the record lie that open, or will open, without a passphrase."""
        ...

    def destroy_open_copies(self) -> str:
        """Destroy those; return why not, as the rest of a sentence, or nothing."""
        ...

    def want_restore(self, name: str) -> None:
        """Put one back as soon as the window is closed; the window comes again on it."""
        ...

    def at_the_end(self) -> str:
        """Begin the last one behind the closed window, or return the name of what is to be put back."""
        ...


class NoBackups:
    """Of data that is thrown away nothing is kept."""

    def now(self) -> BackupsNow:
        """Return that there are none."""
        return BackupsNow(place="", last="This is throw-away data, so no backups are made.")

    def signs(self) -> Sequence[Sign]:
        """Return nothing: nothing is looked after."""
        return ()

    def lines(self) -> Sequence[BackupLine]:
        """Return none."""
        return ()

    def make(self) -> None:
        """Make none."""

    def try_place(self) -> None:
        """Try none."""

    def tick(self) -> bool:
        """Nothing changes."""
        return False

    def open_copies(self) -> Sequence[str]:
        """Return none."""
        return ()

    def destroy_open_copies(self) -> str:
        """Destroy none."""
        return ""

    def want_restore(self, name: str) -> None:
        """There is none to put back."""

    def at_the_end(self) -> str:
        """Make none."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The newest good backup, and what it would bring back."""

    name: str
    made: str
    back: str
    """How many events it has, how many newer ones can be kept, how many are missing."""
    passed_over: str = ""
    """What was wrong with a newer one."""


class Rescue(Protocol):
    """A journal that cannot be opened, and the ways out."""

    @property
    def what(self) -> str:
        """What is wrong, in one sentence."""
        ...

    @property
    def folder(self) -> Path:
        """The data folder."""
        ...

    @property
    def restores(self) -> bool:
        """Whether a restore would help; not where the folder cannot be written, or is of a newer version."""
        ...

    @property
    def begins(self) -> bool:
        """Whether a new journal may be begun here."""
        ...

    def find(self) -> Found | None:
        """Return the newest good backup; None where there is none. It may take minutes."""
        ...

    def restore(self, name: str) -> str:
        """Put a backup back and tell what was done. Raises JournalError."""
        ...
