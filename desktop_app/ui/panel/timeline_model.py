"""Where the bars of a session's timeline lie: lanes by site, pieces by what ran and what paused.

Lanes from the top: what is given in one moment, then for each access site as many lanes as
run at once::

    moments   P  P
    site 1          |=======////====|......      = runs   / pause   . planned rest
    site 1     |====|
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Route
from desktop_app.core.service import Service
from desktop_app.core.session import Session, Stage
from desktop_app.ui import words

_STEPS = (5, 10, 15, 30, 60, 120, 240)
_MOST_TICKS = 5
_SHORTEST_MIN = 30
_MARGIN_PARTS = 24


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
class Timeline:
    """A session drawn to scale."""

    from_us: int
    to_us: int
    lanes: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    now_us: int | None
    spoken: str


def timeline(session: Session, now_us: int) -> Timeline:
    """Return a session's timeline up to now, or to its planned end where that is later."""
    lanes = _lanes(session, now_us)
    bars = [bar for service, lane in lanes for bar in _bars(session, service, lane, now_us)]
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
    )


def _lanes(session: Session, now_us: int) -> list[tuple[Service, int]]:
    begun = session.begun_services
    moments = [service for service in begun if not service.order.runs]
    placed = [(service, 0) for service in moments]
    first = 1 if moments else 0
    for site in dict.fromkeys(service.order.site for service in begun if service.order.runs):
        at_site = [service for service in begun if service.order.runs and service.order.site == site]
        ends: list[int] = []
        for service in sorted(at_site, key=_start):
            lane = next((at for at, end_us in enumerate(ends) if end_us <= _start(service)), len(ends))
            ends[lane : lane + 1] = [_end(service, now_us)]
            placed.append((service, first + lane))
        first += len(ends)
    return placed


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
    return tuple((at, words.clock(at, zone)) for at in range(first, to_us, step))


def _spoken(session: Session) -> str:
    begun = session.begun_services
    said = [f"{words.drug_name(s.order)} from {words.clock(_start(s), session.zone)}" for s in begun]
    return f"Timeline: {', '.join(said)}" if said else "Timeline: nothing given yet"
