"""What the minutes of a service stand on: which clock was there at its start and at its stop.

Within one start of the computer a duration is the difference of the clock that counts, whatever was done
to the wall. Over another start nothing counts along; then it is a true time that somebody told, or else
the clock on the wall. What a person told afterwards stands on that person's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from desktop_app.core.clock_words import timing_words
from desktop_app.core.events import Recorded
from desktop_app.core.moments import ClockReading, HowKnown, Moment
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.steady import is_same_run
from desktop_app.core.values import dataclass


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


@dataclass(frozen=True, slots=True)
class Stood:
    """One service that ran: what its minutes stand on, and what happened to the clocks meanwhile."""

    service: Service
    basis: Basis
    meanwhile: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing happened meanwhile, and its minutes were counted or told by a person."""
        return not self.meanwhile and self.basis in {Basis.COUNTED, Basis.TOLD, Basis.OPEN}


def stood(session: Session, history: Iterable[Recorded]) -> tuple[Stood, ...]:
    """Return what the minutes of each service of a session that ran stand on, in order."""
    readings = readings_of(history)
    return tuple(
        Stood(service, basis_of(service, readings), _meanwhile(session, service))
        for service in session.begun_services
        if service.order.runs
    )


def _meanwhile(session: Session, service: Service) -> tuple[str, ...]:
    met = (note for note in session.timing_notes if _ran_at(service, note.at_us))
    return tuple(timing_words(note, session.zone) for note in met)


def _ran_at(service: Service, at_us: int) -> bool:
    if service.start is None or service.start.at_us > at_us:
        return False
    return service.stop is None or service.stop.at_us >= at_us


def _pauses(service: Service) -> tuple[Moment, ...]:
    both = ((pause.since, pause.until) for pause in service.pauses)
    return tuple(moment for pair in both for moment in pair if moment is not None)
