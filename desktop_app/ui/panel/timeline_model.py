"""Where the bars of a session's timeline lie: lanes by site, pieces by what ran and what paused.

Lanes from the top: what is given in one moment, then for each access site as many lanes as
run at once::

    moments   P  P
    site 1          |=======////====|......      = runs   / pause   . planned rest
    site 1     |====|  '                         ' the minutes of running at which units change
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Order, Route
from desktop_app.core.service import Service
from desktop_app.core.session import Session, Stage
from desktop_app.core.timeline import Spans, instant_after, length_us, running
from desktop_app.core.values import dataclass
from desktop_app.ui import words

_STEPS = (5, 10, 15, 30, 60, 120, 240)
_MOST_TICKS = 5
_SHORTEST_MIN = 30
_MARGIN_PARTS = 24
_MOMENT_PARTS = 16
"""A point takes about this part of the width; points closer than that stand on lanes of their own."""

MinutesOf = Callable[[Order], tuple[int, ...]]
"""The minutes of running at which an infusion's units change."""


def no_minutes(_order: Order) -> tuple[int, ...]:
    """Return none: nothing is marked."""
    return ()


class Piece(StrEnum):
    """What a stretch of a bar is."""

    RUN = "run"
    FLUID = "fluid"
    PAUSE = "pause"
    REST = "rest"
    MOMENT = "moment"
    UNKNOWN = "unknown"
    """Begun, and nobody has said yet when it ended."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch on a lane; ``from_us`` to ``to_us``."""

    lane: int
    from_us: int
    to_us: int
    piece: Piece
    text: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """An instant at which a service had run, or will have, so many minutes that its units change."""

    lane: int
    at_us: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A session drawn to scale."""

    from_us: int
    to_us: int
    lanes: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    now_us: int | None
    spoken: str
    thresholds: tuple[Threshold, ...] = ()
    sites: tuple[tuple[int, str], ...] = ()
    """The first lane of each access site and its name; none where there is only one."""


def timeline(
    session: Session, now_us: int, minutes_of: MinutesOf = no_minutes, *, ahead: bool = True
) -> Timeline:
    """Return a session's timeline up to now, or to its planned end where that is later.

    Without ``ahead`` no threshold is marked that has not been reached yet.
    """
    lanes = _lanes(session, now_us)
    bars = [bar for service, lane in lanes for bar in _bars(session, service, lane, now_us)]
    marks = [mark for service, lane in lanes for mark in _thresholds(service, lane, now_us, minutes_of)]
    is_open = session.stage is Stage.OPEN
    ends = [bar.to_us for bar in bars] + ([now_us] if is_open else [])
    from_us = min([session.seated.at_us, *(bar.from_us for bar in bars)])
    to_us = max([*ends, from_us + _SHORTEST_MIN * MINUTE_US])
    margin = (to_us - from_us) // _MARGIN_PARTS
    return Timeline(
        from_us=from_us - margin,
        to_us=to_us + margin,
        lanes=max((lane for _, lane in lanes), default=0) + 1,
        bars=tuple(bars),
        ticks=_ticks(from_us - margin, to_us + margin, session.zone),
        now_us=now_us if is_open else None,
        spoken=_spoken(session),
        thresholds=tuple(mark for mark in marks if ahead or mark.at_us <= now_us),
        sites=_sites(lanes),
    )


def _lanes(session: Session, now_us: int) -> list[tuple[Service, int]]:
    begun = session.begun_services
    placed = _moments(begun, session.seated.at_us, now_us)
    first = max((lane for _, lane in placed), default=-1) + 1
    for site in dict.fromkeys(service.order.site for service in begun if service.order.runs):
        at_site = [service for service in begun if service.order.runs and service.order.site == site]
        ends: list[int] = []
        for service in sorted(at_site, key=_start):
            lane = next((at for at, end_us in enumerate(ends) if end_us <= _start(service)), len(ends))
            ends[lane : lane + 1] = [_end(service, now_us)]
            placed.append((service, first + lane))
        first += len(ends)
    return placed


def _moments(begun: tuple[Service, ...], from_us: int, now_us: int) -> list[tuple[Service, int]]:
    """Place what is given in one moment, each where it belongs; the next lane takes what would cover it."""
    ends = [_end(service, now_us) for service in begun if service.order.runs]
    room_us = (max([now_us, *ends]) - from_us) // _MOMENT_PARTS
    free_us: list[int] = []
    placed: list[tuple[Service, int]] = []
    for service in sorted((one for one in begun if not one.order.runs), key=_start):
        lane = next((at for at, us in enumerate(free_us) if us <= _start(service)), len(free_us))
        free_us[lane : lane + 1] = [_start(service) + room_us]
        placed.append((service, lane))
    return placed


def _sites(lanes: list[tuple[Service, int]]) -> tuple[tuple[int, str], ...]:
    first: dict[str, int] = {}
    for service, lane in lanes:
        if service.order.runs:
            first[service.order.site] = min(lane, first.get(service.order.site, lane))
    named = ((lane, words.site_words(site)) for site, lane in first.items())
    return tuple(named) if len(first) > 1 else ()


def _thresholds(service: Service, lane: int, now_us: int, minutes_of: MinutesOf) -> list[Threshold]:
    if not service.order.runs or service.not_witnessed:
        return []
    spans = _running(service, now_us)
    ran = length_us(spans)
    known = (minutes for minutes in minutes_of(service.order) if minutes * MINUTE_US < ran)
    return [Threshold(lane, instant_after(spans, minutes * MINUTE_US), minutes) for minutes in known]


def _running(service: Service, now_us: int) -> Spans:
    """Return the time a service ran, and is planned to run on from now."""
    end_us = max(_end(service, now_us), _start(service))
    until_us = service.stop.at_us if service.stop else now_us
    pauses = [(p.since.at_us, p.until.at_us if p.until else until_us) for p in service.pauses]
    return running(_start(service), end_us, pauses)


def _start(service: Service) -> int:
    return service.start.at_us if service.start else 0


def _end(service: Service, now_us: int) -> int:
    if service.stop:
        return service.stop.at_us
    return max(now_us, service.planned_end_us(now_us) or 0)


def _bars(session: Session, service: Service, lane: int, now_us: int) -> list[Bar]:
    start_us = _start(service)
    if not service.order.runs:
        return [Bar(lane, start_us, start_us, Piece.MOMENT, _letter(service))]
    piece = Piece.FLUID if service.order.category is Category.HYDRATION else Piece.RUN
    end_us = service.stop.at_us if service.stop else now_us
    if service.not_witnessed or (session.stage is not Stage.OPEN and service.stop is None):
        until_us = max(_unknown_end(session, service), start_us + MINUTE_US)
        return [Bar(lane, start_us, until_us, Piece.UNKNOWN, words.drug_words(service.order))]
    bars = _pieces(service, lane, end_us, piece)
    planned_us = service.planned_end_us(now_us)
    if service.is_open and planned_us and planned_us > now_us:
        bars.append(Bar(lane, now_us, planned_us, Piece.REST))
    return bars


def _unknown_end(session: Session, service: Service) -> int:
    """Return until when a service may have run: to its last known moment, or to the session's end."""
    if service.not_witnessed or session.ended is None:
        return service.last_moment_us or _start(service)
    return session.ended.at_us


