"""What a biller is told where the computer's clock was not to be trusted while a session was timed.

A note and never a blocker: the minutes stand on the clock that counts, and nothing was lost. Over another
start of the computer nothing counts, so the minutes of what ran meanwhile stand on the clock on the wall::

    infliximab   start 09:00 |=================================| stop 11:00
    computer                       | off |                         09:40 to 09:50
                                   minutes by the wall
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.coding.reasons import Finding, Level
from desktop_app.core.clock_words import timing_words
from desktop_app.core.events import Trouble
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.service import Service
from desktop_app.core.session import Session, TimingNote

COUNTED = (
    "The minutes are those of a clock that counts and that nobody can set; times of day may be off as much."
)
PAUSED = (
    "If the computer was paused meanwhile, that clock stood still and the minutes are too few: "
    "see when each service truly stopped."
)
BY_THE_WALL = "What ran over that stands on the clock on the wall, which nothing counted along with."
EARLIEST = (
    "What was pressed while the clock was behind is the earliest it can have been, until it is corrected."
)


def clock_findings(session: Session) -> tuple[Finding, ...]:
    """Return one note that says what happened to the clocks while something of a session was timed."""
    notes = [note for note in session.timing_notes if _ran_over(session, note)]
    if not notes:
        return ()
    ran = {service.id: service for note in notes for service in _ran_over(session, note)}
    names = dict.fromkeys(service.order.drug or service.order.route.value for service in ran.values())
    happened = "; ".join(dict.fromkeys(timing_words(note, session.zone) for note in notes))
    meant = " ".join(_meanings(notes))
    text = f"While this was timed {happened}. Running then: {', '.join(names)}. {meant}"
    only = next(iter(ran)) if len(ran) == 1 else ""
    return (Finding(level=Level.NOTE, name="clock-not-trusted", text=text, service=only),)


def clock_note(session: Session) -> str:
    """Return the same in short, for what is sent; empty where the clocks were steady."""
    notes = [note for note in session.timing_notes if _ran_over(session, note)]
    return "; ".join(dict.fromkeys(timing_words(note, session.zone) for note in notes))


def _meanings(notes: Iterable[TimingNote]) -> Iterable[str]:
    found = list(notes)
    whats = {note.what for note in found}
    # Until it is touched after another start, what goes on follows the wall: then not all was counted.
    if whats & {Trouble.JUMPED, Trouble.DRIFTED, Trouble.OFF} and Trouble.RESTARTED not in whats:
        yield COUNTED
    if any(note.what is Trouble.JUMPED and note.by_us >= MINUTE_US for note in found):
        yield PAUSED
    if Trouble.RESTARTED in whats:
        yield BY_THE_WALL
    if Trouble.BEHIND in whats:
        yield EARLIEST


def _ran_over(session: Session, note: TimingNote) -> tuple[Service, ...]:
    """Return what ran while it happened; what was paused too, for the end of a pause is timed as well."""
    from_us, to_us = _when(note)
    return tuple(
        service
        for service in session.begun_services
        if service.order.runs
        and service.start is not None
        and service.start.at_us <= to_us
        and (service.stop is None or service.stop.at_us >= from_us)
    )


def _when(note: TimingNote) -> tuple[int, int]:
    """Return from when to when it happened, in the time of the record."""
    is_over_a_start = note.what in {Trouble.RESTARTED, Trouble.BEHIND}
    return (note.from_us, max(note.from_us, note.at_us)) if is_over_a_start else (note.at_us, note.at_us)
