"""What is on record of the workstation's clocks, and what of it nobody has seen yet."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core import events as e
from desktop_app.core.moments import ClockReading, Moment
from desktop_app.core.values import dataclass

TO_BE_SEEN = (e.ClockJumped, e.ClockDrifted, e.ClockBehind)
"""What is shown until somebody has seen it; another zone, or another start, puts nothing in doubt."""


MOST_KEPT = 200
"""So many events are at hand; years of them would hold up a start, and who asks for a day reads them all."""


@dataclass(frozen=True, slots=True)
class ClockLog:
    """The end of the clocks' stream, oldest first."""

    entries: tuple[e.Recorded, ...] = ()
    told: e.TrueTimeTold | None = None
    """The true time as it was told last."""

    @property
    def version(self) -> int:
        """The version of the stream."""
        return self.entries[-1].version if self.entries else 0

    @property
    def last(self) -> ClockReading | None:
        """What the clocks said when something was last recorded of them."""
        return self.entries[-1].stamp.reading if self.entries else None

    @property
    def unseen(self) -> tuple[e.Recorded, ...]:
        """What is to be shown and was seen by nobody, oldest first."""
        seen = max((r.event.up_to for r in self.entries if isinstance(r.event, e.ClockSeen)), default=0)
        return tuple(r for r in self.entries if r.version > seen and isinstance(r.event, TO_BE_SEEN))

    def seen(self, version: int) -> Moment | None:
        """Return when somebody saw an event, and who; None while nobody has."""
        for recorded in self.entries:
            event = recorded.event
            if isinstance(event, e.ClockSeen) and event.up_to >= version:
                stamp = recorded.stamp
                return Moment(event.at_us, event.how, stamp.reading.wall_us, stamp.actor)
        return None

    def after(self, recorded: e.Recorded) -> ClockLog:
        """Return the log after one more event."""
        return ClockLog((*self.entries, recorded)[-MOST_KEPT:], _told(recorded) or self.told)


def fold_clock(history: Iterable[e.Recorded]) -> ClockLog:
    """Return the log of what the clocks' own stream says, oldest first."""
    entries = tuple(history)
    return ClockLog(entries, next(filter(None, map(_told, reversed(entries))), None))


def _told(recorded: e.Recorded) -> e.TrueTimeTold | None:
    return recorded.event if isinstance(recorded.event, e.TrueTimeTold) else None