def _pieces(service: Service, lane: int, end_us: int, piece: Piece) -> list[Bar]:
    bars: list[Bar] = []
    from_us, text = _start(service), words.drug_words(service.order)
    for pause in service.pauses:
        until_us = pause.until.at_us if pause.until else end_us
        bars.append(Bar(lane, from_us, pause.since.at_us, piece, text))
        bars.append(Bar(lane, pause.since.at_us, until_us, Piece.PAUSE, "pause"))
        from_us, text = until_us, words.drug_name(service.order)
    if from_us < end_us or not bars:
        bars.append(Bar(lane, from_us, end_us, piece, text))
    return bars


def _letter(service: Service) -> str:
    letters = {Route.IV_PUSH: "P", Route.IM: "IM", Route.SC: "SC", Route.ORAL: "PO", Route.FLUSH: "F"}
    return letters.get(service.order.route, "·")


def _ticks(from_us: int, to_us: int, zone: str) -> tuple[tuple[int, str], ...]:
    minutes = (to_us - from_us) // MINUTE_US
    step = next((step for step in _STEPS if minutes // step <= _MOST_TICKS), _STEPS[-1]) * MINUTE_US
    first = -(-from_us // step) * step
    return tuple((at, words.clock_on_scale(at, zone)) for at in range(first, to_us, step))


def _spoken(session: Session) -> str:
    begun = session.begun_services
    said = [_spoken_service(service, session.zone) for service in begun]
    return f"Timeline: {', '.join(said)}" if said else "Timeline: nothing given yet"


def _spoken_service(service: Service, zone: str) -> str:
    drug, start = words.drug_name(service.order), words.clock(_start(service), zone)
    if not service.order.runs:
        return f"{drug} at {start}"
    end = f"to {words.clock(service.stop.at_us, zone)}" if service.stop else "and no stop yet"
    paused = f", paused {words.count_words(len(service.pauses), 'time', 'times')}" if service.pauses else ""
    return f"{drug} from {start} {end}{paused}"
