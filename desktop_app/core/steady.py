"""The present, going on evenly while the program runs, whatever is done to the clock on the wall.

Touches take their instant from here, so that a stop always comes after its start. The clock
that counts carries the present on; the clock on the wall is believed as long as it keeps to it::

    09:00        09:20            09:40            the present
    wall 09:00   09:20 -> 08:20   08:40 -> 09:40   set back by hand, then put right
      |============|----------------|===========
       agrees       counted on       agrees again

What every clock said is stored with each touch as it was, so a jump stays readable for ever.
"""

from __future__ import annotations

from desktop_app.core.moments import SECOND_US, ClockReading
from desktop_app.core.values import dataclass

_STEP_US = SECOND_US // 2
"""Time servers shift a clock by less than this without a jump."""
_DRIFT = 10_000
"""Two healthy clocks part by less than one in this many: over a night asleep, three seconds."""


@dataclass(frozen=True, slots=True)
class Present:
    """An instant, and what the counting clock said then."""

    at_us: int
    counting_us: int
    boot: str


def on_the_wall(reading: ClockReading) -> Present:
    """Return the present as the clock on the wall shows it."""
    return Present(reading.wall_us, reading.counting_us, reading.boot)


def is_healthy(parted_us: int, passed_us: int) -> bool:
    """Say whether two clocks may have parted by so much in that time without anybody setting one."""
    return abs(parted_us) <= _STEP_US + passed_us // _DRIFT


def carried_on(before: Present, reading: ClockReading) -> Present:
    """Return the present, later than before or the same: the wall's while it keeps to the counting clock.

    After another start of the computer there is nothing to count on from, and the wall is believed.
    """
    passed_us = reading.counting_us - before.counting_us
    if reading.boot != before.boot or passed_us < 0:
        return on_the_wall(reading)
    counted_us = before.at_us + passed_us
    agrees = is_healthy(reading.wall_us - counted_us, passed_us)
    at_us = max(before.at_us, reading.wall_us) if agrees else counted_us
    return Present(at_us, reading.counting_us, reading.boot)
