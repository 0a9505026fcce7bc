"""What a command that writes notes of the clock: what happened since anything was last recorded here.

The window looks each second; a command looks once, before it records anything that would stand on the
clock as it is now.
"""

from __future__ import annotations

import sys

from desktop_app.app import Parts
from desktop_app.core.clock_log import TO_BE_SEEN
from desktop_app.core.clock_words import instant_words, told_words
from desktop_app.core.clocks import noting
from desktop_app.core.events import ZoneChanged
from desktop_app.core.jump_watch import since_closed
from desktop_app.core.moments import ClockReading
from desktop_app.core.steady import is_healthy, is_same_run
from desktop_app.store.folder import Folder

ON_RECORD = "It is on record."
SET_IT = "set it, or tell the true time with `chairtime clock --true`."


def note_clock(parts: Parts) -> None:
    """Record what happened to the clock since the last record, and say what puts times in doubt.

    Raises JournalError.
    """
    desk, last = parts.desk, last_reading(parts.folder)
    if last is None:
        return
    now, zone = parts.clock.now(), parts.folder.settings.get("zone")
    timed = tuple(session.id for session in desk.suite.sessions.values() if session.needs_time)
    touched = {name: desk.history(name)[-1].stamp.reading for name in timed}
    found = since_closed(touched, last, now, desk.now().at_us, is_behind=desk.is_clock_behind)
    # Another zone puts no instant in doubt; the window tells it.
    told = tuple(event for event in found if not isinstance(event, ZoneChanged))
    if told:
        desk.take(noting(told))
    said = [f"{told_words(event, zone)} {ON_RECORD}" for event in told if isinstance(event, TO_BE_SEEN)]
    for sentence in said or _behind(last, now, zone):
        print(sentence, file=sys.stderr)


def last_reading(folder: Folder) -> ClockReading | None:
    """Return what the clocks said at the journal's last event; None before the first. Raises JournalError."""
    seq, _ = folder.journal.last()
    last = next(iter(folder.journal.since(seq - 1)), None) if seq else None
    return last.stamp.reading if last else None


def behind_by(last: ClockReading, now: ClockReading) -> int:
    """Return by how much the wall of another start stands before the last record; 0 where it does not."""
    by_us = last.present_us - now.wall_us
    return 0 if is_same_run(last, now) or by_us <= 0 or is_healthy(by_us, 0) else by_us


def _behind(last: ClockReading, now: ClockReading, zone: str) -> list[str]:
    """Return that the clock stands before the last record, where nobody is timed by it and it is no event."""
    if not behind_by(last, now):
        return []
    shows, recorded = (instant_words(at_us, zone) for at_us in (now.wall_us, last.present_us))
    return [f"This computer's clock shows {shows}, before the last record at {recorded}: {SET_IT}"]
