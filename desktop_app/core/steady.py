"""The present, going on evenly within one start of the computer, whatever is done to the clock on the wall.

Touches take their instant from here, so that a stop always comes after its start. The clock
that counts carries the present on; the clock on the wall is believed as long as it keeps to it::

    09:00        09:20            09:40            the present
    wall 09:00   09:20 -> 08:20   08:40 -> 09:40   set back by hand, then put right
      |============|----------------|===========
       agrees       counted on       agrees again

What every clock said is stored with each touch as it was, so a jump stays readable for ever, and
a program that is started again takes the present up from the last touch of who still waits for a
stop. Only another start of the computer leaves nothing to count on from. The wall is believed
then, unless it stands before that last touch: the earliest that it can be is counted on instead,
and whatever is pressed says so, until the wall has passed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.core.events import Recorded, TrueTimeTold
from desktop_app.core.moments import SECOND_US, ClockReading, HowKnown
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
    is_earliest: bool = False
    """Whether it may be later than that: the wall stands before what was recorded."""


def on_the_wall(reading: ClockReading) -> Present:
    """Return the present as the clock on the wall shows it."""
    return Present(reading.wall_us, reading.counting_us, reading.boot)


def is_healthy(parted_us: int, passed_us: int) -> bool:
    """Say whether two clocks may have parted by so much in that time without anybody setting one."""
    return abs(parted_us) <= _STEP_US + passed_us // _DRIFT


def is_same_run(before: ClockReading, reading: ClockReading) -> bool:
    """Say whether the counting clock has run on from one reading to the next.

    It has within one boot. Where boots have no name it has too if the wall has kept to it: two
    starts of a computer never leave both clocks as far apart, to the second.
    """
    passed_us = reading.counting_us - before.counting_us
    if passed_us < 0 or before.boot == reading.boot:
        return passed_us >= 0
    return is_healthy(reading.wall_us - before.present_us - passed_us, passed_us)


def carried_on(before: Present, reading: ClockReading) -> Present:
    """Return the present, later than before or the same: the wall's while it keeps to the counting clock.

    After another start of the computer there is nothing to count on from, and the wall is believed.
    It is believed too as soon as it has passed what was only the earliest that it could be.
    """
    passed_us = reading.counting_us - before.counting_us
    if reading.boot != before.boot or passed_us < 0:
        return on_the_wall(reading)
    counted_us = before.at_us + passed_us
    if before.is_earliest and reading.wall_us >= counted_us:
        return on_the_wall(reading)
    agrees = not before.is_earliest and is_healthy(reading.wall_us - counted_us, passed_us)
    at_us = max(before.at_us, reading.wall_us) if agrees else counted_us
    return Present(at_us, reading.counting_us, reading.boot, before.is_earliest)


def taken_up(histories: Iterable[Sequence[Recorded]], reading: ClockReading) -> Present:
    """Return the present as a program takes it up at its start, from all that was recorded of who waits."""
    ends = [(history[-1].stamp.reading, history) for history in histories]
    here = [end for end in ends if is_same_run(end[0], reading)]
    if here:
        last, history = max(here, key=lambda end: end[0].counting_us)
        begun = Present(last.present_us, last.counting_us, reading.boot, _was_earliest(history))
        return carried_on(begun, reading)
    earliest_us = max((last.present_us for last, _ in ends), default=reading.wall_us)
    if reading.wall_us >= earliest_us:
        return on_the_wall(reading)
    return Present(earliest_us, reading.counting_us, reading.boot, is_earliest=True)


def as_told(told: TrueTimeTold | None, reading: ClockReading) -> Present | None:
    """Return the present as a person told the true time; None where that was in another start.

    It is counted on from there, and the wall is believed once it shows the same.
    """
    if told is None:
        return None
    then = ClockReading(told.wall_us, told.counting_us, told.boot, reading.zone, 0)
    if not is_same_run(then, reading):
        return None
    return carried_on(Present(told.true_us, told.counting_us, reading.boot), reading)


def gone_on(before: Present, reading: ClockReading, told: TrueTimeTold | None, *, is_timing: bool) -> Present:
    """Return the present after the one before: counted on while somebody is timed, else the wall's.

    A true time that was told is gone by from when nobody is timed: it must not make what runs longer or
    shorter. Where the present is only the earliest that it can be, nothing better is known than it.
    """
    true = as_told(told, reading)
    if not is_timing:
        return true or on_the_wall(reading)
    counted = carried_on(before, reading)
    return true if true and counted.is_earliest and true.at_us >= counted.at_us else counted


def _was_earliest(history: Sequence[Recorded]) -> bool:
    """Say whether the present of the last touch was the earliest it could be: the wall stood before it."""
    last = history[-1].stamp.reading
    pressed = (r for r in history if r.event.how is HowKnown.EARLIEST and r.stamp.reading.boot == last.boot)
    return last.wall_us < last.present_us and any(pressed)


def with_present(reading: ClockReading, present: Present) -> ClockReading:
    """Return a reading that says how far off the wall was, where it was not believed."""
    off_us = reading.wall_us - present.at_us
    if abs(off_us) <= _STEP_US and not present.is_earliest:
        return reading
    return replace(reading, reference_offset_us=off_us)


def passed_us(then: ClockReading, now: ClockReading) -> int | None:
    """Return how long ago something was recorded; None where no clock can tell."""
    if then.boot == now.boot and now.counting_us >= then.counting_us:
        return now.counting_us - then.counting_us
    is_known = now.reference_offset_us is None and now.wall_us >= then.present_us
    return now.wall_us - then.present_us if is_known else None
