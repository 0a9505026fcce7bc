"""The record as it stood at one of its events: what was recorded later is not in it.

A history says up to where it goes. Made again, it has to leave out what came since: a touch that was taken
back meanwhile stood when the history was made.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.record.chronicle import Streams
from desktop_app.core.record.stored import Stored


class UpTo:
    """The streams of a record, up to an event of a workstation's epoch."""

    def __init__(self, record: Streams, origins: Sequence[str], origin: str, seq: int) -> None:
        """Take the record, its origins oldest first, and the last event that counts."""
        self._record = record
        self._earlier = frozenset(origins[: origins.index(origin)] if origin in origins else ())
        self._last = (origin, seq)

    def stored(self, stream: str) -> tuple[Stored, ...]:
        """Return the events of a stream as they are stored, oldest first. Raises JournalError."""
        return self._before(self._record.stored(stream))

    def naming(self, stream: str, text: str) -> tuple[Stored, ...]:
        """Return those of a stream in whose body a text stands, oldest first. Raises JournalError."""
        return self._before(self._record.naming(stream, text))

    def _before(self, events: Sequence[Stored]) -> tuple[Stored, ...]:
        origin, seq = self._last
        is_before = (
            one.origin in self._earlier or (one.origin == origin and one.origin_seq <= seq) for one in events
        )
        return tuple(one for one, is_in in zip(events, is_before, strict=True) if is_in)
