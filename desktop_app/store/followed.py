"""Sessions as far as the journal has followed them, so that a row of a list needs no replay from the disk.

Most touches change no row and are only noted; the next that does is folded from where the last one stood.
What was noted of a touch that the disk did not take is forgotten with all the rest.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.events import SESSION_STREAM_PREFIX, Recorded
from desktop_app.core.fold import evolve
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass

History = Callable[[str], tuple[Recorded, ...]]
"""Gives the events of one stream, oldest first."""

MOST = 64
"""More sessions than a suite has chairs; who was not touched for longest is read again."""


@dataclass(slots=True)
class _Known:
    """A session as it was folded last, and what was recorded since."""

    session: Session | None
    since: list[Recorded]

    @property
    def version(self) -> int:
        if self.since:
            return self.since[-1].version
        return self.session.version if self.session else 0


class Followed:
    """The sessions that were touched last."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._known: dict[str, _Known] = {}

    def note(self, recorded: Recorded) -> None:
        """Take in an event that has just been stored."""
        stream = recorded.stream
        if not stream.startswith(SESSION_STREAM_PREFIX):
            return
        known = self._known.pop(stream, None) or _Known(None, [])
        if known.version != recorded.version - 1:
            return
        known.since.append(recorded)
        self._known[stream] = known
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]

    def session(self, stream: str) -> Session | None:
        """Return a session as it is after all that was stored of it."""
        known = self._known.get(stream)
        session, since = (known.session, known.since) if known else (None, self._history(stream))
        for recorded in since:
            session = evolve(session, recorded)
        self._known[stream] = _Known(session, [])
        return session

    def catch_up(self) -> None:
        """Fold what was only noted, so that the next touch that changes a row has little left to fold."""
        for stream in [stream for stream, known in self._known.items() if known.since]:
            self.session(stream)

    def forget(self) -> None:
        """Know nothing any more, as after a touch that was not stored."""
        self._known.clear()
