"""Running time: intervals of instants, their algebra, and the whole minutes they come to.

Every rule about minutes stands on the few functions here. A *span* is a pair of instants in
microseconds, start included and stop excluded; *spans* are a tuple of such pairs in order,
none empty, none touching another. Spans that touch are one span: a bag change without a real
stop does not break an infusion, and a pause of no length changes nothing.

          09:00     10:00     11:00     12:00
    a     |==============|                        09:00 to 10:30
    b               |==============|              10:00 to 11:30
    joined          a + b                         09:00 to 11:30, 150 minutes
    |========================|
    shared          a & b                         10:00 to 10:30, 30 minutes
                    |====|
    without         a - b                         09:00 to 10:00, 60 minutes
    |===============|

    running         start 09:00, stop 12:00, pause 10:00 to 10:30
    |===============|    |==============|         60 + 90 = 150 minutes

Seconds are summed over all pieces first and cut once at the end, so that they are neither
lost piece by piece nor ever rounded up.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.moments import MINUTE_US

Span = tuple[int, int]
Spans = tuple[Span, ...]

NO_TIME: Spans = ()


def in_order(spans: Iterable[Span]) -> Spans:
    """Return any intervals as spans: sorted, the empty ones dropped, touching ones made one."""
    pairs = sorted(spans)
    if not pairs:
        return NO_TIME
    pieces: list[Span] = []
    for start, stop in pairs:
        if stop <= start:
            continue
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], stop))
        else:
            pieces.append((start, stop))
    return tuple(pieces)


def joined(one: Spans, other: Spans) -> Spans:
    """Return the time in either."""
    if not one or not other:
        return one or other
    return in_order(one + other)


def shared(one: Spans, other: Spans) -> Spans:
    """Return the time in both."""
    both: list[Span] = []
    for start, stop in one:
        for begin, end in other:
            if start < end and begin < stop:
                both.append((max(start, begin), min(stop, end)))
    return tuple(both)


def without(spans: Spans, taken: Spans) -> Spans:
    """Return the time in ``spans`` that is not in ``taken``."""
    for begin, end in taken:
        for start, stop in spans:
            if start < end and begin < stop:
                spans = _cut_out(spans, begin, end)
                break
    return spans


def _cut_out(spans: Spans, begin: int, end: int) -> Spans:
    pieces: list[Span] = []
    for start, stop in spans:
        if start < min(stop, begin):
            pieces.append((start, min(stop, begin)))
        if max(start, end) < stop:
            pieces.append((max(start, end), stop))
    return tuple(pieces)


def running(start_us: int, stop_us: int, pauses: Iterable[Span] = ()) -> Spans:
    """Return the running time from start to stop less the pauses; none if it never ran."""
    whole = ((start_us, stop_us),) if start_us < stop_us else NO_TIME
    return without(whole, in_order(pauses))


def length_us(spans: Spans) -> int:
    """Return how long spans are together, in microseconds."""
    total = 0
    for start, stop in spans:
        total += stop - start
    return total


def whole_minutes(spans: Spans) -> int:
    """Return the whole minutes in spans: the pieces summed to the microsecond, then cut."""
    return length_us(spans) // MINUTE_US


def cut_to_minute(at_us: int) -> int:
    """Return the instant a chart without seconds would hold: the minute it falls in."""
    return at_us - at_us % MINUTE_US


def instant_after(spans: Spans, ran_us: int) -> int:
    """Return the instant at which ``ran_us`` of the running time had passed.

    Time already run at a break is counted to the start of the next piece, where the next
    minute begins. Past the end of the spans it is their end. Raises ValueError for no time.
    """
    if not spans:
        raise ValueError("no running time to look into")
    for start, stop in spans:
        if ran_us < stop - start:
            return start + ran_us
        ran_us -= stop - start
    return spans[-1][1]
