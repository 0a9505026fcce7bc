"""What the workstation's clocks did: told by the program itself, and by who saw it or knows the time.

On a stream of their own. A session that was timed meanwhile gets a line in its own history too;
the readings of what was touched stay as they are for ever.
"""

from __future__ import annotations

from enum import StrEnum

from desktop_app.core.events.event import Event
from desktop_app.core.values import dataclass


class Trouble(StrEnum):
    """What happened to the clocks while something was timed."""

    JUMPED = "jumped"
    """The clock on the wall was set, against the one that counts."""
    DRIFTED = "drifted"
    """It went too fast or too slowly for a long while."""
    BEHIND = "behind"
    """After another start of the computer it stood before what was recorded."""
    RESTARTED = "restarted"
    """Another start of the computer, with a clock that may well be right."""
    OFF = "off"
    """Somebody told the true time, and it was another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJumped(Event):
    """The clock on the wall parted from the one that counts, by more than a time server shifts it."""

    KIND = "clock-jumped"

    by_us: int
    """Later is positive."""
    from_us: int
    """What the wall would have shown had it gone on."""
    to_us: int
    """What it showed."""
    boot: str
    was_closed: bool = False
    """Whether it was found at a start of the program: it jumped while none was open."""
    times: int = 1
    """How many jumps are told in one, where they came too often to tell each."""
    sessions: tuple[str, ...] = ()
    """What was timed meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDrifted(Event):
    """The clock on the wall and the one that counts parted slowly, by more than healthy ones do."""

    KIND = "clock-drifted"

    by_us: int
    over_us: int
    """In how long."""
    boot: str
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBehind(Event):
    """After another start of the computer the wall stands before what was recorded."""

    KIND = "clock-behind"

    record_us: int
    """The last instant on record."""
    wall_us: int
    boot: str
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRestarted(Event):
    """Sessions go on that were last touched in another start of the computer; the wall is believed."""

    KIND = "clock-restarted"

    record_us: int
    wall_us: int
    from_boot: str
    boot: str
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChanged(Event):
    """The clock shows the time of another zone from now on; no instant has changed by it."""

    KIND = "clock-zone-changed"

    from_zone: str
    from_offset_s: int
    to_zone: str
    to_offset_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSeen(Event):
    """Somebody has read what is told of the clocks, up to an event of their stream."""

    KIND = "clock-seen"

    up_to: int
    """The version of the last event that was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueTimeTold(Event):
    """Somebody says what time it truly was; who is seated from then on in this boot is timed by it."""

    KIND = "clock-true-time-told"

    true_us: int
    wall_us: int
    """What the wall showed then."""
    counting_us: int
    boot: str
    known: str
    """How it is known, in a person's words."""
    by: str
    sessions: tuple[str, ...] = ()
    """Who was timed by another time then, and goes on to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingNoted(Event):
    """A session was timed while something happened to the clocks; on its own stream."""

    KIND = "timing-noted"

    what: Trouble
    from_us: int
    """What the wall would have shown; of another start of the computer the last instant on record."""
    to_us: int
    """What it showed."""

    @property
    def by_us(self) -> int:
        """By how much the wall was off: later is positive."""
        return self.to_us - self.from_us
