"""What happened to the journal itself: it was put back from a backup, or touches were taken up late.

On a stream of their own; no patient's record and no list follows from them.
"""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.values import dataclass

RESTORE_STREAM = "restores"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRestored(Event):
    """The journal was put back from a backup; what was recorded in the gap is not in it.

    The gap is from ``kept_until_us`` to the restore itself.
    """

    KIND = "journal-restored"

    backup: str
    """The name of the backup."""
    made_us: int
    """When it was made."""
    events: int
    """How many events it held."""
    salvaged: int
    """How many newer ones were read from the damaged file and follow on it, link by link."""
    missing: int | None
    """How many more are known to have been recorded and are gone; None where that cannot be known."""
    kept_until_us: int | None
    """When the last event that is kept was recorded; None where none was."""
    origin_before: str
    """The workstation's epoch that ended with the restore."""
    quarantine: str
    """The folder that holds what was there before, as it was; empty where nothing was."""
    why: str
    """What was wrong, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchesTakenUp(Event):
    """Touches that the journal could not take were stored from the emergency file, at the next start."""

    KIND = "touches-taken-up"

    touches: int
    """How many were stored as they were made."""
    marked: int
    """How many did not fit any more; their instants are kept as open marks."""
    left: int = 0
    """How many could not be read."""
