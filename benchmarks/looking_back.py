"""Looking back over a year: 12,000 sessions of 84 events, a million, and what each kind of search takes.

First nobody has ever looked: the words of all events are taken, with progress, once. From then on a search
takes what is new and asks the lists. A touch is measured before and after, for it must not notice.

``python -m benchmarks looking_back`` makes the year, ``python -m benchmarks looking_back 2000`` a part.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

from desktop_app.core import events as e
from desktop_app.core.moments import HOUR_US, MINUTE_US, ClockReading, HowKnown
from desktop_app.core.orders import Category, Dose, Order, Route, Setting
from desktop_app.core.ports import Write
from desktop_app.core.record.chronicle import chronicle_of
from desktop_app.core.record.wanted import Found, read_wanted
from desktop_app.store.folder import Folder
from desktop_app.store.opening import open_folder

SESSIONS = 12_000
A_DAY = 48
"""So many sessions sit down on one day."""
FIRST_US = 1_770_000_000_000_000
DRUGS = (
    "infliximab, not biosimilar", "vancomycin", "iron sucrose", "rituximab", "pembrolizumab", "ocrelizumab",
    "vedolizumab", "immune globulin", "ferric carboxymaltose", "methylprednisolone",
)  # fmt: skip
NURSES = ("AK", "LT", "RM", "JD", "SB", "MW")
NOTES = 60
"""So many of a session's events are rates, notes and reminders: they hold no word to be found by."""
SEARCHES = ("", "0004821", "vanc", "by:ak", "96413", "corrected", "vanc by:lt 2026-05 corrected", "batch-200")
TOUCHES = 400


def _order(number: int) -> Order:
    dose = Dose(hcpcs="J1745", unit="mg", amount=Decimal(400), lot=f"LOT{number % 977}")
    drug = DRUGS[number % len(DRUGS)]
    return Order(drug=drug, category=Category.THERAPEUTIC, route=Route.IV_INFUSION, dose=dose)


def _events(number: int) -> Iterator[e.Event]:
    at_us = FIRST_US + number // A_DAY * 24 * HOUR_US + number % A_DAY * 9 * MINUTE_US
    order = _order(number)
    yield e.PatientSeated(
        at_us=at_us, chair=str(number % 12 + 1), mrn=f"{number % 4000:07}", initials="RM",
        zone="America/New_York", setting=Setting.PHYSICIAN,
    )  # fmt: skip
    for service in "12345":
        yield e.ServiceStarted(at_us=at_us, service=service, order=order)
        for step in range(NOTES // 5):
            yield e.RateChanged(at_us=at_us + step * MINUTE_US, service=service, rate_ml_h=str(50 + step))
        yield e.ServiceStopped(at_us=at_us + HOUR_US, service=service)
    if number % 10 == 0:
        yield e.MomentCorrected(
            at_us=at_us + HOUR_US, service="1", what="stop", from_us=at_us + HOUR_US, to_us=at_us,
            to_how=HowKnown.PUMP, reason="pump log",
        )  # fmt: skip
    yield from (e.NoteAdded(at_us=at_us, text="comfortable, warm blanket given") for _ in range(10))
    yield e.SessionEnded(at_us=at_us + 2 * HOUR_US)
    yield e.SessionSigned(
        at_us=at_us + 3 * HOUR_US, version=1, rulebook="2026.1", profile="", head="",
        lines=tuple(_line(number, place) for place in range(5)),
    )  # fmt: skip


def _line(number: int, place: int) -> e.SignedLine:
    return e.SignedLine(
        id=f"s{number}.1.{place}", code=("96413", "96415", "96367", "J1745", "J1200")[place], units=1,
        modifiers=(), kind="administration", date=date(2026, 3, 2), services=("1",), drugs=("infliximab",),
        minutes=60, start_us=FIRST_US, stop_us=FIRST_US, ndc="", why="the first hour of it" * 3, rules=("x",),
        sources=("y",),
    )  # fmt: skip


def _fill(folder: Folder, sessions: int) -> int:
    events = 0
    for number in range(sessions):
        made = tuple(_events(number))
        events += len(made)
        folder.journal.append([Write(f"session/s{number}", 0, made)], _stamp(number))
        if number % A_DAY == A_DAY - 1:
            _send(folder, number // A_DAY)
    return events


def _send(folder: Folder, day: int) -> None:
    names = tuple(f"s{number}" for number in range(day * A_DAY, (day + 1) * A_DAY))
    lines = tuple(f"{name}.1.{place}" for name in names for place in range(5))
    batch = f"batch-{day}"
    told = (
        e.BatchPrepared(at_us=FIRST_US, batch=batch, folder="out", sessions=names, lines=lines, files=()),
        e.BatchSent(at_us=FIRST_US, batch=batch),
    )
    folder.journal.append([Write(e.EXPORT_STREAM, 2 * day, told)], _stamp(day))


def _stamp(number: int) -> e.Stamp:
    at_us = FIRST_US + number * MINUTE_US
    reading = ClockReading(at_us, at_us, "boot", "America/New_York", -18_000)
    return e.Stamp(touch=f"t{number}", actor=NURSES[number % len(NURSES)], reading=reading)


def _look(folder: Folder, text: str) -> tuple[Found, float, float]:
    """Return what was found, how long it took in all, and its longest step."""
    steps, longest = folder.journal.looking(read_wanted(text), 200), 0.0
    began = time.perf_counter()
    while True:
        step_began = time.perf_counter()
        try:
            next(steps)
        except StopIteration as end:
            longest = max(longest, time.perf_counter() - step_began)
            return end.value, time.perf_counter() - began, longest
        longest = max(longest, time.perf_counter() - step_began)


def _touch_us(folder: Folder, stream: str) -> tuple[float, float]:
    """Return the median and the 99th percentile of a stop's append, in microseconds."""
    took = []
    seated = replace(next(islice(_events(0), 1)), at_us=FIRST_US)
    folder.journal.append([Write(stream, 0, (seated,))], _stamp(0))
    for number in range(TOUCHES):
        began = time.perf_counter()
        event = e.ServiceStopped(at_us=FIRST_US, service=str(number))
        folder.journal.append([Write(stream, number + 1, (event,))], _stamp(number))
        took.append((time.perf_counter() - began) * 1e6)
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


def main(sessions: str = str(SESSIONS)) -> None:
    """Print what looking back takes."""
    with tempfile.TemporaryDirectory() as place:
        folder = open_folder(Path(place) / "data")
        began = time.perf_counter()
        events = _fill(folder, int(sessions))
        print(f"{int(sessions):,} sessions, {events:,} events, made in {time.perf_counter() - began:.0f} s")
        median, last = _touch_us(folder, "session/before")
        print(f"  a touch before any search       {median:8.0f} µs, 99 of 100 under {last:.0f}")
        found, took, longest = _look(folder, "vanc")
        print(f"  first search, nobody looked yet {took * 1000:8.0f} ms, longest step {longest * 1000:.1f}")
        median, last = _touch_us(folder, "session/after")
        print(f"  a touch after it                {median:8.0f} µs, 99 of 100 under {last:.0f}")
        for text in SEARCHES:
            found, took, longest = _look(folder, text)
            print(f"  {text or 'the newest':31} {took * 1000:8.1f} ms, {found.count:,} sessions")
        began = time.perf_counter()
        told = chronicle_of(folder.journal, "s17").told
        print(f"  the history of one, {len(told)} events   {(time.perf_counter() - began) * 1000:8.1f} ms")
        folder.close()


if __name__ == "__main__":
    main()
