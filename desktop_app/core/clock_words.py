"""What happened to the clocks, in the words that the window, paper, exports and the command line share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.core import events as e
from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, local_time, time_words
from desktop_app.core.session import TimingNote
from desktop_app.core.told import count_words, day_words

_TENTH_US = SECOND_US // 10
_DAY_US = 24 * HOUR_US

COUNTED_ON = "Timers go on by the clock that counts, which nobody can set; nothing was lost."
PAUSED = "If this computer was paused, they stood still meanwhile: tell the true times."
SET_IT = (
    "Timers go on. What is pressed is kept as the earliest it can have been: set the clock, then correct it."
)


def length_words(length_us: int) -> str:
    """Write a length of time in one or two units: 3.2 s, 20 min, 1 h 5 min, 2 days."""
    left = abs(length_us)
    if left < MINUTE_US:
        tenths = left // _TENTH_US
        return f"{tenths // 10}.{tenths % 10} s" if tenths % 10 else f"{tenths // 10} s"
    if left >= _DAY_US:
        days, hours = left // _DAY_US, left % _DAY_US // HOUR_US
        return " ".join(filter(None, (count_words(days, "day", "days"), f"{hours} h" if hours else "")))
    hours, minutes, seconds = left // HOUR_US, left % HOUR_US // MINUTE_US, left % MINUTE_US // SECOND_US
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def moved_words(by_us: int) -> str:
    """Write which way the wall was moved: set back by 1 h, set forward by 3 s.

    From a minute on it is the nearest second: the clocks are read one after the other.
    """
    nearest_us = (abs(by_us) + SECOND_US // 2) // SECOND_US * SECOND_US
    moved_us = nearest_us if nearest_us >= MINUTE_US else by_us
    return f"{'set forward' if by_us > 0 else 'set back'} by {length_words(moved_us)}"


def told_words(event: e.Event, zone: str) -> str:
    """Write in one sentence what happened to the clocks."""
    write = _WORDS.get(type(event))
    return write(event, zone) if write else "What is told of the clock was seen."


def _drifted(event: e.ClockDrifted, zone: str) -> str:
    pace = "fast" if event.by_us > 0 else "slowly"
    return (
        f"By {time_words(event.at_us, zone)} this computer's clock had gone {length_words(event.by_us)} "
        f"too {pace} within {length_words(event.over_us)}."
    )


def _behind(event: e.ClockBehind, zone: str) -> str:
    return (
        f"This computer was started anew, and its clock shows {instant_words(event.wall_us, zone)}, "
        f"before the last record at {instant_words(event.record_us, zone)}."
    )


def _restarted(event: e.ClockRestarted, zone: str) -> str:
    return (
        f"This computer was started anew between {instant_words(event.record_us, zone)} "
        f"and {instant_words(event.wall_us, zone)}."
    )


def _zone_changed(event: e.ZoneChanged, _zone: str) -> str:
    return f"The zone of the clock became {event.to_zone}, after {event.from_zone}."


def _true_time(event: e.TrueTimeTold, zone: str) -> str:
    return (
        f"{event.by} told the true time, {instant_words(event.true_us, zone)} ({event.known}), "
        f"when the clock showed {instant_words(event.wall_us, zone)}."
    )


def _jumped(event: e.ClockJumped, zone: str) -> str:
    times = f" in {event.times} jumps" if event.times > 1 else ""
    closed = " while the program was closed" if event.was_closed else ""
    is_one_day = local_time(event.from_us, zone).date() == local_time(event.to_us, zone).date()
    write = time_words if is_one_day else instant_words
    moved = f"from {write(event.from_us, zone)} to {write(event.to_us, zone)}"
    return f"This computer's clock was {moved_words(event.by_us)}{times}{closed}, {moved}."


_WORDS: dict[type[e.Event], Callable[[Any, str], str]] = {
    e.ClockJumped: _jumped,
    e.ClockDrifted: _drifted,
    e.ClockBehind: _behind,
    e.ClockRestarted: _restarted,
    e.ZoneChanged: _zone_changed,
    e.TrueTimeTold: _true_time,
}


def way_on_words(event: e.Event) -> str:
    """Write what that means for what runs, and by what it is timed."""
    if isinstance(event, e.ClockBehind):
        return SET_IT
    is_forward = isinstance(event, e.ClockJumped) and event.by_us >= MINUTE_US
    return f"{COUNTED_ON} {PAUSED}" if is_forward else COUNTED_ON


def instant_words(at_us: int, zone: str) -> str:
    """Write an instant with its day: Mon 2 Mar 2026 09:00:00."""
    return f"{day_words(local_time(at_us, zone).date())} {time_words(at_us, zone)}"


def _beside(at_us: int, other_us: int, zone: str) -> str:
    """Write an instant, with its day where that is not the other one's."""
    is_same = local_time(at_us, zone).date() == local_time(other_us, zone).date()
    return time_words(at_us, zone) if is_same else instant_words(at_us, zone)


def happened_words(note: e.TimingNoted | TimingNote) -> str:
    """Write what happened to the clocks while a session was timed, without when."""
    match note.what:
        case e.Trouble.JUMPED:
            return f"the computer's clock was {moved_words(note.by_us)}"
        case e.Trouble.DRIFTED:
            pace = "fast" if note.by_us > 0 else "slowly"
            return f"the computer's clock had gone {length_words(note.by_us)} too {pace}"
        case e.Trouble.OFF:
            pace = "fast" if note.by_us > 0 else "slow"
            return f"the clock was {length_words(note.by_us)} {pace}, as somebody told the true time"
        case e.Trouble.BEHIND:
            return "the computer was started anew, its clock behind the record"
    return "the computer was started anew"


def timing_words(note: e.TimingNoted | TimingNote, zone: str) -> str:
    """Write what happened and when, without a full stop."""
    what = happened_words(note)
    if note.what is e.Trouble.BEHIND:
        return f"{what} at {instant_words(note.from_us, zone)}"
    if note.what is e.Trouble.RESTARTED:
        return (
            f"{what} between {time_words(note.from_us, zone)} and {_beside(note.to_us, note.from_us, zone)}"
        )
    return f"{what} {'by' if note.what is e.Trouble.DRIFTED else 'at'} {time_words(note.at_us, zone)}"


def noted_words(note: e.TimingNoted, zone: str) -> str:
    """Return what happened to the clock for a row that says when; over a start, also how long it was off."""
    is_over_a_start = note.what in {e.Trouble.BEHIND, e.Trouble.RESTARTED}
    return timing_words(note, zone) if is_over_a_start else happened_words(note)
