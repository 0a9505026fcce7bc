"""The day as a small picture: for each hour what was infused, what is billable, what it will come to.

A billable hour stands in the hour of the clock in which its unit began: the first unit of an
infusion where it started, the next one after an hour of running. The hours of the picture add
up to the numbers beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from desktop_app.coding.reasons import Coding
from desktop_app.core.moments import HOUR_US, MINUTE_US, instant_us, local_time
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.timeline import Spans, in_order
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.codings import Codings

FEWEST_HOURS = 8
"""So many hours are drawn at least, so that a morning does not look like a whole day."""
MOST_HOURS = 24


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day."""

    start_us: int
    clock: str
    """As on the wall, for example 09:00."""
    infused_minutes: int
    billable: int
    projected: int
    """Billable once all that is planned is done; the billable hours included."""
    is_now: bool

    @property
    def spoken(self) -> str:
        """The hour in words."""
        infused = f"{words.hm(self.infused_minutes)} infused"
        return f"{self.clock}: {infused}, {self.billable} h billable, {self.projected} h projected"


@dataclass(frozen=True, slots=True)
class Day:
    """The picture: its hours in order, and the whole in one sentence."""

    hours: tuple[Hour, ...]

    @property
    def sentence(self) -> str:
        """The day in words, for a screen reader."""
        if not self.hours:
            return "The day by hour: nothing yet"
        infused = words.hm(sum(hour.infused_minutes for hour in self.hours))
        billable = sum(hour.billable for hour in self.hours)
        projected = sum(hour.projected for hour in self.hours)
        return f"The day by hour: {infused} infused, {billable} h billable, {projected} h projected"


def day_view(sessions: Iterable[Session], codings: Codings, now_us: int, zone: str) -> Day:
    """Return the picture of the day of some sessions at an instant."""
    infused: Counter[int] = Counter()
    billable: Counter[int] = Counter()
    projected: Counter[int] = Counter()
    day = _Day(now_us, zone)
    for session in sessions:
        for start_us, stop_us in in_order(_ran(session, now_us)):
            _add_time(infused, day, start_us, stop_us)
        billable.update(_units(codings.now(session, now_us), session, day))
        projected.update(_units(codings.projected(session, now_us), session, day))
    return Day(_hours(day, infused, billable, projected))


class _Day:
    """The suite's present day, and which of its hours an instant lies in."""

    def __init__(self, now_us: int, zone: str) -> None:
        self.now_us = now_us
        self.zone = zone
        midnight = local_time(now_us, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        self._midnight_us = instant_us(midnight)

    def hour(self, at_us: int) -> int:
        """Return when the hour of an instant began; what was before the day stands in its first hour."""
        past_us = max(0, at_us - self._midnight_us)
        return self._midnight_us + past_us - past_us % HOUR_US


def _ran(session: Session, now_us: int) -> list[tuple[int, int]]:
    infusions = (service for service in session.begun_services if service.order.runs)
    return [span for service in infusions for span in _spans(service, now_us)]


def _spans(service: Service, now_us: int) -> Spans:
    """Return when a service ran, its pauses left out, up to now."""
    if service.start is None:
        return ()
    end_us = now_us if service.is_open else service.last_moment_us or now_us
    edges = [service.start.at_us]
    for pause in service.pauses:
        edges += [pause.since.at_us, pause.until.at_us if pause.until else end_us]
    edges.append(end_us)
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _add_time(infused: Counter[int], day: _Day, start_us: int, stop_us: int) -> None:
    while start_us < stop_us:
        hour_us = day.hour(start_us)
        until_us = min(stop_us, hour_us + HOUR_US)
        infused[hour_us] += until_us - start_us
        start_us = until_us


def _units(coding: Coding, session: Session, day: _Day) -> Counter[int]:
    """Return the billable hours of a coding by the hour in which each began."""
    found: Counter[int] = Counter()
    placed: Counter[Spans] = Counter()
    for line in coding.lines:
        spans = in_order(span for _, counted in line.counted for span in counted)
        for _ in range(line.units if spans else 0):
            found[day.hour(_after_hours(spans, placed[spans]))] += 1
            placed[spans] += 1
    # What is billed by the hour without a time of its own stands where the patient sat down.
    found[day.hour(session.seated.at_us)] += coding.billable_hours - found.total()
    return found


def _after_hours(spans: Spans, hours: int) -> int:
    """Return the instant at which so many hours of a time are over; its last one when it is shorter."""
    left_us = hours * HOUR_US
    for start_us, stop_us in spans:
        if left_us < stop_us - start_us:
            return start_us + left_us
        left_us -= stop_us - start_us
    return spans[-1][1] - 1


def _hours(
    day: _Day, infused: Counter[int], billable: Counter[int], projected: Counter[int]
) -> tuple[Hour, ...]:
    known = [at_us for counts in (infused, billable, projected) for at_us, count in counts.items() if count]
    if not known:
        return ()
    now_us = day.hour(day.now_us)
    first_us = min(*known, now_us)
    last_us = max(*known, now_us, first_us + (FEWEST_HOURS - 1) * HOUR_US)
    starts = range(first_us, min(last_us, first_us + (MOST_HOURS - 1) * HOUR_US) + 1, HOUR_US)
    return tuple(
        Hour(
            start_us=at_us,
            clock=words.clock(at_us, day.zone),
            infused_minutes=infused[at_us] // MINUTE_US,
            billable=billable[at_us],
            projected=projected[at_us],
            is_now=at_us == now_us,
        )
        for at_us in starts
    )
