"""What the minutes of a service stand on: which clock was there at its start and at its stop.

Within one start of the computer a duration is the difference of the clock that counts, whatever was done
to the wall. Over another start nothing counts along; then it is a true time that somebody told, or else
the clock on the wall. What a person told afterwards stands on that person's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from desktop_app.core.events import Recorded
from desktop_app.core.moments import ClockReading, HowKnown, Moment
from desktop_app.core.service import Service
from desktop_app.core.steady import is_same_run


class Basis(StrEnum):
    """What a duration stands on, in the words it is told with."""

    COUNTED = "the clock that counts"
    REFERENCE = "the true time as it was told, over a restart"
    WALL = "the clock on the wall, over a restart"
    EARLIEST = "the earliest it can have been, to be corrected"
    TOLD = "times told by a person"
    OPEN = "nothing yet: it has no stop"


_TOUCHED = frozenset({HowKnown.PRESSED, HowKnown.EARLIEST})


def readings_of(history: Iterable[Recorded]) -> dict[int, ClockReading]:
    """Return what the clocks said at each recording, by what the wall showed then."""
    return {recorded.stamp.reading.wall_us: recorded.stamp.reading for recorded in history}


def basis_of(service: Service, readings: Mapping[int, ClockReading]) -> Basis:
    """Return what the length of a service stands on."""
    if service.start is None or service.stop is None:
        return Basis.OPEN
    moments = (service.start, *_pauses(service), service.stop)
    if any(moment.how is HowKnown.EARLIEST for moment in moments):
        return Basis.EARLIEST
    if any(moment.how not in _TOUCHED for moment in moments):
        return Basis.TOLD
    found = [readings[moment.recorded_us] for moment in moments if moment.recorded_us in readings]
    if all(is_same_run(found[0], one) for one in found):
        return Basis.COUNTED
    known = all(reading.reference_offset_us is not None for reading in found)
    return Basis.REFERENCE if known else Basis.WALL


def _pauses(service: Service) -> tuple[Moment, ...]:
    both = ((pause.since, pause.until) for pause in service.pauses)
    return tuple(moment for pair in both for moment in pair if moment is not None)
